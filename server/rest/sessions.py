"""``/api/sessions``: tutors make sessions, their creators change them, everybody joins them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime

from fastapi import APIRouter, Response
from pydantic import TypeAdapter
from starlette.exceptions import HTTPException

from protocol.errors import ErrorCode
from protocol.rest import Problem, Session, SessionChange, SessionDraft
from server.clock import in_milliseconds
from server.desk import Desk
from server.errors import Refused
from server.ids import is_id
from server.realtime import identity
from server.rest.common import AtDesk, SignedIn
from server.rest.problems import PROBLEMS
from server.sessions import on_the_wire
from server.store.interface import Joining, PersonRef, SessionFields, StoredSession, User

router = APIRouter(prefix="/api/sessions", tags=["sessions"], responses=PROBLEMS)

_SESSIONS = TypeAdapter(list[Session])


@router.get("", response_model=list[Session])
async def list_sessions(desk: AtDesk, user: SignedIn) -> Response:
    """Newest start first."""
    stored = await desk.store.sessions()
    # there may be thousands, and meanwhile nobody should have to wait for their signaling
    body = await asyncio.to_thread(_written, stored, desk.settings.clock())
    return Response(body, media_type="application/json")


def _written(sessions: Sequence[StoredSession], now: datetime) -> bytes:
    shown = [on_the_wire(one, now) for one in sessions]
    return _SESSIONS.dump_json(shown, by_alias=True, exclude_none=True)


@router.post("", status_code=201, response_model_exclude_none=True)
async def create_session(body: SessionDraft, desk: AtDesk, user: SignedIn) -> Session:
    """Tutors only."""
    if user.role != "tutor":
        raise HTTPException(403, "Only tutors can create sessions.")
    _require_order(body.start_time, body.end_time)
    now = desk.settings.clock()
    session = StoredSession(
        id=desk.ids.next(),
        title=body.title,
        subject=body.subject,
        description=body.description,
        start_time=_moment("startTime", body.start_time),
        end_time=_moment("endTime", body.end_time),
        status="scheduled",
        max_participants=body.max_participants,
        created_by=PersonRef(user.id, user.name),
        participants=(),
        created_at=now,
        updated_at=now,
    )
    await desk.store.add_session(session)
    return on_the_wire(session, now)


@router.get("/{session_id}", response_model_exclude_none=True)
async def get_session(session_id: str, desk: AtDesk, user: SignedIn) -> Session:
    return on_the_wire(await _find(desk, session_id), desk.settings.clock())


@router.put("/{session_id}", response_model_exclude_none=True)
async def change_session(session_id: str, body: SessionChange, desk: AtDesk, user: SignedIn) -> Session:
    """Its creator only. What is absent stays as it is."""
    session = await _find_own(desk, session_id, user)
    fields = _fields(body)
    _require_order(fields.get("start_time", session.start_time), fields.get("end_time", session.end_time))
    return await _changed(desk, session_id, fields)


@router.delete("/{session_id}")
async def delete_session(session_id: str, desk: AtDesk, user: SignedIn) -> Problem:
    """Its creator only. What was said in it goes, too."""
    await _find_own(desk, session_id, user)
    await desk.chat.delete_session(session_id)
    return Problem(message="Session deleted")


@router.post("/{session_id}/complete", response_model_exclude_none=True)
async def complete_session(session_id: str, desk: AtDesk, user: SignedIn) -> Session:
    """Its creator only."""
    await _find_own(desk, session_id, user)
    return await _changed(desk, session_id, SessionFields(status="completed"))


@router.post("/{session_id}/join", response_model_exclude_none=True)
async def join_session(session_id: str, desk: AtDesk, user: SignedIn) -> Session:
    """As long as its room is open to them. Its creator is let in, without a place, where all are taken."""
    session = await _find(desk, session_id)
    if any(one.id == user.id for one in session.participants):
        raise HTTPException(400, "Already joined")
    desk.doors.require_open(session, identity(user))
    match await desk.store.join_session(session_id, user.id, desk.settings.clock()):
        case Joining.JOINED:
            return on_the_wire(await _find(desk, session_id), desk.settings.clock())
        case Joining.ALREADY_IN:
            raise HTTPException(400, "Already joined")
        case Joining.FULL if session.created_by.id == user.id:
            return on_the_wire(session, desk.settings.clock())
        case Joining.FULL:
            raise Refused(ErrorCode.FULL, "The session is full.")
        case Joining.NO_SESSION:
            raise _no_such_session()


@router.post("/{session_id}/leave", response_model_exclude_none=True)
async def leave_session(session_id: str, desk: AtDesk, user: SignedIn) -> Session:
    """Leaving a session that one has not joined changes nothing."""
    await _find(desk, session_id)
    await desk.store.leave_session(session_id, user.id, desk.settings.clock())
    return on_the_wire(await _find(desk, session_id), desk.settings.clock())


async def _find(desk: Desk, session_id: str) -> StoredSession:
    session = await desk.store.session(session_id) if is_id(session_id) else None
    if session is None:
        raise _no_such_session()
    return session


async def _find_own(desk: Desk, session_id: str, user: User) -> StoredSession:
    session = await _find(desk, session_id)
    if session.created_by.id != user.id:
        raise HTTPException(403, "Only the creator of a session can do that.")
    return session


async def _changed(desk: Desk, session_id: str, fields: SessionFields) -> Session:
    now = desk.settings.clock()
    await desk.store.change_session(session_id, fields, now)
    return on_the_wire(await _find(desk, session_id), now)


def _fields(body: SessionChange) -> SessionFields:
    fields = SessionFields(**body.model_dump(exclude_none=True))
    if "start_time" in fields:
        fields["start_time"] = _moment("startTime", fields["start_time"])
    if "end_time" in fields:
        fields["end_time"] = _moment("endTime", fields["end_time"])
    return fields


def _moment(key: str, said: datetime) -> datetime:
    """As it is kept. Raises HTTPException (400) for the hours by which a time zone reaches beyond the calendar."""
    try:
        return in_milliseconds(said)
    except OverflowError as error:
        raise HTTPException(400, f"{key}: there is no such moment.") from error


def _require_order(start: datetime, end: datetime) -> None:
    if end <= start:
        raise HTTPException(400, "endTime must be after startTime.")


def _no_such_session() -> Refused:
    return Refused(ErrorCode.NOT_FOUND, "There is no such session.")
