"""The one thread that touches a SQLite database, and its transactions.

Promises: work runs in the order in which it was handed in; each piece is a transaction of its own as far as it can
see (a savepoint: what raises leaves nothing behind); a future is resolved only after its effects were committed. What
waits is taken up together and committed once, at most ``BATCH`` pieces at a time; where the disk does not take them,
all of them raise.
"""

from __future__ import annotations

import asyncio
import contextlib
import queue
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

BATCH = 64
WAITING = 10_000
"""Pieces of work that may wait; a server so far behind refuses more."""

Work = Callable[[sqlite3.Connection], Any]
_Item = tuple[Work, "Future[Any]"]


class SqliteThread:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._inbox: queue.Queue[_Item | None] = queue.Queue(WAITING)
        self._thread: threading.Thread | None = None
        self._ending = False

    async def start(self, prepare: Callable[[sqlite3.Connection], None]) -> None:
        """Open the file and run ``prepare`` on it. Raises what they raise."""
        ready: Future[None] = Future()
        self._thread = threading.Thread(target=self._run, args=(prepare, ready), name="sqlite", daemon=True)
        self._thread.start()
        await asyncio.wrap_future(ready)

    async def stop(self) -> None:
        """Finish what waits, close the file, end the thread."""
        thread, self._thread = self._thread, None
        if thread is not None and thread.is_alive():
            await asyncio.to_thread(self._inbox.put, None)
            await asyncio.to_thread(thread.join)

    async def do[T](self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run ``work`` in a transaction; its result, once that is committed.

        Raises:
            queue.Full: too much is waiting.
        """
        if self._thread is None:
            raise RuntimeError("the database is not open")
        outcome: Future[T] = Future()
        self._inbox.put_nowait((work, outcome))
        return await asyncio.wrap_future(outcome)

    def _run(self, prepare: Callable[[sqlite3.Connection], None], ready: Future[None]) -> None:
        try:
            with contextlib.closing(sqlite3.connect(self._path, isolation_level=None, timeout=5)) as db:
                _configure(db)
                prepare(db)
                ready.set_result(None)
                while not self._ending:
                    _commit_together(db, self._next_batch())
        except Exception as error:
            if ready.done():
                raise
            ready.set_exception(error)

    def _next_batch(self) -> list[_Item]:
        """What waits, at least one piece; none when it is time to stop."""
        batch: list[_Item] = []
        item = self._inbox.get()
        while item is not None:
            batch.append(item)
            if len(batch) == BATCH:
                return batch
            try:
                item = self._inbox.get_nowait()
            except queue.Empty:
                return batch
        self._ending = True
        return batch


def _configure(db: sqlite3.Connection) -> None:
    db.row_factory = sqlite3.Row
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA foreign_keys = ON")


def _commit_together(db: sqlite3.Connection, batch: list[_Item]) -> None:
    results: list[tuple[Future[Any], Any]] = []
    failures: list[tuple[Future[Any], BaseException]] = []
    try:
        db.execute("BEGIN IMMEDIATE")
        for work, outcome in batch:
            try:
                results.append((outcome, _in_savepoint(db, work)))
            except Exception as error:
                if not db.in_transaction:  # a full disk, for one: SQLite took everything back by itself
                    raise
                failures.append((outcome, error))
        db.execute("COMMIT")
    except Exception as error:  # noqa: BLE001 it is handed to whoever waits for this batch
        if db.in_transaction:
            db.execute("ROLLBACK")
        results, failures = [], [(outcome, error) for _, outcome in batch]
    for outcome, result in results:
        if outcome.set_running_or_notify_cancel():
            outcome.set_result(result)
    for outcome, error in failures:
        if outcome.set_running_or_notify_cancel():
            outcome.set_exception(error)


def _in_savepoint(db: sqlite3.Connection, work: Work) -> Any:
    db.execute("SAVEPOINT piece")
    try:
        result = work(db)
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK TO piece")
            db.execute("RELEASE piece")
        raise
    db.execute("RELEASE piece")
    return result
