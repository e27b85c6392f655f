"""Home: cards that are told what there is, and say by signals what a person wants."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.lobby import LobbyPhase, LobbyState
from app.study.days import on
from app.study.study import StudyPhase, StudyState
from app.ui import amounts
from app.ui.components.cards import CardPage
from app.ui.components.labels import Label
from app.ui.components.margins import set_margins
from app.ui.components.scroll import FollowingScroll
from app.ui.components.skeletons import DELAY_MS
from app.ui.home.focus_card import FocusCard
from app.ui.home.mates_card import MatesCard
from app.ui.home.next_card import NextCard, next_of
from app.ui.home.skeleton import CardSkeleton
from app.ui.home.streak_card import HEIGHT, StreakCard
from app.ui.home.today_card import TodayCard
from app.ui.home.year_card import YearCard
from app.ui.sessions.offers import Offer, Viewer, standing
from app.ui.words import explain, line, tr
from protocol.rest import Session

NARROW = 1100
_YEAR = 264
NOON, EVENING = 12, 18


class HomePage(QWidget):
    """``wants_room``, ``wants_word`` (to be told of it, or no more) and ``wants_details`` carry a session,
    ``target_chosen`` minutes."""

    wants_room = Signal(object)
    wants_word = Signal(object)
    wants_details = Signal(object)
    wants_sessions = Signal()
    wants_refresh = Signal()
    target_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self._target = 120
        self._study = StudyState()
        self._lobby = LobbyState(LobbyPhase.LOADING)
        self._viewer = Viewer()
        # Where the focus rests when nothing is chosen yet, so that Tab begins at the top of the page.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setProperty("ring", False)
        self.title = Label(size=28, weight=600)
        self.subtitle = Label(size=14, tone="muted")
        self.streak, self.next, self.today = StreakCard(), NextCard(), TodayCard()
        self.year, self.focus, self.mates = YearCard(), FocusCard(), MatesCard()
        self._body = QStackedWidget()
        self._skeleton_clock = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._lay_out()
        self.next.acted.connect(self._on_acted)
        self.next.details_wanted.connect(self.wants_details)
        self.next.sessions_wanted.connect(self.wants_sessions)
        self.year.wants_refresh.connect(self.wants_refresh)
        self.today.target_chosen.connect(self.target_chosen)
        self._skeleton_clock.timeout.connect(lambda: self._body.setCurrentWidget(self.skeleton))

    def show_person(self, user_id: str, name: str, target: int) -> None:
        """Who looks, and how many minutes they want to study on a day."""
        self._name = line(name).partition(" ")[0]
        self._target = target
        self._viewer = replace(self._viewer, user_id=user_id)
        self._render()

    def show_study(self, state: StudyState) -> None:
        self._study = state
        self._render()

    def show_lobby(self, state: LobbyState) -> None:
        self._lobby = state
        self._render_next(datetime.now(UTC))

    def show_place(self, here: str, opening: str) -> None:
        """In which session's room the person sits, and which is being opened; "" for none."""
        self._viewer = replace(self._viewer, here=here, opening=opening)
        self.focus.show_place(here, opening)
        self._render_next(datetime.now(UTC))

    def show_awaited(self, awaited: frozenset[str]) -> None:
        """Of which sessions the person is to be told."""
        self._viewer = replace(self._viewer, awaited=awaited)
        self._render_next(datetime.now(UTC))

    def tick(self) -> None:
        """Time has passed: countdowns may have changed, and even the day."""
        self._render()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return False

    def _fit(self) -> None:
        """Margins and gaps by width; the right edge stays where it is when a scroll bar comes."""
        is_wide = self.width() >= NARROW
        margin, gap = (48, 24) if is_wide else (32, 16)
        bar = self._scroll.width() - self._scroll.viewport().width() if self._scroll.isVisible() else 0
        set_margins(self._page, margin, 0, margin - bar, 32)
        self._head.setContentsMargins(margin, 40 if is_wide else 32, margin, 24 if is_wide else 16)
        self.skeleton.set_frame(margin, gap)
        for layout in (self._page, self._top, self._bottom):
            layout.setSpacing(gap)
        for number, share in enumerate((31, 60, 31) if is_wide else (27, 40, 33)):
            self._top.setStretch(number, share)

    def _lay_out(self) -> None:
        self._head = QVBoxLayout()
        self._head.setSpacing(2)
        self._head.addWidget(self.title)
        self._head.addWidget(self.subtitle)
        self._top = QHBoxLayout()
        for card in (self.streak, self.next, self.today):
            card.setMinimumWidth(200)
            self._top.addWidget(card)
        self._bottom = QHBoxLayout()
        self._bottom.addWidget(self.focus, 8)
        self._bottom.addWidget(self.mates, 5)
        canvas = CardPage()
        self._page = QVBoxLayout(canvas)
        self._page.addLayout(self._top)
        self._page.addWidget(self.year)
        self._page.addLayout(self._bottom)
        self._page.addStretch(1)
        self._scroll = FollowingScroll(canvas)
        self._scroll.viewport().installEventFilter(self)
        self.skeleton = CardSkeleton((31, 60, 31), HEIGHT, (_YEAR,))
        for widget in (QWidget(), self.skeleton, self._scroll):
            self._body.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head)
        column.addWidget(self._body, 1)

    def sizeHint(self) -> QSize:
        return QSize(1368, 900)

    # -- rendering

    def _render(self) -> None:
        now = datetime.now().astimezone()
        today = now.date()
        self._greet(now.hour, today)
        self._render_next(datetime.now(UTC))
        if self._study.phase is StudyPhase.LOADING and not self._study.days:
            self._wait()
            return
        self._skeleton_clock.stop()
        days = self._study.days
        self.streak.show_days(self._study.streaks(today), days, today, self._target)
        self.today.show_day(on(days, today), self._target)
        self.year.show_days(days, today, self._study.problem)
        self.mates.show_stays(self._study.stays, today)
        if self._body.currentWidget() is not self._scroll:
            self._body.setCurrentWidget(self._scroll)
            self._fit()

    def _wait(self) -> None:
        """Nothing is known yet: after a moment, grey cards."""
        if self._body.currentWidget() is not self.skeleton and not self._skeleton_clock.isActive():
            self._body.setCurrentIndex(0)
            self._skeleton_clock.start()

    def _greet(self, hour: int, today: date) -> None:
        greeting = tr("Good morning") if hour < NOON else tr("Good afternoon") if hour < EVENING else tr("Good evening")
        self.title.setText(f"{greeting}, {self._name}" if self._name else greeting)
        if self._study.phase is StudyPhase.LOADING and not self._study.days:
            self.subtitle.setText(amounts.long_day(today))  # what is left of the target is not known yet
            return
        left = self._target - on(self._study.days, today).minutes
        rest = tr("%1 to today’s target").replace("%1", amounts.minutes(left)) if left > 0 else tr("target reached")
        self.subtitle.setText(f"{amounts.long_day(today)} · {rest}")

    def _on_acted(self, session: Session) -> None:
        offer = standing(session, datetime.now(UTC), self._viewer).offer
        (self.wants_word if offer in (Offer.FULL, Offer.WAIT) else self.wants_room).emit(session)

    def _render_next(self, now: datetime) -> None:
        if self._lobby.problem is not None and self._lobby.loaded_at is None:
            self.next.fail(explain(self._lobby.problem))
            return
        self.next.show_session(next_of(self._lobby.sessions, now, self._viewer), now, self._viewer)
