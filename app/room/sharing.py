"""Our screen for all to see: beginning, stopping, and giving way.

The last one wins: who begins to share takes the stage, and whoever shared before stops and is told so. Two who begin
within ``AT_ONCE_S`` of each other cannot tell who was last: then the smaller id stays.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from app.errors import DeviceError, DeviceKind
from app.media.call import CallMedia
from app.media.sources import SourceSpec
from app.room import steps
from app.room.state import RoomState
from app.room.switches import Reconciler
from app.store import Store

AT_ONCE_S = 0.5
"""A word takes as long from one to another at the most, as a rule."""


class Sharing:
    def __init__(self, *, store: Store[RoomState], media: CallMedia, tell: Callable[[], None]) -> None:
        """``tell`` has our state said to all."""
        self._store = store
        self._media = media
        self._tell = tell
        self._spec: SourceSpec | None = None
        self._since = 0.0
        self._others: frozenset[str] = frozenset()
        """Who else shares."""
        self._switch = Reconciler(DeviceKind.SCREEN, self._apply, self._settled)
        self._loop = asyncio.get_running_loop()
        self._unsubscribe = store.subscribe(self._look)

    async def share(self, spec: SourceSpec) -> None:
        """Share ``spec``, in place of what may be shared already. Returns when it is settled."""
        self._spec = spec
        await self._wish(True)

    async def stop(self) -> None:
        await self._wish(False)

    def lost(self, error: DeviceError) -> None:
        """The screen or window went by itself."""
        self._settled(False, error)

    async def close(self) -> None:
        self._unsubscribe()
        await self._switch.close()

    async def _wish(self, on: bool) -> None:
        self._store.apply(lambda state: steps.switch_wished(state, "sharing", on))
        self._switch.wish(on)
        await self._switch.idle()

    async def _apply(self, on: bool) -> None:
        await self._media.set_screen(self._spec if on else None)

    def _settled(self, on: bool, error: DeviceError | None) -> None:
        """What cannot be captured is not wished any longer: which other screen it is to be, only a person can say."""
        if on and not self._store.state.sharing.actual:
            self._since = time.monotonic()
        before = self._store.state
        problem = None if error is None else error.problem
        state = before if error is None else steps.switch_wished(before, "sharing", False)
        state = steps.switch_settled(state, "sharing", on, problem)
        if error is not None:
            state = steps.noticed(state, "device", "screen", error.problem)
        self._store.set(state)
        if state != before:
            self._tell()

    def _look(self, state: RoomState) -> None:
        others = frozenset(one.id for one in state.participants if one.screen)
        new, self._others = others - self._others, others
        for participant_id in new:
            self._loop.call_soon(self._give_way, participant_id)

    def _give_way(self, participant_id: str) -> None:
        """Somebody else began. Not within the store's own telling, so that nobody hears the states out of order."""
        state = self._store.state
        other = state.participant(participant_id)
        if not state.sharing.desired or other is None:
            return
        at_once = not state.sharing.actual or time.monotonic() - self._since < AT_ONCE_S
        if at_once and state.me.connection_id < participant_id:
            return
        state = steps.switch_wished(state, "sharing", False)
        self._store.set(steps.noticed(state, "screen-taken", other.name))
        self._switch.wish(False)
