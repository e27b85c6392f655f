"""Minutes per week as bars. Arrow keys walk from week to week; what a bar says is shown as a tooltip and announced."""

from __future__ import annotations

import html
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.study.days import DAY, StudyWeek
from app.ui import amounts
from app.ui.announce import announce
from app.ui.theme import font, theme
from app.ui.words import tr

HEIGHT = 176
_BELOW = 24
_BESIDE = 56
EDGE = 8
"""Free on either side, so that the focus ring keeps away from the figures of the scale."""
_STEPS = (30, 60, 120, 240, 480, 720, 960, 1200, 1800, 2400, 3600, 6000)
"""Where the scale may end, in minutes; half of it is round, too."""


def scale_end(most: int) -> int:
    """The first round amount that is not less than ``most`` minutes."""
    return next((one for one in _STEPS if one >= most), -(-most // 600) * 600)


def week_words(week: StudyWeek) -> str:
    """ "11 May – 17 May: 4 h 10 min on 3 days"."""
    span = f"{amounts.day_month(week.monday)} – {amounts.day_month(week.monday + 6 * DAY)}"
    return f"{span}: {week_amount(week)}"


def week_amount(week: StudyWeek) -> str:
    if not week.days:
        return tr("Nothing")
    much = amounts.minutes(week.minutes) if week.minutes else amounts.sessions(week.sessions)
    return tr("%1 on %n days", week.days).replace("%1", much)


class WeekBars(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._weeks: Sequence[StudyWeek] = ()
        self.hovered = -1
        """The week below the pointer, -1 for none."""
        self.current = -1
        """The week that the keyboard is at."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Minutes per week; arrow keys walk through the weeks"))

    def sizeHint(self) -> QSize:
        return QSize(900, HEIGHT)

    def show_weeks(self, weeks: Sequence[StudyWeek]) -> None:
        if weeks != self._weeks:
            self._weeks = weeks
            self.hovered = -1
            self.current = min(self.current, len(weeks) - 1)
            self.update()

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(EDGE, 0)
        end = scale_end(max((one.minutes for one in self._weeks), default=0))
        self._paint_scale(painter, end)
        for number, week in enumerate(self._weeks):
            self._paint_bar(painter, number, week, end)
        painter.setFont(font(12))
        painter.setPen(theme().colour("muted"))
        last_right = -100.0
        for number, week in enumerate(self._weeks):
            if week.monday.day > 7:
                continue
            slot = self._slot(number)
            rect = QRectF(slot.center().x() - 30, HEIGHT - _BELOW + 6, 60, 16)
            if abs(rect.center().x() - last_right) >= 36:
                painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, amounts.month(week.monday))
                last_right = rect.center().x()

    def _paint_scale(self, painter: QPainter, end: int) -> None:
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        painter.setFont(font(12))
        for share in (0.0, 0.5, 1.0):
            y = self._top + (1 - share) * self._room
            painter.setPen(QPen(theme().colour("divider"), 1))
            left = 0 if is_mirrored else _BESIDE
            painter.drawLine(left, round(y), left + self._wide - _BESIDE, round(y))
            painter.setPen(theme().colour("muted"))
            rect = QRectF(self._wide - _BESIDE + 8 if is_mirrored else 0, y - 8, _BESIDE - 8, 16)
            side = Qt.AlignmentFlag.AlignLeft  # a painter mirrors it with the layout
            painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, amounts.minutes(round(end * share)))

    def _paint_bar(self, painter: QPainter, number: int, week: StudyWeek, end: int) -> None:
        slot = self._slot(number)
        thick = min(28.0, slot.width() - 6)
        high = week.minutes / end * self._room
        if week.days:
            high = max(4.0, high)
        bar = QRectF(slot.center().x() - thick / 2, slot.bottom() - high, thick, high)
        is_marked = number == self.hovered or (self.hasFocus() and number == self.current)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().colour("accent_hover" if is_marked else "accent"))
        painter.drawRoundedRect(bar, 4, 4)
        if self.hasFocus() and number == self.current:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme().colour("focus"), 2))
            painter.drawRoundedRect(slot.adjusted(1, 0, -1, 0), 4, 4)

    @property
    def _wide(self) -> int:
        """What is painted begins ``EDGE`` pixels from the left and has so much room."""
        return self.width() - 2 * EDGE

    @property
    def _top(self) -> float:
        return 9.0

    @property
    def _room(self) -> float:
        return HEIGHT - _BELOW - self._top

    def _slot(self, number: int) -> QRectF:
        """The place of one week, from the top of the scale to its foot."""
        wide = (self._wide - _BESIDE) / max(1, len(self._weeks))
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            return QRectF(self._wide - _BESIDE - (number + 1) * wide, self._top, wide, self._room)
        return QRectF(_BESIDE + number * wide, self._top, wide, self._room)

    # -- pointer and keys

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position() - QPointF(EDGE, 0)
        found = next((number for number in range(len(self._weeks)) if self._slot(number).contains(place)), -1)
        if found != self.hovered:
            self.hovered = found
            self.update()
            if found >= 0:
                self._tell(found)
            else:
                QToolTip.hideText()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.hovered = -1
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() not in (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self._go(self.current if self.current >= 0 else len(self._weeks) - 1)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        QToolTip.hideText()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        back, on = (Qt.Key.Key_Right, Qt.Key.Key_Left) if is_mirrored else (Qt.Key.Key_Left, Qt.Key.Key_Right)
        match event.key():
            case key if key == back:
                self._go(self.current - 1)
            case key if key == on:
                self._go(self.current + 1)
            case Qt.Key.Key_Home:
                self._go(0)
            case Qt.Key.Key_End:
                self._go(len(self._weeks) - 1)
            case _:
                super().keyPressEvent(event)

    def _go(self, number: int) -> None:
        if not self._weeks:
            return
        self.current = min(max(0, number), len(self._weeks) - 1)
        self.update()
        self._tell(self.current)
        words = week_words(self._weeks[self.current])
        self.setAccessibleDescription(words)
        announce(self, words)

    def _tell(self, number: int) -> None:
        week = self._weeks[number]
        span, _, much = week_words(week).partition(": ")
        place = self.mapToGlobal(self._slot(number).bottomLeft().toPoint() + QPoint(EDGE - 8, 0))
        QToolTip.showText(place, f"<b>{html.escape(much)}</b><br>{html.escape(span)}", self)
