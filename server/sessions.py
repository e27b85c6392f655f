"""What a session is at one moment: its status by the clock, and its shape on the wire. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from protocol.rest import Person, Session, Status
from server.store.interface import PersonRef, StoredSession

OVERRUN = timedelta(hours=3)
"""How long after its end a session's own people may still come back into it."""


def status_at(session: StoredSession, now: datetime) -> Status:
    """Its status at ``now``.

    "completed" and "cancelled" were set and stay; everything else follows the clock, except that a session which was
    set to "active" is so before its time, too.
    """
    if session.status in ("completed", "cancelled"):
        return session.status
    if now >= session.end_time:
        return "completed"
    if session.status == "active" or now >= session.start_time:
        return "active"
    return "scheduled"


def is_closed(session: StoredSession) -> bool:
    """Whether somebody ended or cancelled it, which the clock alone does not."""
    return session.status in ("completed", "cancelled")


def is_expected(session: StoredSession, user_id: str, now: datetime) -> bool:
    """Whether somebody may be in the middle of a stay there: its creator and those who joined it, until ``OVERRUN``
    after its end, since people often stay on.

    Who sits in a room is forgotten when the server restarts, and that must not end a call.
    """
    people = (session.created_by, *session.participants)
    return any(one.id == user_id for one in people) and now - session.end_time < OVERRUN


def on_the_wire(session: StoredSession, now: datetime) -> Session:
    return Session(
        id=session.id,
        title=session.title,
        subject=session.subject,
        description=session.description,
        start_time=session.start_time,
        end_time=session.end_time,
        status=status_at(session, now),
        max_participants=session.max_participants,
        created_by=_person(session.created_by),
        participants=[_person(one) for one in session.participants],
        created_at=session.created_at,
        updated_at=session.updated_at,
    )


def _person(person: PersonRef) -> Person:
    return Person(id=person.id, name=person.name)
