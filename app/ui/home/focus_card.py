"""Start focusing: a goal, one button, and a room of one's own on this computer."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.study.stays import MAX_GOAL
from app.ui.components.buttons import Button, Kind
from app.ui.components.cards import Card
from app.ui.components.fields import LineEdit
from app.ui.components.labels import Label
from app.ui.words import line, tr


class FocusCard(Card):
    """``started`` carries the goal, which may be empty; ``wants_room`` asks for the room that is open."""

    started = Signal(str)
    wants_room = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_open = False
        self.goal = LineEdit()
        self.goal.setMaxLength(MAX_GOAL)
        self.goal.setPlaceholderText(tr("What do you want to get done?"))
        self.goal.setAccessibleName(tr("Your goal"))
        self.start = Button(tr("Start now"), Kind.PRIMARY, icon="play", height=44)
        about = Label(tr("Alone for now, in a room on this computer. Others in your network can join you."), 13, 400)
        about.set_tone("muted")
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.goal, 1)
        row.addWidget(self.start)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(0)
        column.addWidget(Label(tr("Start focusing"), 16, 600))
        column.addSpacing(4)
        column.addWidget(about.wrapped())
        column.addSpacing(16)
        column.addLayout(row)
        column.addStretch(1)
        self.start.clicked.connect(self._send)
        self.goal.returnPressed.connect(self._send)

    def show_place(self, here: str, opening: str) -> None:
        """In which session's room the person sits, and which is being opened; "" for none."""
        self._is_open = bool(here)
        self.start.setEnabled(not opening)
        self.start.say(tr("Starting…") if opening else tr("Show room") if here else tr("Start now"))
        self.goal.setEnabled(not here and not opening)

    def clear(self) -> None:
        """For the next goal."""
        self.goal.clear()

    def _send(self) -> None:
        if not self.start.isEnabled():
            return
        if self._is_open:
            self.wants_room.emit()
        else:
            self.started.emit(line(self.goal.text()))
