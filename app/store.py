"""One immutable value, who replaces it, and who is told.

Promises: ``state`` is always a whole value; subscribers are called in the thread that set it, in order of
subscription, and only when the value really changed. A subscriber that raises is logged and does not keep the others
from hearing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

log = logging.getLogger(__name__)


class Store[T]:
    def __init__(self, initial: T) -> None:
        self._state = initial
        self._subscribers: list[Callable[[T], None]] = []

    @property
    def state(self) -> T:
        return self._state

    def set(self, state: T) -> None:
        if state == self._state:
            return
        self._state = state
        for subscriber in tuple(self._subscribers):
            try:
                subscriber(state)
            except Exception:
                log.exception("a subscriber failed")

    def apply(self, step: Callable[[T], T]) -> None:
        """Replace the state by what a pure step makes of it."""
        self.set(step(self._state))

    def subscribe(self, subscriber: Callable[[T], None]) -> Callable[[], None]:
        """Call ``subscriber`` on every change from now on; the returned function ends that."""
        self._subscribers.append(subscriber)

        def unsubscribe() -> None:
            if subscriber in self._subscribers:
                self._subscribers.remove(subscriber)

        return unsubscribe
