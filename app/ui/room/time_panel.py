"""The session's time: how much of it is left, when it begins and ends, and what counts of one's own today.

It ticks only while it can be seen.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.room.state import RoomState, SessionInfo
from app.study.attendance import Attendance
from app.ui import amounts
from app.ui.components.arcs import paint_ring
from app.ui.components.icon_label import IconLabel
from app.ui.components.labels import Label
from app.ui.components.lines import Hairline
from app.ui.components.margins import between
from app.ui.room.chat_view import SCROLLBAR
from app.ui.room.mini import time_left
from app.ui.sessions import when
from app.ui.theme import tabular, theme
from app.ui.words import tr

_RING = 176
_ROW = 28


class TimePanel(QWidget):
    def __init__(self, attendance: Attendance, earlier: Callable[[], int], parent: QWidget | None = None) -> None:
        """``earlier``: the minutes of today that were counted before this stay."""
        super().__init__(parent)
        self._attendance = attendance
        self._earlier = earlier
        self._session = SessionInfo("")
        self.dial = _Dial()
        self.sentence = Label(size=14).wrapped()
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.begin, self.end, self.stay, self.today = (_Row(icon) for icon in ("calendar", "clock", "user", "target"))
        self.about = Label(size=13, tone="muted").wrapped()
        self._tick = QTimer(self, interval=1_000)
        self._tick.timeout.connect(self.show_now)
        self._lay_out()
        self.say_again()

    def show_state(self, state: RoomState) -> None:
        if state.session != self._session:
            self._session = state.session
            self.show_now()

    def say_again(self) -> None:
        """In another language."""
        for row, words in (
            (self.begin, tr("Begin")),
            (self.end, tr("End")),
            (self.stay, tr("This stay")),
            (self.today, tr("Counted today")),
        ):
            row.name.setText(words)
        self.about.setText(tr("Whole minutes count, from the first one on."))
        self.show_now()

    def show_now(self) -> None:
        """What the clock says now."""
        now = datetime.now(UTC)
        start, end = self._session.start, self._session.end
        for row, moment in ((self.begin, start), (self.end, end)):
            row.say("" if moment is None else when.clock(moment))
        self.dial.setVisible(end is not None and now < end)
        if end is None:
            self.sentence.setText(tr("This room has no end. Stay as long as you like."))
        elif now >= end:
            self.sentence.setText(tr("The planned end has passed."))
        elif start is not None and now < start:
            self.dial.show_time(time_left(start, now), 0.0)
            self.sentence.setText(tr("until it begins"))
        else:
            begun = start or now
            share = (now - begun) / (end - begun) if end > begun else 0.0
            self.dial.show_time(time_left(end, now), share)
            self.sentence.setText(tr("left"))
        self.dial.setAccessibleName(f"{self.dial.words} {self.sentence.text()}")
        stay = self._attendance.stay()
        minutes = stay.minutes if stay is not None else 0
        self.stay.say(amounts.minutes(minutes))
        self.today.say(amounts.minutes(self._earlier() + minutes))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.show_now()
        self._tick.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tick.stop()

    def _lay_out(self) -> None:
        rows = QGridLayout()
        rows.setHorizontalSpacing(12)
        rows.setVerticalSpacing(4)
        rows.setColumnStretch(1, 1)
        for number, row in enumerate((self.begin, self.end, self.stay, self.today)):
            row.add_to(rows, number)
        column = QVBoxLayout()
        self.setLayout(between(column, 0, SCROLLBAR, 16))
        column.setSpacing(8)
        column.addWidget(self.dial, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.sentence)
        column.addSpacing(8)
        column.addWidget(Hairline())
        column.addSpacing(8)
        column.addLayout(rows)
        column.addWidget(self.about)
        column.addStretch(1)


class _Row:
    """An icon, a word, and what it is; hidden while that is not known."""

    def __init__(self, icon: str) -> None:
        self.icon = IconLabel(icon, "muted", 16)
        self.name = Label(size=14)
        self.value = Label(size=14, weight=600)
        self.value.setFont(tabular(14, 600))
        self.value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    @property
    def words(self) -> str:
        return "" if self.value.isHidden() else self.value.text()

    def add_to(self, grid: QGridLayout, number: int) -> None:
        for column, part in enumerate((self.icon, self.name, self.value)):
            part.setMinimumHeight(_ROW)
            grid.addWidget(part, number, column)

    def say(self, words: str) -> None:
        self.value.setText(words)
        for part in (self.icon, self.name, self.value):
            part.setVisible(bool(words))


class _Dial(QWidget):
    """A ring that fills, and the time inside of it."""

    def __init__(self) -> None:
        super().__init__()
        self.words = ""
        self._share = 0.0
        self.setFixedSize(_RING, _RING)

    def show_time(self, words: str, share: float) -> None:
        """``share`` of it is over, 0 to 1."""
        if (words, share) != (self.words, self._share):
            self.words, self._share = words, share
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_ring(painter, QRectF(self.rect()), self._share, 10)
        painter.setPen(theme().colour("text"))
        painter.setFont(tabular(28, 600))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.words)
