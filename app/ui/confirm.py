"""Asking once more before something cannot be undone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.components.buttons import Button, Kind
from app.ui.components.focus_ring import FocusRing
from app.ui.components.labels import Label, breakable
from app.ui.words import tr

_WIDTH = 440


class Confirm(QDialog):
    """``accepted`` comes when it is really meant. The focus begins on the way back."""

    def __init__(self, question: str, about: str, action: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("surface")
        self.setWindowTitle(question)
        self.setFixedWidth(_WIDTH)
        self.keep = Button(tr("Keep it"), height=44)
        self.act = Button(action, Kind.DANGER, height=44)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addStretch(1)
        buttons.addWidget(self.keep)
        buttons.addWidget(self.act)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 32, 32, 24)
        column.setSpacing(8)
        column.addWidget(Label(breakable(question), 20, 600).wrapped())
        column.addWidget(Label(about, 14, 400, "muted").wrapped())
        column.addSpacing(16)
        column.addLayout(buttons)
        self.resize(_WIDTH, self.heightForWidth(_WIDTH))  # Qt's own guess may be too low for a question of many lines
        FocusRing(self)
        self.keep.clicked.connect(self.reject)
        self.act.clicked.connect(self.accept)
        self.keep.setFocus(Qt.FocusReason.OtherFocusReason)
