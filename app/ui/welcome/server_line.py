"""Which server: one quiet line that opens into a field, and remembers nothing itself."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.components.buttons import Button, Kind
from app.ui.components.fields import TextField
from app.ui.components.icon_label import IconLabel
from app.ui.components.labels import ElidingLabel
from app.ui.welcome.address import server_address
from app.ui.words import host_of, tr


class ServerLine(QWidget):
    """``address`` is always one that can be asked; ``changed`` carries a new one."""

    changed = Signal(str)

    def __init__(self, address: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.address = address
        self._words = ElidingLabel(size=13, tone="muted")
        self.change = Button(tr("Change"), Kind.PLAIN, height=36)
        self.change.setAccessibleName(tr("Change the server"))
        self.field = TextField(tr("Server address"), hint=tr("As whoever runs it told you, like study.example.org"))
        self.field.hide()
        self._line = QWidget()
        row = QHBoxLayout(self._line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconLabel("server"))
        row.addWidget(self._words, 1)
        row.addWidget(self.change)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._line)
        column.addWidget(self.field)
        self.change.clicked.connect(self.open)
        self.field.edit.editingFinished.connect(self.settle)
        self._say()

    def open(self) -> None:
        """Let the address be typed."""
        self.field.edit.setText(self.address)
        self.field.set_problem("")
        self._line.hide()
        self.field.show()
        self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.edit.selectAll()

    def settle(self) -> bool:
        """Take over what was typed. False, and words under the field, where it is no address."""
        if self.field.isHidden():
            return True
        found = server_address(self.field.text)
        if found is None:
            self.field.set_problem(tr("This does not look like an address. Try one like study.example.org."))
            return False
        self.field.set_problem("")
        self.field.hide()
        self._line.show()
        self.use(found)
        return True

    def use(self, address: str) -> None:
        if address != self.address:
            self.address = address
            self.changed.emit(address)
        self._say()

    def _say(self) -> None:
        self._words.setText(tr("Server: %1").replace("%1", host_of(self.address)))
