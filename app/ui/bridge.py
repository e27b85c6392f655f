"""How the windows and the engine meet: snapshots come up through one queued signal, intents go down as coroutines.

Promises: listeners of a ``StoreBridge`` are called in Qt's main thread only, with the newest state (states that were
replaced before Qt got round to them are skipped); an intent's failure always ends in the log and in a handler that
shows it, and an intent that is under way is never collected.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import logging
import threading
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from app.store import Store

log = logging.getLogger(__name__)

Failed = Callable[[Exception], None]


class _Post(QObject):
    """Carries "there is something new" into the thread that made it."""

    arrived = Signal()


class StoreBridge[T]:
    """The newest state of a store, as seen from the windows.

    ``listen`` adds a listener that is called at once with the state of now, and then on every change.
    """

    def __init__(self, store: Store[T]) -> None:
        self._lock = threading.Lock()
        self._is_posted = False
        self._listeners: list[Callable[[T], None]] = []
        self._post = _Post()
        self._post.arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._store = store
        self._unsubscribe = store.subscribe(self._on_state)
        self.state: T = store.state

    def listen(self, listener: Callable[[T], None]) -> None:
        self._listeners.append(listener)
        listener(self.state)

    def close(self) -> None:
        """Hear nothing more; a state on its way is dropped."""
        self._unsubscribe()
        self._listeners.clear()

    def _on_state(self, state: T) -> None:
        """Called in the store's thread; ``state`` is read again on delivery, when it may be newer."""
        with self._lock:
            if self._is_posted:
                return
            self._is_posted = True
        self._post.arrived.emit()

    def _deliver(self) -> None:
        with self._lock:
            self._is_posted = False
        self.state = self._store.state
        for listener in tuple(self._listeners):
            listener(self.state)


class Intents:
    """Starts coroutines from slots, on the loop that Qt's main thread runs.

    ``failed`` hears what an intent without a handler of its own raised; it should put words before the person.
    """

    def __init__(self, failed: Failed) -> None:
        self._failed = failed
        self._tasks: set[asyncio.Task[None]] = set()

    def start[R](
        self,
        intent: Coroutine[Any, Any, R],
        *,
        done: Callable[[R], None] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Run ``intent``; then ``done`` with its result, or ``failed`` with what it raised."""
        self._add(self._run(intent, done, failed or self._failed))

    def see_through(self, begun: concurrent.futures.Future[None], *, failed: Failed | None = None) -> None:
        """Hear of the failure of what the engine has begun, and will end even where ``cancel`` comes first."""
        loop = asyncio.get_event_loop()
        ending = asyncio.shield(asyncio.wrap_future(begun, loop=loop))
        self._add(self._run(ending, None, failed or self._failed))

    def fail(self, error: Exception) -> None:
        """Put words before the person where an intent's own handler has no place for them."""
        self._failed(error)

    @property
    def is_busy(self) -> bool:
        """Something is under way."""
        return bool(self._tasks)

    def cancel(self) -> None:
        """Stop what is under way; its handlers are not called."""
        for task in tuple(self._tasks):
            task.cancel()

    def _add(self, running: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_event_loop().create_task(running)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run[R](self, intent: Awaitable[R], done: Callable[[R], None] | None, failed: Failed) -> None:
        try:
            result = await intent
            if done is not None:
                done(result)
        except Exception as error:
            log.warning("an intent failed: %s", error, exc_info=error)
            failed(error)
