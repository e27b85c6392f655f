"""When our sound was captured, by its place in what is sent: what sender reports tell the other end, so that it can put
lips and words together. Pure.

A device hands out what it has when it likes, two frames at once and then none: single moments are off by a frame. The
sound itself is even, so what holds is the mean.
"""

from __future__ import annotations

SMOOTHING = 0.05
"""Weight of a new frame: the last half second counts."""
LEAP_S = 0.1
"""So far from the mean there was a gap, or another microphone."""


class CaptureClock:
    """``add`` in one thread, ``at`` in any."""

    def __init__(self) -> None:
        self._start: float | None = None
        """When place 0 would have been captured."""

    def add(self, place: float, at: float) -> None:
        """What is ``place`` seconds from the beginning was captured ``at`` (monotonic seconds)."""
        start = at - place
        mean = self._start
        if mean is None or abs(start - mean) > LEAP_S:
            self._start = start
        else:
            self._start = mean + SMOOTHING * (start - mean)

    def at(self, place: float) -> float | None:
        """Monotonic seconds; None before anything was captured."""
        return None if self._start is None else self._start + place
