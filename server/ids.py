"""Ids in the shape of MongoDB's ObjectId (24 hex digits), each greater than the one before.

The order of chat is the order of its ids, and a cursor is an id. Hence the promise, which a plain ObjectId does not
keep: ids rise strictly, through a clock that is set back, and through a restart on the same database (``newest``).
"""

from __future__ import annotations

import secrets
import string

from server.clock import Clock

_COUNTER_END = 1 << 24
_HEX = frozenset(string.hexdigits.lower())


def is_id(text: str) -> bool:
    """Whether ``text`` can be an id at all."""
    return len(text) == 24 and _HEX.issuperset(text)


class IdSource:
    """Makes ids: four bytes of seconds, five of this process, three of a counter.

    ``newest`` is the greatest id that the database holds; all that are made here are greater.
    """

    def __init__(self, clock: Clock, newest: str | None = None) -> None:
        self._clock = clock
        self._process = secrets.token_hex(5)
        self._second = int(newest[:8], 16) + 1 if newest is not None else 0
        self._counter = -1

    def next(self) -> str:
        second = int(self._clock().timestamp())
        if second > self._second:
            self._second, self._counter = second, -1
        self._counter += 1
        if self._counter == _COUNTER_END:
            self._second, self._counter = self._second + 1, 0
        return f"{self._second:08x}{self._process}{self._counter:06x}"
