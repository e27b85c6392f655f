"""How often pictures come, and how many of them go on. Pure: every moment is an argument."""

from __future__ import annotations


class Decimator:
    """Lets pictures pass at most ``fps`` times a second, evenly. ``at`` is any clock in seconds that rises."""

    def __init__(self, fps: int) -> None:
        self.fps = fps
        self._interval = 1 / fps
        self._due: float | None = None

    def passes(self, at: float) -> bool:
        if self._due is None or at - self._due > 4 * self._interval:
            self._due = at
        if at < self._due - self._interval / 4:
            return False
        self._due += self._interval
        return True
