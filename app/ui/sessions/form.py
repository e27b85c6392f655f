"""The form of a new session: what it holds, what is wrong with it, and the first wrong part under the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QDate, QStringListModel, Qt, QTime, Signal
from PySide6.QtWidgets import QCompleter, QGridLayout, QHBoxLayout, QListView, QVBoxLayout, QWidget

from app.ui.components.buttons import Button, Kind
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
        self.next_day = Button("", Kind.PLAIN, height=36)
        """Beside what is wrong with the end: lets it be on the day after."""
        self._end_field = Field(tr("End"), self.end)
        self._typed = {Part.DATE: self.date, Part.START: self.start, Part.END: self.end}
        self._better_end: datetime | None = None
        self._is_judged = False
        self._days = 0
        """So many after that of the start is the day of the end."""
        self._is_over_midnight = False
        """It ends on the day after, and before the time at which it began."""
        self._is_proposed = True
        """Nobody chose so: late in the evening the form begins with it."""
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
        self.title.edit.clear()
        self.subject.edit.clear()
        self._area.clear()
        start = next_half_hour(datetime.now(UTC))
        self.date.setMinimumDate(QDate.currentDate())
        self._is_proposed = True
        self._set_times(start, (start + USUAL_LENGTH).astimezone())
        self.places.setValue(_USUAL_PLACES)
        self._show({})

    def fill(self, session: Session) -> None:
        """Begin with what a session has."""
        self.clear()
        self.title.edit.setText(session.title)
        self.subject.edit.setText(subject_words(session.subject))
        self._area.setPlainText(session.description)
        start, end = session.start_time.astimezone(), session.end_time.astimezone()
        self.date.setMinimumDate(min(_day(start), QDate.currentDate()))
        self._is_proposed = False
        self._set_times(start, end)
        self.places.setValue(session.max_participants)

    def _set_times(self, start: datetime, end: datetime) -> None:
        """Both are local."""
        self.date.setDate(_day(start))
        self.start.setTime(QTime(start.hour, start.minute))
        self._set_end(end)

    def _set_end(self, end: datetime) -> None:
        time = QTime(end.hour, end.minute)
        self._days = self.date.date().daysTo(_day(end))
        self._is_over_midnight = self._days == 1 and time < self.start.time()
        self.end.setTime(time)
        self._on_edit()  # its day may be another one at the same time

    def _last_day(self, first: QDate) -> QDate:
        """The day of the end: so many after that of the start as when the session came here, or as was chosen.

        One that goes on over midnight, for less than a day, ends on its first day while its end is not before its
        start.
        """
        is_before = self.end.time() < self.start.time()
        return first.addDays(0 if self._is_over_midnight and not is_before else self._days)

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
        self.next_day.say(end.next_day if end else "")
        self.next_day.setVisible(bool(end and end.next_day))
        self._show_last_day()

    def _show_last_day(self) -> None:
        """The day of the end, where it is not that of the start."""
        written = self.written
        is_later = when.local_day(written.end) != when.local_day(written.start)
        words = when.day(written.end, datetime.now(UTC)) if is_later else ""
        self._end_field.note.setText(words)
        if not self.end.accessibleDescription():
            self.end.setAccessibleDescription(words)

    def _control(self, part: Part) -> QWidget:
        return {
            Part.TITLE: self.title.edit,
            Part.SUBJECT: self.subject.edit,
            Part.DESCRIPTION: self._area,
            **self._typed,
        }[part]

    def _repair_end(self) -> None:
        if self._better_end is not None:
            self._set_end(self._better_end.astimezone())
            self.end.setFocus(Qt.FocusReason.OtherFocusReason)

    def _end_next_day(self) -> None:
        self._days, self._is_over_midnight, self._is_proposed = 1, True, False
        self._on_edit()
        self.end.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_edit(self) -> None:
        count = tr("%1 of %2").replace("%1", str(len(line(self.title.text)))).replace("%2", str(MAX_TITLE))
        self.title.note.setText(count)
        if self._is_proposed and self._is_over_midnight and self.end.time() >= self.start.time():
            self._days, self._is_over_midnight = 0, False  # for other times nobody meant it
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
        self.next_day.clicked.connect(self._end_next_day)

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
        for column, (field, share) in enumerate(
            ((Field(tr("Date"), self.date), 4), (Field(tr("Start"), self.start), 3), (self._end_field, 3))
        ):
            times.addWidget(field, 0, column)
            times.setColumnStretch(column, share)
        end = QHBoxLayout()
        end.setSpacing(8)
        end.addStretch(1)
        end.addWidget(self.end_trouble)
        end.addWidget(self.next_day)
        times.addWidget(self.unread_trouble, 1, 0, 1, 3)
        times.addLayout(end, 1, 0, 1, 3)
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


def _day(moment: datetime) -> QDate:
    """Of a local moment."""
    return QDate(moment.year, moment.month, moment.day)


def _group_label(heading: str, about: str) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(2)
    column.addWidget(Label(heading, 16, 600))
    words = Label(about, 13, 400, "muted").wrapped()
    words.setFixedWidth(_LABELS)
    column.addWidget(words)
    column.addStretch(1)
    return column
