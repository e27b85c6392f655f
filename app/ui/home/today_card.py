"""The minutes of today against what one wants to reach, and the way to want something else."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.study.days import StudyDay
from app.ui import amounts
from app.ui.components.arcs import paint_ring
from app.ui.components.buttons import IconButton
from app.ui.components.cards import Card
from app.ui.components.labels import Label
from app.ui.components.margins import set_margins
from app.ui.components.menus import round_menu
from app.ui.home.streak_card import HEIGHT
from app.ui.theme import tabular, theme
from app.ui.words import tr

TARGETS = (30, 60, 90, 120, 180, 240, 360)
_RING = 96


class TodayCard(Card):
    """``target_chosen`` carries minutes."""

    target_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self._target = 0
        self.ring = _Ring()
        self.of = Label(size=14, weight=600)
        self.sessions = Label(size=13, tone="muted")
        self.rest = Label(size=13, tone="muted").wrapped()
        self.change = IconButton("pencil", tr("Change the daily target"))
        self.change.clicked.connect(self._open)
        top = QHBoxLayout()
        top.addWidget(Label(tr("Today"), 13, 500, "muted"), 1)
        top.addWidget(self.change)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        for label in (self.of, self.sessions, self.rest):
            words.addWidget(label)
        words.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.ring)
        row.addLayout(words, 1)
        column = QVBoxLayout(self)
        set_margins(column, 24, 18, 12, 20)
        column.setSpacing(0)
        column.addLayout(top)
        column.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)

    def show_day(self, day: StudyDay, target: int) -> None:
        self._target = target
        self.ring.show_minutes(day.minutes, target)
        self.of.setText(tr("of %1").replace("%1", amounts.minutes(target)))
        self.sessions.setText(amounts.sessions(day.sessions) if day.sessions else tr("Nothing yet"))
        left = target - day.minutes
        self.rest.setText(tr("%1 to go").replace("%1", amounts.minutes(left)) if left > 0 else tr("Target reached"))

    def menu(self) -> QMenu:
        """The targets to choose from."""
        menu = round_menu(QMenu(self))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        group = QActionGroup(menu)
        for target in sorted({*TARGETS, self._target}):
            entry = QAction(amounts.minutes(target), menu)
            entry.setCheckable(True)
            entry.setChecked(target == self._target)
            entry.triggered.connect(lambda _=False, one=target: self.target_chosen.emit(one))
            group.addAction(entry)
            menu.addAction(entry)
        return menu

    def _open(self) -> None:
        menu = self.menu()
        menu.popup(self.change.mapToGlobal(QPoint(self.change.width() - menu.sizeHint().width(), 40)))


class _Ring(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._minutes, self._target = 0, 1
        self.setFixedSize(_RING, _RING)

    def show_minutes(self, minutes: int, target: int) -> None:
        self._minutes, self._target = minutes, max(1, target)
        words = tr("%1 of %2 studied today").replace("%1", amounts.minutes(minutes))
        self.setAccessibleName(words.replace("%2", amounts.minutes(target)))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = theme().colour
        painter = QPainter(self)
        paint_ring(painter, QRectF(self.rect()), self._minutes / self._target, 9)
        painter.setPen(colour("text"))
        painter.setFont(tabular(20, 600))
        painter.drawText(QRectF(0, 24, _RING, 28), Qt.AlignmentFlag.AlignCenter, str(self._minutes))
        painter.setFont(tabular(12))
        painter.setPen(colour("muted"))
        painter.drawText(QRectF(0, 52, _RING, 16), Qt.AlignmentFlag.AlignCenter, tr("min"))
