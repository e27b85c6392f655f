"""A whole server on the test's own loop, people who are signed in to it, and sockets that remember what they heard."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import aiohttp
import socketio

from server.clock import utc_now
from server.running import RunningServer, url_of
from server.settings import ServerSettings

PATIENCE_S = 10


class HandClock:
    """A clock that stands still until it is turned."""

    def __init__(self, now: datetime | None = None) -> None:
        self.now = now or utc_now()

    def __call__(self) -> datetime:
        return self.now

    def turn(self, by: timedelta) -> None:
        self.now += by


@contextlib.asynccontextmanager
async def running(settings: ServerSettings) -> AsyncGenerator[Hall]:
    """Serve ``settings`` until the block is left."""
    ready: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    server = RunningServer(settings, ready.set_result)
    serving = asyncio.create_task(server.serve())
    await asyncio.wait({serving, ready}, return_when=asyncio.FIRST_COMPLETED)
    if serving.done():
        await serving
    async with aiohttp.ClientSession() as http:
        hall = Hall(url_of(settings.host, ready.result()), http)
        try:
            yield hall
        finally:
            await hall.close()
            server.stop()
            await serving


@dataclass
class Reply:
    status: int
    body: Any
    headers: dict[str, str]


class Hall:
    """A running server as its clients see it."""

    _numbers = count(1)

    def __init__(self, url: str, http: aiohttp.ClientSession) -> None:
        self.url = url
        self.http = http
        self._sockets: list[Socket] = []

    async def ask(self, method: str, path: str, *, token: str | None = None, **options: Any) -> Reply:
        headers = {**options.pop("headers", {})}
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        async with self.http.request(method, self.url + path, headers=headers, **options) as response:
            body = await response.json() if response.content_type == "application/json" else await response.text()
            return Reply(response.status, body, dict(response.headers))

    async def register(self, name: str = "Ada", role: str = "student") -> Person:
        email = f"{name.lower()}{next(self._numbers)}@example.org"
        reply = await self.ask(
            "POST", "/api/auth/register", json={"name": name, "email": email, "password": "secret1", "role": role}
        )
        assert reply.status == 201, reply
        return Person(self, reply.body["_id"], name, email, reply.body["token"])

    async def session(self, tutor: Person, **changes: Any) -> str:
        """The id of a new session that is going on."""
        now = utc_now()
        draft = {
            "title": "Algebra",
            "subject": "Mathematics",
            "description": "",
            "startTime": (now - timedelta(hours=1)).isoformat(),
            "endTime": (now + timedelta(hours=1)).isoformat(),
        }
        reply = await tutor.ask("POST", "/api/sessions", json={**draft, **changes})
        assert reply.status == 201, reply
        return reply.body["_id"]

    async def socket(self, auth: Any = None, transport: str = "websocket") -> Socket:
        """Raises socketio.exceptions.ConnectionError where it is refused."""
        socket = Socket()
        self._sockets.append(socket)
        await socket.connect(self.url, auth, transport)
        return socket

    async def close(self) -> None:
        for socket in self._sockets:
            await socket.close()


@dataclass(frozen=True)
class Person:
    hall: Hall
    id: str
    name: str
    email: str
    token: str

    async def ask(self, method: str, path: str, **options: Any) -> Reply:
        return await self.hall.ask(method, path, token=self.token, **options)

    async def socket(self) -> Socket:
        return await self.hall.socket({"token": self.token})

    async def in_room(self, session_id: str, **extra: Any) -> Socket:
        socket = await self.socket()
        socket.ack = await socket.call("join-session", {"sessionId": session_id, **extra})
        assert "error" not in socket.ack, socket.ack
        return socket


@dataclass
class Socket:
    """One connection; ``heard`` is everything that the server said, in order."""

    heard: list[tuple[str, Any]] = field(default_factory=list[tuple[str, Any]])
    ack: Any = None
    refusal: Any = None

    def __post_init__(self) -> None:
        self.client = socketio.AsyncClient(reconnection=False)
        self._news = asyncio.Condition()
        self.client.on("*", self._hear)
        self.client.on("connect_error", self._refused)

    async def connect(self, url: str, auth: Any, transport: str = "websocket") -> None:
        await self.client.connect(url, auth=auth, transports=[transport], wait_timeout=PATIENCE_S)

    @property
    def sid(self) -> str:
        sid = self.client.get_sid()
        assert sid is not None
        return sid

    async def call(self, event: str, *payload: Any) -> Any:
        """Emit and wait for the acknowledgement."""
        data = payload[0] if payload else None
        return await self.client.call(event, data, timeout=PATIENCE_S)

    async def emit(self, event: str, payload: Any) -> None:
        await self.client.emit(event, payload)

    def said(self, event: str) -> list[Any]:
        """The payloads of all events of that name so far."""
        return [payload for name, payload in self.heard if name == event]

    async def hears(self, event: str, test: Callable[[Any], bool] = lambda _: True) -> Any:
        """The first payload of that event, past or to come, that passes the test."""

        def found() -> list[Any]:
            return [payload for payload in self.said(event) if test(payload)]

        async with self._news:
            await asyncio.wait_for(self._news.wait_for(lambda: bool(found())), PATIENCE_S)
        return found()[0]

    async def settled(self) -> None:
        """Everything that the server said to us before it answered this has been heard."""
        await self.call("leave-session", {"sessionId": "nowhere"})

    async def close(self) -> None:
        await self.client.disconnect()

    async def drop(self) -> None:
        """Lose the connection without a word, as a dead network would."""
        transport = self.client.eio.ws
        assert transport is not None
        await transport.close()
        await self.client.wait()

    async def _hear(self, event: str, *payload: Any) -> None:
        async with self._news:
            self.heard.append((event, payload[0] if payload else None))
            self._news.notify_all()

    async def _refused(self, data: Any = None) -> None:
        self.refusal = data


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
