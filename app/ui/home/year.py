"""The last 365 days as a table of weeks: seven rows from Monday to Sunday, one column per week."""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from app.study.days import DAY, YEAR, StudyDay, monday, within_year
from app.ui import amounts
from app.ui.words import tr

Index = QModelIndex | QPersistentModelIndex
ROWS = 7
NOWHERE = QModelIndex()


class YearModel(QAbstractTableModel):
    """``show_days`` gives it the days; those that are still to come, or too long ago, are empty and disabled."""

    def __init__(self) -> None:
        super().__init__()
        self._days: dict[date, StudyDay] = {}
        self.today = date.min
        self._first = date.min
        self._columns = 0

    @property
    def first(self) -> date:
        """The oldest day."""
        return self._first

    def show_days(self, days: Sequence[StudyDay], today: date) -> bool:
        """Show what there was until ``today``; False where that is what is on show already."""
        within = {one.date: one for one in within_year(days, today)}
        if within == self._days and today == self.today:
            return False
        self.beginResetModel()
        self._days = within
        self.today = today
        self._first = today - (YEAR - 1) * DAY
        self._columns = (monday(today) - monday(self._first)).days // 7 + 1
        self.endResetModel()
        return True

    def day_at(self, index: Index) -> StudyDay | None:
        """What there was on the day of a cell; None for a cell outside the year."""
        if not index.isValid():
            return None
        day = monday(self._first) + (7 * index.column() + index.row()) * DAY
        if not self._first <= day <= self.today:
            return None
        return self._days.get(day) or StudyDay(day)

    def index_of(self, day: date) -> QModelIndex:
        """The cell of a day, which must lie within the year."""
        column, row = divmod((day - monday(self._first)).days, 7)
        return self.index(row, column)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else ROWS

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else self._columns

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.day_at(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        day = self.day_at(index)
        if day is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return f"{amounts.long_day(day.date)}: {_said(day)}"
            case Qt.ItemDataRole.ToolTipRole:
                below = amounts.short_day(day.date)
                if day.minutes:
                    below += " · " + amounts.sessions(day.sessions)
                return f"<b>{html.escape(amounts.amount(day))}</b><br>{html.escape(below)}"
            case _:
                return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        first = monday(self._first)
        if orientation == Qt.Orientation.Vertical:
            return amounts.weekday(first + section * DAY)
        return tr("Week from %1").replace("%1", amounts.short_day(first + 7 * section * DAY))


def _said(day: StudyDay) -> str:
    return f"{amounts.amount(day)}, {amounts.sessions(day.sessions)}" if day.minutes else amounts.amount(day)
