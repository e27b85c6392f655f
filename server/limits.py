"""Token buckets: so much at once, so much again per second, for each source by itself.

Pure but for the state it holds: the time is an argument. The table of buckets is bounded; the ones unused for longest
are forgotten first, which gives their owners a full bucket again.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

MAX_SOURCES = 10_000


@dataclass(frozen=True, slots=True)
class Rate:
    burst: int
    per_second: float


class Buckets:
    """One bucket of ``rate`` for every source that is named."""

    def __init__(self, rate: Rate, monotonic: Callable[[], float], max_sources: int = MAX_SOURCES) -> None:
        self._rate = rate
        self._monotonic = monotonic
        self._max_sources = max_sources
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, source: str) -> float:
        """Take one token of ``source``. Returns 0, or the seconds until one is there (and none is taken)."""
        now = self._monotonic()
        level, seen = self._levels.pop(source, (float(self._rate.burst), now))
        level = min(float(self._rate.burst), level + (now - seen) * self._rate.per_second)
        wait = 0.0 if level >= 1 else (1 - level) / self._rate.per_second
        self._levels[source] = (level if wait else level - 1, now)
        if len(self._levels) > self._max_sources:
            self._levels.popitem(last=False)
        return wait

    def forgive(self, source: str) -> None:
        """Fill the bucket of ``source`` again."""
        self._levels.pop(source, None)

    def __len__(self) -> int:
        return len(self._levels)
