"""Home: cards that are told what there is, and say by signals what a person wants."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from app.lobby import LobbyPhase, LobbyState
from app.study.days import on
from app.study.study import StudyState
from app.ui import amounts
from app.ui.components.card_skeleton import CardSkeleton
from app.ui.components.cards_page import CardsPage
from app.ui.components.labels import Label
from app.ui.home.focus_card import FocusCard
from app.ui.home.mates_card import MatesCard
from app.ui.home.next_card import NextCard, next_of
from app.ui.home.streak_card import HEIGHT, StreakCard
from app.ui.home.today_card import TodayCard
from app.ui.home.year_card import YearCard
from app.ui.sessions.offers import Offer, Viewer, standing
from app.ui.words import explain, line, tr
from protocol.rest import Session

_YEAR = 264
NOON, EVENING = 12, 18


class HomePage(CardsPage):
    """``wants_room``, ``wants_word`` (to be told of it, or no more) and ``wants_details`` carry a session,
    ``target_chosen`` minutes."""

    wants_room = Signal(object)
    wants_word = Signal(object)
    wants_details = Signal(object)
    wants_sessions = Signal()
    wants_refresh = Signal()
    target_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(CardSkeleton((31, 60, 31), HEIGHT, (_YEAR,)), parent)
        self._name = ""
        self._target = 120
        self._study = StudyState()
        self._lobby = LobbyState(LobbyPhase.LOADING)
        self._viewer = Viewer()
        self.title = Label(size=28, weight=600)
        self.subtitle = Label(size=14, tone="muted")
        self.streak, self.next, self.today = StreakCard(), NextCard(), TodayCard()
        self.year, self.focus, self.mates = YearCard(), FocusCard(), MatesCard()
        self._lay_out()
        self.next.acted.connect(self._on_acted)
        self.next.details_wanted.connect(self.wants_details)
        self.next.sessions_wanted.connect(self.wants_sessions)
        self.year.wants_refresh.connect(self.wants_refresh)
        self.today.target_chosen.connect(self.target_chosen)

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

    def fit(self) -> None:
        super().fit()
        for number, share in enumerate((31, 60, 31) if self.is_wide else (27, 40, 33)):
            self._top.setStretch(number, share)

    def _lay_out(self) -> None:
        self.head.addWidget(self.title)
        self.head.addWidget(self.subtitle)
        self._top = self.add_row()
        for card in (self.streak, self.next, self.today):
            card.setMinimumWidth(200)
            self._top.addWidget(card)
        self.cards.addWidget(self.year)
        bottom = self.add_row()
        bottom.addWidget(self.focus, 8)
        bottom.addWidget(self.mates, 5)
        self.cards.addStretch(1)

    def sizeHint(self) -> QSize:
        return QSize(1368, 900)

    # -- rendering

    def _render(self) -> None:
        now = datetime.now().astimezone()
        today = now.date()
        self._greet(now.hour, today)
        self._render_next(datetime.now(UTC))
        if self._study.is_unknown:
            self.wait()
            return
        days = self._study.days
        self.streak.show_days(self._study.streaks(today), days, today, self._target)
        self.today.show_day(on(days, today), self._target)
        self.year.show_days(days, today, self._study.problem)
        self.mates.show_stays(self._study.stays, today)
        self.show_body(self.area)

    def _greet(self, hour: int, today: date) -> None:
        greeting = tr("Good morning") if hour < NOON else tr("Good afternoon") if hour < EVENING else tr("Good evening")
        self.title.setText(f"{greeting}, {self._name}" if self._name else greeting)
        if self._study.is_unknown:
            self.subtitle.setText(amounts.long_day(today))  # what is left of the target is not known yet
            return
        left = self._target - on(self._study.days, today).minutes
        rest = tr("%1 to today’s target").replace("%1", amounts.minutes(left)) if left > 0 else tr("target reached")
        self.subtitle.setText(f"{amounts.long_day(today)} · {rest}")

    def _on_acted(self, session: Session) -> None:
        offer = standing(session, datetime.now(UTC), self._viewer).offer
        (self.wants_word if offer in (Offer.FULL, Offer.WAIT) else self.wants_room).emit(session)

    def _render_next(self, now: datetime) -> None:
        if self._lobby.loaded_at is None:
            problem = self._lobby.problem
            self.next.do_without(explain(problem) if problem is not None else "")
            return
        self.next.show_session(next_of(self._lobby.sessions, now, self._viewer), now, self._viewer)
