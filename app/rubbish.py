"""Python's garbage collector, asked at times of our own instead of whenever some thread has made enough objects.

What is loaded at the start stays until the end and is not looked through again and again. With windows it is Qt's main
thread that asks (``app.ui.rubbish``), without them whoever runs ``tidying``.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

EVERY_S = 0.5
WITHOUT_OLDEST = 20
"""Collections of the younger objects between two of all: those take longest, and find least."""


class Rubbish:
    """Is collected by ``tidy`` alone from now on until ``stop``, after which Python does so by itself again."""

    def __init__(self) -> None:
        gc.disable()
        self._since_oldest = 0

    def settle(self) -> None:
        """What there is now (modules, above all) stays until the end."""
        gc.freeze()

    def tidy(self) -> None:
        """Collect the generations that are due, in the calling thread."""
        youngest, middle, _ = gc.get_count()
        limits = gc.get_threshold()
        if youngest < limits[0]:
            return
        if middle < limits[1]:
            gc.collect(0)
        elif self._since_oldest < WITHOUT_OLDEST:
            self._since_oldest += 1
            gc.collect(1)
        else:
            self._since_oldest = 0
            gc.collect(2)

    def stop(self) -> None:
        gc.unfreeze()
        gc.enable()


@asynccontextmanager
async def tidying() -> AsyncGenerator[None]:
    """Collect now and then on this loop, for as long as the block runs."""
    rubbish = Rubbish()
    rubbish.settle()

    async def now_and_then() -> None:
        while True:
            await asyncio.sleep(EVERY_S)
            rubbish.tidy()

    task = asyncio.create_task(now_and_then())
    try:
        yield
    finally:
        task.cancel()
        rubbish.stop()
