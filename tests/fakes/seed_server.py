"""A server of the seed's contract and nothing more, in this process: no acknowledgements, no ``/api/server``, no
tokens on the socket, no ``clientMessageId``, chat ids that are the time in milliseconds as numbers, and HTML for
addresses it does not know.

It can be stopped and started again at the same port, and forgets who was there, as the seed's does.
"""

from __future__ import annotations

import itertools
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import socketio
from aiohttp import web

PROFILE = {"_id": "u1", "name": "Ann", "email": "ann@example.org", "role": "tutor"}


Handler = Callable[..., Awaitable[None]]


class SeedServer:
    def __init__(self) -> None:
        self.port = 0
        self.messages: list[dict[str, Any]] = []
        """What was stored by POST; outlives a restart."""
        self.heard: list[tuple[str, str, Any]] = []
        """Every event: sid, name, payload."""
        self.stores = True
        """False: POST /api/chat answers 500, as when the database is away."""
        self.echoes = True
        """False: what is said in the chat is told to nobody."""
        self.joined: set[str] = set()
        self.transports = ["websocket", "polling"]
        self._rooms: dict[str, dict[str, dict[str, Any]]] = {}
        self._listed: dict[str, set[str]] = {}
        self._haunted: set[str] = set()
        self._ids = itertools.count(1)
        self._runner: web.AppRunner | None = None
        self.sio: socketio.AsyncServer = _silent_server(self.transports)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        self.sio = _silent_server(self.transports)
        self._rooms.clear()
        self._listen()
        app = web.Application()
        self.sio.attach(app)
        app.add_routes(
            [
                web.post("/api/auth/login", self._login),
                web.get("/api/users/profile", self._profile),
                web.get("/api/sessions", self._sessions),
                web.get("/api/sessions/{id}", self._session),
                web.post("/api/sessions/{id}/join", self._join),
                web.post("/api/chat", self._post_chat),
                web.get("/api/chat/session/{id}", self._chat),
            ]
        )
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """All sockets are gone at once, and nobody is told why."""
        runner, self._runner = self._runner, None
        if runner is None:
            return
        await self.sio.shutdown()
        await runner.cleanup()

    # ---- socket --------------------------------------------------------------------------------------------------

    def _listen(self) -> None:
        sio = self.sio

        async def join_session(sid: str, body: dict[str, Any]) -> None:
            room = self._rooms.setdefault(body["sessionId"], {})
            newcomer = {"socketId": sid, "userId": body["userId"], "userName": body["userName"], "isTutor": False}
            others = [one for one in room.values() if one["socketId"] != sid]
            self._listed[sid] = {one["socketId"] for one in others}
            room[sid] = newcomer  # before anything is awaited: Node's handlers do not overlap either
            await sio.enter_room(sid, body["sessionId"])
            await sio.emit("existing-participants", others, to=sid)
            await sio.emit("user-joined", newcomer, room=body["sessionId"], skip_sid=sid)

        async def chat_message(sid: str, body: dict[str, Any]) -> None:
            now = datetime.now(UTC)
            kept = {key: body.get(key) for key in ("sessionId", "userId", "userName", "message")}
            kept["messageType"] = body.get("messageType", "text")
            said = {"id": int(now.timestamp() * 1000), **kept, "timestamp": _iso(now)}
            if self.echoes:
                await sio.emit("chat-message", said, room=body["sessionId"])

        def relay(name: str, key: str) -> Handler:
            async def handle(sid: str, body: dict[str, Any]) -> None:
                await sio.emit(name, {key: body[key], "from": sid}, to=body["to"])

            return handle

        def toggle(kind: str) -> Handler:
            async def handle(sid: str, body: dict[str, Any]) -> None:
                told = {"userId": body["userId"], "socketId": sid, "enabled": body["enabled"]}
                await sio.emit(f"user-{kind}-toggle", told, room=body["sessionId"], skip_sid=sid)

            return handle

        async def gone(sid: str, _: object = None) -> None:
            for session_id, room in self._rooms.items():
                if sid in room and sid not in self._haunted:
                    await sio.emit("user-left", room.pop(sid), room=session_id, skip_sid=sid)

        self._on("join-session", join_session)
        self._on("webrtc-offer", relay("webrtc-offer", "offer"))
        self._on("webrtc-answer", relay("webrtc-answer", "answer"))
        self._on("webrtc-ice-candidate", relay("webrtc-ice-candidate", "candidate"))
        self._on("chat-message", chat_message)
        self._on("toggle-audio", toggle("audio"))
        self._on("toggle-video", toggle("video"))
        self._on("leave-session", gone)
        sio.on("disconnect", gone)

    def _on(self, name: str, handler: Handler) -> None:
        async def handle(sid: str, *payloads: Any) -> object:
            self.heard.append((sid, name, payloads[0] if payloads else None))
            await handler(sid, *payloads)
            return self.sio.not_handled  # python-socketio acknowledges of itself; the seed's server never does

        self.sio.on(name, handle)

    # ---- REST ----------------------------------------------------------------------------------------------------

    async def _login(self, request: web.Request) -> web.Response:
        body = await request.json()
        if body.get("password") != "secret1":
            return _refused(401, "Invalid email or password")
        return web.json_response({**PROFILE, "token": "seed-token"})

    async def _profile(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != "Bearer seed-token":
            return _refused(401, "Not authorized, token failed")
        return web.json_response(PROFILE)

    async def _sessions(self, request: web.Request) -> web.Response:
        return web.json_response([_session("s1"), {"_id": "broken"}, _session("s2")])

    async def _session(self, request: web.Request) -> web.Response:
        return web.json_response(_session(request.match_info["id"]))

    async def _join(self, request: web.Request) -> web.Response:
        session_id = request.match_info["id"]
        if session_id in self.joined:
            return _refused(400, "Already joined")
        self.joined.add(session_id)
        return web.json_response({"message": "Joined"})

    async def _post_chat(self, request: web.Request) -> web.Response:
        if not self.stores:
            return _refused(500, "Error saving message")
        body = await request.json()
        user_id, _, name = request.headers.get("Authorization", "").removeprefix("Bearer ").partition("/")
        now = _iso(datetime.now(UTC))
        said = {
            "id": f"{next(self._ids):024x}",
            "sessionId": body["sessionId"],
            "userId": user_id or "u1",
            "userName": name or "Ann",
            "message": body["message"],
            "messageType": body.get("messageType", "text"),
            "timestamp": now,
            "createdAt": now,
            "updatedAt": now,
        }
        self.messages.append(said)
        return web.json_response(said, status=201)

    async def _chat(self, request: web.Request) -> web.Response:
        """The *oldest* ``limit``; cursors are not known."""
        limit = int(request.query.get("limit", "100"))
        found = [one for one in self.messages if one["sessionId"] == request.match_info["id"]]
        return web.json_response(found[:limit])

    def said(self, name: str) -> list[Mapping[str, Any]]:
        """The payloads of every event of that name, in order."""
        return [payload for _, event, payload in self.heard if event == name]

    async def haunt(self, sid: str) -> None:
        """End that connection, and go on believing that it is there."""
        self._haunted.add(sid)
        await self.sio.disconnect(sid)

    def listed_to(self, sid: str) -> set[str]:
        """The sids that newcomer was told of."""
        return self._listed[sid]


def _silent_server(transports: list[str]) -> socketio.AsyncServer:
    return socketio.AsyncServer(async_mode="aiohttp", cors_allowed_origins="*", transports=transports)


def _session(session_id: str) -> dict[str, Any]:
    return {
        "_id": session_id,
        "title": "Algebra",
        "subject": "Maths",
        "startTime": "2026-01-01T10:00:00.000Z",
        "endTime": "2026-01-01T11:00:00.000Z",
    }


def _refused(status: int, message: str) -> web.Response:
    return web.json_response({"message": message}, status=status)


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
