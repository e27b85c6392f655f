"""The stays of everybody who uses this computer, and what was said during them, on disk.

Promises: what ``write`` returned from is on the disk; a stay that goes on is noted beside the others, and becomes one
of them when nobody notes it any more; a file that is broken, wherever it shows, is set aside and a new one begun; a
stay that cannot be read, from a newer version or damaged, does not keep the others from being read. All work is done in
one thread of its own. Raises ``BookFailed`` where the disk does not do as it is told.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import sqlite3
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from app.errors import DeskmatesError
from app.study.stays import Mate, Outcome, Owner, Said, Stay

log = logging.getLogger(__name__)

FILE = "study.db"
BUSY_S = 5.0

COLUMNS = """(
    key TEXT PRIMARY KEY,
    server TEXT NOT NULL,
    user_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    title TEXT NOT NULL,
    began REAL NOT NULL,
    ended REAL NOT NULL,
    goal TEXT NOT NULL,
    outcome TEXT NOT NULL,
    mates TEXT NOT NULL,
    is_counted INTEGER NOT NULL,
    notes TEXT NOT NULL,
    utc_offset REAL,
    lasted REAL
)"""
TABLE = f"CREATE TABLE IF NOT EXISTS stays {COLUMNS}"
TABLE_GOING_ON = f"CREATE TABLE IF NOT EXISTS going_on {COLUMNS}"
ADDED = ("utc_offset", "lasted")
"""Columns, each "REAL" and last in the table, that books of earlier versions do not have."""
NAMES = (
    "key, server, user_id, session_id, title, began, ended, goal, outcome, mates, is_counted, notes, utc_offset, lasted"
)
TABLE_SAID = "CREATE TABLE IF NOT EXISTS said (key TEXT PRIMARY KEY, lines TEXT NOT NULL)"
MOST_SAID = 2_000
"""Lines that are kept of one stay, the newest."""

ABANDONED_S = 180.0
"""A stay that goes on is noted more often than this: of one that is not, the app died in the room."""


class BookFailed(DeskmatesError):
    """The file of stays cannot be read or written."""


class Book:
    """One file. ``path`` may be ":memory:" for what leaves nothing behind."""

    def __init__(self, path: Path | str) -> None:
        self._path = str(path)
        self._worker: ThreadPoolExecutor | None = None
        self._database: sqlite3.Connection | None = None

    async def read(self, owner: Owner) -> tuple[Stay, ...]:
        """All stays of ``owner``, oldest first."""
        return await self._run(lambda database: _read(database, owner))

    async def write(self, owner: Owner, stay: Stay) -> None:
        """Keep ``stay``, in the place of what was known of it."""
        await self._run(lambda database: _write(database, owner, stay))

    async def note(self, owner: Owner, stay: Stay) -> None:
        """Keep ``stay``, which goes on, in the place of what was noted of it before; ``write`` ends it."""
        await self._run(lambda database: _note(database, owner, stay))

    async def take_abandoned(self, owner: Owner, *, now: float, but: str) -> bool:
        """Let the noted stays of ``owner`` that nobody goes on with be stays as the others, as long as they were when
        they were noted last. ``now`` is a time stamp, ``but`` the key of the one that goes on here. Whether there were
        any.
        """
        values = (owner.server, owner.user_id, now - ABANDONED_S, but)
        return await self._run(lambda database: _take_abandoned(database, values))

    async def write_said(self, key: str, said: Sequence[Said]) -> None:
        """Keep what was said during the stay ``key``."""
        lines = [[one.at.timestamp(), one.user_name, one.text] for one in said[-MOST_SAID:]]
        values = (key, json.dumps(lines, ensure_ascii=False))
        command = "INSERT OR REPLACE INTO said (key, lines) VALUES (?, ?)"
        await self._run(lambda database: _execute(database, command, values))

    async def read_said(self, key: str) -> tuple[Said, ...]:
        """What was said during the stay ``key``, oldest first; nothing where nothing was kept."""
        return await self._run(lambda database: _read_said(database, key))

    async def close(self) -> None:
        """Let go of the file; it is opened again when something is read or written."""
        worker, self._worker = self._worker, None
        if worker is not None:
            # In the same thread, and so after what was begun there and given up.
            await asyncio.get_running_loop().run_in_executor(worker, self._let_go)
            worker.shutdown(wait=False)

    def _let_go(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None

    async def _run[T](self, work: Callable[[sqlite3.Connection], T]) -> T:
        if self._worker is None:
            self._worker = ThreadPoolExecutor(1, thread_name_prefix="study")
        try:
            return await asyncio.get_running_loop().run_in_executor(self._worker, self._do, work)
        except (sqlite3.Error, OSError) as error:
            raise BookFailed(f"{self._path}: {error}") from error

    def _do[T](self, work: Callable[[sqlite3.Connection], T]) -> T:
        try:
            return work(self._open())
        except sqlite3.DatabaseError as error:
            if not _is_broken(error):
                raise
            log.exception("the book of stays is broken and set aside")
        self._let_go()
        self._set_aside()
        return work(self._open())

    def _open(self) -> sqlite3.Connection:
        if self._database is None:
            self._database = _connect(self._path)
        return self._database

    def _set_aside(self) -> None:
        number = 1
        aside = Path(f"{self._path}.broken")
        while aside.exists():
            number += 1
            aside = Path(f"{self._path}.broken{number}")
        Path(self._path).replace(aside)
        # What was not yet in the file itself goes with it, or it would be read into the new one.
        for beside in ("-wal", "-shm"):
            with contextlib.suppress(FileNotFoundError):
                Path(self._path + beside).replace(f"{aside}{beside}")


def _is_broken(error: sqlite3.DatabaseError) -> bool:
    """The file itself, and not what is done with it or the moment."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _text(raw: bytes) -> str:
    """One damaged letter would keep all from being read."""
    return raw.decode(errors="replace")


def _connect(path: str) -> sqlite3.Connection:
    if path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect(path, timeout=BUSY_S, check_same_thread=False, isolation_level=None)
    database.text_factory = _text
    try:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute(TABLE)
        database.execute(TABLE_GOING_ON)
        database.execute(TABLE_SAID)
        _add_columns(database)
    except sqlite3.Error:
        database.close()
        raise
    return database


def _add_columns(database: sqlite3.Connection) -> None:
    if _lacking(database):
        with _at_once(database):
            for table, column in _lacking(database):  # again: another app may have been quicker
                database.execute(f"ALTER TABLE {table} ADD COLUMN {column} REAL").close()


def _lacking(database: sqlite3.Connection) -> list[tuple[str, str]]:
    """Tables and the columns that each should have and has not."""
    lacking: list[tuple[str, str]] = []
    for table in ("stays", "going_on"):
        with closing(database.execute("SELECT name FROM pragma_table_info(?)", (table,))) as rows:
            there = {name for (name,) in rows}
        lacking += [(table, column) for column in ADDED if column not in there]
    return lacking


def _read(database: sqlite3.Connection, owner: Owner) -> tuple[Stay, ...]:
    with closing(
        database.execute(
            f"SELECT {NAMES} FROM stays WHERE server = ? AND user_id = ? ORDER BY began, rowid",
            (owner.server, owner.user_id),
        )
    ) as rows:
        return tuple(stay for row in rows if (stay := _stay(row)) is not None)


_UNREADABLE = (ValueError, TypeError, KeyError, OverflowError, OSError)
"""What comes of values that are not what they should be; OSError from dates that the system does not know."""


def _stay(row: tuple[Any, ...]) -> Stay | None:
    """None for what a newer version, or a damaged file, says in a way that we do not understand."""
    key, _, _, session_id, title, began, ended, goal, outcome, mates, is_counted, notes, offset, lasted = row
    try:
        if not all(isinstance(words, str) for words in (key, session_id, title, goal, notes)):
            raise TypeError("no text where there should be some")
        return Stay(
            key=key,
            session_id=session_id,
            title=title,
            began=datetime.fromtimestamp(began, UTC),
            ended=datetime.fromtimestamp(ended, UTC),
            goal=goal,
            outcome=Outcome(outcome),
            mates=tuple(Mate(str(one["user_id"]), str(one["name"]), int(one["seconds"])) for one in json.loads(mates)),
            is_counted=bool(is_counted),
            notes=notes,
            zone=None if offset is None else timezone(timedelta(seconds=offset)),
            lasted=None if lasted is None else timedelta(seconds=lasted),
        )
    except _UNREADABLE as error:
        log.warning("a stay of this computer is left out, it cannot be read: %r", error)
        return None


def _write(database: sqlite3.Connection, owner: Owner, stay: Stay) -> None:
    with _at_once(database):
        _put(database, "stays", owner, stay)
        _execute(database, "DELETE FROM going_on WHERE key = ?", (stay.key,))


def _note(database: sqlite3.Connection, owner: Owner, stay: Stay) -> None:
    _put(database, "going_on", owner, stay)


def _take_abandoned(database: sqlite3.Connection, values: tuple[str, str, float, str]) -> bool:
    which = "FROM going_on WHERE server = ? AND user_id = ? AND ended < ? AND key != ?"
    with _at_once(database):
        _execute(database, f"INSERT OR IGNORE INTO stays ({NAMES}) SELECT {NAMES} {which}", values)
        with closing(database.execute(f"DELETE {which}", values)) as gone:
            return gone.rowcount > 0


@contextlib.contextmanager
def _at_once(database: sqlite3.Connection) -> Generator[None]:
    """All of it, or nothing."""
    database.execute("BEGIN IMMEDIATE").close()
    try:
        yield
    except BaseException:
        database.execute("ROLLBACK").close()
        raise
    database.execute("COMMIT").close()


def _put(database: sqlite3.Connection, table: str, owner: Owner, stay: Stay) -> None:
    offset = stay.began.astimezone(stay.zone).utcoffset() if stay.zone is not None else None
    values = (
        stay.key,
        owner.server,
        owner.user_id,
        stay.session_id,
        stay.title,
        stay.began.timestamp(),
        stay.ended.timestamp(),
        stay.goal,
        stay.outcome.value,
        json.dumps([asdict(one) for one in stay.mates]),
        int(stay.is_counted),
        stay.notes,
        offset.total_seconds() if offset is not None else None,
        stay.lasted.total_seconds() if stay.lasted is not None else None,
    )
    places = ", ".join("?" for _ in values)
    _execute(database, f"INSERT OR REPLACE INTO {table} ({NAMES}) VALUES ({places})", values)


def _execute(database: sqlite3.Connection, command: str, values: tuple[Any, ...]) -> None:
    with closing(database.execute(command, values)):
        pass


def _read_said(database: sqlite3.Connection, key: str) -> tuple[Said, ...]:
    with closing(database.execute("SELECT lines FROM said WHERE key = ?", (key,))) as rows:
        found = rows.fetchone()
    try:
        lines: list[tuple[float, str, str]] = json.loads(found[0]) if found is not None else []
        return tuple(Said(datetime.fromtimestamp(at, UTC), str(name), str(text)) for at, name, text in lines)
    except _UNREADABLE as error:
        log.warning("what was said during a stay cannot be read: %r", error)
        return ()
