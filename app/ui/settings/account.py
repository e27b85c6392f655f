"""Name and e-mail address, and the way out."""

from __future__ import annotations

import re

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from app.account import AccountState
from app.ui.bridge import Intents
from app.ui.components.buttons import Button, Kind
from app.ui.components.fields import ErrorLine, TextField
from app.ui.components.labels import Label
from app.ui.port import DeskPort
from app.ui.settings.section import Section
from app.ui.words import explain, line, tr

MAX_NAME = 80
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


class AccountSection(Section):
    """``sign_out_wanted`` comes when its button is pressed."""

    sign_out_wanted = Signal()

    def __init__(self, desk: DeskPort, intents: Intents) -> None:
        super().__init__(tr("Account"), "user", tr("What others in your rooms and the server know you by."))
        self._desk = desk
        self._intents = intents
        self._is_working = False
        self.name = TextField(tr("Name"))
        self.name.edit.setMaxLength(MAX_NAME)
        self.email = TextField(tr("Email"), hint=tr("You sign in with it. Other people do not see it."))
        self.role = Label("", 13, 400, "muted")
        self.trouble = ErrorLine()
        self.save = Button(tr("Save"), Kind.SECONDARY)
        self.sign_out = Button(tr("Sign out"), icon="log-out")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.role, 1)
        row.addWidget(self.sign_out)
        row.addWidget(self.save)
        for widget in (self.name, self.email, self.trouble):
            self.body.addWidget(widget)
        self.body.addLayout(row)
        for field in (self.name, self.email):
            field.edit.textEdited.connect(self._on_edit)
            field.edit.returnPressed.connect(self._save)
        self.save.clicked.connect(self._save)
        self.sign_out.clicked.connect(self.sign_out_wanted)
        self._on_edit()

    def show_account(self, state: AccountState) -> None:
        profile = state.profile
        if profile is None:
            return
        self.role.setText(tr("Tutor") if profile.role == "tutor" else tr("Student"))
        if not self._is_working:
            self.name.edit.setText(profile.name)
            self.email.edit.setText(profile.email)
            self._on_edit()

    @property
    def _is_changed(self) -> bool:
        profile = self._desk.account.store.state.profile
        if profile is None:
            return False
        return (line(self.name.text), self.email.text.strip().lower()) != (profile.name, profile.email)

    def _on_edit(self) -> None:
        self.name.set_problem("" if line(self.name.text) else tr("Tell people what to call you."))
        is_address = _EMAIL.fullmatch(self.email.text.strip()) is not None
        self.email.set_problem("" if is_address else tr("This does not look like an email address."))
        self.trouble.say("")
        is_whole = is_address and bool(line(self.name.text))
        self.save.setEnabled(is_whole and self._is_changed and not self._is_working)

    def _save(self) -> None:
        if not self.save.isEnabled():
            return
        self._is_working = True
        self.save.setEnabled(False)
        self.save.say(tr("Saving…"))
        wish = self._desk.account.change_profile(line(self.name.text), self.email.text.strip())
        self._intents.start(self._desk.engine.call(wish), done=lambda _: self._rest(""), failed=self._on_not_saved)

    def _on_not_saved(self, error: Exception) -> None:
        self._rest(explain(error))

    def _rest(self, trouble: str) -> None:
        self._is_working = False
        self.save.say(tr("Save"))
        self._on_edit()
        self.trouble.say(trouble)
