"""Cards that mostly say something: what is sent to whom, the server, access, and what the app is."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout

from app.account import AccountState
from app.ui.bridge import Intents
from app.ui.components.buttons import Button, Kind
from app.ui.components.fields import ErrorLine
from app.ui.components.icon_label import IconLabel
from app.ui.components.labels import Label
from app.ui.port import DeskPort
from app.ui.settings.section import Section
from app.ui.words import explain, line, tr
from protocol.version import VERSION

_COPIED_MS = 2_000


def _point(section: Section, icon: str, words: str) -> None:
    """One sentence with its icon."""
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(IconLabel(icon, "muted", 18))
    row.addWidget(Label(words, 13).wrapped(), 1)
    section.body.addLayout(row)


class PrivacySection(Section):
    """Who gets what, and a way to take back what this computer keeps."""

    def __init__(self, desk: DeskPort, intents: Intents) -> None:
        super().__init__(tr("Privacy"), "shield-check", tr("What leaves this computer, and to whom."))
        self._desk = desk
        self._intents = intents
        _point(
            self,
            "video",
            tr("Picture and sound go straight to the people in your room, encrypted; the server does not get them."),
        )
        _point(
            self,
            "message-square",
            tr("Chat, your name, and when you are in which room go to the server you signed in to, and it keeps them."),
        )
        _point(
            self,
            "globe",
            tr("Your address on the network is seen by the server, its relays, and those you are connected to."),
        )
        _point(self, "lock", tr("Nothing is sent to anybody else: no statistics, no advertising, no crash reports."))
        self.clear = Button(tr("Clear local data…"), icon="trash-2")
        self.sure = Label(
            tr(
                "Sign out and delete settings, drafts, unsent messages, study records and rooms that were hosted on "
                "this computer? What the server keeps stays there."
            ),
            13,
        ).wrapped()
        self.yes = Button(tr("Delete"), Kind.DANGER)
        self.no = Button(tr("Keep"))
        self.trouble = ErrorLine()
        self.body.addWidget(self.sure)
        row = QHBoxLayout()
        row.setContentsMargins(0, 8, 0, 0)
        row.setSpacing(12)
        for button in (self.clear, self.no, self.yes):
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(self.trouble)
        self.clear.clicked.connect(self._ask)
        self.no.clicked.connect(self._rest)
        self.yes.clicked.connect(self._forget)
        self._rest()

    def _ask(self) -> None:
        if self._desk.is_in_room:
            self.trouble.say(tr("You are in a room. Leave it first."))
            return
        self.trouble.say("")
        self._show_question(True)
        self.no.setFocus()

    def _rest(self) -> None:
        had_focus = self.no.hasFocus() or self.yes.hasFocus()
        self._show_question(False)
        if had_focus:
            self.clear.setFocus()

    def _show_question(self, is_asked: bool) -> None:
        for widget in (self.sure, self.yes, self.no):
            widget.setVisible(is_asked)
        self.clear.setVisible(not is_asked)

    def _forget(self) -> None:
        self._rest()
        if self._desk.is_in_room:  # one has come into a room since the question was asked
            self._ask()
            return
        self._intents.start(self._desk.engine.call(self._desk.forget_everything()), failed=self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        said = tr("Not everything could be deleted: %1").replace("%1", line(str(error)))
        self.trouble.say(said if isinstance(error, OSError) else explain(error))


class ServerSection(Section):
    """Where the sessions come from; another server means signing in there: ``sign_out_wanted`` is the way to it."""

    sign_out_wanted = Signal()

    def __init__(self, desk: DeskPort) -> None:
        super().__init__(tr("Server"), "server", tr("Tell others this address: they sign in there to find you."))
        self._desk = desk
        self.address = Label("", 14, 600)
        self.address.setAccessibleName(tr("Server address"))
        self.copy = Button(tr("Copy address"), icon="copy")
        self.other = Button(tr("Use another server…"))
        self.other.setAccessibleDescription(tr("Signs you out; then you choose the server and sign in there."))
        self.hosted = Label("", 13, 400, "muted").wrapped()
        self.body.addWidget(self.address)
        self.body.addWidget(self.hosted)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.copy)
        row.addWidget(self.other)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(Label(tr("To use another server, you sign out here and in there."), 12, 400, "muted"))
        self._copied = QTimer(self, singleShot=True, interval=_COPIED_MS)
        self._copied.timeout.connect(lambda: self.copy.say(tr("Copy address")))
        self.copy.clicked.connect(self._copy)
        self.other.clicked.connect(self.sign_out_wanted)

    def show_account(self, state: AccountState) -> None:
        self.address.setText(state.server)
        hosted = self._desk.hosted_address
        self.hosted.setText(tr("A room on this computer is open at %1.").replace("%1", hosted or ""))
        self.hosted.setVisible(bool(hosted))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.address.text())
        self.copy.say(tr("Copied"))
        self._copied.start()


class AccessSection(Section):
    def __init__(self) -> None:
        super().__init__(tr("Accessibility"), "accessibility", tr("The app follows what your system asks for."))
        _point(self, "keyboard", tr("Everything works by keyboard. In a room F2 leads to the controls."))
        _point(self, "volume-2", tr("Screen readers hear who joins and leaves, raised hands and lost connections."))
        _point(self, "palette", tr("High contrast can be chosen under Appearance, or comes with the system’s setting."))
        _point(self, "sparkles", tr("Where the system asks for less motion, nothing moves here."))


class AboutSection(Section):
    """``licences_wanted`` opens them."""

    licences_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(tr("About"), "info", tr("Deskmates %1").replace("%1", VERSION))
        self.body.addWidget(Label(tr("A desk beside others: study together over video, natively."), 13).wrapped())
        self.licences = Button(tr("Licences"), icon="file-text")
        self.licences.clicked.connect(self.licences_wanted)
        row = QHBoxLayout()
        row.addWidget(self.licences)
        row.addStretch(1)
        self.body.addLayout(row)
