"""A month to pick a day from: the chosen day is filled, today is ringed as in the heatmap, what is over is pale."""

from __future__ import annotations

from PySide6.QtCore import QDate, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QWidget

from app.ui.theme import font, theme
from app.ui.words import tr

SIZE = QSize(328, 300)
_CELL = 36
_RADIUS = 8
_PALE = 0.45
"""How strong a day is written that cannot be chosen."""


class DayCalendar(QCalendarWidget):
    """Days before ``minimumDate`` cannot be chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setFont(font(13))
        self.setAccessibleName(tr("Calendar"))
        self.setProperty("mirrored", self.layoutDirection() == Qt.LayoutDirection.RightToLeft)
        muted = QTextCharFormat()
        muted.setForeground(theme().colour("muted"))
        muted.setFontWeight(QFont.Weight.Medium)
        self.setHeaderTextFormat(muted)
        plain = QTextCharFormat()
        plain.setForeground(theme().colour("muted"))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.setWeekdayTextFormat(day, plain)  # Qt would write them in red

    def paintCell(self, painter: QPainter, rect: QRect, date: QDate | int) -> None:
        assert isinstance(date, QDate)
        is_chosen, is_today = date == self.selectedDate(), date == QDate.currentDate()
        colour = theme().colour
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(0, 0, min(_CELL, rect.width()), min(_CELL, rect.height()) - 2)
        box.moveCenter(QRectF(rect).center())
        painter.setPen(Qt.PenStyle.NoPen)
        if is_chosen:
            painter.setBrush(colour("accent"))
            painter.drawRoundedRect(box, _RADIUS, _RADIUS)
        if is_today:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("on_accent" if is_chosen else "text"), 1.5))
            inset = 3 if is_chosen else 1
            painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), _RADIUS - inset, _RADIUS - inset)
        painter.setFont(font(13, 600 if is_chosen or is_today else 400))
        painter.setPen(colour("on_accent") if is_chosen else self._colour(date))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self.locale().toString(date.day()))
        painter.restore()

    def _colour(self, date: QDate) -> QColor:
        is_of_month = (date.year(), date.month()) == (self.yearShown(), self.monthShown())
        made = theme().colour("text" if is_of_month else "muted")
        if not self.minimumDate() <= date <= self.maximumDate():
            made.setAlphaF(_PALE)
        return made


def place_beside(popup: QWidget, field: QWidget, gap: int = 4) -> None:
    """Below ``field``, or above it where the screen ends, beginning where it begins in the direction of reading."""
    screen = field.screen().availableGeometry()
    top_left = field.mapToGlobal(QPoint())
    is_mirrored = field.layoutDirection() == Qt.LayoutDirection.RightToLeft
    left = top_left.x() + (field.width() - popup.width() if is_mirrored else 0)
    top = top_left.y() + field.height() + gap
    if top + popup.height() > screen.bottom() + 1:
        top = top_left.y() - gap - popup.height()
    left = min(left, screen.right() + 1 - popup.width())
    popup.move(max(screen.left(), left), max(screen.top(), top))
