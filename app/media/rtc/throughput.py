"""How many bits a second went into a path lately, and how many came out of it. Pure."""

from __future__ import annotations

from collections import deque

from app.media.rtc.reports import MEMORY, Fate

WINDOW_S = 0.5
"""In which arrivals are counted."""
LEAST_S = WINDOW_S / 3
"""Less is too short to judge."""


class Throughput:
    def __init__(self) -> None:
        self.arriving = 0.0
        """Bits a second; 0: not known yet."""
        self.sending = 0.0
        """Bits a second, of the same packets and of those that were lost between them."""
        self._known: deque[Fate] = deque()
        """In the order of sending; the first one arrived."""
        self._size = 0
        self._arrived = 0
        """Bytes of what is known, and of what of it arrived."""
        self._newest = float("-inf")

    def add(self, fate: Fate) -> None:
        self._known.append(fate)
        self._size += fate.size
        if fate.arrived is not None:
            self._arrived += fate.size
            self._newest = max(self._newest, fate.arrived)

    def forget(self) -> None:
        """What comes next has nothing to do with what was."""
        self._known.clear()
        self._size = self._arrived = 0
        self._newest = float("-inf")

    def count(self) -> None:
        """Bring the figures up to date."""
        known = self._known
        while known and (
            len(known) > MEMORY  # all was lost since the newest arrival
            or (arrived := known[0].arrived) is None
            or arrived < self._newest - WINDOW_S
        ):
            gone = known.popleft()
            self._size -= gone.size
            if gone.arrived is not None:
                self._arrived -= gone.size
        if not known:
            return
        span = self._newest - (known[0].arrived or self._newest)
        if span < LEAST_S:
            return
        self.arriving = self._arrived * 8 / span
        took = known[-1].sent - known[0].sent
        self.sending = self._size * 8 / took if took > 0 else self.arriving
