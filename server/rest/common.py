"""What every endpoint needs: the desk, and who is asking."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from protocol.errors import ErrorCode
from server.desk import Desk
from server.errors import Refused
from server.store.interface import User

_bearer = HTTPBearer(auto_error=False, description="The token that signing in returned.")


def desk_of(request: Request) -> Desk:
    return cast("Desk", request.app.state.desk)


AtDesk = Annotated[Desk, Depends(desk_of)]
Bearer = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


async def signed_in(desk: AtDesk, bearer: Bearer) -> User:
    """The user whose token it is. Raises Refused (unauthorised)."""
    if bearer is None:
        raise Refused(ErrorCode.UNAUTHORISED, "Please sign in.")
    user = await desk.store.user(desk.tokens.user_id(bearer.credentials))
    if user is None:
        raise Refused(ErrorCode.UNAUTHORISED, "That account is gone. Please sign in again.")
    return user


SignedIn = Annotated[User, Depends(signed_in)]


def address_of(request: Request) -> str:
    return request.client.host if request.client is not None else "unknown"
