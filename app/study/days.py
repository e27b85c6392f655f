"""Days of study, the runs that they form, and how much each weighs. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.study.stays import Stay
from protocol.rest import Activity, Streaks

DAY = timedelta(days=1)
YEAR = 365
LEVELS = 4
_MINUTES = (1, 30, 60, 120)
"""The least minutes of each level."""


@dataclass(frozen=True, slots=True)
class StudyDay:
    """``minutes`` are known for stays on this computer only, ``sessions`` also for those elsewhere."""

    date: date
    minutes: int = 0
    sessions: int = 0

    @property
    def level(self) -> int:
        """How much it was, 0 to ``LEVELS``: by minutes, and where those are not known by sessions."""
        by_minutes = sum(1 for least in _MINUTES if self.minutes >= least)
        return max(by_minutes, min(self.sessions, LEVELS) if not self.minutes else 0)


@dataclass(frozen=True, slots=True)
class StudyWeek:
    monday: date
    minutes: int
    sessions: int
    days: int
    """On how many of its days there was study."""


def merged(counted: Iterable[Activity], stays: Iterable[Stay]) -> tuple[StudyDay, ...]:
    """The days of the server and of this computer together, oldest first.

    A stay that the server has counted is among its sessions; one that it has not is added to them.
    """
    at_server: dict[date, int] = {}
    for one in counted:
        at_server[one.date] = at_server.get(one.date, 0) + one.count
    minutes: dict[date, int] = {}
    known: dict[date, int] = {}
    new: dict[date, int] = {}
    for stay in stays:
        if not stay.minutes:
            continue
        minutes[stay.day] = minutes.get(stay.day, 0) + stay.minutes
        known[stay.day] = known.get(stay.day, 0) + 1
        new[stay.day] = new.get(stay.day, 0) + (0 if stay.is_counted else 1)
    return tuple(
        StudyDay(
            date=day,
            minutes=minutes.get(day, 0),
            sessions=max(at_server.get(day, 0) + new.get(day, 0), known.get(day, 0)),
        )
        for day in sorted(at_server.keys() | known.keys())
        if at_server.get(day, 0) > 0 or day in known
    )


def streaks(days: Iterable[StudyDay], today: date) -> Streaks:
    """The current and the longest run of days with study.

    A current run ends today or, since today is not over, yesterday. Days after ``today`` do not count.
    """
    studied = {one.date for one in days if one.date <= today}
    longest = max((_run_up_to(day, studied) for day in studied if day + DAY not in studied), default=0)
    return Streaks(
        current_streak=_run_up_to(today if today in studied else today - DAY, studied), longest_streak=longest
    )


def _run_up_to(last: date, studied: set[date]) -> int:
    length = 0
    while last in studied:
        length += 1
        last -= DAY
    return length


def within_year(days: Iterable[StudyDay], today: date) -> tuple[StudyDay, ...]:
    """Those among the last 365 days, today included."""
    return tuple(one for one in days if today - YEAR * DAY < one.date <= today)


def minutes_by_session(stays: Iterable[Stay]) -> dict[str, int]:
    """How long one was in each session; those in which no minute counted are left out."""
    found: dict[str, int] = {}
    for stay in stays:
        if stay.minutes:
            found[stay.session_id] = found.get(stay.session_id, 0) + stay.minutes
    return found


def on(days: Iterable[StudyDay], day: date) -> StudyDay:
    """What there was on ``day``; an empty day where there was nothing."""
    return next((one for one in days if one.date == day), StudyDay(day))


def monday(day: date) -> date:
    """The first day of its week."""
    return day - day.weekday() * DAY


def weeks(days: Sequence[StudyDay], today: date, count: int) -> tuple[StudyWeek, ...]:
    """The last ``count`` weeks, oldest first, also those without study; the last one is that of ``today``."""
    firsts = [monday(today) - 7 * back * DAY for back in range(count - 1, -1, -1)]
    made: list[StudyWeek] = []
    for first in firsts:
        inside = [one for one in days if first <= one.date < first + 7 * DAY and one.date <= today]
        made.append(
            StudyWeek(first, sum(one.minutes for one in inside), sum(one.sessions for one in inside), len(inside))
        )
    return tuple(made)
