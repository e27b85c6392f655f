"""The panel beside the stage: chat and people under two tabs."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QStyle, QVBoxLayout, QWidget

from app.room.state import RoomState
from app.ui.components.segmented import Segmented
from app.ui.room.chat_panel import ChatPanel
from app.ui.room.chat_view import SCROLLBAR
from app.ui.room.memory import RoomMemory
from app.ui.room.people import PeoplePanel
from app.ui.theme import theme
from app.ui.words import tr

WIDTH = 360
CHAT, PEOPLE = "chat", "people"


class SidePanel(QWidget):
    tab_chosen = Signal(str)
    escaped = Signal()

    def __init__(self, server: str, memory: RoomMemory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self.tabs = Segmented(tr("Side panel"), [(CHAT, tr("Chat")), (PEOPLE, tr("People"))], height=40)
        self.chat = ChatPanel(memory)
        self.people = PeoplePanel(server)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.chat)
        self._pages.addWidget(self.people)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16 - SCROLLBAR, 16)
        column.setSpacing(8)
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, SCROLLBAR, 0)
        top.addWidget(self.tabs)
        column.addLayout(top)
        column.addWidget(self._pages, 1)
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
        self.chat.say_again()
        self.people.say_again()

    def show_state(self, state: RoomState) -> None:
        self.chat.show_state(state)
        self.people.show_state(state)

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
        self._pages.setCurrentWidget(self.chat if tab == CHAT else self.people)
        self.tab_chosen.emit(tab)

    def _on_unread(self, count: int) -> None:
        self.tabs.rename(CHAT, tr("Chat") + (f"  {count}" if count else ""))
