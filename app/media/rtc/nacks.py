"""Which packets are missing, and when to ask for them (again). Pure: every moment is an argument.

aiortc asks once for each gap, and with every gap for all that is missing; a question that is lost is never repeated.
"""

from __future__ import annotations

AGAIN_S = 0.1
"""A retransmission takes a round trip; sooner it is only asked for twice. Before a round trip was seen."""
SHORTEST_S, LONGEST_S = 0.03, 0.4
ROUND_TRIPS = 1.3
"""A question is repeated after so many of them."""
SMOOTHING = 0.2
TRIES = 4
MOST = 128
"""A gap that is longer is no loss but an outage: then a key frame is the answer."""
NEVER = (float("-inf"), float("-inf"), 0)
"""Was asked for."""


class Nacks:
    def __init__(self) -> None:
        self._newest: int | None = None
        self._missing: dict[int, tuple[float, float, int]] = {}
        """Sequence number → when it was asked for first and last, and how often."""
        self.round_trip_s: float | None = None
        """From the first question to the answer, smoothed; None: not known yet."""

    @property
    def again_s(self) -> float:
        """An answer may take so long."""
        if self.round_trip_s is None:
            return AGAIN_S
        return min(max(ROUND_TRIPS * self.round_trip_s, SHORTEST_S), LONGEST_S)

    def add(self, sequence: int, now: float) -> list[int]:
        """``sequence`` came; the numbers that are to be asked for now."""
        if self._newest is None:
            self._newest = sequence
            return []
        ahead = (sequence - self._newest) & 0xFFFF
        if ahead == 1 and not self._missing:
            self._newest = sequence
            return []
        if 0 < ahead < 0x8000:
            if ahead <= MOST:
                for number in range(1, ahead):
                    self._missing[(self._newest + number) & 0xFFFF] = NEVER
            else:
                self._missing.clear()
            self._newest = sequence
        else:
            first_at, _, tries = self._missing.pop(sequence, NEVER)
            if tries:
                self._learn(now - first_at)
        return self._due(now)

    def _learn(self, taken: float) -> None:
        """An answer took so long. If the first question was lost that is too long, and others will say so; to count
        from the last one would never find that the path is longer than ``again_s``."""
        before = taken if self.round_trip_s is None else self.round_trip_s
        self.round_trip_s = before + SMOOTHING * (taken - before)

    def _due(self, now: float) -> list[int]:
        due: list[int] = []
        again_s = self.again_s
        for number, (first_at, last_at, tries) in tuple(self._missing.items()):
            if now - last_at < again_s:
                continue
            if tries < TRIES and len(self._missing) <= MOST:
                self._missing[number] = (first_at if tries else now, now, tries + 1)
                due.append(number)
            elif now - last_at >= LONGEST_S or len(self._missing) > MOST:
                del self._missing[number]  # until then an answer may still tell how long the path is
        return due
