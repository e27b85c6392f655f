"""What the server keeps, and the one interface to whatever keeps it.

Promises of every store: a method that returns has its effect on disk (as far as the database itself promises that);
ids are the caller's, 24 hex digits, and order chat messages; moments are aware, UTC, whole milliseconds; nothing here
knows HTTP or Socket.IO. A store belongs to the event loop that opened it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto
from typing import Protocol, TypedDict

from protocol.events import MessageType
from protocol.rest import Role, Status


class EmailTaken(Exception):
    """Somebody else has that e-mail address."""


class StoreUnavailable(Exception):
    """The database cannot be opened or reached; the text says which and why."""


@dataclass(frozen=True, slots=True)
class User:
    id: str
    name: str
    email: str
    """In lower case."""
    role: Role
    password_hash: str
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class PersonRef:
    """A user as a session shows them; ``name`` is their present one, "" where they are gone."""

    id: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class StoredSession:
    """``status`` is what was last set; what it is now follows from the clock (``server.sessions``)."""

    id: str
    title: str
    subject: str
    description: str
    start_time: datetime
    end_time: datetime
    status: Status
    max_participants: int
    created_by: PersonRef
    participants: tuple[PersonRef, ...]
    """In order of joining."""
    created_at: datetime
    updated_at: datetime


class SessionFields(TypedDict, total=False):
    """What of a session may be changed."""

    title: str
    subject: str
    description: str
    start_time: datetime
    end_time: datetime
    status: Status
    max_participants: int


class UserFields(TypedDict, total=False):
    """What of a user may be changed."""

    name: str
    email: str
    password_hash: str


class Joining(Enum):
    """How an attempt to join a session ended."""

    JOINED = auto()
    ALREADY_IN = auto()
    FULL = auto()
    NO_SESSION = auto()


@dataclass(frozen=True, slots=True)
class Message:
    id: str
    session_id: str
    user_id: str
    user_name: str
    message: str
    message_type: MessageType
    created_at: datetime
    updated_at: datetime
    client_message_id: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """``message`` as it is stored; ``is_new`` is False where its (user, client message id) had been stored before."""

    message: Message
    is_new: bool


@dataclass(frozen=True, slots=True)
class StudyDay:
    user_id: str
    date: date
    count: int


class Store(Protocol):
    async def open(self) -> None:
        """Connect, create what is missing, and see that it can be read. Raises StoreUnavailable."""
        ...

    async def close(self) -> None: ...

    async def newest_message_id(self) -> str | None:
        """The greatest id among all messages."""
        ...

    async def add_user(self, user: User) -> None:
        """Raises EmailTaken."""
        ...

    async def user(self, user_id: str) -> User | None: ...

    async def user_by_email(self, email: str) -> User | None: ...

    async def change_user(self, user_id: str, fields: UserFields, now: datetime) -> User | None:
        """The changed user, or None where there is none. Raises EmailTaken."""
        ...

    async def sessions(self) -> Sequence[StoredSession]:
        """All of them, newest ``start_time`` first."""
        ...

    async def session(self, session_id: str) -> StoredSession | None: ...

    async def add_session(self, session: StoredSession) -> None:
        """Store a new one (its ``participants`` are empty)."""
        ...

    async def change_session(self, session_id: str, fields: SessionFields, now: datetime) -> None: ...

    async def delete_session(self, session_id: str) -> None:
        """Delete it and what was said in it."""
        ...

    async def join_session(self, session_id: str, user_id: str, now: datetime) -> Joining:
        """Add a participant unless the session is full, in one step."""
        ...

    async def leave_session(self, session_id: str, user_id: str, now: datetime) -> None: ...

    async def keep_message(self, message: Message) -> Kept:
        """Store it once: a second one of the same user and client message id stores nothing and returns the first."""
        ...

    async def messages(
        self, session_id: str, limit: int, *, before: str | None = None, after: str | None = None
    ) -> Sequence[Message]:
        """At most ``limit`` messages, oldest first.

        With ``after`` they are the oldest that come after that id, else the newest (``before`` that id). The cursors
        need not be ids of stored messages.
        """
        ...

    async def count_study(self, user_id: str, day: date) -> StudyDay:
        """Add one to that day's count; returns it with the new count."""
        ...

    async def study_days(self, user_id: str) -> Sequence[StudyDay]:
        """All days with a count, oldest first."""
        ...
