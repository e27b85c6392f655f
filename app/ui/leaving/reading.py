"""Reading the notes of a session that was left: every stay in it, with what was said meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.study.stays import Said, Stay
from app.ui.announce import announce
from app.ui.bridge import Intents
from app.ui.components.buttons import Button, Kind
from app.ui.components.fields import ErrorLine
from app.ui.components.focus_ring import FocusRing
from app.ui.components.labels import Label, breakable
from app.ui.leaving import notes
from app.ui.leaving.page import ChoosePath, ask_path
from app.ui.port import DeskPort
from app.ui.theme import font
from app.ui.words import line, tr

Kept = Sequence[tuple[Stay, Sequence[Said]]]
WIDTH, HEIGHT = 640, 520


def show_notes(parent: QWidget, desk: DeskPort, intents: Intents, stays: Sequence[Stay]) -> None:
    """Read what was said during ``stays``, and open the dialog, unless ``parent`` was left meanwhile."""

    async def read() -> Kept:
        return [(one, await desk.study.said(one.key)) for one in stays]

    def show(kept: Kept) -> None:
        if isValid(parent) and parent.isVisible():
            NotesDialog(desk, intents, kept, parent).open()

    intents.start(desk.engine.call(read()), done=show)


class NotesDialog(QDialog):
    """``kept`` is not empty. Escape closes it."""

    def __init__(
        self,
        desk: DeskPort,
        intents: Intents,
        kept: Kept,
        parent: QWidget,
        choose_path: ChoosePath = ask_path,
    ) -> None:
        super().__init__(parent)
        self._desk, self._intents = desk, intents
        self._kept = kept
        self._choose_path = choose_path
        title = line(kept[-1][0].title)[:80] or tr("Study room")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setModal(True)
        self.resize(WIDTH, HEIGHT)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setFont(font(14))
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(tr("Notes of “%1”").replace("%1", title))
        self.text.setPlainText("\n\n".join(notes.words(stay, said) for stay, said in kept))
        self.save = Button(tr("Save notes as Markdown"), icon="file-down", height=44)
        self.close_button = Button(tr("Close"), Kind.PRIMARY, height=44)
        self.trouble = ErrorLine()
        self._lay_out(title)
        FocusRing(self)
        self.save.clicked.connect(self._save)
        self.trouble.repair.connect(self._save)
        self.close_button.clicked.connect(self.accept)
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self, title: str) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.save)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 32, 32, 24)
        column.setSpacing(16)
        column.addWidget(Label(breakable(title), 20, 600).wrapped())
        column.addWidget(self.text, 1)
        column.addWidget(self.trouble)
        column.addLayout(buttons)

    def _save(self) -> None:
        last = self._kept[-1][0]
        chosen = self._choose_path(self, notes.file_name(last))
        if not chosen:
            return
        text = "\n".join(notes.markdown(stay, said) for stay, said in self._kept)
        self.trouble.say("")
        self._intents.start(
            self._desk.engine.call(asyncio.to_thread(notes.save, Path(chosen), text)),
            done=lambda _: self._on_saved(),
            failed=self._on_not_saved,
        )

    def _on_not_saved(self, error: Exception) -> None:
        if isValid(self):
            self.trouble.say(notes.explain_not_saved(error), tr("Save elsewhere"))

    def _on_saved(self) -> None:
        if not isValid(self):  # it was closed while they were written
            return
        self.save.say(tr("Notes saved"))
        self.save.set_icon("check")
        announce(self, tr("Notes saved"))
