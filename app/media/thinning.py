"""How large our picture may be for what a path carries: where it gets thin the picture gets smaller, and where even the
smallest does not fit it pauses, so that sound never starves. Pure: every moment is an argument.

A picture of half the height at a rate that suits it looks better than a large one that is starved, and costs whoever
watches the large one on a good path nothing. Each change costs a key frame, hence the distance between getting smaller
and larger; and who got larger in vain waits longer the next time.
"""

from __future__ import annotations

from collections.abc import Sequence

DOWN, UP = 0.38, 0.5
"""Shares of a size's natural rate: with less it is left, from so much on it is taken. What is sent now times
``rate.SPARE`` must reach the next size's ``UP``, or it is never found out that there is room."""
LEAST, LEAST_AGAIN = 45_000, 60_000
"""Bits a second: with less the smallest picture pauses, with more it goes on."""
WAIT_S, LONGEST_WAIT_S = 3.0, 40.0
"""Before the picture gets larger (again)."""
GRACE_S = 2.0
"""So long a larger picture is given to show that it fits."""
IN_VAIN_S = 6.0
"""Smaller again within this time: it was in vain."""
PAUSE = 2
"""A pause lasts so many waits, then it is simply tried: silence proves nothing."""


class Thinning:
    def __init__(self, sizes: Sequence[tuple[int, int]]) -> None:
        """``sizes``: height and natural bits a second of each, the largest first."""
        self._sizes = tuple(sizes)
        self._at = 0
        """Index of the size; one behind the last: a pause."""
        self._changed_at = float("-inf")
        self._grew_at = float("-inf")
        self._wait_s = WAIT_S

    def height(self, bits: int, now: float) -> int | None:
        """The largest picture that should be sent over a path with ``bits`` a second for it; None: none at all."""
        fits = self._fitting(bits)
        if fits > self._at:
            self._leave(fits, now)
        elif self._at > 0 and self._may_grow(bits, now):
            self._at -= 1
            self._changed_at = self._grew_at = now
        elif now - self._changed_at > LONGEST_WAIT_S:
            self._wait_s = WAIT_S
        return self._sizes[self._at][0] if self._at < len(self._sizes) else None

    def _leave(self, fits: int, now: float) -> None:
        grown = now - self._grew_at
        if grown < GRACE_S:
            return
        if grown < IN_VAIN_S:
            self._wait_s = min(2 * self._wait_s, LONGEST_WAIT_S)
        self._at, self._changed_at = fits, now

    def _fitting(self, bits: int) -> int:
        """The first size, from the present one on, that needs not be left."""
        last = len(self._sizes) - 1
        for index in range(self._at, last):
            if bits >= DOWN * self._sizes[index][1]:
                return index
        return max(self._at, last) if bits >= LEAST else last + 1

    def _may_grow(self, bits: int, now: float) -> bool:
        waited = now - self._changed_at
        if waited < self._wait_s:
            return False
        if self._at == len(self._sizes):
            return bits >= LEAST_AGAIN or waited >= PAUSE * self._wait_s
        return bits >= UP * self._sizes[self._at - 1][1]
