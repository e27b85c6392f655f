"""Request and response bodies of ``/api``, as the seed's web client and ours say them.

Responses of the seed's server carry more or fewer keys: what is optional there is optional here.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, StringConstraints

from protocol.events import IceServer, Id, MessageType, Name, Text, WireId
from protocol.model import MAX_NAME, Wire

Role = Literal["student", "tutor"]
Status = Literal["scheduled", "active", "completed", "cancelled"]
PersonName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_NAME)]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Subject = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
Description = Annotated[str, StringConstraints(max_length=2_000)]
Email = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=254, pattern=r"^[^@\s]+@[^@\s]+$"),
    AfterValidator(str.lower),
]
"""Compared in lower case everywhere, so it is lowered where it enters."""
NewPassword = Annotated[str, StringConstraints(min_length=6, max_length=256)]
DEFAULT_PLACES = 10
PLAIN_SUBJECT = "Study room"
"""What a session is about where nobody said: the wire wants a word. Who shows it says it in the reader’s language."""
MAX_PLACES = 50
Places = Annotated[int, Field(ge=2, le=MAX_PLACES)]


class Register(Wire):
    name: PersonName
    email: Email
    password: NewPassword
    role: Role = "student"


class Login(Wire):
    email: Email
    password: Annotated[str, StringConstraints(min_length=1, max_length=256)]


class Profile(Wire):
    id: WireId = Field(validation_alias="_id", serialization_alias="_id")
    name: str
    email: str
    role: Role


class SignedIn(Profile):
    token: str


class ProfileChange(Wire):
    name: PersonName | None = None
    email: Email | None = None


class Person(Wire):
    id: WireId = Field(validation_alias="_id", serialization_alias="_id")
    name: str = ""


def _as_utc(moment: dt.datetime) -> dt.datetime:
    return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment


Moment = Annotated[dt.datetime, AfterValidator(_as_utc)]
"""A moment as a client says it; one without a time zone is taken as UTC."""


class SessionDraft(Wire):
    """A session to be created. ``end_time`` must lie after ``start_time``."""

    title: Title
    subject: Subject
    description: Description = ""
    start_time: Moment
    end_time: Moment
    max_participants: Places = DEFAULT_PLACES


class SessionChange(Wire):
    title: Title | None = None
    subject: Subject | None = None
    description: Description | None = None
    start_time: Moment | None = None
    end_time: Moment | None = None
    max_participants: Places | None = None
    status: Status | None = None


class Session(Wire):
    id: WireId = Field(validation_alias="_id", serialization_alias="_id")
    title: str
    subject: str = ""
    description: str = ""
    start_time: AwareDatetime
    end_time: AwareDatetime
    status: Status = "scheduled"
    max_participants: int = DEFAULT_PLACES
    created_by: Person | None = None
    participants: list[Person] = Field(default_factory=list[Person])
    created_at: AwareDatetime | None = None
    updated_at: AwareDatetime | None = None


class ChatDraft(Wire):
    session_id: Id
    message: Text
    message_type: MessageType = "text"
    client_message_id: Id | None = None


class StoredChat(Wire):
    """``timestamp`` and ``created_at`` are the same moment; both keys are the seed's."""

    id: WireId
    session_id: WireId
    user_id: WireId
    user_name: Name = ""
    message: str
    message_type: MessageType = "text"
    timestamp: AwareDatetime
    created_at: AwareDatetime | None = None
    updated_at: AwareDatetime | None = None
    client_message_id: Id | None = None


def _day_of(value: object) -> object:
    """A moment where a day is meant counts as its day: browsers say ``new Date().toISOString()``, and so does a server
    that keeps days as moments.
    """
    return value[:10] if isinstance(value, str) and value[10:11] == "T" else value


Day = Annotated[dt.date, BeforeValidator(_day_of)]


class ActivityDraft(Wire):
    date: Day | None = None


class Activity(Wire):
    user_id: WireId
    date: Day
    count: int


class Streaks(Wire):
    current_streak: int
    longest_streak: int


class ServerInfo(Wire):
    """``GET /api/server``; a 404 there means the seed's server."""

    name: str
    version: str
    features: list[str] = Field(default_factory=list[str])
    ice_servers: list[IceServer] = Field(default_factory=list[IceServer])
    max_mesh_participants: int = 9
    time: AwareDatetime


class Problem(Wire):
    """Every error's body."""

    message: str
