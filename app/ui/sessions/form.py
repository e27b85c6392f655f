"""The form of a new session: what it holds, what is wrong with it, and the first wrong part under the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QDate, QStringListModel, Qt, QTime, Signal
from PySide6.QtWidgets import QCompleter, QGridLayout, QHBoxLayout, QListView, QVBoxLayout, QWidget

from app.ui.components.cards import Card
from app.ui.components.fields import ErrorLine, Field, TextArea, TextField, mark_invalid
from app.ui.components.labels import Label
from app.ui.components.lines import Hairline
from app.ui.components.pickers import DayPicker, Stepper, TimePicker, moment
from app.ui.sessions import when
from app.ui.sessions.draft import (
    MAX_PLACES,
    MAX_TITLE,
    MIN_PLACES,
    USUAL_LENGTH,
    Part,
    Problem,
    Written,
    next_half_hour,
    problems,
)
from app.ui.theme import font
from app.ui.words import line, subject_words, tr
from protocol.rest import Session

_LABELS = 176
_USUAL_PLACES = 8


class SessionForm(Card):
    """``edited`` comes with every change, ``submitted`` when Enter is pressed in a line."""

    edited = Signal()
    submitted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = TextField(tr("Title"))
        self.subject = TextField(tr("Subject"))
        self.description = Field(tr("Description"), TextArea(84), note=tr("Optional"))
        self.date = DayPicker()
        self.start = TimePicker(when.time_format())
        self.end = TimePicker(when.time_format())
        self.places = Stepper(MIN_PLACES, MAX_PLACES, _USUAL_PLACES)
        self.unread_trouble = ErrorLine()
        """Below the day and the times: the first that was typed and could not be taken."""
        self.end_trouble = ErrorLine()
        self._typed = {Part.DATE: self.date, Part.START: self.start, Part.END: self.end}
        self._better_end: datetime | None = None
        self._is_judged = False
        self._days = 0
        self._is_over_midnight = False
        self._subjects = QStringListModel(self)
        completer = QCompleter(self._subjects, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        suggestions = QListView()
        suggestions.setObjectName("suggestions")
        suggestions.setFont(font(14))
        completer.setPopup(suggestions)
        self.subject.edit.setCompleter(completer)
        self._lay_out()
        self._connect()
        self.clear()

    @property
    def written(self) -> Written:
        day = self.date.date()
        return Written(
            title=self.title.text,
            subject=self.subject.text,
            description=self._area.toPlainText(),
            start=moment(day, self.start.time()),
            end=moment(self._last_day(day), self.end.time()),
            places=self.places.value(),
        )

    def clear(self) -> None:
        """Begin anew: nothing written, the next half hour, nothing judged."""
        self._is_judged = False
        self._days = 0
        self._is_over_midnight = False
        self.title.edit.clear()
        self.subject.edit.clear()
        self._area.clear()
        start = next_half_hour(datetime.now(UTC)).astimezone()
        end = start + USUAL_LENGTH
        self.date.setMinimumDate(QDate.currentDate())
        self.date.setDate(QDate(start.year, start.month, start.day))
        self.start.setTime(QTime(start.hour, start.minute))
        is_same_day = end.date() == start.date()
        self.end.setTime(QTime(end.hour, end.minute) if is_same_day else QTime(23, 59))
        self.places.setValue(_USUAL_PLACES)
        self._show({})

    def fill(self, session: Session) -> None:
        """Begin with what a session has."""
        self.clear()
        self.title.edit.setText(session.title)
        self.subject.edit.setText(subject_words(session.subject))
        self._area.setPlainText(session.description)
        start, end = session.start_time.astimezone(), session.end_time.astimezone()
        first = QDate(start.year, start.month, start.day)
        self.date.setMinimumDate(min(first, QDate.currentDate()))
        self.date.setDate(first)
        self.start.setTime(QTime(start.hour, start.minute))
        self.end.setTime(QTime(end.hour, end.minute))
        self._days = (end.date() - start.date()).days
        self._is_over_midnight = self._days == 1 and end.time() < start.time()
        self.places.setValue(session.max_participants)

    def _last_day(self, first: QDate) -> QDate:
        """The day of the end: so many after that of the start as when the session came here.

        One that went on over midnight, for less than a day, ends on its first day once its end lies after its start.
        """
        is_later = self.end.time() > self.start.time()
        return first.addDays(0 if self._is_over_midnight and is_later else self._days)

    def suggest_subjects(self, subjects: Sequence[str]) -> None:
        self._subjects.setStringList(sorted({line(one) for one in subjects if line(one)}, key=str.casefold))

    def judge(self) -> int:
        """Show what is wrong from now on, put the cursor into the first wrong part; how many there are."""
        self._is_judged = True
        for typed in self._typed.values():
            typed.take()
        found = self._look()
        if found:
            self._control(next(iter(found))).setFocus(Qt.FocusReason.OtherFocusReason)
        return len(found)

    @property
    def wrong(self) -> int:
        """How many parts are shown as wrong."""
        return len(self._find()) if self._is_judged else 0

    def _find(self) -> dict[Part, Problem]:
        """What is to be shown as wrong, in the order of the form: at once what was typed and could not be taken, the
        rest once it is judged.
        """
        found = problems(self.written, datetime.now(UTC)) if self._is_judged else {}
        unread = {part: Problem(typed.problem) for part, typed in self._typed.items() if typed.problem}
        if unread:
            found.pop(Part.END, None)  # it would be about times that nobody sees
        found.update(unread)
        return {part: found[part] for part in Part if part in found}

    def _look(self) -> dict[Part, Problem]:
        found = self._find()
        self._show(found)
        return found

    def _show(self, found: dict[Part, Problem]) -> None:
        for part, field in (
            (Part.TITLE, self.title),
            (Part.SUBJECT, self.subject),
            (Part.DESCRIPTION, self.description),
        ):
            field.set_problem(found[part].words if part in found else "")
        for part, typed in self._typed.items():
            mark_invalid(typed, found[part].words if part in found else "")
        unread = next((typed.problem for typed in self._typed.values() if typed.problem), "")
        self.unread_trouble.say(unread)
        end = None if unread else found.get(Part.END)
        self._better_end = end.better_end if end else None
        self.end_trouble.say(end.words if end else "", end.repair if end else "")

    def _control(self, part: Part) -> QWidget:
        return {
            Part.TITLE: self.title.edit,
            Part.SUBJECT: self.subject.edit,
            Part.DESCRIPTION: self._area,
            **self._typed,
        }[part]

    def _repair_end(self) -> None:
        if self._better_end is not None:
            local = self._better_end.astimezone()
            self.end.setTime(QTime(local.hour, local.minute))
            self.end.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_edit(self) -> None:
        count = tr("%1 of %2").replace("%1", str(len(line(self.title.text)))).replace("%2", str(MAX_TITLE))
        self.title.note.setText(count)
        self._look()
        self.edited.emit()

    def _connect(self) -> None:
        for edit in (self.title.edit, self.subject.edit):
            edit.textChanged.connect(self._on_edit)
            edit.returnPressed.connect(self.submitted)
        self._area.textChanged.connect(self._on_edit)
        self.date.dateChanged.connect(self._on_edit)
        self.start.timeChanged.connect(self._on_edit)
        self.end.timeChanged.connect(self._on_edit)
        for typed in self._typed.values():
            typed.problem_changed.connect(self._on_edit)
        self.places.valueChanged.connect(self._on_edit)
        self.end_trouble.repair.connect(self._repair_end)

    def _lay_out(self) -> None:
        area = self.description.control
        assert isinstance(area, TextArea)
        self._area = area
        basics = QVBoxLayout()
        basics.setSpacing(16)
        basics.addWidget(self.title)
        basics.addWidget(self.subject)
        basics.addWidget(self.description)
        times = QGridLayout()
        times.setHorizontalSpacing(16)
        times.setVerticalSpacing(8)
        for column, (label, control, share) in enumerate(
            ((tr("Date"), self.date, 4), (tr("Start"), self.start, 3), (tr("End"), self.end, 3))
        ):
            times.addWidget(Field(label, control), 0, column)
            times.setColumnStretch(column, share)
        times.addWidget(self.unread_trouble, 1, 0, 1, 3)
        times.addWidget(self.end_trouble, 1, 0, 1, 3, Qt.AlignmentFlag.AlignRight)
        room = QHBoxLayout()
        self.places.setFixedWidth(170)
        room.addWidget(Field(tr("Places"), self.places))
        room.addStretch(1)
        grid = QGridLayout(self)
        grid.setContentsMargins(32, 32, 32, 32)
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(24)
        grid.setColumnMinimumWidth(0, _LABELS)
        grid.setColumnStretch(1, 1)
        zone = tr("%1. Others see their own.").replace("%1", when.zone_words())
        for row, (heading, about, fields) in enumerate(
            (
                (tr("Basics"), tr("What people see in the list."), basics),
                (tr("When"), zone, times),
                (tr("Room"), tr("How many can sit in it, you included."), room),
            )
        ):
            if row:
                grid.addWidget(Hairline(), 2 * row - 1, 0, 1, 2)
            grid.addLayout(_group_label(heading, about), 2 * row, 0)
            grid.addLayout(fields, 2 * row, 1)


def _group_label(heading: str, about: str) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(2)
    column.addWidget(Label(heading, 16, 600))
    words = Label(about, 13, 400, "muted").wrapped()
    words.setFixedWidth(_LABELS)
    column.addWidget(words)
    column.addStretch(1)
    return column
