"""How the server speaks over Socket.IO: to one socket, to a room.

The rest of the server says models; names and dictionaries exist here only.
"""

from __future__ import annotations

import asyncio
from typing import Any, Protocol
from weakref import WeakValueDictionary

from protocol.errors import ErrorCode
from protocol.events import Event, encode
from server.errors import Refused


class Emitter(Protocol):
    """What is used of ``socketio.AsyncServer``."""

    async def emit(
        self, event: str, data: Any = None, *, to: str | None = None, skip_sid: str | None = None
    ) -> None: ...

    async def enter_room(self, sid: str, room: str) -> None: ...

    async def leave_room(self, sid: str, room: str) -> None: ...


class Outlet:
    def __init__(self, emitter: Emitter) -> None:
        self._emitter = emitter

    async def send(self, sid: str, event: Event) -> None:
        """To one socket; nothing happens where it is gone."""
        name, payload = encode(event)
        await self._emitter.emit(name, payload, to=sid)

    async def tell(self, session_id: str, event: Event, *, but: str | None = None) -> None:
        """To everybody in the room of that session, except ``but``."""
        name, payload = encode(event)
        await self._emitter.emit(name, payload, to=_channel(session_id), skip_sid=but)

    async def tune_in(self, sid: str, session_id: str) -> None:
        """Raises Refused (failed) where the socket went in the meantime."""
        try:
            await self._emitter.enter_room(sid, _channel(session_id))
        except (KeyError, ValueError) as error:
            raise Refused(ErrorCode.FAILED, "The connection was lost.") from error

    async def tune_out(self, sid: str, session_id: str) -> None:
        await self._emitter.leave_room(sid, _channel(session_id))


def _channel(session_id: str) -> str:
    # Socket.IO's rooms share their names with socket ids: nobody may join somebody else's private one
    return f"session:{session_id}"


class Locks:
    """One lock per key, which exists as long as somebody holds it or waits for it."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def __getitem__(self, key: str) -> asyncio.Lock:
        lock = self._locks.get(key)
        if lock is None:
            lock = self._locks[key] = asyncio.Lock()
        return lock
