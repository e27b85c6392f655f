"""Leaving: one card after a room. Closing the window is fine, as soon as it says that the stay has been kept."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.engine import Engine
from app.study.book import BookFailed
from app.study.days import on
from app.study.stays import Mate, Outcome
from app.study.study import StudyState
from app.ui import amounts
from app.ui.announce import announce
from app.ui.bridge import Intents
from app.ui.components.avatars import AvatarStack
from app.ui.components.buttons import Button, Kind
from app.ui.components.cards import Card, CardPage
from app.ui.components.fields import ErrorLine
from app.ui.components.icon_label import IconLabel
from app.ui.components.labels import ElidingLabel, Label, breakable
from app.ui.components.lines import Hairline
from app.ui.components.scroll import FollowingScroll
from app.ui.leaving import notes
from app.ui.leaving.answers import Answers
from app.ui.leaving.figures import Figures, Medal
from app.ui.leaving.visit import Visit
from app.ui.sessions import when
from app.ui.words import line, person, tr

WIDTH = 560
_NAMED = 3
ChoosePath = Callable[[QWidget, str], str]
"""Asks for a file to write, beginning with a proposal; "" for none."""


class LeavingPage(QWidget):
    """``answered`` carries the stay's key and an ``Outcome``, ``noted`` the key and a path; ``rejoin`` a visit."""

    answered = Signal(str, object)
    noted = Signal(str, str)
    rejoin = Signal(object)
    done = Signal()

    def __init__(
        self, engine: Engine, intents: Intents, choose_path: ChoosePath | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._engine = engine
        self._intents = intents
        self._choose_path = choose_path or ask_path
        self._visit: Visit | None = None
        self._card = Card()
        self.medal = Medal()
        self.title = Label(size=28, weight=600).wrapped()
        self.subtitle = Label(size=14, tone="muted").wrapped()
        self.figures = Figures(3)
        self.goal = ElidingLabel(size=13, tone="muted")
        self.answers = Answers()
        self.mates = ElidingLabel(size=13, tone="muted")
        self.faces = AvatarStack(size=32, most=4)
        self.save = Button(tr("Save notes as Markdown"), icon="file-down", height=44)
        self.rejoin_button = Button(tr("Rejoin"), Kind.PLAIN, height=44)
        self.back = Button(tr("Back to Home"), Kind.PRIMARY, height=44)
        self.trouble = ErrorLine()
        self.note = Label(size=13, tone="muted").wrapped()
        self._goal_part, self._mates_part = QWidget(), QWidget()
        self._lay_out()
        self.answers.answered.connect(self._answer)
        self.save.clicked.connect(self._save)
        self.trouble.repair.connect(self._save)
        self.rejoin_button.clicked.connect(lambda: self._visit and self.rejoin.emit(self._visit))
        self.back.clicked.connect(self.done)

    def show_visit(self, visit: Visit) -> None:
        self._visit = visit
        stay = visit.stay
        name = line(visit.name).partition(" ")[0]
        has_counted = bool(stay.minutes)
        praise = tr("Nice work") if has_counted else tr("See you soon")
        greeting = f"{praise}, {name}" if name else praise
        self.title.setText(breakable(greeting))
        left = tr("You left “%1” at %2.").replace("%2", when.clock(stay.ended))
        left = left.replace("%1", line(stay.title)[:80] or tr("Study room"))
        self.subtitle.setText(breakable(left))
        self.medal.is_festive = has_counted
        self._goal_part.setVisible(bool(stay.goal))
        self.goal.setText(line(stay.goal))
        self.answers.show_outcome(stay.outcome)
        self._show_mates(stay.mates)
        self.save.say(tr("Save notes as Markdown"))
        self.save.set_icon("file-down")
        self.trouble.say("")
        self._scroll.verticalScrollBar().setValue(0)
        self.back.setProperty("ring", False)  # the ring comes with the first key
        self.back.setFocus(Qt.FocusReason.MouseFocusReason)
        announce(self, f"{greeting}. {left}")

    def show_study(self, state: StudyState) -> None:
        """Figures of the day and the streak, and whether the server knows of it all."""
        if self._visit is None:
            return
        today = datetime.now().astimezone().date()
        minutes = self._visit.stay.minutes
        self.figures.show_figures(
            (amounts.minutes(minutes), tr("counted")),
            (amounts.minutes(on(state.days, today).minutes), tr("today")),
            (amounts.days(state.streaks(today).current_streak), tr("streak")),
        )
        if not minutes:
            words = tr("Less than a minute does not count. Closing this window is fine.")
        elif isinstance(state.problem, BookFailed):
            words = amounts.explain_study(state.problem)
        elif state.waiting:
            words = tr("Closing this window is fine. Your minutes are saved here; the server is told when we reach it.")
        else:
            words = tr("Closing this window is fine. Your minutes are saved.")
        self.note.setText(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.done.emit()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        margin = 32 if self.height() < 800 else 48
        self._page.setContentsMargins(24, margin, 24, margin)

    def _show_mates(self, mates: tuple[Mate, ...]) -> None:
        self._mates_part.setVisible(bool(mates))
        names = [person(one.name).partition(" ")[0] for one in mates]
        words = ", ".join(names[:_NAMED])
        if len(names) > _NAMED:
            words = tr("%1 and %n more", len(names) - _NAMED).replace("%1", words)
        self.mates.setText(words)
        self.faces.show_people([(one.user_id, one.name) for one in mates])

    def _answer(self, outcome: Outcome) -> None:
        if self._visit is not None:
            self._visit = replace(self._visit, stay=replace(self._visit.stay, outcome=outcome))
            self.answered.emit(self._visit.stay.key, outcome)

    # -- notes

    def _save(self) -> None:
        if self._visit is None:
            return
        visit = self._visit
        chosen = self._choose_path(self, notes.file_name(visit.stay))
        if not chosen:
            return
        path = Path(chosen)
        text = notes.markdown(visit.stay, visit.said)
        self.trouble.say("")
        self._intents.start(
            self._engine.call(asyncio.to_thread(notes.save, path, text)),
            done=lambda _: self._on_saved(visit.stay.key, path),
            failed=self.show_not_saved,
        )

    def show_not_saved(self, error: Exception) -> None:
        """Say why there are no notes where they were wanted."""
        self.trouble.say(notes.explain_not_saved(error), tr("Save elsewhere"))
        self._scroll.reveal(self.trouble)

    def _on_saved(self, key: str, path: Path) -> None:
        self.save.say(tr("Notes saved"))
        self.save.set_icon("check")
        announce(self, tr("Notes saved"))
        self.noted.emit(key, str(path))

    # -- layout

    def _lay_out(self) -> None:
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(40, 40, 40, 32)
        inside.setSpacing(24)
        heading = QVBoxLayout()
        heading.setSpacing(4)
        heading.addWidget(self.medal, 0, Qt.AlignmentFlag.AlignHCenter)
        heading.addSpacing(12)
        for label in (self.title, self.subtitle):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            heading.addWidget(label)
        inside.addLayout(heading)
        inside.addWidget(self.figures)
        self._lay_out_goal()
        self._lay_out_mates()
        for part in (self._goal_part, self._mates_part):
            inside.addWidget(part)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.save)
        buttons.addStretch(1)
        buttons.addWidget(self.rejoin_button)
        buttons.addWidget(self.back)
        inside.addLayout(buttons)
        inside.addWidget(self.trouble)
        self._card.setFixedWidth(WIDTH)
        canvas = CardPage()
        self._page = QVBoxLayout(canvas)
        self._page.setSpacing(24)
        self._page.addStretch(1)
        self._page.addWidget(self._card, 0, Qt.AlignmentFlag.AlignHCenter)
        self.note.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._page.addWidget(self.note)
        self._page.addStretch(1)
        self._scroll = FollowingScroll(canvas)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll)

    def _lay_out_goal(self) -> None:
        column = QVBoxLayout(self._goal_part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Label(tr("Did you reach your goal?"), 14, 600))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(IconLabel("target"))
        row.addWidget(self.goal, 1)
        column.addLayout(row)
        column.addSpacing(8)
        column.addWidget(self.answers)

    def _lay_out_mates(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(tr("With you"), 14, 600))
        words.addWidget(self.mates)
        row = QHBoxLayout()
        row.addLayout(words, 1)
        row.addWidget(self.faces)
        column = QVBoxLayout(self._mates_part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(Hairline())
        column.addLayout(row)
        column.addWidget(Hairline())


def ask_path(parent: QWidget, name: str) -> str:
    """The system's own dialog, in the folder of documents."""
    kinds = "Markdown (*.md)"
    proposed = str(notes_folder() / name)
    chosen, _ = QFileDialog.getSaveFileName(parent, tr("Save notes as Markdown"), proposed, kinds)
    return with_ending(chosen)


def notes_folder() -> Path:
    """Documents, or home where that is missing: the dialog would begin wherever the app was started from."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(folder) if folder and Path(folder).is_dir() else Path.home()


def with_ending(chosen: str) -> str:
    """Not every dialog adds the ending to a name that was typed without one; a file that would be overwritten by
    adding it was never asked about, so then the name stays as it is."""
    if not chosen or re.fullmatch(r"\.\w+", Path(chosen).suffix):
        return chosen
    ended = f"{chosen}.md"
    return chosen if Path(ended).exists() else ended
