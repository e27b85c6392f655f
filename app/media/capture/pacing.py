"""Gives what has a place in time at that time: clips and test pictures are read faster than they are to be seen."""

from __future__ import annotations

import threading
import time

FORGET_S = 0.5
"""Whoever is so late, because the computer slept, say, goes on from there: nothing is made up for."""


class Pace:
    def __init__(self, stopping: threading.Event) -> None:
        """Place 0 is now."""
        self._stopping = stopping
        self._start = time.monotonic()

    def waits(self, place: float) -> bool:
        """Wait until what belongs ``place`` seconds after the beginning is due; False where ``stopping`` was set."""
        now = time.monotonic()
        if now - self._start - place > FORGET_S:
            self._start = now - place
        return not self._stopping.wait(max(0.0, self._start + place - now))
