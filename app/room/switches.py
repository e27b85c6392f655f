"""Desired → actual for one device: one task that skips stale wishes and never runs twice at once.

A wish that fails stays wished, with the problem beside it, and is tried again only when somebody asks again: a
microphone or a camera never changes by itself.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from app.errors import DeviceError, DeviceKind, DeviceProblem

log = logging.getLogger(__name__)


class Reconciler:
    """``apply(on)`` makes the device so and raises ``DeviceError`` where it cannot; ``settled`` is told what came of
    it."""

    def __init__(
        self,
        kind: DeviceKind,
        apply: Callable[[bool], Awaitable[None]],
        settled: Callable[[bool, DeviceError | None], None],
    ) -> None:
        self._kind = kind
        self._apply = apply
        self._settled = settled
        self._wish = False
        self._wishes = 0
        self._running: asyncio.Task[None] | None = None

    def wish(self, on: bool) -> None:
        """Ask for on or off; a newer wish overtakes one that is not begun yet."""
        self._wish = on
        self._wishes += 1
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._run())

    async def idle(self) -> None:
        """Wait until the last wish is settled."""
        if self._running is not None:
            await asyncio.shield(self._running)

    async def close(self) -> None:
        running, self._running = self._running, None
        if running is not None:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    async def _run(self) -> None:
        done = -1
        while done != self._wishes:
            done, on = self._wishes, self._wish
            problem: DeviceError | None = None
            try:
                await self._apply(on)
            except DeviceError as error:
                problem = error
            except Exception as error:
                log.exception("a device failed in a way that nobody foresaw")
                problem = DeviceError(self._kind, DeviceProblem.FAILED, type(error).__name__)
            if done == self._wishes:
                self._settled(on and problem is None, problem)
