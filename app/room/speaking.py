"""Who is speaking, from how loud they are. Pure.

Two thresholds and a pause that is allowed, so that the ring around a speaker flickers neither at one level nor between
words.
"""

from __future__ import annotations

from dataclasses import dataclass

BEGINS = 0.35
GOES_ON = 0.15
"""On the meters' scale of 0 to 1, which is linear in decibels."""
PAUSE_S = 0.6


@dataclass(frozen=True, slots=True)
class Speech:
    """``loud_at`` is when they were last loud enough, in monotonic seconds; None: silent."""

    loud_at: float | None = None

    @property
    def is_speaking(self) -> bool:
        return self.loud_at is not None

    def heard(self, level: float, now: float) -> Speech:
        """What it is after ``level`` was measured at ``now``."""
        if level >= (BEGINS if self.loud_at is None else GOES_ON):
            return Speech(now)
        if self.loud_at is not None and now - self.loud_at >= PAUSE_S:
            return Speech()
        return self
