"""Whether a speaker's buffer runs empty so often that a deeper one is worth its delay. Pure; the time is given."""

from __future__ import annotations

from collections import deque

TIMES, WITHIN_S = 3, 10.0
"""Once is an accident."""
APART_S = 0.1
"""While it is filled again it is empty more than once."""


class Starvation:
    def __init__(self) -> None:
        self._times: deque[float] = deque(maxlen=TIMES)

    def fetched(self, waiting_s: float, now: float) -> bool:
        """Whether it is too often by now, after a fetch at ``now`` that found ``waiting_s`` of sound still to play."""
        if waiting_s > 0 or (self._times and now - self._times[-1] < APART_S):
            return False
        self._times.append(now)
        if len(self._times) < TIMES or now - self._times[0] > WITHIN_S:
            return False
        self._times.clear()
        return True
