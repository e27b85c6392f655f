"""Waiting for a condition, never for a time: what the tests use instead of sleeping."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

WAIT_S = 20.0
LOOK_EVERY_S = 0.02


async def until(
    condition: Callable[[], object], what: Callable[[], object] | str = "", within_s: float = WAIT_S
) -> None:
    """Return once ``condition`` holds.

    Raises:
        AssertionError: it did not within ``within_s``; ``what`` says, or makes, the words for it.
    """
    loop = asyncio.get_running_loop()
    end = loop.time() + within_s
    while not condition():
        if loop.time() > end:
            raise AssertionError(f"waited {within_s} s in vain: {what() if callable(what) else what}")
        await asyncio.sleep(LOOK_EVERY_S)
