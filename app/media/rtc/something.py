"""When there is something to report: a sender or a receiver of aiortc's wakes up every second from the beginning. In a
room of four that is eighteen times a second, of which most are for cameras that are off and screens that nobody shares.
"""

from __future__ import annotations

import asyncio


class Something:
    """Of one sender or receiver, that it has begun."""

    def __init__(self, of: object, events: tuple[str, str]) -> None:
        """``events``: the names of two events of ``of``'s, of which the one says that its reporting task runs, and the
        other that it has ended."""
        self._of = of
        self._started, self._exited = events
        self._begun = asyncio.Event()

    def begin(self) -> None:
        """There is, from now on. Harmless to repeat."""
        self._begun.set()

    async def comes(self) -> bool:
        """Wait for it in the reporting task; False where that is to end before."""
        getattr(self._of, self._started).set()
        try:
            await self._begun.wait()
        except asyncio.CancelledError:  # as aiortc's own does: ``stop`` waits for the event, not for the task
            getattr(self._of, self._exited).set()
            return False
        return True
