"""The line one types in: Enter sends, Shift+Enter begins a new line; it grows to five lines.

A text that is too long is never cut: the words below say by how much, and it cannot be sent until it is shorter.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.errors import MessageProblem
from app.ui.components.buttons import IconButton, Kind
from app.ui.components.labels import Label
from app.ui.theme import font, theme
from app.ui.words import explain_message, tr
from protocol.model import MAX_TEXT

_AIR = 8
"""Above and below the text: one line is as high as the buttons beside it."""
_MOST_LINES = 5
_WARN_FROM = MAX_TEXT - 300


class _Input(QPlainTextEdit):
    """Plain text only, whatever is pasted."""

    submitted = Signal()
    escaped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(font(14))
        self.setObjectName("chatInput")
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("ring", False)
        self.setStyleSheet("#chatInput { background: transparent; border: none; padding: 0; }")
        self.document().setDocumentMargin(0)
        self.setViewportMargins(0, _AIR, 0, _AIR)
        self.textChanged.connect(self.fit)

    def resizeEvent(self, e: QResizeEvent) -> None:
        super().resizeEvent(e)
        self.fit()

    def fit(self) -> None:
        """As high as its text, up to five lines; then it scrolls."""
        lines = max(1, round(self.document().size().height()))
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if lines > _MOST_LINES else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        self.setFixedHeight(round(min(lines, _MOST_LINES) * self.fontMetrics().lineSpacing()) + 2 * _AIR)

    def keyPressEvent(self, e: QKeyEvent) -> None:
        is_enter = e.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not e.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.submitted.emit()
        elif is_enter:
            self.textCursor().insertText("\n")
        elif e.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(e)


class _Box(QWidget):
    """The edge around input and buttons, which shows the focus of the input."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_focused = False
        self.is_wrong = False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_strong = self.is_focused or self.is_wrong
        edge = theme().colour("danger" if self.is_wrong else "focus" if self.is_focused else "border")
        width = 2.0 if is_strong else 1.0
        painter.setPen(QPen(edge, width))
        painter.setBrush(theme().colour("surface"))
        inset = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 12, 12)


class Composer(QWidget):
    """``said`` carries what was typed, without blanks around."""

    said = Signal(str)
    picker_wanted = Signal(bool)
    escaped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = _Box(self)
        self.input = _Input(self._box)
        self.emoji_button = IconButton("smile", "", size=36)
        self.emoji_button.setCheckable(True)
        self.send_button = IconButton("send-horizontal", "", Kind.PRIMARY, size=36)
        row = QHBoxLayout(self._box)
        row.setContentsMargins(4, 4, 4, 4)
        row.setSpacing(4)
        row.addSpacing(8)  # no margin: margins are not mirrored
        row.addWidget(self.input, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.emoji_button, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.send_button, 0, Qt.AlignmentFlag.AlignBottom)
        self._limit = Label("", 12, 400, "muted").wrapped()
        self._limit.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._box)
        column.addWidget(self._limit)
        self.setFocusProxy(self.input)
        self.input.submitted.connect(self._send)
        self.input.escaped.connect(self.escaped)
        self.input.textChanged.connect(self._weigh)
        self.input.installEventFilter(self)
        self.send_button.clicked.connect(self._send)
        self.emoji_button.toggled.connect(self.picker_wanted)
        self.say_again()

    def say_again(self) -> None:
        """In another language."""
        self.input.setAccessibleName(tr("Message everyone"))
        self.input.setPlaceholderText(tr("Message everyone"))
        self.send_button.become("send-horizontal", tr("Send message"))
        self.show_picker_open(self.emoji_button.isChecked())
        self._weigh()

    @property
    def text(self) -> str:
        return self.input.toPlainText()

    @property
    def limit_words(self) -> str:
        """What is said about the length, or ""."""
        return self._limit.text() if not self._limit.isHidden() else ""

    def insert(self, text: str) -> None:
        self.input.textCursor().insertText(text)

    def give_back(self, text: str) -> None:
        """Put back what could not be sent, unless something new is being typed."""
        if not self.text:
            self.input.setPlainText(text)
            self.input.moveCursor(self.input.textCursor().MoveOperation.End)

    def show_picker_open(self, is_open: bool) -> None:
        was_blocked = self.emoji_button.blockSignals(True)
        self.emoji_button.setChecked(is_open)
        self.emoji_button.blockSignals(was_blocked)
        self.emoji_button.set_kind(Kind.SOFT if is_open else Kind.PLAIN)
        self.emoji_button.become("smile", tr("Close emoji") if is_open else tr("Choose an emoji"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._box.is_focused = event.type() == QEvent.Type.FocusIn
            self._box.update()
        return False

    def _send(self) -> None:
        text = self.text.strip()
        if text and len(text) <= MAX_TEXT:
            self.input.clear()
            self.said.emit(text)

    def _weigh(self) -> None:
        length = len(self.text.strip())
        over = length - MAX_TEXT
        self._box.is_wrong = over > 0
        self.send_button.setEnabled(0 < length <= MAX_TEXT)
        self._limit.setVisible(length > _WARN_FROM)
        self._limit.set_tone("danger" if over > 0 else "muted")
        if over > 0:
            words = explain_message(MessageProblem.TOO_LONG, length)
        else:
            known = QLocale().toString(length), QLocale().toString(MAX_TEXT)
            words = tr("%1 of %2 characters").replace("%1", known[0]).replace("%2", known[1])
        self._limit.setText(words)
        self.input.setAccessibleDescription(words if over > 0 else "")
        self._box.update()
