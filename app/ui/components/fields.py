"""Form fields: a label above, the control, and below it a hint whose place an error takes, with an icon and words.

An error is drawn as a danger edge, said by the field's accessible description and announced once.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from app.ui.announce import announce
from app.ui.components.buttons import Button, IconButton, Kind
from app.ui.components.icon_label import IconLabel
from app.ui.components.labels import Label
from app.ui.theme import font
from app.ui.words import tr

HEIGHT = 44


class ErrorLine(QWidget):
    """Icon and words of an error, with an optional repair button ("Use 18:00")."""

    repair = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.words = Label(size=13, tone="danger").wrapped()
        self._repair = Button("", Kind.PLAIN, height=36)
        self._repair.clicked.connect(self.repair)
        self._repair.hide()
        row.addWidget(IconLabel("circle-alert", "danger"))
        row.addWidget(self.words, 1)
        row.addWidget(self._repair, 0)
        self.hide()

    def say(self, words: str, repair: str = "") -> None:
        """Show ``words``; "" hides the line."""
        is_new = words != self.words.text() or self.isHidden()
        self.words.setText(words)
        self._repair.say(repair)
        self._repair.setVisible(bool(repair))
        self.setVisible(bool(words))
        if words and is_new:
            announce(self, words)


class Field(QWidget):
    """The frame of one control. ``note`` stands right of the label ("27 of 80", "Optional")."""

    def __init__(
        self,
        label: str,
        control: QWidget,
        *,
        hint: str = "",
        note: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.control = control
        self.label = Label(label, 13, 500)
        self.label.setBuddy(control)
        self.note = Label(note, 12, 400, "muted")
        self.hint = Label(hint, 12, 400, "muted").wrapped()
        if not hint:
            self.hint.hide()
        self.error = ErrorLine()
        control.setAccessibleName(label)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        top = QHBoxLayout()
        top.addWidget(self.label)
        top.addStretch(1)
        top.addWidget(self.note)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(control)
        column.addWidget(self.hint)
        column.addWidget(self.error)

    @property
    def problem(self) -> str:
        """The error on show, or ""."""
        return "" if self.error.isHidden() else self.error.words.text()

    def set_problem(self, words: str, repair: str = "") -> None:
        """Show what is wrong with the field; "" takes it away."""
        self.error.say(words, repair)
        self.hint.setVisible(not words and bool(self.hint.text()))
        mark_invalid(self.control, words)


def mark_invalid(control: QWidget, words: str) -> None:
    """Give a control the danger edge and say why to screen readers; "" takes both away."""
    control.setAccessibleDescription(words)
    if bool(control.property("invalid")) != bool(words):
        control.setProperty("invalid", bool(words))
        control.style().unpolish(control)
        control.style().polish(control)


class LineEdit(QLineEdit):
    """One line of text, 44 high."""

    def __init__(self, *, height: int = HEIGHT, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(font(14))
        self.setFixedHeight(height)


class TextField(Field):
    """A labelled line of text."""

    def __init__(self, label: str, *, hint: str = "", note: str = "", parent: QWidget | None = None) -> None:
        self.edit = LineEdit()
        super().__init__(label, self.edit, hint=hint, note=note, parent=parent)
        self.setFocusProxy(self.edit)

    @property
    def text(self) -> str:
        return self.edit.text()


class PasswordField(TextField):
    """A labelled password with an eye that shows and hides it."""

    def __init__(self, label: str, *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(label, hint=hint, parent=parent)
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.installEventFilter(self)
        self.eye = IconButton("eye", tr("Show password"), parent=self.edit)
        self.eye.clicked.connect(self._turn)

    def hide_password(self) -> None:
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.eye.become("eye", tr("Show password"))

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is self.edit and isinstance(event, QResizeEvent):
            edge = (self.edit.height() - self.eye.height()) // 2
            is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            self.eye.move(edge if is_mirrored else self.edit.width() - self.eye.width() - edge, edge)
            self.edit.setTextMargins(32 if is_mirrored else 0, 0, 0 if is_mirrored else 32, 0)
        return False

    def _turn(self) -> None:
        if self.edit.echoMode() == QLineEdit.EchoMode.Password:
            self.edit.setEchoMode(QLineEdit.EchoMode.Normal)
            self.eye.become("eye-off", tr("Hide password"))
        else:
            self.hide_password()


class TextArea(QPlainTextEdit):
    """Several lines of plain text; Tab moves on instead of indenting."""

    def __init__(self, height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(font(14))
        self.setTabChangesFocus(True)
        self.setFixedHeight(height)
        self.document().setDocumentMargin(4)


class SearchEdit(LineEdit):
    """A line with a magnifier in front; Escape empties it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(height=40, parent=parent)
        self.setPlaceholderText(name)
        self.setAccessibleName(name)
        self.setClearButtonEnabled(False)
        self._icon = IconLabel("search", parent=self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._place()

    def _place(self) -> None:
        """The magnifier where a line begins, and the text behind it."""
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self._icon.move(self.width() - 28 if is_mirrored else 12, (self.height() - 16) // 2)
        self.setTextMargins(0 if is_mirrored else 20, 0, 20 if is_mirrored else 0, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)
