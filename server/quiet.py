"""Keeps a client that sends nonsense from filling the disk: a complaint of a library is logged once in a while."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

EVERY_S = 10.0


class Seldom(logging.Filter):
    """Lets what one line of code has to say through once in ``every_s`` seconds."""

    def __init__(self, every_s: float = EVERY_S, monotonic: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._every_s = every_s
        self._monotonic = monotonic
        self._last: dict[tuple[str, int], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        where, now = (record.pathname, record.lineno), self._monotonic()
        if now - self._last.get(where, -self._every_s) < self._every_s:
            return False
        self._last[where] = now
        return True


def quieten(logger: logging.Logger) -> None:
    """Warnings and errors only, and those seldom. Doing it twice changes nothing."""
    logger.setLevel(logging.WARNING)
    if not any(isinstance(one, Seldom) for one in logger.filters):
        logger.addFilter(Seldom())
