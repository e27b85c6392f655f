"""What a session offers to one person at one moment, and which sessions are shown in which order. Pure.

The rules: a session that runs can be joined while it has a place, or by whoever has one already. Its host may go in
before it begins, everybody else five minutes before. Of one that is full or still to come a person can be told; of one
that is over they can read their own notes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from app.ui.sessions import when
from app.ui.tokens import Tone
from app.ui.words import line, subject_words, tr
from protocol.rest import Session

EARLY = timedelta(minutes=5)


class Offer(StrEnum):
    JOIN = "join"
    BACK = "back"
    """The person sits in this session's room right now."""
    OPENING = "opening"
    WAIT = "wait"
    FULL = "full"
    NOTES = "notes"
    """It is over, and the person was there."""
    ENDED = "ended"


class Period(StrEnum):
    TODAY = "today"
    WEEK = "week"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whose eyes the list is for."""

    user_id: str = ""
    here: str = ""
    """The session in whose room they sit now."""
    opening: str = ""
    """The session whose room is being opened for them."""
    awaited: frozenset[str] = frozenset()
    """The sessions that they want to be told of."""
    minutes: Mapping[str, int] = field(default_factory=dict[str, int])
    """How long they studied in each session, as far as this computer knows."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a card shows its session."""

    offer: Offer
    action: str
    """The button's words."""
    state: str
    """The chip's words."""
    tone: Tone
    icon: str = ""
    """The button's."""
    deed: str = ""
    """What pressing the button does, where its words say something else."""
    is_awaited: bool = False
    """They will be told."""
    can_act: bool = True


def standing(session: Session, now: datetime, viewer: Viewer) -> Standing:
    """How ``session`` stands at ``now`` for ``viewer``."""
    is_live = has_begun(session, now) and not is_over(session, now)
    if session.id == viewer.here:
        return Standing(Offer.BACK, tr("Back to room"), tr("You are here"), Tone.ACCENT)
    if session.id == viewer.opening:
        return Standing(Offer.OPENING, tr("Joining…"), tr("Live now"), Tone.SUCCESS, can_act=False)
    if is_over(session, now):
        words = tr("Cancelled") if session.status == "cancelled" else tr("Ended")
        if viewer.minutes.get(session.id):
            return Standing(Offer.NOTES, tr("See notes"), words, Tone.NEUTRAL)
        return Standing(Offer.ENDED, words, words, Tone.NEUTRAL, can_act=False)
    is_mine = session.created_by is not None and session.created_by.id == viewer.user_id
    if is_full(session) and not is_mine and not has_place(session, viewer.user_id):
        return _to_be_told(Standing(Offer.FULL, tr("Tell me if free"), tr("Full"), Tone.WARN), session, viewer)
    state = tr("Live now") if is_live else when.nearness(session.start_time, now)
    tone = Tone.SUCCESS if is_live else Tone.NEUTRAL
    if is_live or is_mine or session.start_time - now <= EARLY:
        return Standing(Offer.JOIN, tr("Join"), state, tone)
    countdown = when.countdown(session.start_time, now)
    return _to_be_told(Standing(Offer.WAIT, tr("Tell me"), state, tone), session, viewer, countdown)


def _to_be_told(asked: Standing, session: Session, viewer: Viewer, countdown: str = "") -> Standing:
    """A button that asks for a word, and takes that back. A countdown stays on it."""
    if session.id in viewer.awaited:
        words = countdown or tr("We’ll tell you")
        return replace(asked, action=words, icon="bell-ring", deed=tr("Do not tell me any more"), is_awaited=True)
    deed = tr("Tell me if a place frees up") if asked.offer is Offer.FULL else tr("Tell me when it starts")
    return replace(asked, action=countdown or asked.action, icon="bell", deed=deed)


def has_begun(session: Session, now: datetime) -> bool:
    return session.status == "active" or session.start_time <= now


def is_over(session: Session, now: datetime) -> bool:
    return session.status in ("completed", "cancelled") or session.end_time <= now


def is_full(session: Session) -> bool:
    return len(session.participants) >= session.max_participants


def has_place(session: Session, user_id: str) -> bool:
    return any(one.id == user_id for one in session.participants)


def in_period(session: Session, period: Period, now: datetime) -> bool:
    """Whether a session lies in a period: what runs now lies in each."""
    today = when.local_day(now)
    first, last = when.local_day(session.start_time), when.local_day(session.end_time)
    match period:
        case Period.TODAY:
            return first <= today <= last
        case Period.WEEK:
            return last >= today and first < today + timedelta(days=7)
        case Period.ALL:
            return True


def matches(session: Session, search: str) -> bool:
    """Whether every word of ``search`` stands in the title, the subject or the host's name."""
    host = session.created_by.name if session.created_by is not None else ""
    text = line(f"{session.title} {subject_words(session.subject)} {host}").casefold()
    return all(word in text for word in line(search).casefold().split())


def arranged(sessions: Iterable[Session], now: datetime) -> tuple[list[Session], list[Session]]:
    """What runs, full ones last, then what comes, soonest first; and apart from them what is over, latest first."""
    ahead: list[Session] = []
    over: list[Session] = []
    for session in sessions:
        (over if is_over(session, now) else ahead).append(session)
    ahead.sort(key=lambda one: (not has_begun(one, now), has_begun(one, now) and is_full(one), one.start_time, one.id))
    over.sort(key=lambda one: (one.start_time, one.id), reverse=True)
    return ahead, over
