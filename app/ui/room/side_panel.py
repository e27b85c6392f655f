"""The panel beside the stage: chat, people, the time and one's goal, each under a tab."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QStackedWidget, QStyle, QVBoxLayout, QWidget

from app.room.state import RoomState
from app.study.attendance import Attendance
from app.ui.components.margins import between
from app.ui.components.segmented import Segmented
from app.ui.room.chat_panel import ChatPanel
from app.ui.room.chat_view import SCROLLBAR
from app.ui.room.goal_panel import GoalPanel
from app.ui.room.memory import RoomMemory
from app.ui.room.people import PeoplePanel
from app.ui.room.time_panel import TimePanel
from app.ui.theme import theme
from app.ui.words import tr

WIDTH = 360
CHAT, PEOPLE, TIMER, GOALS = TABS = "chat", "people", "timer", "goals"


class SidePanel(QWidget):
    tab_chosen = Signal(str)
    escaped = Signal()

    def __init__(
        self,
        server: str,
        memory: RoomMemory,
        attendance: Attendance,
        earlier: Callable[[], int],
        parent: QWidget | None = None,
    ) -> None:
        """``earlier``: the minutes of today that were counted before this stay."""
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self.tabs = Segmented(
            tr("Side panel"),
            [(CHAT, tr("Chat")), (PEOPLE, tr("People")), (TIMER, tr("Timer")), (GOALS, tr("Goals"))],
            height=40,
        )
        self.chat = ChatPanel(server, memory)
        self.people = PeoplePanel(server)
        self.time = TimePanel(attendance, earlier)
        self.goal = GoalPanel(attendance)
        self._pages = QStackedWidget()
        self._page_of: dict[str, QWidget] = {
            CHAT: self.chat,
            PEOPLE: self.people,
            TIMER: self.time,
            GOALS: self.goal,
        }
        for page in self._page_of.values():
            self._pages.addWidget(page)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addLayout(between(self.tabs, 0, SCROLLBAR))
        column.addWidget(self._pages, 1)
        self.setLayout(between(column, 16, 16 - SCROLLBAR, 8, 16))
        self.tabs.chosen.connect(self._on_tab)
        self.chat.escaped.connect(self.escaped)
        self.chat.unread_changed.connect(self._on_unread)

    @property
    def tab(self) -> str:
        return self.tabs.key

    def choose(self, tab: str) -> None:
        self.tabs.choose(tab)

    def say_again(self) -> None:
        """In another language."""
        self.tabs.setAccessibleName(tr("Side panel"))
        self._on_unread(self.chat.unread)
        self.tabs.rename(PEOPLE, tr("People"))
        self.tabs.rename(TIMER, tr("Timer"))
        self.tabs.rename(GOALS, tr("Goals"))
        self.chat.say_again()
        self.people.say_again()
        self.time.say_again()
        self.goal.say_again()

    def show_state(self, state: RoomState) -> None:
        self.chat.show_state(state)
        self.people.show_state(state)
        self.time.show_state(state)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().colour("surface"))
        edge = QStyle.visualRect(self.layoutDirection(), self.rect(), QRect(0, 0, 1, self.height()))
        painter.fillRect(edge, theme().colour("divider"))

    def _on_tab(self, tab: str) -> None:
        self._pages.setCurrentWidget(self._page_of[tab])
        self.tab_chosen.emit(tab)

    def _on_unread(self, count: int) -> None:
        self.tabs.rename(CHAT, tr("Chat") + (f"  {count}" if count else ""))
