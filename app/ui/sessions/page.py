"""The list of sessions: search, period, cards; and what stands there while it loads, when it is empty, and when it
fails.

The page only shows: it says by signals what a person wants, and is told the state of the lobby and the time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from app.lobby import LobbyPhase, LobbyState
from app.ui.components.buttons import Button, Kind
from app.ui.components.fields import ErrorLine, SearchEdit
from app.ui.components.labels import Label
from app.ui.components.menus import round_menu
from app.ui.components.scroll import FollowingScroll
from app.ui.components.segmented import Segmented
from app.ui.components.skeletons import DELAY_MS
from app.ui.components.state_panel import StatePanel
from app.ui.components.switch import Switch
from app.ui.icons import icon
from app.ui.keyboard import let_go
from app.ui.sessions import when
from app.ui.sessions.grid import SessionGrid, SkeletonGrid
from app.ui.sessions.offers import (
    Offer,
    Period,
    Viewer,
    arranged,
    has_begun,
    in_period,
    is_full,
    is_over,
    matches,
    standing,
)
from app.ui.sessions.pills import ALL, SubjectPills, subjects
from app.ui.words import explain, line, subject_words, tr
from protocol.rest import Session

NARROW = 1100
"""Below this width the page takes smaller margins."""
_SEARCH, _WIDE_SEARCH = 264, 344


class SessionsPage(QWidget):
    """``wants_room`` carries a session, as do ``wants_word`` (to be told of it, or no more), ``wants_notes`` and the
    host's wishes to change, cancel or delete one."""

    wants_room = Signal(object)
    wants_word = Signal(object)
    wants_notes = Signal(object)
    wants_change = Signal(object)
    wants_cancel = Signal(object)
    wants_delete = Signal(object)
    wants_refresh = Signal()
    wants_session = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = LobbyState(LobbyPhase.LOADING)
        self._viewer = Viewer()
        self._can_create = False
        # Where the focus rests when nothing is chosen yet, so that Tab begins at the top of the page.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setProperty("ring", False)
        self.title = Label(tr("Sessions"), 28, 600)
        self.subtitle = Label(size=14, tone="muted")
        self.period = Segmented(
            tr("Which days to show"),
            [(Period.TODAY, tr("Today")), (Period.WEEK, tr("Week")), (Period.ALL, tr("All"))],
        )
        self.create_button = Button(tr("Create session"), Kind.PRIMARY, icon="plus")
        self.search = SearchEdit(tr("Search title, subject or host"))
        self.pills = SubjectPills()
        self.free = Switch(tr("Only with free places"))
        self.trouble = ErrorLine()
        self.grid = SessionGrid()
        self.skeletons = SkeletonGrid()
        self.empty = StatePanel("", Button(tr("Create session"), Kind.PRIMARY, icon="plus", height=44))
        self.nothing_found = StatePanel("", Button(tr("Show all"), height=44), front="search", back="sparkles")
        self.failed = StatePanel("", Button(tr("Try again"), Kind.PRIMARY, height=44), front="server", back="wifi-off")
        self._blank = QWidget()
        self._body = QStackedWidget()
        self._skeleton_clock = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._lay_out()
        self._connect()
        self._render_now()

    def show_state(self, state: LobbyState) -> None:
        self._state = state
        self._render()

    def show_person(self, user_id: str, can_create: bool) -> None:
        """Who looks: own sessions are said to be hosted by "you"; tutors get the button."""
        self._viewer = replace(self._viewer, user_id=user_id)
        self._can_create = can_create
        self.create_button.setVisible(can_create)
        if self.empty.button is not None:
            self.empty.button.setVisible(can_create)
        self._render()

    def show_place(self, here: str, opening: str) -> None:
        """In which session's room the person sits, and which is being opened; "" for none."""
        self._viewer = replace(self._viewer, here=here, opening=opening)
        self._render()

    def show_awaited(self, awaited: frozenset[str]) -> None:
        """Of which sessions the person is to be told."""
        self._viewer = replace(self._viewer, awaited=awaited)
        self._render()

    def show_minutes(self, minutes: Mapping[str, int]) -> None:
        """How long the person studied in each session."""
        if minutes != self._viewer.minutes:
            self._viewer = replace(self._viewer, minutes=minutes)
            self._render()

    def reveal(self, session: Session) -> None:
        """Make sure that ``session`` is among what is shown, and go to its button."""
        self.show_all()
        now = datetime.now(UTC)
        if not in_period(session, Period(self.period.key), now):
            self.period.choose(Period.WEEK if in_period(session, Period.WEEK, now) else Period.ALL)
        self._render_now()
        card = self.grid.card_of(session.id)
        if card is not None:
            card.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def tick(self) -> None:
        """Time has passed: countdowns and states may have changed."""
        self._render()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        margin = 48 if self.width() >= NARROW else 32
        self._head.setContentsMargins(margin, 40 if margin == 48 else 32, margin, 8)
        self.search.setFixedWidth(_SEARCH if margin == 32 else _WIDE_SEARCH)
        self.grid.set_frame(margin, self.width())
        self.skeletons.set_margin(margin)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._render_now()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.subtitle)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addLayout(words, 1)
        self.period.setFixedWidth(232)
        top.addWidget(self.period, 0, Qt.AlignmentFlag.AlignVCenter)
        top.addWidget(self.create_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.search.setFixedWidth(_SEARCH)
        narrowing = QHBoxLayout()
        narrowing.setSpacing(12)
        narrowing.addWidget(self.search)
        narrowing.addWidget(self.pills, 1)
        label = Label(tr("Only with free places"), 13, 400, "muted")
        label.setBuddy(self.free)
        narrowing.addWidget(label)
        narrowing.addWidget(self.free)
        self._head = QVBoxLayout()
        self._head.setSpacing(16)
        self._head.addLayout(top)
        self._head.addLayout(narrowing)
        self._head.addWidget(self.trouble)
        scroll = FollowingScroll(self.grid)
        for widget in (self._blank, self.skeletons, scroll, self.empty, self.nothing_found, self.failed):
            self._body.addWidget(widget)
        self._scroll = scroll
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head)
        column.addWidget(self._body, 1)

    def _connect(self) -> None:
        self.period.chosen.connect(self._render)
        self.search.textChanged.connect(self._render)
        self.pills.chosen.connect(self._render)
        self.free.toggled.connect(self._render)
        self.grid.acted.connect(self._on_acted)
        self.grid.managed.connect(self._on_managed)
        self.create_button.clicked.connect(self.wants_session)
        self.trouble.repair.connect(self.wants_refresh)
        self._skeleton_clock.timeout.connect(lambda: self._body.setCurrentWidget(self.skeletons))
        for panel, act in (
            (self.empty, self.wants_session.emit),
            (self.nothing_found, self.show_all),
            (self.failed, self.wants_refresh.emit),
        ):
            if panel.button is not None:
                panel.button.clicked.connect(act)

    def show_all(self) -> None:
        """Whatever the search, the subject and the switch had left out."""
        self.search.clear()
        self.pills.choose(ALL)
        self.free.setChecked(False)

    def _is_wanted(self, session: Session) -> bool:
        subject = self.pills.subject
        return (
            matches(session, self.search.text())
            and (not subject or subject_words(session.subject).casefold() == subject.casefold())
            and (not self.free.isChecked() or not is_full(session))
        )

    def _session(self, session_id: str) -> Session | None:
        return next((one for one in self._state.sessions if one.id == session_id), None)

    def _on_acted(self, session_id: str) -> None:
        session = self._session(session_id)
        if session is not None:
            offer = standing(session, datetime.now(UTC), self._viewer).offer
            wish = {Offer.FULL: self.wants_word, Offer.WAIT: self.wants_word, Offer.NOTES: self.wants_notes}.get(offer)
            (wish or self.wants_room).emit(session)

    def _on_managed(self, session_id: str) -> None:
        session = self._session(session_id)
        card = next((one for one in self.grid.cards if one.session_id == session_id), None)
        if session is not None and card is not None:
            menu = self.menu(session)
            menu.popup(card.more.mapToGlobal(QPoint(0, card.more.height() + 4)))

    def menu(self, session: Session) -> QMenu:
        """What a host can do with a session of theirs; what is over can only be deleted."""
        menu = round_menu(QMenu(self))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if not is_over(session, datetime.now(UTC)):
            change = menu.addAction(icon("pencil", "muted", 16), tr("Edit session"))
            change.triggered.connect(lambda: self.wants_change.emit(session))
            cancel = menu.addAction(icon("calendar-x-2", "muted", 16), tr("Cancel session…"))
            cancel.triggered.connect(lambda: self.wants_cancel.emit(session))
        delete = menu.addAction(icon("trash-2", "muted", 16), tr("Delete session…"))
        delete.triggered.connect(lambda: self.wants_delete.emit(session))
        return menu

    def _render(self) -> None:
        """Show what is known now; of a page that nobody sees nothing, it does so when it is shown again."""
        if self.isVisible():
            self._render_now()

    def _render_now(self) -> None:
        now = datetime.now(UTC)
        self._say_subtitle(now)
        if self._state.phase is LobbyPhase.LOADING and self._state.loaded_at is None:
            self._wait()
            return
        self._skeleton_clock.stop()
        problem = self._state.problem
        if problem is not None and self._state.loaded_at is None:
            self.trouble.say("")
            self.failed.say(explain(problem))
            self._body.setCurrentWidget(self.failed)
            return
        self.trouble.say(explain(problem) if problem is not None else "", tr("Try again"))
        self._show_list(now)

    def _wait(self) -> None:
        """Nothing yet: after a moment, grey cards."""
        self.trouble.say("")
        if self._body.currentWidget() is not self.skeletons and not self._skeleton_clock.isActive():
            self._body.setCurrentWidget(self._blank)
            self._skeleton_clock.start()

    def _show_list(self, now: datetime) -> None:
        period = Period(self.period.key)
        found = [one for one in self._state.sessions if in_period(one, period, now)]
        self.pills.show_subjects(subjects(found))
        shown = [one for one in found if self._is_wanted(one)]
        ahead, over = arranged(shown, now)
        kept = {one.id for one in shown}
        for card in self.grid.cards:
            if card.session_id not in kept:
                let_go(card)
        self.create_button.set_kind(Kind.PRIMARY)
        self.grid.set_heading(tr("Earlier today") if period is Period.TODAY else tr("Over"))
        self.grid.show_sessions(ahead, over, now, self._viewer, self._state.sessions)
        if shown:
            self._body.setCurrentWidget(self._scroll)
        elif found:
            self.nothing_found.say(self._nothing_words())
            self._body.setCurrentWidget(self.nothing_found)
        else:
            # The panel's own button is the filled one then.
            self.create_button.set_kind(Kind.SECONDARY)
            self.empty.say(self._empty_words(period))
            self._body.setCurrentWidget(self.empty)

    def _nothing_words(self) -> str:
        words = line(self.search.text())[:60]
        return tr("Nothing matches “%1”.").replace("%1", words) if words else tr("Nothing matches what you chose.")

    def _empty_words(self, period: Period) -> str:
        what = {
            Period.TODAY: tr("No sessions today."),
            Period.WEEK: tr("No sessions this week."),
            Period.ALL: tr("No sessions yet."),
        }[period]
        if self._can_create:
            return what + " " + tr("Open one and others will find it.")
        return what + " " + tr("When a tutor opens one, it appears here by itself.")

    def _say_subtitle(self, now: datetime) -> None:
        live = sum(1 for one in self._state.sessions if _is_live(one, now))
        parts = [tr("%n live now", live)] if live else []
        parts.append(tr("times shown in %1").replace("%1", when.zone_words()))
        words = " · ".join(parts)
        self.subtitle.setText(words[:1].upper() + words[1:])


def _is_live(session: Session, now: datetime) -> bool:
    return has_begun(session, now) and not is_over(session, now)
