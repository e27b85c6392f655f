"""How many days in a row, and which days of this week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.study.days import DAY, StudyDay, monday, on
from app.ui import amounts
from app.ui.components.arcs import paint_ring
from app.ui.components.cards import Card
from app.ui.components.labels import ElidingLabel, Label
from app.ui.icons import pixmap
from app.ui.theme import font, theme
from app.ui.words import tr
from protocol.rest import Streaks

HEIGHT = 192


class StreakCard(Card):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.current = Label(size=20, weight=600)
        self.longest = ElidingLabel(size=13, tone="muted")
        self.week = _Week()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.current)
        words.addWidget(self.longest)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(_Flame())
        row.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 20)
        column.setSpacing(0)
        heading = Label(tr("Streak"), 13, 500, "muted")
        heading.setFixedHeight(24)  # as high as the chip on the card beside it
        column.addWidget(heading)
        column.addSpacing(8)
        column.addLayout(row)
        column.addStretch(1)
        column.addWidget(self.week)

    def show_days(self, streaks: Streaks, days: Sequence[StudyDay], today: date, target: int) -> None:
        """``target`` are the minutes that make a day full."""
        self.current.setText(amounts.days(streaks.current_streak))
        if streaks.longest_streak:
            self.longest.setText(tr("Longest: %1").replace("%1", str(streaks.longest_streak)))
        else:
            self.longest.setText(tr("Start today."))
        first = monday(today)
        self.week.show_days([on(days, first + number * DAY) for number in range(7)], today, target)


class _Flame(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(48, 48)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().colour("warn_soft"))
        painter.drawRoundedRect(self.rect(), 12, 12)
        painter.drawPixmap(QPointF(12, 12), pixmap("flame", "warn", 24, self.devicePixelRatioF()))


class _Week(QWidget):
    """Seven discs: a check for a day with study, a ring for today until its target is reached."""

    def __init__(self) -> None:
        super().__init__()
        self._days: Sequence[StudyDay] = ()
        self._today = date.min
        self._target = 1
        self.setFixedHeight(44)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(7 * 32, 44)

    def show_days(self, days: Sequence[StudyDay], today: date, target: int) -> None:
        self._days, self._today, self._target = days, today, target
        studied = [amounts.weekday(one.date) for one in days if one.sessions]
        words = tr("Studied this week: %1").replace("%1", ", ".join(studied))
        self.setAccessibleName(words if studied else tr("Not studied this week yet"))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for number, day in enumerate(self._days):
            place = 6 - number if is_mirrored else number
            middle = 11 + place * (self.width() - 22) / 6
            disc = QRectF(middle - 10, 1, 20, 20)
            self._paint_day(painter, disc, day)
            is_today = day.date == self._today
            painter.setFont(font(12, 600 if is_today else 400))
            painter.setPen(theme().colour("text" if is_today else "muted"))
            letters = QRectF(middle - 20, 26, 40, 16)
            painter.drawText(letters, Qt.AlignmentFlag.AlignCenter, amounts.weekday_letter(day.date))

    def _paint_day(self, painter: QPainter, disc: QRectF, day: StudyDay) -> None:
        colour = theme().colour
        share = min(1.0, day.minutes / max(1, self._target))
        if day.date == self._today and day.sessions and 0 < share < 1:
            # An edge in high contrast is white: the rest would look like the full ring.
            paint_ring(painter, disc, share, 3, "raised" if theme().tokens.name == "high-contrast" else "edge")
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent" if day.sessions else "raised"))
        painter.drawEllipse(disc)
        if day.sessions:
            check = pixmap("check", "on_accent", 12, self.devicePixelRatioF())
            painter.drawPixmap(disc.center() - QPointF(6, 6), check)
