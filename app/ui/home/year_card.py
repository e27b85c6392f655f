"""The last 365 days: how much in all, the heatmap, and what its colours mean."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.study.days import StudyDay, within_year
from app.ui import amounts
from app.ui.components.cards import Card
from app.ui.components.fields import ErrorLine
from app.ui.components.labels import Label
from app.ui.home.heatmap import HeatMap
from app.ui.theme import font, theme
from app.ui.words import tr


class YearCard(Card):
    """``wants_refresh`` comes from the button beside what went wrong."""

    wants_refresh = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sum = Label(size=13, tone="muted")
        self.trouble = ErrorLine()
        self.heatmap = HeatMap()
        self.trouble.repair.connect(self.wants_refresh)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(Label(tr("Last 365 days"), 16, 600))
        top.addWidget(self.sum)
        top.addStretch(1)
        top.addWidget(_Legend())
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addLayout(top)
        column.addWidget(self.trouble)
        column.addWidget(self.heatmap)

    def show_days(self, days: Sequence[StudyDay], today: date, problem: Exception | None) -> None:
        within = within_year(days, today)
        self.sum.setText(summary(within) if within else tr("A minute in a room fills in its day."))
        self.heatmap.show_days(days, today)
        words = amounts.explain_study(problem) if problem is not None else ""
        self.trouble.say(words, tr("Try again") if words else "")


def summary(days: Sequence[StudyDay]) -> str:
    """ "214 h on 231 days"."""
    minutes = sum(one.minutes for one in days)
    words = tr("%1 on %n days", len(days))
    if not minutes:
        return words.replace("%1", amounts.sessions(sum(one.sessions for one in days)))
    return words.replace("%1", amounts.minutes(minutes) if minutes < 600 else amounts.hours(minutes))


class _Legend(QWidget):
    """Less, five cells, more."""

    def __init__(self) -> None:
        super().__init__()
        self.setFont(font(13))
        self._less, self._more = tr("Less"), tr("More")
        self.setAccessibleName(tr("Darker days hold more study; each day says how much"))

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self._less) + self.fontMetrics().horizontalAdvance(self._more)
        return QSize(words + 16 + 5 * 16 + 4 * 4, 20)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme().colour("muted"))
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        # The painter turns left and right itself where one reads from right to left, and squares it does not.
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self._less)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._more)
        painter.setPen(Qt.PenStyle.NoPen)
        left = self.fontMetrics().horizontalAdvance(self._more if is_mirrored else self._less) + 8
        heat = theme().tokens.heat
        for number, colour in enumerate(reversed(heat) if is_mirrored else heat):
            painter.setBrush(theme().colour(colour))
            painter.drawRoundedRect(QRectF(left + number * 20, (self.height() - 16) / 2, 16, 16), 4, 4)
