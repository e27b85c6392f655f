"""The embedded default: one SQLite file in WAL mode, used by one thread of its own.

A commit is on disk when its method returns (``synchronous=FULL``). Statements that are waiting when the thread turns
to them are committed together, so that many people who speak at once share one flush.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, cast

from server.clock import from_millis, to_millis
from server.store.interface import (
    EmailTaken,
    Joining,
    Kept,
    Message,
    PersonRef,
    SessionFields,
    StoredSession,
    StoreUnavailable,
    StudyDay,
    User,
    UserFields,
)
from server.store.sqlite_schema import prepare
from server.store.sqlite_thread import SqliteThread

_MOMENTS = frozenset({"created_at", "updated_at", "start_time", "end_time"})


class SqliteStore:
    """A ``Store`` in the file ``path``."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._thread = SqliteThread(path)

    async def open(self) -> None:
        try:
            await self._thread.start(prepare)
            await self.newest_message_id()  # a damaged file shows it only where it is read
        except (sqlite3.Error, OSError) as error:
            await self._thread.stop()
            raise StoreUnavailable(f"cannot open the database {self._path}: {error}") from error

    async def close(self) -> None:
        await self._thread.stop()

    async def newest_message_id(self) -> str | None:
        def find(db: sqlite3.Connection) -> str | None:
            return cast("str | None", db.execute("SELECT max(id) FROM chat_messages").fetchone()[0])

        return await self._thread.do(find)

    # ---- users ----

    async def add_user(self, user: User) -> None:
        row = {
            "id": user.id,
            "name": user.name,
            "email": user.email,
            "role": user.role,
            "password_hash": user.password_hash,
            "created_at": to_millis(user.created_at),
            "updated_at": to_millis(user.updated_at),
        }

        def add(db: sqlite3.Connection) -> None:
            try:
                _insert(db, "users", row)
            except sqlite3.IntegrityError as error:
                raise EmailTaken(user.email) from error

        await self._thread.do(add)

    async def user(self, user_id: str) -> User | None:
        return await self._thread.do(lambda db: _user(db, "id", user_id))

    async def user_by_email(self, email: str) -> User | None:
        return await self._thread.do(lambda db: _user(db, "email", email))

    async def change_user(self, user_id: str, fields: UserFields, now: datetime) -> User | None:
        def change(db: sqlite3.Connection) -> User | None:
            try:
                _update(db, "users", user_id, dict(fields), now)
            except sqlite3.IntegrityError as error:
                raise EmailTaken(fields.get("email", "")) from error
            return _user(db, "id", user_id)

        return await self._thread.do(change)

    # ---- sessions ----

    async def sessions(self) -> Sequence[StoredSession]:
        def find(db: sqlite3.Connection) -> list[StoredSession]:
            people = _people(db, "")
            rows = db.execute(f"{_SELECT_SESSIONS} ORDER BY s.start_time DESC, s.id DESC")
            return [_session(row, people.get(row["id"], ())) for row in rows]

        return await self._thread.do(find)

    async def session(self, session_id: str) -> StoredSession | None:
        def find(db: sqlite3.Connection) -> StoredSession | None:
            row = db.execute(f"{_SELECT_SESSIONS} WHERE s.id = ?", (session_id,)).fetchone()
            if row is None:
                return None
            people = _people(db, "WHERE p.session_id = ?", session_id)
            return _session(row, people.get(session_id, ()))

        return await self._thread.do(find)

    async def add_session(self, session: StoredSession) -> None:
        row = {
            "id": session.id,
            "title": session.title,
            "subject": session.subject,
            "description": session.description,
            "start_time": to_millis(session.start_time),
            "end_time": to_millis(session.end_time),
            "status": session.status,
            "max_participants": session.max_participants,
            "created_by": session.created_by.id,
            "created_at": to_millis(session.created_at),
            "updated_at": to_millis(session.updated_at),
        }
        await self._thread.do(lambda db: _insert(db, "sessions", row))

    async def change_session(self, session_id: str, fields: SessionFields, now: datetime) -> None:
        await self._thread.do(lambda db: _update(db, "sessions", session_id, dict(fields), now))

    async def delete_session(self, session_id: str) -> None:
        def delete(db: sqlite3.Connection) -> None:
            db.execute("DELETE FROM chat_messages WHERE session_id = ?", (session_id,))
            db.execute("DELETE FROM sessions WHERE id = ?", (session_id,))

        await self._thread.do(delete)

    async def join_session(self, session_id: str, user_id: str, now: datetime) -> Joining:
        def join(db: sqlite3.Connection) -> Joining:
            session = db.execute("SELECT max_participants FROM sessions WHERE id = ?", (session_id,)).fetchone()
            if session is None:
                return Joining.NO_SESSION
            inside = [
                row["user_id"]
                for row in db.execute("SELECT user_id FROM session_participants WHERE session_id = ?", (session_id,))
            ]
            if user_id in inside:
                return Joining.ALREADY_IN
            if len(inside) >= session["max_participants"]:
                return Joining.FULL
            db.execute("INSERT INTO session_participants (session_id, user_id) VALUES (?, ?)", (session_id, user_id))
            _update(db, "sessions", session_id, {}, now)
            return Joining.JOINED

        return await self._thread.do(join)

    async def leave_session(self, session_id: str, user_id: str, now: datetime) -> None:
        def leave(db: sqlite3.Connection) -> None:
            gone = db.execute(
                "DELETE FROM session_participants WHERE session_id = ? AND user_id = ?", (session_id, user_id)
            )
            if gone.rowcount:
                _update(db, "sessions", session_id, {}, now)

        await self._thread.do(leave)

    # ---- chat ----

    async def keep_message(self, message: Message) -> Kept:
        row = {
            "id": message.id,
            "session_id": message.session_id,
            "user_id": message.user_id,
            "user_name": message.user_name,
            "message": message.message,
            "message_type": message.message_type,
            "client_message_id": message.client_message_id,
            "created_at": to_millis(message.created_at),
            "updated_at": to_millis(message.updated_at),
        }

        def keep(db: sqlite3.Connection) -> Kept:
            if message.client_message_id is not None:
                said = db.execute(
                    "SELECT * FROM chat_messages WHERE user_id = ? AND client_message_id = ?",
                    (message.user_id, message.client_message_id),
                ).fetchone()
                if said is not None:
                    return Kept(_message(said), is_new=False)
            _insert(db, "chat_messages", row)
            return Kept(message, is_new=True)

        return await self._thread.do(keep)

    async def messages(
        self, session_id: str, limit: int, *, before: str | None = None, after: str | None = None
    ) -> Sequence[Message]:
        order = "DESC" if after is None else "ASC"
        query = f"SELECT * FROM chat_messages WHERE session_id = ? AND id < ? AND id > ? ORDER BY id {order} LIMIT ?"

        def find(db: sqlite3.Connection) -> list[Message]:
            # every id sorts between these two: "" before all, "~" after every hex digit
            rows = db.execute(query, (session_id, before or "~", after or "", limit)).fetchall()
            found = [_message(row) for row in rows]
            return found if after is not None else found[::-1]

        return await self._thread.do(find)

    # ---- study days ----

    async def count_study(self, user_id: str, day: date) -> StudyDay:
        def count(db: sqlite3.Connection) -> StudyDay:
            row = db.execute(
                "INSERT INTO activities (user_id, date, count) VALUES (?, ?, 1) "
                "ON CONFLICT (user_id, date) DO UPDATE SET count = count + 1 RETURNING count",
                (user_id, day.isoformat()),
            ).fetchone()
            return StudyDay(user_id, day, row["count"])

        return await self._thread.do(count)

    async def study_days(self, user_id: str) -> Sequence[StudyDay]:
        def find(db: sqlite3.Connection) -> list[StudyDay]:
            rows = db.execute("SELECT * FROM activities WHERE user_id = ? ORDER BY date", (user_id,))
            return [StudyDay(row["user_id"], date.fromisoformat(row["date"]), row["count"]) for row in rows]

        return await self._thread.do(find)


_SELECT_SESSIONS = (
    "SELECT s.*, coalesce(u.name, '') AS creator FROM sessions s LEFT JOIN users u ON u.id = s.created_by"
)


def _insert(db: sqlite3.Connection, table: str, row: dict[str, Any]) -> None:
    places = ", ".join(f":{column}" for column in row)
    db.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})", row)


def _update(db: sqlite3.Connection, table: str, row_id: str, fields: dict[str, Any], now: datetime) -> None:
    """Set ``fields`` (column names of ours, never of a client) and ``updated_at``."""
    values = {**fields, "updated_at": now}
    values = {name: to_millis(value) if name in _MOMENTS else value for name, value in values.items()}
    settings = ", ".join(f"{column} = :{column}" for column in values)
    db.execute(f"UPDATE {table} SET {settings} WHERE id = :id", {**values, "id": row_id})


def _user(db: sqlite3.Connection, column: str, value: str) -> User | None:
    row = db.execute(f"SELECT * FROM users WHERE {column} = ?", (value,)).fetchone()
    return None if row is None else User(**_fields(row))


def _people(db: sqlite3.Connection, where: str, *values: str) -> dict[str, tuple[PersonRef, ...]]:
    """The participants of each session, in order of joining."""
    people: dict[str, tuple[PersonRef, ...]] = {}
    rows = db.execute(
        "SELECT p.session_id, p.user_id, coalesce(u.name, '') AS name FROM session_participants p "
        f"LEFT JOIN users u ON u.id = p.user_id {where} ORDER BY p.place",
        values,
    )
    for row in rows:
        people[row["session_id"]] = (*people.get(row["session_id"], ()), PersonRef(row["user_id"], row["name"]))
    return people


def _session(row: sqlite3.Row, participants: tuple[PersonRef, ...]) -> StoredSession:
    fields = _fields(row)
    creator = PersonRef(fields.pop("created_by"), fields.pop("creator"))
    return StoredSession(**fields, created_by=creator, participants=participants)


def _message(row: sqlite3.Row) -> Message:
    return Message(**_fields(row))


def _fields(row: sqlite3.Row) -> dict[str, Any]:
    return {name: from_millis(row[name]) if name in _MOMENTS else row[name] for name in row.keys()}  # noqa: SIM118
