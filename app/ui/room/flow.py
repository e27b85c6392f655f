"""A long column of rows of different heights, most of them never seen. Pure geometry.

A row that was not measured has an estimated height, so that ten thousand rows cost ten thousand guesses and as many
measurements as fit on the screen. All figures are pixels.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate


class Flow:
    def __init__(self) -> None:
        self._heights: list[int] = []
        self._measured: list[bool] = []
        self._tops: list[int] | None = [0]

    def __len__(self) -> int:
        return len(self._heights)

    def insert(self, first: int, guesses: Iterable[int]) -> None:
        """Put rows before row ``first``."""
        made = list(guesses)
        self._heights[first:first] = made
        self._measured[first:first] = [False] * len(made)
        self._tops = None

    def remove(self, first: int, end: int) -> None:
        del self._heights[first:end]
        del self._measured[first:end]
        self._tops = None

    def forget(self, row: int) -> None:
        """Its height may have changed: measure it again before it is shown."""
        self._measured[row] = False

    def forget_all(self) -> None:
        self._measured = [False] * len(self._measured)

    def is_measured(self, row: int) -> bool:
        return self._measured[row]

    def measure(self, row: int, height: int) -> None:
        """This is how high the row really is."""
        self._measured[row] = True
        if self._heights[row] != height:
            self._heights[row] = height
            self._tops = None

    def top(self, row: int) -> int:
        """Where a row begins; for ``len(self)`` where the last one ends."""
        return self._all_tops()[row]

    def height(self, row: int) -> int:
        return self._heights[row]

    @property
    def total(self) -> int:
        return self._all_tops()[-1]

    def row_at(self, y: int) -> int:
        """The row at ``y``; the first or the last one where ``y`` is outside. -1 where there is none."""
        if not self._heights:
            return -1
        return min(max(0, bisect_right(self._all_tops(), y) - 1), len(self._heights) - 1)

    def between(self, top: int, bottom: int) -> range:
        """The rows that show between two places."""
        if not self._heights or bottom <= 0 or top >= self.total:
            return range(0)
        return range(self.row_at(top), self.row_at(bottom - 1) + 1)

    def _all_tops(self) -> list[int]:
        if self._tops is None:
            self._tops = [0, *accumulate(self._heights)]
        return self._tops
