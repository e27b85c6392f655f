"""What was said and is not yet known to be sent, on disk, so that it survives a crash of the app and an evening
without network.

Promises: what ``add`` returned from is on the disk; nothing is dropped silently, ``MAX_WAITING`` messages for one room
is the most and the next is refused; a file that is broken is set aside and a new one begun. All work is done in one
thread of its own.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self, TypeVar

from app.errors import MessageProblem, MessageRefused
from app.room.state import MessageKind

log = logging.getLogger(__name__)

T = TypeVar("T")

FILE = "outbox.db"
MAX_WAITING = 200
BUSY_S = 5.0

TABLE = """
CREATE TABLE IF NOT EXISTS outbox (
    key TEXT PRIMARY KEY,
    server TEXT NOT NULL,
    session_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    text TEXT NOT NULL,
    kind TEXT NOT NULL,
    written REAL NOT NULL,
    failed INTEGER NOT NULL DEFAULT 0
)
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Whose messages, in which room, on which server."""

    server: str
    session_id: str
    user_id: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """One message on its way. ``key`` is the ``clientMessageId`` that the server knows it by."""

    key: str
    text: str
    kind: MessageKind
    written: datetime
    """Aware, UTC."""
    failed: bool = False
    """The server refused it; it is tried again only when somebody asks."""


class Outbox:
    """One file for all rooms. ``path`` may be ":memory:" for a stay that leaves nothing behind."""

    def __init__(self, path: Path | str) -> None:
        self._path = str(path)
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="outbox")
        self._database: sqlite3.Connection | None = None

    @classmethod
    def in_folder(cls, folder: Path) -> Self:
        return cls(folder / FILE)

    @classmethod
    def in_memory(cls) -> Self:
        return cls(":memory:")

    async def add(self, place: Place, waiting: Waiting) -> None:
        """Write it down; a key that is already there stays as it is.

        Raises:
            MessageRefused: too many are waiting, or the disk will not have it.
        """
        try:
            await self._run(lambda database: _add(database, place, waiting))
        except (sqlite3.Error, OSError) as error:
            raise MessageRefused(MessageProblem.NOT_KEPT, detail=str(error)) from error

    async def remove(self, key: str) -> None:
        await self._quietly(lambda database: _execute(database, "DELETE FROM outbox WHERE key = ?", (key,)))

    async def mark(self, key: str, *, failed: bool) -> None:
        await self._quietly(
            lambda database: _execute(database, "UPDATE outbox SET failed = ? WHERE key = ?", (int(failed), key))
        )

    async def waiting(self, place: Place) -> tuple[Waiting, ...]:
        """What is on its way from that place, oldest first."""
        return await self._quietly(lambda database: _waiting(database, place)) or ()

    async def close(self) -> None:
        if self._database is not None:
            await self._run(lambda database: database.close())
            self._database = None
        self._worker.shutdown(wait=False)

    async def _quietly(self, work: Callable[[sqlite3.Connection], T]) -> T | None:
        """A disk that fails here costs a message sent twice under one id, or shown late: worth a line in the log, not
        the call."""
        try:
            return await self._run(work)
        except (sqlite3.Error, OSError):
            log.exception("the outbox %s failed", self._path)
            return None

    async def _run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._worker, lambda: work(self._open()))

    def _open(self) -> sqlite3.Connection:
        if self._database is None:
            try:
                self._database = _connect(self._path)
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError):  # locked or not writable: not broken
                    raise
                log.exception("the outbox is broken and set aside as %s.broken", self._path)
                Path(self._path).replace(self._path + ".broken")
                self._database = _connect(self._path)
        return self._database


def _connect(path: str) -> sqlite3.Connection:
    if path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect(path, timeout=BUSY_S, check_same_thread=False, isolation_level=None)
    try:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        database.execute(TABLE)
    except sqlite3.Error:
        database.close()
        raise
    return database


def _execute(database: sqlite3.Connection, sql: str, values: tuple[object, ...]) -> None:
    with closing(database.execute(sql, values)):
        pass


def _add(database: sqlite3.Connection, place: Place, waiting: Waiting) -> None:
    where = "server = ? AND session_id = ? AND user_id = ?"
    values = (place.server, place.session_id, place.user_id)
    (count,) = database.execute(f"SELECT count(*) FROM outbox WHERE {where}", values).fetchone()
    if count >= MAX_WAITING:
        raise MessageRefused(MessageProblem.TOO_MANY)
    _execute(
        database,
        "INSERT OR IGNORE INTO outbox VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (waiting.key, *values, waiting.text, waiting.kind.value, waiting.written.timestamp(), int(waiting.failed)),
    )


def _waiting(database: sqlite3.Connection, place: Place) -> tuple[Waiting, ...]:
    rows = database.execute(
        "SELECT key, text, kind, written, failed FROM outbox "
        "WHERE server = ? AND session_id = ? AND user_id = ? ORDER BY written, rowid",
        (place.server, place.session_id, place.user_id),
    ).fetchall()
    return tuple(
        Waiting(key, text, MessageKind(kind), datetime.fromtimestamp(written, UTC), bool(failed))
        for key, text, kind, written, failed in rows
    )
