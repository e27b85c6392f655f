"""Request bodies that people send, and responses of either server."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from protocol.errors import BadPayload
from protocol.model import Wire, read
from protocol.rest import (
    Activity,
    ActivityDraft,
    ChatDraft,
    Login,
    ProfileChange,
    Register,
    Session,
    SessionChange,
    SessionDraft,
    SignedIn,
    StoredChat,
)

TIMES = {"startTime": "2026-03-01T12:00:00.000Z", "endTime": "2026-03-01T13:00:00+00:00"}


def test_names_are_trimmed_and_emails_lowered() -> None:
    body = read(Register, {"name": " Ada ", "email": " Ada@Example.ORG ", "password": " secret1 "})
    assert (body.name, body.email, body.password, body.role) == ("Ada", "ada@example.org", " secret1 ", "student")


@pytest.mark.parametrize(
    ("model", "body", "field"),
    [
        (Register, {"name": "A", "email": "a@b", "password": "12345"}, "password"),
        (Register, {"name": "A", "email": "a@b", "password": "123456", "role": "admin"}, "role"),
        (Login, {"email": {"$gt": ""}, "password": "x"}, "email"),
        (Login, {"email": "a@b", "password": ["x"]}, "password"),
        (Login, {"email": "a b@c", "password": "x"}, "email"),
        (ProfileChange, {"name": ""}, "name"),
        (SessionDraft, {"title": "T", "subject": "S", **TIMES, "maxParticipants": 1}, "maxParticipants"),
        (SessionDraft, {"title": "T", "subject": "S", **TIMES, "startTime": "soon"}, "startTime"),
        (SessionChange, {"status": "postponed"}, "status"),
        (ChatDraft, {"sessionId": "r1", "message": ""}, "message"),
        (ActivityDraft, {"date": "yesterday"}, "date"),
    ],
)
def test_bad_bodies_are_named_by_their_field(model: type[Wire], body: Any, field: str) -> None:
    with pytest.raises(BadPayload) as failure:
        read(model, body)
    assert failure.value.field == field


@pytest.mark.parametrize("said", ["2026-03-01T12:00:00Z", "2026-03-01T13:00:00+01:00", "2026-03-01T12:00"])
def test_moments_are_utc_unless_they_say_otherwise(said: str) -> None:
    draft = read(SessionDraft, {"title": "T", "subject": "S", **TIMES, "startTime": said})
    assert draft.start_time == datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("said", ["2026-03-01", "2026-03-01T23:30:00.000Z"])
def test_a_day_may_be_said_as_a_moment(said: str) -> None:
    assert read(ActivityDraft, {"date": said}).date == date(2026, 3, 1)
    assert read(Activity, {"userId": "u1", "date": said, "count": 2}).date == date(2026, 3, 1)


def test_the_seeds_responses_are_read_with_fewer_and_with_more_keys() -> None:
    session = read(Session, {"_id": "s1", "title": "T", **TIMES, "__v": 3, "participants": [{"_id": "u1"}]})
    assert (session.id, session.status, session.participants[0].name) == ("s1", "scheduled", "")
    said = read(
        StoredChat, {"id": 17, "sessionId": "r", "userId": "u", "message": "x", "timestamp": TIMES["startTime"]}
    )
    assert (said.id, said.message_type, said.client_message_id) == ("17", "text", None)


def test_an_id_goes_out_with_its_underscore() -> None:
    account = SignedIn(id="u1", name="Ada", email="a@b", role="tutor", token="t")
    assert account.to_wire() == {"_id": "u1", "name": "Ada", "email": "a@b", "role": "tutor", "token": "t"}
    assert read(SignedIn, account.to_wire()) == account
