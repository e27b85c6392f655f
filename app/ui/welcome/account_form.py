"""Signing in and creating an account: one form, whose two faces share what was already typed.

The form checks what it can before anything is sent, puts the cursor into the first field that needs a look, and shows
what the server made of it in words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QBoxLayout, QSpacerItem, QVBoxLayout, QWidget

from app.ui.components.buttons import Button, Kind
from app.ui.components.fields import ErrorLine, PasswordField, TextField
from app.ui.components.labels import Label
from app.ui.components.segmented import Segmented
from app.ui.welcome.role_cards import RoleCards
from app.ui.welcome.server_line import ServerLine
from app.ui.words import line, tr
from protocol.model import MAX_NAME
from protocol.rest import Role

MIN_PASSWORD = 6
_GAP, _COMPACT_GAP, _MORE = 16, 12, 4
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


class Face(StrEnum):
    SIGN_IN = "sign-in"
    CREATE = "create"


@dataclass(frozen=True, slots=True)
class SignIn:
    server: str
    email: str
    password: str


@dataclass(frozen=True, slots=True)
class NewAccount:
    server: str
    name: str
    email: str
    password: str
    role: Role


class AccountForm(QWidget):
    """``submitted`` carries a ``SignIn`` or a ``NewAccount``; ``retry`` asks for the remembered account once more."""

    submitted = Signal(object)
    retry = Signal()

    def __init__(self, server: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_compact = False
        self.setProperty("ring", False)  # it holds the focus only while it works
        self.title = Label(size=28, weight=600)
        self.subtitle = Label(size=14, tone="muted").wrapped()
        self.face = Segmented(
            tr("Sign in or create an account"),
            [(Face.SIGN_IN, tr("Sign in")), (Face.CREATE, tr("Create account"))],
            height=44,
        )
        self.roles = RoleCards()
        self.name = TextField(tr("Name"))
        self.email = TextField(tr("Email"))
        self.password = PasswordField(tr("Password"))
        self.server = ServerLine(server)
        self.trouble = ErrorLine()
        self.submit = Button("", Kind.PRIMARY, height=44)
        self.name.edit.setMaxLength(MAX_NAME)
        self.email.edit.setInputMethodHints(Qt.InputMethodHint.ImhEmailCharactersOnly)
        self._lay_out()
        self.face.chosen.connect(self._turn)
        self.submit.clicked.connect(self.send)
        self.trouble.repair.connect(self.retry)
        for field in (self.name, self.email, self.password):
            field.edit.returnPressed.connect(self.send)
            field.edit.textEdited.connect(lambda _, one=field: one.set_problem(""))
        self.server.field.edit.returnPressed.connect(self.send)
        self._turn()

    @property
    def is_creating(self) -> bool:
        return self.face.key == Face.CREATE

    def be_compact(self, is_compact: bool) -> None:
        """For a low window: name and email share a row, and gaps are smaller."""
        if is_compact is self._is_compact:
            return
        self._is_compact = is_compact
        row, column = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._who.setDirection(row if is_compact else column)
        self._who.setSpacing(_COMPACT_GAP if is_compact else _GAP)
        self._column.setSpacing(_COMPACT_GAP if is_compact else _GAP)
        for gap in self._gaps:
            gap.changeSize(0, 0 if is_compact else _MORE)
        self._column.invalidate()
        self._show_subtitle()

    def remember(self, name: str, email: str) -> None:
        """Fill in who was here last; who never was begins with a new account."""
        self.face.choose(Face.SIGN_IN if email else Face.CREATE)
        self.name.edit.setText(name)
        self.email.edit.setText(email)

    def focus_first(self) -> None:
        """The cursor into the first empty field."""
        fields = [self.name] if self.is_creating else []
        for field in (*fields, self.email, self.password):
            if not field.text:
                field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def send(self) -> None:
        """Check, and say what is to be sent; or show what is wrong."""
        if not self.submit.isEnabled():
            return
        self.trouble.say("")
        wrong = self._judge()
        if not self.server.settle():
            wrong.append(self.server.field)
        if wrong:
            wrong[0].edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        server, email = self.server.address, self.email.text.strip()
        if self.is_creating:
            wish = NewAccount(server, line(self.name.text), email, self.password.text, self.roles.role)
            self.submitted.emit(wish)
        else:
            self.submitted.emit(SignIn(server, email, self.password.text))

    def set_working(self, is_working: bool) -> None:
        """While the server is asked: the button says so and the fields rest."""
        focused = QApplication.focusWidget()
        if is_working and focused is not None and self.isAncestorOf(focused):
            self.setFocus(Qt.FocusReason.OtherFocusReason)  # Qt would hand it on to "Start a room on this computer"
        for widget in (self.submit, self.face, self.roles, self.name, self.email, self.password, self.server):
            widget.setEnabled(not is_working)
        if is_working:
            self.submit.say(tr("Creating your account…") if self.is_creating else tr("Signing in…"))
        else:
            self.submit.say(tr("Create account") if self.is_creating else tr("Sign in"))
            if self.hasFocus():
                self.submit.setFocus(Qt.FocusReason.OtherFocusReason)

    def fail(self, words: str, *, repair: str = "") -> None:
        """Show why it did not work; "" for nothing to say."""
        self.trouble.say(words, repair)

    def forget_password(self) -> None:
        self.password.edit.clear()
        self.password.hide_password()

    def _judge(self) -> list[TextField]:
        """Marks what needs a look; those fields in their order."""
        checks: list[tuple[TextField, str]] = []
        if self.is_creating:
            checks.append((self.name, "" if line(self.name.text) else tr("Tell people what to call you.")))
        email = self.email.text.strip()
        said = "" if _EMAIL.fullmatch(email) else tr("This does not look like an email address.")
        checks.append((self.email, said if email else tr("Type your email address.")))
        checks.append((self.password, self._judge_password()))
        for field, words in checks:
            field.set_problem(words)
        return [field for field, words in checks if words]

    def _judge_password(self) -> str:
        if not self.password.text:
            return tr("Type a password.") if self.is_creating else tr("Type your password.")
        if self.is_creating and len(self.password.text) < MIN_PASSWORD:
            return tr("Use at least %n characters. A short sentence works well.", MIN_PASSWORD)
        return ""

    def _turn(self) -> None:
        is_creating = self.is_creating
        self.title.setText(tr("Welcome") if is_creating else tr("Welcome back"))
        self.subtitle.setText(
            tr("Create an account, or sign in if you have one.")
            if is_creating
            else tr("Sign in to see the sessions of your study group.")
        )
        self._show_subtitle()
        self.roles.setVisible(is_creating)
        self.name.setVisible(is_creating)
        hint = tr("At least %n characters. A short sentence works well.", MIN_PASSWORD)
        self.password.hint.setText(hint if is_creating else "")
        for field in (self.name, self.email, self.password):
            field.set_problem("")
        self.trouble.say("")
        self.submit.say(tr("Create account") if is_creating else tr("Sign in"))

    def _show_subtitle(self) -> None:
        """The two ways in stand below it in so many words: where room is scarce it goes first."""
        self.subtitle.setVisible(not (self._is_compact and self.is_creating))

    def _lay_out(self) -> None:
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP)
        words = QVBoxLayout()
        words.setSpacing(8)
        words.addWidget(self.title)
        words.addWidget(self.subtitle)
        column.addLayout(words)
        self._gaps = [QSpacerItem(0, _MORE), QSpacerItem(0, _MORE)]
        column.addItem(self._gaps[0])
        column.addWidget(self.face)
        column.addItem(self._gaps[1])
        self._who = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._who.setSpacing(_GAP)
        for field in (self.name, self.email):
            self._who.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.roles)
        column.addLayout(self._who)
        column.addWidget(self.password)
        column.addWidget(self.server)
        column.addWidget(self.trouble)
        column.addWidget(self.submit)
