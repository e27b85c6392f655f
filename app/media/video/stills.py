"""Body-double mode: company at almost no cost, by a still of oneself now and then."""

from __future__ import annotations

EVERY_S = 10.0


class Stills:
    """While it is on, at most one picture in ``EVERY_S`` gets through; the first one after it begins does at once.

    Turned on the loop, asked in the capture thread.
    """

    def __init__(self) -> None:
        self._is_on = False
        self._next_at = float("-inf")

    @property
    def is_on(self) -> bool:
        return self._is_on

    def turn(self, on: bool) -> None:
        if on and not self._is_on:
            self._next_at = float("-inf")
        self._is_on = on

    def admits(self, at: float) -> bool:
        """Whether the picture that was captured at ``at`` (monotonic seconds) is to be shown."""
        if not self._is_on:
            return True
        if at < self._next_at:
            return False
        self._next_at = at + EVERY_S
        return True
