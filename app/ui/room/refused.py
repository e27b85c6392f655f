"""The whole window's content when the room would not have us: why, and the way back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.room.state import RoomState
from app.ui.components.buttons import Button, Kind
from app.ui.components.state_panel import StatePanel
from app.ui.theme import theme
from app.ui.words import explain_refusal, tr
from protocol.errors import ErrorCode

_ICONS: dict[str, str] = {
    ErrorCode.FULL: "users",
    ErrorCode.ENDED: "clock",
    ErrorCode.UNAUTHORISED: "log-out",
    ErrorCode.NOT_FOUND: "search",
}


class RefusedPage(QWidget):
    back_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panel: StatePanel | None = None
        self._column = QVBoxLayout(self)

    @property
    def words(self) -> str:
        return self._panel.sentence if self._panel is not None else ""

    @property
    def back(self) -> Button | None:
        return self._panel.button if self._panel is not None else None

    def show_state(self, state: RoomState) -> None:
        if state.refusal is None or self._panel is not None:
            return
        words = explain_refusal(state.refusal, places=state.session.max_participants)
        button = Button(tr("Back"), Kind.PRIMARY, icon="arrow-left", height=44)
        button.clicked.connect(self.back_pressed)
        icon = _ICONS.get(state.refusal.code, "circle-alert")
        self._panel = StatePanel(words, button, front=icon, back="message-square", parent=self)
        self._column.addWidget(self._panel)
        self.setAccessibleName(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme().colour("bg"))
