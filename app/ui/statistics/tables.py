"""Weeks, days and stays as rows of words. The day's table says what the heatmap shows by colour."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QToolTip, QWidget

from app.study.days import DAY, StudyDay, StudyWeek
from app.study.stays import Stay
from app.ui import amounts
from app.ui.components.labels import tip
from app.ui.components.tables import name_corner
from app.ui.leaving.notes import outcome_words
from app.ui.sessions import when
from app.ui.theme import font, tabular
from app.ui.words import line, person

Index = QModelIndex | QPersistentModelIndex
Rows = Sequence[Sequence[str]]
NOWHERE = QModelIndex()
ROW = 36
"""Pixels that a row and the headings are high."""
_PADDING = 11


def week_rows(weeks: Sequence[StudyWeek]) -> Rows:
    """The latest first."""
    return [
        (
            f"{amounts.day_month(one.monday)} – {amounts.day_month(one.monday + 6 * DAY)}",
            amounts.minutes(one.minutes),
            str(one.sessions),
            str(one.days),
        )
        for one in reversed(weeks)
    ]


def day_rows(days: Sequence[StudyDay]) -> Rows:
    """The latest first."""
    return [(amounts.long_day(one.date), amounts.minutes(one.minutes), str(one.sessions)) for one in reversed(days)]


def stay_rows(stays: Sequence[Stay]) -> Rows:
    """The latest first."""
    return [
        (
            f"{amounts.short_day(one.day)}, {when.clock(one.began, one.zone)}",
            line(one.title),
            amounts.minutes(one.minutes),
            line(one.goal),
            outcome_words(one.outcome),
            ", ".join(person(mate.name) for mate in one.mates),
        )
        for one in reversed(stays)
    ]


class WordTable(QAbstractTableModel):
    """``show_rows`` replaces headings and rows at once."""

    def __init__(self) -> None:
        super().__init__()
        self._headings: Sequence[str] = ()
        self.rows: Rows = ()

    def show_rows(self, headings: Sequence[str], rows: Rows) -> None:
        if (headings, rows) == (self._headings, self.rows):
            return
        self.beginResetModel()
        self._headings, self.rows = headings, rows
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.rows[index.row()][index.column()]
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | int | None:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        return None


class PlainTable(QTableView):
    """A table to read: whole rows are chosen, Tab leaves it. It is as high as its rows: the page it lies on scrolls.
    What has no room in its column is in a tooltip.
    """

    def __init__(self, model: WordTable, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setAccessibleName(name)
        self.setObjectName("table")
        self.setFont(tabular(14))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrap(False)
        name_corner(self)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        across = self.horizontalHeader()
        across.setFont(font(13, 500))
        across.setHighlightSections(False)
        across.setSectionsClickable(False)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        across.setMinimumSectionSize(72)
        across.setFixedHeight(ROW)
        model.modelReset.connect(self._fit)
        self._fit()

    def row_rect(self, index: QModelIndex) -> QRect:
        """Where a row is in the table."""
        return QRect(0, ROW * (index.row() + 1), self.width(), ROW)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            event.ignore()  # by a page of what one sees, not of the whole table
            return
        super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            words = str(index.data() or "")
            has_room = self.fontMetrics().horizontalAdvance(words) + 2 * _PADDING <= self.columnWidth(index.column())
            QToolTip.showText(event.globalPos(), tip("" if has_room else words), self)
            return True
        return super().viewportEvent(event)

    def _fit(self) -> None:
        self.setFixedHeight(ROW * (self.model().rowCount() + 1))
