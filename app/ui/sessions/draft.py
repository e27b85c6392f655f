"""What is wrong with a session that somebody is writing, and how to put it right. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.study.days import DAY
from app.ui.sessions import when
from app.ui.words import line, plain, subject_of, tr
from protocol.rest import DEFAULT_PLACES, SessionChange, SessionDraft

MAX_TITLE = 80
MAX_SUBJECT = 40
MAX_DESCRIPTION = 2_000
MIN_PLACES = 2
MAX_PLACES = 50
USUAL_LENGTH = timedelta(minutes=90)


class Part(StrEnum):
    """The parts of the form that can be wrong, in their order on screen."""

    TITLE = "title"
    SUBJECT = "subject"
    DESCRIPTION = "description"
    DATE = "date"
    START = "start"
    END = "end"


@dataclass(frozen=True, slots=True)
class Problem:
    words: str
    repair: str = ""
    """What a repair button says."""
    better_end: datetime | None = None
    """The end that the repair sets."""
    next_day: str = ""
    """What a button says that lets it end at that time on the day after."""


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in the form. ``start`` and ``end`` are aware."""

    title: str
    subject: str
    description: str
    start: datetime
    end: datetime
    places: int = DEFAULT_PLACES


_ON_THE_WIRE = {
    "title": "title",
    "subject": "subject",
    "description": "description",
    "start": "start_time",
    "end": "end_time",
    "places": "max_participants",
}
"""The parts of ``Written`` by what they are called in a draft."""


def problems(written: Written, now: datetime) -> dict[Part, Problem]:
    """What keeps ``written`` from being created, by part, in the order of the form."""
    found: dict[Part, Problem] = {}
    if not line(written.title):
        found[Part.TITLE] = Problem(tr("Give it a title, so that people know what it is about."))
    elif len(line(written.title)) > MAX_TITLE:
        found[Part.TITLE] = Problem(tr("Use at most %n characters.", MAX_TITLE))
    if not line(written.subject):
        found[Part.SUBJECT] = Problem(tr("Name a subject."))
    elif len(line(written.subject)) > MAX_SUBJECT:
        found[Part.SUBJECT] = Problem(tr("Use at most %n characters.", MAX_SUBJECT))
    if len(plain(written.description)) > MAX_DESCRIPTION:
        found[Part.DESCRIPTION] = Problem(tr("Use at most %n characters.", MAX_DESCRIPTION))
    when_problem = _when_problem(written, now)
    if when_problem is not None:
        found[Part.END] = when_problem
    return found


def _when_problem(written: Written, now: datetime) -> Problem | None:
    better = max(written.start, now) + USUAL_LENGTH
    repair = _repair_words(written.start, better, now)
    if written.end < written.start:
        next_day = written.end + DAY
        if next_day <= now:
            return Problem(tr("End is before start."), repair, better)
        ends = tr("Ends %1").replace("%1", when.day(next_day, now))
        is_evening = when.local_day(better) != when.local_day(written.start)
        return Problem(tr("End is before start."), "" if is_evening else repair, better, ends)
    if written.end == written.start:
        return Problem(tr("End is the same as start."), repair, better)
    if written.end <= now:
        return Problem(tr("That time is over already."), repair, better)
    return None


def _repair_words(start: datetime, better: datetime, now: datetime) -> str:
    """What sets ``better`` as the end; "" where the session would go on for days."""
    if better - start >= DAY:
        return ""
    is_same_day = when.local_day(better) == when.local_day(start)
    moment = when.clock(better) if is_same_day else f"{when.day(better, now)}, {when.clock(better)}"
    return tr("Use %1").replace("%1", moment)


def draft(written: Written) -> SessionDraft:
    """``written`` as it goes to the server; only for what has no problems."""
    return SessionDraft(
        title=line(written.title),
        subject=subject_of(written.subject),
        description=plain(written.description).strip(),
        start_time=written.start,
        end_time=written.end,
        max_participants=written.places,
    )


def change(begun: Written, written: Written) -> SessionChange:
    """What is to be changed: of ``written`` only what is not as it was ``begun``, for a form cannot show everything
    that another server has. Only for what has no problems.
    """
    made = draft(written)
    kept = {named for part, named in _ON_THE_WIRE.items() if getattr(written, part) == getattr(begun, part)}
    return SessionChange.model_validate(made.model_dump(exclude=kept))


def next_half_hour(now: datetime) -> datetime:
    """The next full or half hour of the clocks here, what the form starts with."""
    start = now.astimezone().replace(minute=0, second=0, microsecond=0)
    while start <= now:
        start += timedelta(minutes=30)
    return start.astimezone()  # summer may have begun or ended since
