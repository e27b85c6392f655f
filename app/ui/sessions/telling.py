"""Telling somebody that a session begins, or that a place in it is free, wherever they look just then.

Promises: while nothing is awaited nothing is asked; else the list is read once a minute where a place is awaited,
every five minutes where only a start is (what is known already is looked at every few seconds, so that a start is told
in time), and never while an answer is still to come or the list has just been read for somebody else. What was told is
taken back once it is true no longer.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Signal

from app.lobby import LobbyPhase, LobbyState
from app.ui.bridge import Intents, StoreBridge
from app.ui.port import DeskPort
from app.ui.sessions.offers import Viewer, standing
from app.ui.sessions.wishes import Event, News, WishFile, event_of, holds, look, outdated
from protocol.rest import Session

TICK_MS = 5_000
PLACE_EVERY = timedelta(seconds=60)
START_EVERY = timedelta(minutes=5)


def utc_now() -> datetime:
    return datetime.now(UTC)


class Telling(QObject):
    """``told`` carries ``News``, as does ``overtaken``, when it is true no longer or there is newer of its session;
    ``changed`` comes when other sessions are awaited than before.
    """

    told = Signal(object)
    overtaken = Signal(object)
    changed = Signal()

    def __init__(self, desk: DeskPort, parent: QObject | None = None, clock: Callable[[], datetime] = utc_now) -> None:
        """``clock`` says what time it is, aware."""
        super().__init__(parent)
        self._desk = desk
        self._clock = clock
        self._file = WishFile(desk.settings.folder)
        self._intents = Intents(lambda _: None)  # a failure is in the lobby's state, and said where the list is shown
        self._lobby = StoreBridge(desk.lobby.store)
        self._user_id = ""
        self._place = ""
        self._wishes: dict[str, Event] = {}
        self._told: dict[str, News] = {}
        """By session: what was told and still holds."""
        self._asked_at = clock()
        self._ticking = QTimer(self, interval=TICK_MS)
        self._ticking.timeout.connect(self.tick)
        self._lobby.listen(self._on_lobby)

    @property
    def awaited(self) -> frozenset[str]:
        return frozenset(self._wishes)

    def enter(self, user_id: str) -> None:
        """Somebody has signed in: what they awaited last time is awaited again."""
        place = f"{self._desk.account.store.state.server} {user_id}"
        if place == self._place:
            return
        self._user_id, self._place = user_id, place
        self._asked_at = self._clock()
        self._put(self._file.read(place))

    def leave(self) -> None:
        """Nobody is signed in any more. What is awaited is kept for them."""
        self._user_id = self._place = ""
        self._told.clear()
        self._put({})

    def close(self) -> None:
        self._ticking.stop()
        self._lobby.close()
        self._intents.cancel()

    def turn(self, session: Session) -> None:
        """Await what there is to await of ``session``, or do so no more."""
        if session.id in self._wishes:
            self.forget(session.id)
            return
        event = event_of(standing(session, self._clock(), Viewer(self._user_id)).offer)
        if event is not None:
            self._keep({**self._wishes, session.id: event})

    def await_place(self, session: Session) -> None:
        """``session`` would not have us, since it is full."""
        if self._place:
            self._keep({**self._wishes, session.id: Event.PLACE})

    def forget(self, session_id: str) -> None:
        self._keep({key: event for key, event in self._wishes.items() if key != session_id})

    def tick(self) -> None:
        """Time has passed."""
        now = self._clock()
        self._look(self._lobby.state, now)
        every = PLACE_EVERY if Event.PLACE in self._wishes.values() else START_EVERY
        loaded_at = self._lobby.state.loaded_at
        self._asked_at = min(self._asked_at, now)  # the clock may have been put back
        newest = self._asked_at if loaded_at is None else max(self._asked_at, min(loaded_at, now))
        if self._wishes and not self._intents.is_busy and now - newest >= every:
            self._asked_at = now
            self._intents.start(self._desk.engine.call(self._desk.lobby.refresh()))

    def _on_lobby(self, state: LobbyState) -> None:
        self._look(state, self._clock())

    def _look(self, state: LobbyState, now: datetime) -> None:
        is_known = state.phase is LobbyPhase.READY and state.viewer_id == self._user_id
        if not is_known:
            return
        for one in tuple(self._told.values()):
            if not holds(one, state.sessions, now, self._user_id):
                self._take_back(one)
        if self._wishes:
            self._look_for_wishes(state, now)

    def _look_for_wishes(self, state: LobbyState, now: datetime) -> None:
        news = look(self._wishes, state.sessions, now, self._user_id)
        rest = dict(self._wishes)
        for one in news:
            self._hear(one, rest)
        for key in outdated(rest, state.sessions, now, self._user_id):
            del rest[key]
        self._keep(rest)
        for one in news:
            older = self._told.get(one.session.id)
            if older is not None:
                self._take_back(older)
            self._told[one.session.id] = one
            self.told.emit(one)

    def _take_back(self, news: News) -> None:
        del self._told[news.session.id]
        self.overtaken.emit(news)

    def _hear(self, news: News, rest: dict[str, Event]) -> None:
        if news.awaits is None:
            del rest[news.session.id]
        else:
            rest[news.session.id] = news.awaits

    def _keep(self, wishes: dict[str, Event]) -> None:
        if wishes != self._wishes:
            self._file.write(self._place, wishes)
            self._put(wishes)

    def _put(self, wishes: dict[str, Event]) -> None:
        self._wishes = wishes
        if wishes and not self._ticking.isActive():
            self._ticking.start()
        elif not wishes:
            self._ticking.stop()
        self.changed.emit()
