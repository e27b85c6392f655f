"""A year of study at a glance: a real table that is painted as coloured cells.

The cells are drawn once and kept until the days, the theme or the size change; today, the pointer's day and the
keyboard's day are drawn on top. Arrow keys walk by day and week, Home and End go to both ends; what a cell says is
shown as a tooltip at once, and a screen reader finds a table with headers.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QSizePolicy, QTableView, QToolTip, QWidget

from app.study.days import DAY, StudyDay, monday
from app.ui import amounts
from app.ui.components.tables import name_corner
from app.ui.home.year import ROWS, Index, YearModel
from app.ui.theme import font, theme
from app.ui.words import tr

_WEEKDAYS = 40
"""Room for "Mon" before the cells."""
_MONTHS = 24
"""Room for "Jun" above them."""
_LARGEST, _SMALLEST = 18, 8
_BY_KEYBOARD = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.OtherFocusReason)
Move = QAbstractItemView.CursorAction


class HeatMap(QWidget):
    """The table with the names of months and weekdays around it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = YearModel()
        self.table = _Cells(self.model, self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(_WEEKDAYS + 53 * (_SMALLEST + 2))

    def show_days(self, days: Sequence[StudyDay], today: date) -> None:
        if self.model.show_days(days, today):
            self.table.forget()
            self._place()

    def sizeHint(self) -> QSize:
        return QSize(_WEEKDAYS + 53 * (_LARGEST + 4), self._height(_LARGEST + 4))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(font(12))
        painter.setPen(theme().colour("muted"))
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignLeft  # a painter mirrors it with the layout
        first = monday(self.model.first)
        for row in (0, 2, 4, 6):
            rect = QRect(0, _MONTHS + row * self.table.step, self.width(), self.table.cell)
            painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, amounts.weekday(first + row * DAY))
        for column, words in self._months():
            left = self.table.x() + self.table.columnViewportPosition(column)
            rect = QRect(left - 100 + self.table.cell if is_mirrored else left, 0, 100, 16)
            painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, words)

    def _months(self) -> list[tuple[int, str]]:
        """The columns in which a month begins, and its name; not where the next name would touch it."""
        found: list[tuple[int, str]] = []
        first = monday(self.model.first)
        for column in range(self.model.columnCount()):
            begins = first + 7 * column * DAY
            if column == 0 or begins.month != (begins - 7 * DAY).month:
                found.append((column, amounts.month(begins)))
        if len(found) > 1 and found[1][0] - found[0][0] < 3:
            del found[0]
        return found[:-1] if found and found[-1][0] > self.model.columnCount() - 2 else found

    def _height(self, step: int) -> int:
        return _MONTHS + ROWS * step

    def _place(self) -> None:
        columns = self.model.columnCount()
        if not columns or not self.width():
            return
        step = (self.width() - _WEEKDAYS) // columns
        gap = 4 if step >= 18 else 3 if step >= 14 else 2
        self.table.set_cells(max(_SMALLEST, min(_LARGEST, step - gap)), gap)
        left = _WEEKDAYS
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            left = self.width() - _WEEKDAYS - columns * self.table.step
        self.table.setGeometry(left, _MONTHS, columns * self.table.step, ROWS * self.table.step)
        self.setFixedHeight(self._height(self.table.step))
        self.update()


class _Cells(QTableView):
    def __init__(self, model: YearModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self.cell, self._gap = _LARGEST, 4
        self.cells: QPixmap | None = None
        """As they were drawn last."""
        self._look: tuple[object, ...] = ()
        self._hovered = QPersistentModelIndex()
        self.setModel(model)
        self.setObjectName("plain")
        self.setAccessibleName(tr("Study in the last 365 days"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setProperty("ring", False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        name_corner(self)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.hide()
            header.setMinimumSectionSize(1)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    @property
    def step(self) -> int:
        return self.cell + self._gap

    def set_cells(self, cell: int, gap: int) -> None:
        self.cell, self._gap = cell, gap
        self.horizontalHeader().setDefaultSectionSize(self.step)
        self.verticalHeader().setDefaultSectionSize(self.step)

    def forget(self) -> None:
        """The days have changed."""
        self.cells = None
        self._hovered = QPersistentModelIndex()
        self.viewport().update()

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        look = (
            theme().tokens.name,
            self.viewport().size(),
            self.cell,
            self.layoutDirection(),
            self.devicePixelRatioF(),
        )
        if self.cells is None or look != self._look:
            self._look = look
            self.cells = self._draw()
        painter = QPainter(self.viewport())
        painter.drawPixmap(0, 0, self.cells)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        marks: list[tuple[Index, str]] = [(self._model.index_of(self._model.today), "text")]
        if self._hovered.isValid():
            marks.append((self._hovered, "accent"))
        if self.hasFocus():
            marks.append((self.currentIndex(), "focus"))
        for index, token in marks:
            if self._model.day_at(index) is not None:
                painter.setPen(QPen(theme().colour(token), 2))
                painter.drawRoundedRect(QRectF(self._rect(index)), self._radius, self._radius)

    def _draw(self) -> QPixmap:
        scale = self.devicePixelRatioF()
        size = self.viewport().size()
        made = QPixmap(round(size.width() * scale), round(size.height() * scale))
        made.setDevicePixelRatio(scale)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        colours = [theme().colour(one) for one in theme().tokens.heat]
        for column in range(self._model.columnCount()):
            for row in range(ROWS):
                index = self._model.index(row, column)
                day = self._model.day_at(index)
                if day is not None:
                    painter.setBrush(colours[day.level])
                    painter.drawRoundedRect(self._rect(index), self._radius, self._radius)
        painter.end()
        return made

    @property
    def _radius(self) -> int:
        return 4 if self.cell >= 14 else 3

    def _rect(self, index: Index) -> QRect:
        """A cell without its gap, inset by one so that rings fit."""
        whole = self.visualRect(index)
        half = self._gap // 2
        return QRect(whole.left() + half, whole.top() + half, self.cell, self.cell)

    # -- pointer and keys

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.indexAt(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(QModelIndex())

    def _hover(self, index: QModelIndex) -> None:
        wanted = index if self._model.day_at(index) is not None else QModelIndex()
        if QPersistentModelIndex(wanted) == self._hovered:
            return
        self._hovered = QPersistentModelIndex(wanted)
        self.viewport().update()
        if wanted.isValid():
            self._tell(wanted)
        else:
            QToolTip.hideText()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in _BY_KEYBOARD:
            if self._model.day_at(self.currentIndex()) is None:
                self.setCurrentIndex(self._model.index_of(self._model.today))
            else:
                self._tell(self.currentIndex())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        QToolTip.hideText()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        if self.hasFocus() and self._model.day_at(current) is not None:
            self._tell(current)

    def moveCursor(self, action: Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """By the calendar: up and down a day, left and right a week (mirrored where the table is)."""
        here = self._model.day_at(self.currentIndex())
        if here is None:
            return self._model.index_of(self._model.today)
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        week = -7 if is_mirrored else 7
        by = {
            Move.MoveUp: -1,
            Move.MovePrevious: -1,
            Move.MoveDown: 1,
            Move.MoveNext: 1,
            Move.MoveLeft: -week,
            Move.MoveRight: week,
            Move.MovePageUp: -28,
            Move.MovePageDown: 28,
            Move.MoveHome: -400,
            Move.MoveEnd: 400,
        }[action]
        wanted = here.date + by * DAY
        if abs(by) in (7, 28) and not self._model.first <= wanted <= self._model.today:
            return self.currentIndex()
        return self._model.index_of(min(max(wanted, self._model.first), self._model.today))

    def _tell(self, index: Index) -> None:
        words = self._model.data(index, Qt.ItemDataRole.ToolTipRole)
        place = self.viewport().mapToGlobal(self._rect(index).bottomLeft() + QPoint(-8, 2))
        QToolTip.showText(place, words or "", self.viewport())
