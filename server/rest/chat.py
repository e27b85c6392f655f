"""``/api/chat``: what was said in a session, and the stored half of saying it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from protocol.rest import ChatDraft, StoredChat
from server.chat import DEFAULT_PAGE, Call, Words, as_body
from server.realtime import identity
from server.rest.common import AtDesk, SignedIn
from server.rest.problems import PROBLEMS

router = APIRouter(prefix="/api/chat", tags=["chat"], responses=PROBLEMS)


@router.post("", status_code=201, response_model_exclude_none=True)
async def post_message(body: ChatDraft, response: Response, desk: AtDesk, user: SignedIn) -> StoredChat:
    """201 with the stored message; 200 where its ``clientMessageId`` had been stored before."""
    words = Words(body.session_id, body.message, body.message_type, body.client_message_id)
    said = await desk.chat.say(identity(user), words, Call.POST)
    if body.client_message_id is not None and not said.is_new:
        response.status_code = 200
    return as_body(said.message)


@router.get("/session/{session_id}", response_model_exclude_none=True)
async def list_messages(
    session_id: str,
    desk: AtDesk,
    user: SignedIn,
    limit: Annotated[int, Query(ge=1)] = DEFAULT_PAGE,
    before: str | None = None,
    after: str | None = None,
) -> list[StoredChat]:
    """The newest ``limit``, oldest first; with ``before=<id>`` those before it, with ``after=<id>`` the next ones."""
    await desk.doors.require(session_id)
    return [as_body(one) for one in await desk.chat.history(session_id, limit, before, after)]
