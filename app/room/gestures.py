"""What one shows without a word: a raised hand, and reactions.

Both are part of ``participant-state``, whose last one wins; so a reaction bears a number, and a newcomer who is told
the state does not see an old one again.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from app.room import steps
from app.room.state import RoomState
from app.store import Store

MAX_REACTION = 32
"""Characters of one emoji, joined ones included."""
BURST = 4
REFILL_S = 0.75
"""So many reactions at once, and one more after each of so many seconds."""


class Gestures:
    def __init__(
        self, store: Store[RoomState], tell: Callable[[], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        """``tell`` has our state said to all."""
        self._store = store
        self._tell = tell
        self._clock = clock
        self._left = float(BURST)
        self._at = clock()

    def raise_hand(self, up: bool) -> None:
        before = self._store.state
        self._store.apply(lambda state: steps.i_raised(state, up))
        if self._store.state is not before:
            self._tell()

    def react(self, emoji: str) -> bool:
        """Show ``emoji`` to all; False where that would be too many at once, or it is none that can be sent."""
        now = self._clock()
        self._left = min(float(BURST), self._left + (now - self._at) / REFILL_S)
        self._at = now
        if self._left < 1 or not 0 < len(emoji) <= MAX_REACTION:
            return False
        self._left -= 1
        self._store.apply(lambda state: steps.i_reacted(state, emoji))
        self._tell()
        return True
