"""Opening a session: the form, beside it how its card will look, below it what is still wrong and the buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.components.buttons import Button, IconButton, Kind
from app.ui.components.cards import CardPage
from app.ui.components.fields import ErrorLine
from app.ui.components.icon_label import IconLabel
from app.ui.components.labels import Label
from app.ui.components.margins import set_margins
from app.ui.components.scroll import FollowingScroll
from app.ui.confirm import Confirm
from app.ui.sessions.card import SessionCard
from app.ui.sessions.draft import change, draft
from app.ui.sessions.form import SessionForm
from app.ui.sessions.offers import Viewer
from app.ui.words import tr
from protocol.rest import Person, Profile, Session

BESIDE = 1100
"""From this width on the preview stands beside the form, else above its buttons."""
_PREVIEW = 352


class CreatePage(QWidget):
    """``drafted`` carries a ``SessionDraft`` without problems, ``changed`` the id of what it is to change and a
    ``SessionChange``; ``cancelled`` goes back.
    """

    drafted = Signal(object)
    changed = Signal(str, object)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._margin = 32
        self._me = Person.model_validate({"_id": "me", "name": ""})
        self._changing: Session | None = None
        self.heading = Label(tr("Create session"), 28, 600)
        self.back = IconButton("arrow-left", tr("Back to sessions"), Kind.SECONDARY, size=40)
        self.form = SessionForm()
        self.preview = SessionCard()
        self.preview.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.preview.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.trouble = ErrorLine()
        self.cancel_button = Button(tr("Cancel"), height=44)
        self.create_button = Button(tr("Create session"), Kind.PRIMARY, height=44)
        self._begun = self.form.written
        """What the form held at first."""
        self._is_working = False
        self._lay_out()
        self.form.edited.connect(self._on_edit)
        self.form.submitted.connect(self._submit)
        self.create_button.clicked.connect(self._submit)
        self.back.clicked.connect(self._go_back)
        self.cancel_button.clicked.connect(self._give_up)
        self._on_edit()

    def begin(self, profile: Profile, subjects: Sequence[str], changing: Session | None = None) -> None:
        """A form for ``profile``, with ``subjects`` to pick from: empty, or with what is to be changed."""
        self._changing = changing
        self.heading.setText(tr("Create session") if changing is None else tr("Edit session"))
        self._me = Person.model_validate({"_id": profile.id, "name": profile.name})
        self.form.suggest_subjects(subjects)
        if changing is None:
            self.form.clear()
        else:
            self.form.fill(changing)
        self._begun = self.form.written
        self.set_working(None)
        self._on_edit()
        self._scroll.verticalScrollBar().setValue(0)
        self.form.title.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def writer(self) -> str:
        """The id of whose form it is."""
        return self._me.id

    def keeps_for(self, user_id: str) -> bool:
        """Whether that person's form is on its way to the server, or holds what is neither saved nor given up."""
        return self.writer == user_id and (self._is_working or self._is_changed)

    @property
    def would_lose(self) -> bool:
        """To leave now would lose what was written: it is not on its way to the server either."""
        return self._is_changed and not self._is_working

    @property
    def _is_changed(self) -> bool:
        return self.form.written != self._begun

    def set_working(self, words: str | None) -> None:
        """While the server is asked the button says ``words``, and there is no way back; None when it has answered."""
        self._is_working = words is not None
        for button in (self.create_button, self.cancel_button, self.back):
            button.setEnabled(not self._is_working)
        self.create_button.say(words or (tr("Create session") if self._changing is None else tr("Save changes")))

    def settle(self) -> None:
        """What is written is saved or given up: there is nothing to keep."""
        self._begun = self.form.written
        self.set_working(None)

    def fail(self, words: str) -> None:
        """The server would not have it."""
        self.set_working(None)
        self.trouble.say(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._go_back()
            return
        super().keyPressEvent(event)

    def leave(self, then: Callable[[], None]) -> None:
        """``then`` at once where nothing is lost by it; else what was written is not thrown away without asking.

        What is on its way to the server is kept until it answers.
        """
        if not self.would_lose:
            then()
            return
        if self._changing is None:
            question, act = tr("Discard this session?"), tr("Discard")
            about = tr("What you have written here will be gone.")
        else:
            question, act = tr("Discard your changes?"), tr("Discard")
            about = tr("The session stays as it was.")
        asking = Confirm(question, about, act, self)
        asking.accepted.connect(self.settle)
        asking.accepted.connect(then)
        asking.open()

    def _go_back(self) -> None:
        if not self._is_working:
            self.leave(self.cancelled.emit)

    def _give_up(self) -> None:
        self.settle()
        self.cancelled.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= BESIDE
        margin = 48 if is_wide else 32
        self._top.setContentsMargins(margin, 40 if is_wide else 32, margin, 16)
        self._margin = margin
        self._fit()
        self._columns.setDirection(QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom)
        self.preview.setFixedWidth(_PREVIEW)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return False

    def _fit(self) -> None:
        """The right edge stays where it is when a scroll bar comes."""
        bar = self._scroll.width() - self._scroll.viewport().width()
        set_margins(self._page, self._margin, 8, self._margin - bar, 48)

    def _submit(self) -> None:
        if self._is_working:
            return
        wrong = self.form.judge()
        self._count(wrong)
        if not wrong:
            written = self.form.written
            if self._changing is None:
                self.set_working(tr("Creating…"))
                self.drafted.emit(draft(written))
            elif self._is_changed:
                self.set_working(tr("Saving…"))
                self.changed.emit(self._changing.id, change(self._begun, written))
            else:
                self.cancelled.emit()  # it is as it was

    def _on_edit(self) -> None:
        self._count(self.form.wrong)
        written = self.form.written
        shown = Session.model_validate(
            {
                "_id": "preview",
                "title": written.title or tr("Your title"),
                "subject": written.subject or tr("Subject"),
                "description": written.description,
                "startTime": written.start,
                "endTime": written.end,
                "maxParticipants": written.places,
                "createdBy": self._me,
                "participants": self._changing.participants if self._changing is not None else (),
            }
        )
        self.preview.show_session(shown, datetime.now(UTC), Viewer())

    def _count(self, wrong: int) -> None:
        words = {0: "", 1: tr("One field needs a look")}.get(wrong, tr("%n fields need a look", wrong))
        self.trouble.say(words)

    def _lay_out(self) -> None:
        self._top = QHBoxLayout()
        self._top.setSpacing(16)
        self._top.addWidget(self.back)
        self._top.addWidget(self.heading, 1)
        footer = QHBoxLayout()
        footer.setSpacing(12)
        footer.addWidget(self.trouble, 1)
        footer.addStretch(0)
        footer.addWidget(self.cancel_button)
        footer.addWidget(self.create_button)
        canvas = CardPage()
        self._page = QVBoxLayout(canvas)
        self._page.setSpacing(24)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(32)
        left = QVBoxLayout()
        left.setSpacing(24)
        left.addWidget(self.form)
        left.addLayout(footer)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(16)
        right.addWidget(self.preview)
        note = QHBoxLayout()
        note.setSpacing(8)
        note.addWidget(IconLabel("eye"))
        note.addWidget(Label(tr("How it looks in the list, for everyone signed in"), 13, 400, "muted"))
        note.addStretch(1)
        right.addLayout(note)
        right.addStretch(1)
        self._columns.addLayout(left, 1)
        self._columns.addLayout(right)
        self._page.addLayout(self._columns)
        self._scroll = FollowingScroll(canvas)
        self._scroll.viewport().installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._top)
        column.addWidget(self._scroll, 1)
