"""What reaches whom while somebody is just coming in."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest

from protocol.events import JoinSession, SendState, ToggleAudio
from server.clock import utc_now
from server.outlet import Outlet
from server.presence import Doors, Presence
from server.rooms import Identity, Rooms
from server.store.sqlite import SqliteStore

ROOM = "anywhere"
ADA, BEN = (Identity(name, name, is_tutor=False, verified=True) for name in ("Ada", "Ben"))


class SlowEmitter:
    """Delivers at the end of each ``emit``; that of ``held`` says that it was ``asked``, and waits to be ``opened``."""

    def __init__(self, held: str) -> None:
        self.heard: defaultdict[str, list[tuple[str, Any]]] = defaultdict(list)
        self.asked, self.opened = asyncio.Event(), asyncio.Event()
        self._held = held
        self._channels: defaultdict[str, set[str]] = defaultdict(set)

    async def emit(self, event: str, data: Any = None, *, to: str | None = None, skip_sid: str | None = None) -> None:
        assert to is not None
        sids = self._channels[to] - {skip_sid} if to in self._channels else {to}
        if event == self._held:
            self.asked.set()
            await self.opened.wait()
        for sid in sids:
            self.heard[sid].append((event, data))

    async def enter_room(self, sid: str, room: str) -> None:
        self._channels[room].add(sid)

    async def leave_room(self, sid: str, room: str) -> None:
        self._channels[room].discard(sid)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncGenerator[SqliteStore]:
    opened = SqliteStore(tmp_path / "rooms.db")
    await opened.open()
    yield opened
    await opened.close()


@pytest.mark.parametrize(
    "change",
    [SendState(session_id=ROOM, audio=False, hand=True), ToggleAudio(session_id=ROOM, enabled=False)],
    ids=lambda change: type(change).__name__,
)
async def test_a_newcomer_hears_what_changes_while_they_are_told_who_is_there(
    store: SqliteStore, change: SendState | ToggleAudio
) -> None:
    emitter = SlowEmitter(held="existing-participants")
    rooms = Rooms()
    doors = Doors(store, rooms, utc_now, rooms_without_session=True)
    presence = Presence(rooms, doors, Outlet(emitter), utc_now, lambda who: [])
    emitter.opened.set()
    await presence.join("a", ADA, JoinSession(session_id=ROOM))
    emitter.asked.clear()
    emitter.opened.clear()

    async def switch() -> None:
        if isinstance(change, SendState):
            await presence.show("a", change)
        else:
            await presence.toggle("a", change)

    joining = asyncio.create_task(presence.join("b", BEN, JoinSession(session_id=ROOM)))
    await emitter.asked.wait()
    switching = asyncio.create_task(switch())
    await asyncio.sleep(0)  # it has begun, and got as far as it may
    emitter.opened.set()
    ack = await joining
    await switching
    (listed,) = ack.participants
    assert listed.state is None
    names = [name for name, _ in emitter.heard["b"]]
    assert names == [
        "existing-participants",
        "participant-state" if isinstance(change, SendState) else "user-audio-toggle",
    ]
