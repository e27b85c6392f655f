"""Whether a speaker's buffer runs empty so often that a deeper one is worth its delay. Pure; the time is given."""

from __future__ import annotations

from collections import deque

TIMES, WITHIN_S = 3, 10.0
"""Once is an accident."""
APART_S = 0.1
"""While it is filled again it is empty more than once."""
PATIENCE_S, LONGEST_PATIENCE_S = 30.0, 600.0
"""After so long without trouble less is tried again; twice as long each time that this was too early."""


class Starvation:
    def __init__(self) -> None:
        self._times: deque[float] = deque(maxlen=TIMES)
        self._calm_since: float | None = None
        self._patience_s = PATIENCE_S

    def fetched(self, waiting_s: float, now: float) -> int:
        """1 where a deeper buffer is needed, -1 where a shallower one may do, else 0: after a fetch at ``now`` that
        found ``waiting_s`` of sound still to play."""
        if self._calm_since is None:
            self._calm_since = now
        if waiting_s > 0:
            return self._calm(now)
        if self._times and now - self._times[-1] < APART_S:
            return 0
        self._times.append(now)
        self._calm_since = now
        if len(self._times) < TIMES or now - self._times[0] > WITHIN_S:
            return 0
        self._times.clear()
        return 1

    def was_too_early(self) -> None:
        """A shallower buffer was tried, and it did not do."""
        self._patience_s = min(2 * self._patience_s, LONGEST_PATIENCE_S)

    def _calm(self, now: float) -> int:
        assert self._calm_since is not None
        if now - self._calm_since < self._patience_s:
            return 0
        self._calm_since = now
        return -1
