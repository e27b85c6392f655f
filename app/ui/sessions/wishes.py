"""The sessions that somebody wants to be told of: kept over a restart, and what there is to tell of them.

Promises: each thing is told once; what is over, deleted or was joined meanwhile is forgotten; at most ``MOST`` for
each person, the oldest goes first; a file that is missing or broken is no wish at all.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from app.ui.sessions.offers import Offer, Viewer, has_begun, has_place, is_full, is_over, standing
from app.ui.words import line, tr
from protocol.rest import Session

log = logging.getLogger(__name__)

FILE = "awaited.json"
MOST = 50


class Event(StrEnum):
    """What is waited for."""

    START = "start"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class News:
    session: Session
    words: str
    can_join: bool
    awaits: Event | None = None
    """What is waited for now; None: nothing more."""


def event_of(offer: Offer) -> Event | None:
    """What one can wait for where a session offers ``offer``."""
    return {Offer.FULL: Event.PLACE, Offer.WAIT: Event.START}.get(offer)


def look(wishes: Mapping[str, Event], sessions: Iterable[Session], now: datetime, user_id: str) -> tuple[News, ...]:
    """What is to be told of ``sessions`` as they are at ``now``. Pure."""
    known = {one.id: one for one in sessions}
    told = (_news(known[key], event, now, user_id) for key, event in wishes.items() if key in known)
    return tuple(one for one in told if one is not None)


def outdated(wishes: Mapping[str, Event], sessions: Iterable[Session], now: datetime, user_id: str) -> set[str]:
    """What nothing needs to be told of any more: over, not there any more, or joined. Pure."""
    alive = {one.id for one in sessions if not is_over(one, now) and not has_place(one, user_id)}
    return set(wishes) - alive


def holds(news: News, sessions: Iterable[Session], now: datetime, user_id: str) -> bool:
    """Whether ``news`` is still worth reading, as ``sessions`` are at ``now``. Pure."""
    session = next((one for one in sessions if one.id == news.session.id), None)
    if session is None or session.status == "cancelled" or news.session.status == "cancelled":
        return session is not None and session.status == news.session.status
    if is_over(session, now) or has_place(session, user_id) or is_full(session) != is_full(news.session):
        return False
    return not news.can_join or standing(session, now, Viewer(user_id)).offer is Offer.JOIN


def _news(session: Session, event: Event, now: datetime, user_id: str) -> News | None:
    title = line(session.title)[:60] or tr("Untitled")
    if session.status == "cancelled":
        return News(session, tr("“%1” was cancelled.").replace("%1", title), can_join=False)
    if is_over(session, now) or has_place(session, user_id):
        return None
    stand = standing(session, now, Viewer(user_id))
    if event is Event.PLACE and not is_full(session):
        words = tr("A place is free in “%1”.").replace("%1", title)
        return News(session, words, can_join=stand.offer is Offer.JOIN)
    if event is Event.START and stand.offer is Offer.JOIN:
        return News(session, _begins(session, title, now), can_join=True)
    if event is Event.START and has_begun(session, now):
        words = tr("“%1” has begun, and it is full. We’ll tell you when a place frees up.").replace("%1", title)
        return News(session, words, can_join=False, awaits=Event.PLACE)
    return None


def _begins(session: Session, title: str, now: datetime) -> str:
    if has_begun(session, now):
        return tr("“%1” has begun.").replace("%1", title)
    minutes = max(1, -(-int((session.start_time - now).total_seconds()) // 60))
    return tr("“%1” begins in %n min. You can go in now.", minutes).replace("%1", title)


class WishFile:
    """The wishes of everybody who uses this computer, by ``place``: an account on a server."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    def read(self, place: str) -> dict[str, Event]:
        found = self._load().get(place)
        if not isinstance(found, dict):
            return {}
        return {str(key): Event(event) for key, event in found.items() if event in tuple(Event)}

    def write(self, place: str, wishes: Mapping[str, Event]) -> None:
        """Keep the newest of them. A disk that refuses is logged."""
        everybody = self._load()
        everybody.pop(place, None)
        if wishes:
            everybody[place] = dict(list(wishes.items())[-MOST:])
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            beside = self._path.with_suffix(".new")
            beside.write_text(json.dumps(everybody, indent=1), encoding="utf-8")
            beside.replace(self._path)
        except OSError:
            log.exception("cannot write %s", self._path)

    def _load(self) -> dict[str, Any]:
        try:
            stored: Any = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            log.warning("nothing is awaited, %s cannot be read: %s", self._path, error)
            return {}
        return stored if isinstance(stored, dict) else {}
