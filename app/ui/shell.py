"""What a signed-in person sees: the rail, and beside it one of the pages; and the polite refreshing of what they show.

Lists are read again when a page is shown, when the window is come back to, and every half minute while it is looked
at; never while nobody looks or a question is still unanswered.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMenu, QStackedWidget, QWidget

from app.errors import NotSaved
from app.lobby import LobbyPhase, LobbyState
from app.study.days import minutes_by_session
from app.study.study import StudyState
from app.ui.bridge import Intents, StoreBridge
from app.ui.confirm import Confirm
from app.ui.home.page import HomePage
from app.ui.language import language
from app.ui.lazily import is_made
from app.ui.port import DeskPort
from app.ui.rail import Place, Rail
from app.ui.sessions.create_page import CreatePage
from app.ui.sessions.page import SessionsPage
from app.ui.sessions.telling import Telling
from app.ui.statistics.page import StatisticsPage
from app.ui.words import explain, line, subject_words, tr
from protocol.rest import Profile, Session, SessionChange, SessionDraft

if TYPE_CHECKING:
    from app.ui.settings.page import SettingsPage

REFRESH_MS = 30_000
TICK_MS = 5_000
STALE_S = 10.0
"""A list older than this is read again when the window is come back to."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    place: Place
    card: int = 0
    """Of the settings, counted from 0."""
    scrolled: int = 0
    """How far, in pixels: what was chosen there stays below the pointer."""


class Shell(QWidget):
    """``wants_room`` carries a session; ``created`` one that was just made."""

    wants_room = Signal(object)
    created = Signal(object)
    focus_wanted = Signal(str)
    """In a room of one's own, with this goal."""
    open_room_wanted = Signal()
    """The window of the room one is in."""
    form_left = Signal()
    """The form of a session is open no more."""

    def __init__(self, desk: DeskPort, intents: Intents, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk = desk
        self.spoken = language().code
        """The language of its words."""
        self._intents = intents
        self._profile: Profile | None = None
        self._last_id = ""
        """Who is here, or was until they signed out."""
        self._is_asking = False
        self._is_wanted = False
        self._lobby = StoreBridge(desk.lobby.store)
        self._study = StoreBridge(desk.study.store)
        self.telling = Telling(desk, self)
        self._here, self._opening = "", ""
        self._place = Place.HOME
        self.rail = Rail()
        self._pages = QStackedWidget()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(self._pages, 1)
        self._refreshing = QTimer(self, interval=REFRESH_MS)
        self._refreshing.timeout.connect(self._refresh_if_looked_at)
        self._ticking = QTimer(self, interval=TICK_MS)
        self._ticking.timeout.connect(self._tick)
        self.rail.wanted.connect(self._go_from_form)
        self.telling.changed.connect(self._show_awaited)
        self._lobby.listen(self._on_lobby)
        self._study.listen(self._on_study)

    def enter(self, profile: Profile) -> None:
        """Somebody has signed in, or has another name now."""
        is_here = self._profile is not None and self._profile.id == profile.id
        if is_here and self._profile == profile:
            return
        if self._last_id not in ("", profile.id):
            self._forget_words()
        self._profile, self._last_id = profile, profile.id
        self.rail.show_person(profile)
        self._show_person()
        self._on_lobby(self._lobby.state)
        if is_here:
            return
        self._show(Place.HOME)
        self.home.setFocus(Qt.FocusReason.OtherFocusReason)
        self._refreshing.start()
        self._ticking.start()
        self.telling.enter(profile.id)

    def leave(self) -> None:
        """Nobody is signed in any more: what is asked or read in front of the window goes, too."""
        self._profile = None
        for dialog in reversed(self.findChildren(QDialog)):  # what stands over another one is asked first
            dialog.reject()
        for menu in self.findChildren(QMenu):
            menu.close()
        self._refreshing.stop()
        self._ticking.stop()
        self.telling.leave()

    def close_bridges(self) -> None:
        self._lobby.close()
        self._study.close()
        self.telling.close()
        if is_made(self, "settings"):
            self.settings.close_bridges()

    # ---- the pages, each made when it is first wanted: all at once would take too long -----------------------------

    @cached_property
    def home(self) -> HomePage:
        page = HomePage()
        self._pages.addWidget(page)
        page.wants_room.connect(self.wants_room)
        page.wants_word.connect(self.telling.turn)
        page.wants_sessions.connect(lambda: self.go(Place.SESSIONS))
        page.wants_details.connect(self.show_session)
        page.wants_refresh.connect(self.refresh)
        page.target_chosen.connect(self._choose_target)
        page.focus.started.connect(self.focus_wanted)
        page.focus.wants_room.connect(self.open_room_wanted)
        page.show_study(self._study_of_person())
        page.show_lobby(self._list_of_person())
        page.show_awaited(self.telling.awaited)
        page.show_place(self._here, self._opening)
        return page

    @cached_property
    def sessions(self) -> SessionsPage:
        page = SessionsPage()
        self._pages.addWidget(page)
        page.wants_room.connect(self.wants_room)
        page.wants_word.connect(self.telling.turn)
        page.wants_notes.connect(self._show_notes)
        page.wants_refresh.connect(self.refresh)
        page.wants_session.connect(self._to_create)
        page.wants_change.connect(self._write)
        page.wants_cancel.connect(self._ask_cancel)
        page.wants_delete.connect(self._ask_delete)
        if self._profile is not None:
            page.show_person(self._profile.id, self._profile.role == "tutor")
        QTimer.singleShot(0, page, lambda: page.show_state(self._list_of_person()))  # many cards: a turn of their own
        page.show_minutes(minutes_by_session(self._study_of_person().stays))
        page.show_awaited(self.telling.awaited)
        page.show_place(self._here, self._opening)
        return page

    @cached_property
    def statistics(self) -> StatisticsPage:
        page = StatisticsPage()
        self._pages.addWidget(page)
        page.wants_refresh.connect(self.refresh)
        page.wants_sessions.connect(lambda: self.go(Place.SESSIONS))
        page.show_study(self._study_of_person())
        return page

    @cached_property
    def create_page(self) -> CreatePage:
        page = CreatePage()
        self._pages.addWidget(page)
        page.cancelled.connect(lambda: self._show(Place.SESSIONS))
        page.drafted.connect(self._create)
        page.changed.connect(self._change)
        return page

    @cached_property
    def settings(self) -> SettingsPage:
        from app.ui.settings.page import SettingsPage

        page = SettingsPage(self._desk)
        page.sign_out_wanted.connect(self.rail.sign_out)
        self._pages.addWidget(page)
        return page

    def _page(self, place: Place) -> QWidget:
        match place:
            case Place.HOME:
                return self.home
            case Place.SESSIONS:
                return self.sessions
            case Place.STATISTICS:
                return self.statistics
            case Place.SETTINGS:
                return self.settings

    def go(self, place: Place) -> None:
        """Show a page, and read again what it shows. A session that is half written stays in sight instead."""
        if self.keeps_form:
            self.refresh()
        else:
            self._show(place)

    def _go_from_form(self, place: Place) -> None:
        """As ``go``, but a person wants it: they are asked whether what is half written may be thrown away."""
        self.rail.show_place(self._place)  # until it is left
        self.leave_form(lambda: self._show(place))

    def leave_form(self, then: Callable[[], None]) -> None:
        """``then``, once a person has agreed to lose what they have written, if there is such."""
        if self.is_writing:
            self.create_page.leave(then)
        else:
            then()

    def _show(self, place: Place) -> None:
        was_writing = self.is_writing
        self._pages.setCurrentWidget(self._page(place))
        self._place = place
        self.rail.show_place(place)
        self.refresh()
        if was_writing:
            self.form_left.emit()

    @property
    def whereabouts(self) -> Whereabouts:
        """Which page is shown, and where in the settings one is."""
        if self._place is not Place.SETTINGS:
            return Whereabouts(self._place)
        return Whereabouts(self._place, self.settings.at, self.settings.scrolled)

    @property
    def shown(self) -> QWidget:
        """The page beside the rail."""
        return self.create_page if self.is_writing else self._page(self._place)

    @property
    def is_writing(self) -> bool:
        """The form of a session is open."""
        return is_made(self, "create_page") and self._pages.currentWidget() is self.create_page

    @property
    def keeps_form(self) -> bool:
        """The form of a session is open, and what was written in it is not saved yet."""
        return self.is_writing and self._profile is not None and self.create_page.keeps_for(self._profile.id)

    @property
    def would_lose(self) -> bool:
        """To close now would lose a session that is half written."""
        return self.keeps_form and self.create_page.would_lose

    def go_back_to(self, where: Whereabouts) -> None:
        """Show what another shell showed before."""
        self.go(where.place)
        if where.place is Place.SETTINGS:
            page = self.settings
            QTimer.singleShot(0, page, lambda: page.go_back_to(where.card, where.scrolled))  # laid out by then

    def come_back(self) -> None:
        """The window is looked at again: read the list if it is old."""
        loaded_at = self._lobby.state.loaded_at
        if loaded_at is None or abs((datetime.now(UTC) - loaded_at).total_seconds()) > STALE_S:
            self._refresh_if_looked_at()

    def show_place(self, here: str, opening: str) -> None:
        """In which session's room the person sits, and which is being opened; "" for none."""
        self._here, self._opening = here, opening
        if is_made(self, "home"):
            self.home.show_place(here, opening)
        if is_made(self, "sessions"):
            self.sessions.show_place(here, opening)

    def _forget_words(self) -> None:
        """What was typed and chosen here is another person's."""
        self.clear_goal()
        if is_made(self, "sessions"):
            self.sessions.show_all()

    def clear_goal(self) -> None:
        """What was meant to be done is done, or was said to be left."""
        if is_made(self, "home"):
            self.home.focus.clear()

    def refresh(self) -> None:
        """Read everything now, or once more as soon as the answers under way have come."""
        if self._profile is None:
            return
        self._is_wanted = True
        if not self._is_asking:
            self._is_asking = True
            self._intents.start(self._ask())

    def _refresh_if_looked_at(self) -> None:
        if self.isVisible() and not self.is_writing and self.window().isActiveWindow():
            self.refresh()

    async def _ask(self) -> None:
        try:
            while self._is_wanted:
                self._is_wanted = False
                await self._desk.engine.call(self._read())
        finally:
            self._is_asking = False

    async def _read(self) -> None:
        """On the engine: both lists at once, so that what this computer knows does not wait for a server."""
        await asyncio.gather(self._desk.lobby.refresh(), self._desk.study.refresh())

    def _list_of_person(self) -> LobbyState:
        """The list, unless it is another person's."""
        state = self._lobby.state
        is_anothers = self._profile is not None and state.viewer_id != self._profile.id
        return LobbyState(LobbyPhase.LOADING) if is_anothers else state

    def _study_of_person(self) -> StudyState:
        """The days, unless they are another person's."""
        state = self._study.state
        is_theirs = self._profile is not None and state.owner.user_id != self._profile.id
        return StudyState() if is_theirs else state

    def _on_lobby(self, _: LobbyState) -> None:
        state = self._list_of_person()
        if is_made(self, "sessions"):
            self.sessions.show_state(state)
        if is_made(self, "home"):
            self.home.show_lobby(state)

    def _on_study(self, _: StudyState) -> None:
        state = self._study_of_person()
        if is_made(self, "home"):
            self.home.show_study(state)
        if is_made(self, "sessions"):
            self.sessions.show_minutes(minutes_by_session(state.stays))
        if is_made(self, "statistics"):
            self.statistics.show_study(state)

    def _tick(self) -> None:
        if is_made(self, "sessions"):
            self.sessions.tick()
        if is_made(self, "home"):
            self.home.tick()
        if is_made(self, "statistics"):
            self.statistics.tick()

    def _show_person(self) -> None:
        profile = self._profile
        if profile is None:
            return
        if is_made(self, "sessions"):
            self.sessions.show_person(profile.id, profile.role == "tutor")
        self.home.show_person(profile.id, profile.name, self._desk.settings.state.daily_minutes)

    def _choose_target(self, minutes: int) -> None:
        self._desk.settings.change(daily_minutes=minutes)
        self._show_person()

    # ---- sessions --------------------------------------------------------------------------------------------------

    def show_session(self, session: Session) -> None:
        """Show its card, as a person wants who may be writing another one."""
        self.leave_form(lambda: self._reveal(session))

    def _reveal(self, session: Session) -> None:
        self._show(Place.SESSIONS)
        page = self.sessions
        QTimer.singleShot(0, page, lambda: page.reveal(session))  # a new page has its cards by then

    def _show_awaited(self) -> None:
        if is_made(self, "home"):
            self.home.show_awaited(self.telling.awaited)
        if is_made(self, "sessions"):
            self.sessions.show_awaited(self.telling.awaited)

    def _show_notes(self, session: Session) -> None:
        from app.ui.leaving.reading import show_notes

        stays = [one for one in self._study.state.stays if one.session_id == session.id]
        show_notes(self, self._desk, self._intents, stays)

    def _subjects(self) -> list[str]:
        return [subject_words(one.subject) for one in self._lobby.state.sessions]

    def _to_create(self) -> None:
        self._write(None)

    def _write(self, changing: Session | None) -> None:
        """Open the form: anew, or as it is where it still holds what is not saved."""
        if self._profile is None:
            return
        self._pages.setCurrentWidget(self.create_page)
        if not self.create_page.keeps_for(self._profile.id):
            self.create_page.begin(self._profile, self._subjects(), changing)

    def _create(self, draft: SessionDraft) -> None:
        self._send(self._desk.lobby.create(draft), self.created.emit)

    def _change(self, session_id: str, change: SessionChange) -> None:
        self._send(self._desk.lobby.change(session_id, change), None)

    def _send(self, asking: Coroutine[Any, Any, Session], told: Callable[[Session], None] | None) -> None:
        """Ask for what was written. By the time of the answer one may be elsewhere, or be another person."""
        page = self.create_page
        writer, title = page.writer, page.form.title.text

        def is_here() -> bool:
            return self._profile is not None and self._profile.id == writer

        def done(session: Session) -> None:
            if page.writer == writer:
                page.settle()
            if is_here() and self.is_writing:
                self._reveal(session)
            if is_here() and told is not None:
                told(session)

        def failed(error: Exception) -> None:
            if page.writer == writer:
                page.fail(explain(error))
            if is_here() and not page.isVisible():
                self._intents.fail(NotSaved(title, error))

        self._intents.start(self._desk.engine.call(asking), done=done, failed=failed)

    def _ask_cancel(self, session: Session) -> None:
        question = tr("Cancel “%1”?").replace("%1", line(session.title)[:60])
        about = tr("It stays in the list as cancelled, and nobody can join it any more.")
        asking = Confirm(question, about, tr("Cancel session"), self)
        asking.accepted.connect(
            lambda: self._do(self._desk.lobby.change(session.id, SessionChange(status="cancelled")))
        )
        asking.open()

    def _ask_delete(self, session: Session) -> None:
        question = tr("Delete “%1”?").replace("%1", line(session.title)[:60])
        about = tr(
            "The session and its chat are deleted on the server. Notes on the computers of those who were there stay."
        )
        asking = Confirm(question, about, tr("Delete session"), self)
        asking.accepted.connect(lambda: self._do(self._desk.lobby.delete(session.id)))
        asking.open()

    def _do(self, intent: Coroutine[Any, Any, object]) -> None:
        self._intents.start(self._desk.engine.call(intent), done=lambda _: self.refresh())
