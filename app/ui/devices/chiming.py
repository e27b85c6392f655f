"""When the room makes a small sound: somebody came, went or raised a hand, one sound for all who do so at once."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from app.media.audio.chimes import Chime
from app.room.state import Notice, RoomState

REST_S = 1.5
"""So long after a chime there is none."""
_OF = {"joined": Chime.JOINED, "left": Chime.LEFT, "hand": Chime.HAND}


class Chimes:
    def __init__(self, is_wanted: Callable[[], bool], clock: Callable[[], float] = time.monotonic) -> None:
        self._is_wanted = is_wanted
        self._clock = clock
        self._newest: int | None = None
        self._rests_until = float("-inf")

    def show_state(self, state: RoomState) -> Chime | None:
        """What is to be played now; what had happened before the first state makes no sound."""
        newest, first = self._newest, self._newest is None
        self._newest = state.notices[-1].number if state.notices else (newest or 0)
        if first:
            return None
        chime = _heard([one for one in state.notices if one.number > (newest or 0)])
        now = self._clock()
        if chime is None or now < self._rests_until or not self._is_wanted():
            return None
        self._rests_until = now + REST_S
        return chime


def _heard(notices: Sequence[Notice]) -> Chime | None:
    return next((_OF[one.kind] for one in notices if one.kind in _OF), None)
