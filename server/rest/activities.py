"""``/api/activities``: the days on which somebody studied."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.exceptions import HTTPException

from protocol.rest import Activity, ActivityDraft, Day, Streaks
from server.desk import Desk
from server.rest.common import AtDesk, SignedIn
from server.rest.problems import PROBLEMS
from server.store.interface import StudyDay
from server.streaks import streaks

router = APIRouter(prefix="/api/activities", tags=["activities"], responses=PROBLEMS)

_AHEAD = timedelta(days=1)
"""How far the day of a client may be ahead of ours: it lives in its own time zone."""

DayQuery = Annotated[Day | None, Query()]


@router.get("")
async def list_activities(desk: AtDesk, user: SignedIn, date: DayQuery = None) -> list[Activity]:
    """All days with a count, oldest first; with ``date`` that one only."""
    days = await desk.store.study_days(user.id)
    return [_activity(day) for day in days if date is None or day.date == date]


@router.post("")
async def count_activity(desk: AtDesk, user: SignedIn, body: ActivityDraft | None = None) -> Activity:
    """Add one to the count of ``date``: today by the client's calendar, by default by the server's (UTC)."""
    day = _today(desk, body.date if body is not None else None)
    return _activity(await desk.store.count_study(user.id, day))


@router.get("/streaks")
async def list_streaks(desk: AtDesk, user: SignedIn, date: DayQuery = None) -> Streaks:
    """As of ``date``, by default today (UTC)."""
    days = await desk.store.study_days(user.id)
    return streaks((day.date for day in days), _today(desk, date))


def _today(desk: Desk, named: date | None) -> date:
    today = desk.settings.clock().date()
    if named is not None and named > today + _AHEAD:
        raise HTTPException(400, "date: that day is still to come.")
    return named or today


def _activity(day: StudyDay) -> Activity:
    return Activity(user_id=day.user_id, date=day.date, count=day.count)
