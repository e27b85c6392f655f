"""The engine thread: one asyncio loop on which everything below the interface runs.

Promises: ``call`` and ``submit`` may be used from any thread; a coroutine runs on the engine's loop and its result
or exception comes back through the future; ``stop`` cancels what still runs and joins the thread.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import logging
import threading
import time
from collections.abc import Coroutine
from typing import Any

log = logging.getLogger(__name__)


class RateLimitedHandler:
    """A loop exception handler that logs each kind of failure at most once in ten seconds.

    A malformed packet from the network can raise inside aioice for every datagram: that must not flood the log.
    """

    def __init__(self, every_s: float = 10.0) -> None:
        self._every_s = every_s
        self._last: dict[str, float] = {}

    def __call__(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        kind = type(error).__name__ if error is not None else str(context.get("message"))
        now = time.monotonic()
        if now - self._last.get(kind, -self._every_s) >= self._every_s:
            self._last[kind] = now
            log.error("on the engine loop: %s", context.get("message"), exc_info=error)


class Engine:
    """The thread and its loop."""

    def __init__(self) -> None:
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = threading.Thread(target=self._run, name="engine", daemon=True)

    def start(self) -> None:
        self._thread.start()
        self._ready.wait()

    @property
    def loop(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            raise RuntimeError("the engine has not been started")
        return self._loop

    def submit[T](self, coroutine: Coroutine[Any, Any, T]) -> concurrent.futures.Future[T]:
        """Run ``coroutine`` on the engine; its outcome is in the future."""
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop)

    async def call[T](self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Run ``coroutine`` on the engine and await it from another loop (the interface's)."""
        return await asyncio.wrap_future(self.submit(coroutine))

    def stop(self) -> None:
        if self._loop is None or not self._thread.is_alive():
            return
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=10)

    def _run(self) -> None:
        loop = asyncio.new_event_loop()
        loop.set_exception_handler(RateLimitedHandler())
        asyncio.set_event_loop(loop)
        self._loop = loop
        loop.call_soon(self._ready.set)
        try:
            loop.run_forever()
        finally:
            _cancel_all(loop)
            loop.close()


def _cancel_all(loop: asyncio.AbstractEventLoop) -> None:
    tasks = asyncio.all_tasks(loop)
    for task in tasks:
        task.cancel()
    if tasks:
        loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
    loop.run_until_complete(loop.shutdown_asyncgens())
    loop.run_until_complete(loop.shutdown_default_executor())
