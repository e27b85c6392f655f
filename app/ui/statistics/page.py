"""Statistics: four figures, the last half year per week, and tables of weeks, days and stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.study.days import StudyDay, on, weeks, within_year
from app.study.stays import Outcome, Stay
from app.study.study import StudyState
from app.ui import amounts
from app.ui.components.buttons import Button, Kind
from app.ui.components.card_skeleton import CardSkeleton
from app.ui.components.cards import Card
from app.ui.components.cards_page import CardsPage
from app.ui.components.fields import ErrorLine
from app.ui.components.labels import Label
from app.ui.components.margins import set_margins
from app.ui.components.segmented import Segmented
from app.ui.components.state_panel import StatePanel
from app.ui.statistics.bars import EDGE, WeekBars
from app.ui.statistics.tables import PlainTable, WordTable, day_rows, stay_rows, week_rows
from app.ui.words import tr

WEEKS = 26
_FIGURE, _CHART, _TABLE = 120, 256, 320
"""Heights of the cards, for the grey ones in their places."""


class StatisticsPage(CardsPage):
    wants_refresh = Signal()
    wants_sessions = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(CardSkeleton((1, 1, 1, 1), _FIGURE, (_CHART, _TABLE)), parent)
        self._state = StudyState()
        self._day = _today()
        """On which what is shown was counted."""
        self.figures = [_FigureCard() for _ in range(4)]
        self.bars = WeekBars()
        self.kind = Segmented(
            tr("What the table shows"), [("weeks", tr("Weeks")), ("days", tr("Days")), ("stays", tr("Stays"))]
        )
        self.model = WordTable()
        self.table = PlainTable(self.model, tr("What was studied"))
        self.trouble = ErrorLine()
        self.empty = StatePanel(
            tr("Nothing to count yet. A minute in a room is enough."),
            Button(tr("See all sessions"), Kind.PRIMARY, height=44),
        )
        self.failed = StatePanel("", Button(tr("Try again"), Kind.PRIMARY, height=44), front="server", back="wifi-off")
        self._lay_out()
        self._connect()
        self._render()

    def show_study(self, state: StudyState) -> None:
        self._state = state
        self._render()

    def tick(self) -> None:
        """Time has passed, and with it perhaps the day."""
        if _today() != self._day:
            self._render()

    # -- rendering

    def _render(self) -> None:
        state = self._state
        self._day = _today()
        if state.is_unknown:
            self.wait()
            return
        words = amounts.explain_study(state.problem) if state.problem is not None else ""
        if not state.days:
            self.trouble.say("")
            self.failed.say(words)
            self.show_body(self.failed if words else self.empty)
            return
        self.trouble.say(words, tr("Try again") if words else "")
        today = self._day
        year = within_year(state.days, today)
        by_week = weeks(state.days, today, WEEKS)
        self._show_figures(state, year, by_week[-1].minutes)
        self.bars.show_weeks(by_week)
        self._show_table()
        self.show_body(self.area)

    def _show_figures(self, state: StudyState, year: Sequence[StudyDay], this_week: int) -> None:
        today = self._day
        streaks = state.streaks(today)
        minutes = sum(one.minutes for one in year)
        for card, (about, figure, below) in zip(
            self.figures,
            (
                (
                    tr("This week"),
                    amounts.minutes(this_week),
                    tr("%1 today").replace("%1", amounts.minutes(on(year, today).minutes)),
                ),
                (
                    tr("Last 365 days"),
                    amounts.minutes(minutes) if minutes < 600 else amounts.hours(minutes),
                    tr("on %n days", len(year)),
                ),
                (
                    tr("Streak"),
                    amounts.days(streaks.current_streak),
                    tr("Longest: %1").replace("%1", str(streaks.longest_streak)),
                ),
                (tr("Goals reached"), *goal_words(state.stays)),
            ),
            strict=True,
        ):
            card.show_figure(about, figure, below)

    def _show_table(self) -> None:
        today = self._day
        match self.kind.key:
            case "days":
                headings = (tr("Day"), tr("Minutes"), tr("Sessions"))
                rows = day_rows(within_year(self._state.days, today))
            case "stays":
                headings = (tr("When"), tr("Session"), tr("Minutes"), tr("Goal"), tr("Reached"), tr("With"))
                rows = stay_rows(self._state.stays)
            case _:
                headings = (tr("Week"), tr("Minutes"), tr("Sessions"), tr("Days"))
                rows = week_rows(weeks(self._state.days, today, WEEKS))
        self.model.show_rows(headings, rows)

    def _follow_row(self, current: QModelIndex) -> None:
        """The table does not scroll, the page does."""
        place = self.table.row_rect(current)
        corner = self.table.mapTo(self.canvas, place.center())
        self.area.ensureVisible(corner.x(), corner.y(), 0, place.height())

    # -- layout

    def _connect(self) -> None:
        self.kind.chosen.connect(lambda _: self._show_table())
        self.table.selectionModel().currentRowChanged.connect(self._follow_row)
        self.trouble.repair.connect(self.wants_refresh)
        for panel, wish in ((self.empty, self.wants_sessions), (self.failed, self.wants_refresh)):
            if panel.button is not None:
                panel.button.clicked.connect(wish)

    def _lay_out(self) -> None:
        self.head.addWidget(Label(tr("Statistics"), 28, 600))
        self.head.addWidget(
            Label(tr("Minutes are those of this computer; days are those of your account."), 14, 400, "muted")
        )
        self.head.addWidget(self.trouble)
        top = self.add_row()
        for card in self.figures:
            top.addWidget(card, 1)
        chart = Card()
        column = QVBoxLayout(chart)
        column.setContentsMargins(24 - EDGE, 24, 24 - EDGE, 16)
        column.setSpacing(16)
        heading = Label(tr("Per week"), 16, 600)
        heading.setContentsMargins(EDGE, 0, EDGE, 0)
        column.addWidget(heading)
        column.addWidget(self.bars)
        self.cards.addWidget(chart)
        self.cards.addWidget(self._table_card())
        self.cards.addStretch(1)
        for panel in (self.empty, self.failed):
            self.add_body(panel)

    def _table_card(self) -> Card:
        card = Card()
        top = QHBoxLayout()
        top.addWidget(Label(tr("As a table"), 16, 600), 1)
        self.kind.setFixedWidth(304)
        top.addWidget(self.kind)
        column = QVBoxLayout(card)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addLayout(top)
        column.addWidget(self.table)
        return card


def _today() -> date:
    return datetime.now().astimezone().date()


def goal_words(stays: Sequence[Stay]) -> tuple[str, str]:
    """How many goals were reached, and out of how many."""
    answered = [one.outcome for one in stays if one.goal and one.outcome is not Outcome.OPEN]
    if not answered:
        return "0", tr("None was asked about yet")
    partly = sum(1 for one in answered if one is Outcome.PARTLY)
    below = tr("of %1").replace("%1", str(len(answered)))
    if partly:
        below += " · " + tr("%1 partly").replace("%1", str(partly))
    return str(sum(1 for one in answered if one is Outcome.DONE)), below


class _FigureCard(Card):
    def __init__(self) -> None:
        super().__init__()
        self.about = Label(size=13, weight=500, tone="muted")
        self.figure = Label(size=28, weight=600)
        self.below = Label(size=13, tone="muted")
        column = QVBoxLayout(self)
        set_margins(column, 24, 20, 16, 20)
        column.setSpacing(4)
        for label in (self.about, self.figure, self.below):
            column.addWidget(label)

    def show_figure(self, about: str, figure: str, below: str) -> None:
        self.about.setText(about)
        self.figure.setText(figure)
        self.below.setText(below)
        self.setAccessibleName(f"{about}: {figure}, {below}")
