"""Has a source fallen silent? Pure: every moment is an argument."""

from __future__ import annotations

HELD_UP_S = 1.0
"""Who looks so much too late was held up with all the rest: the computer slept, say. The source gets its time anew."""


class Silence:
    def __init__(self, after_s: float, now: float) -> None:
        """A source is silent that has delivered nothing for ``after_s`` seconds."""
        self._after_s = after_s
        self._last_at = now
        self._look_at = now

    def delivered(self, now: float) -> None:
        """Any thread."""
        self._last_at = now

    def left(self, now: float) -> float:
        """Seconds after which to look again; 0: it is silent."""
        if now - self._look_at > HELD_UP_S:
            self._last_at = now
        left = max(0.0, self._last_at + self._after_s - now)
        self._look_at = now + left
        return left
