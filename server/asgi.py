"""The server as one ASGI application: REST and Socket.IO behind the same port."""

from __future__ import annotations

from typing import Any, cast

import socketio
from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.desk import Desk
from server.rest import accounts, activities, chat, info, problems, sessions

MAX_BODY_BYTES = 64 * 1024
"""Far more than any request of ours: 4,000 characters, each escaped, are 24 kB."""


def rest_app(desk: Desk) -> FastAPI:
    app = FastAPI(title="Deskmates server", description="Study together over video.", lifespan=None)
    app.state.desk = desk
    problems.install(app)
    for part in (accounts, sessions, chat, activities, info):
        app.include_router(part.router)
    return app


def asgi_app(desk: Desk, sio: socketio.AsyncServer) -> ASGIApp:
    rest: ASGIApp = BodyLimit(rest_app(desk), MAX_BODY_BYTES)
    if desk.settings.allowed_origins:
        # outside of everything else, so that errors reach the page, too
        rest = CORSMiddleware(
            rest, allow_origins=desk.settings.allowed_origins, allow_methods=["*"], allow_headers=["*"], max_age=600
        )
    return cast("ASGIApp", socketio.ASGIApp(sio, other_asgi_app=rest, socketio_path="socket.io"))


class BodyLimit:
    """Refuses bodies of more than ``max_bytes`` with 413, by their announced length or as they come in."""

    def __init__(self, app: ASGIApp, max_bytes: int) -> None:
        self._app = app
        self._max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if _announced_length(scope) > self._max_bytes:
            await problems.answer(413, _too_large(self._max_bytes))(scope, receive, send)
            return
        received = 0

        async def receive_counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._max_bytes:
                raise HTTPException(413, _too_large(self._max_bytes))
            return message

        await self._app(scope, receive_counted, send)


def _announced_length(scope: Scope) -> int:
    headers = cast("list[tuple[bytes, bytes]]", scope["headers"])
    announced: Any = next((value for name, value in headers if name == b"content-length"), b"0")
    return int(announced) if announced.isdigit() else 0


def _too_large(max_bytes: int) -> str:
    return f"The request is larger than {max_bytes // 1024} kB."
