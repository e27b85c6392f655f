"""A room on this computer: asks only for a name, and afterwards says how others find it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.announce import announce
from app.ui.components.buttons import Button, IconButton, Kind
from app.ui.components.fields import TextField
from app.ui.components.labels import Label
from app.ui.words import line, tr
from protocol.model import MAX_NAME


class StartRoom(QWidget):
    """``started`` carries the name to be known by, ``wants_room`` asks for the open room; ``cancelled`` goes back."""

    started = Signal(str)
    wants_room = Signal()
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back = IconButton("arrow-left", tr("Back"), Kind.SECONDARY, size=40)
        self.name = TextField(tr("Your name"), hint=tr("Others in the room see it."))
        self.name.edit.setMaxLength(MAX_NAME)
        self.start = Button(tr("Start room"), Kind.PRIMARY, height=44)
        self.address = Label(size=16, weight=600)
        self.address.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy = Button(tr("Copy"), icon="copy")
        self._invitation = QWidget()
        self._is_open = False
        self._lay_out()
        self.back.clicked.connect(self.cancelled)
        self.start.clicked.connect(self._send)
        self.name.edit.returnPressed.connect(self._send)
        self.name.edit.textEdited.connect(lambda: self.name.set_problem(""))
        self.copy.clicked.connect(self._copy)
        self.show_idle()

    def begin(self, name: str) -> None:
        if not self.name.text:
            self.name.edit.setText(name)
        self.name.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_idle(self) -> None:
        """No room yet."""
        self._show(tr("Start room"), Kind.PRIMARY, is_open=False)
        self.name.setEnabled(True)

    def show_starting(self) -> None:
        """A room is on its way."""
        self._show(tr("Starting the room…"), Kind.PRIMARY, is_open=False)
        self.name.setEnabled(False)
        self.start.setEnabled(False)

    def show_open(self, address: str) -> None:
        """The room is open; others find it at ``address``."""
        self._show(tr("Show room"), Kind.SECONDARY, is_open=True)
        self.name.setEnabled(False)
        self.address.setText(address)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
            return
        super().keyPressEvent(event)

    def _show(self, words: str, kind: Kind, *, is_open: bool) -> None:
        self._is_open = is_open
        self.start.setEnabled(True)
        self.start.say(words)
        self.start.set_kind(kind)
        self._invitation.setVisible(is_open)
        self.copy.say(tr("Copy"))
        self.copy.set_icon("copy")
        self.copy.setAccessibleName(tr("Copy the address"))

    def _send(self) -> None:
        if self._is_open:
            self.wants_room.emit()
            return
        if not self.start.isEnabled():
            return
        name = line(self.name.text)
        self.name.set_problem("" if name else tr("Tell people what to call you."))
        if name:
            self.started.emit(name)
        else:
            self.name.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.address.text())
        announce(self, tr("Address copied"))
        self.copy.say(tr("Copied"))
        self.copy.set_icon("check")

    def _lay_out(self) -> None:
        invitation = QVBoxLayout(self._invitation)
        invitation.setContentsMargins(0, 8, 0, 0)
        invitation.setSpacing(4)
        invitation.addWidget(Label(tr("Others in your network join here"), 14, 600))
        about = tr("They type this address as their server, create an account there and find your room in the list.")
        invitation.addWidget(Label(about, 13, 400, "muted").wrapped())
        row = QHBoxLayout()
        row.addWidget(self.address, 1)
        row.addWidget(self.copy)
        invitation.addSpacing(8)
        invitation.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.back)
        words = QVBoxLayout()
        words.setSpacing(8)
        words.addWidget(Label(tr("Start a room on this computer"), 28, 600).wrapped())
        about = tr("Your computer is the meeting place: no account and no other server. The room ends with the app.")
        words.addWidget(Label(about, 14, 400, "muted").wrapped())
        column.addLayout(words)
        column.addSpacing(4)
        column.addWidget(self.name)
        column.addWidget(self.start)
        column.addWidget(self._invitation)
