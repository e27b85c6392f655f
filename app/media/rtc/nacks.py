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


class Nacks:
    def __init__(self) -> None:
        self._newest: int | None = None
        self._missing: dict[int, tuple[float, int]] = {}
        """Sequence number → when it was asked for last, and how often."""
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
                    self._missing[(self._newest + number) & 0xFFFF] = (float("-inf"), 0)
            else:
                self._missing.clear()
            self._newest = sequence
        else:
            self._learn(*self._missing.pop(sequence, (now, 0)), now)
        return self._due(now)

    def _learn(self, asked_at: float, tries: int, now: float) -> None:
        if tries != 1:
            return  # not asked for, or nobody knows which question was answered
        taken = now - asked_at
        before = taken if self.round_trip_s is None else self.round_trip_s
        self.round_trip_s = before + SMOOTHING * (taken - before)

    def _due(self, now: float) -> list[int]:
        due: list[int] = []
        again_s = self.again_s
        for number, (asked_at, tries) in tuple(self._missing.items()):
            if now - asked_at < again_s:
                continue
            if tries == TRIES or len(self._missing) > MOST:
                del self._missing[number]
                continue
            self._missing[number] = (now, tries + 1)
            due.append(number)
        return due
