"""Controls for a day, a time of day and a small number: typed, stepped by arrow keys, or picked with the pointer.

The wheel is left to the page that they stand on: whoever scrolls it changes nothing on the way.
"""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QDate, QDateTime, QEvent, QObject, QPoint, Qt, QTime, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QDateTimeEdit,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.ui.components.buttons import IconButton
from app.ui.components.calendar import SIZE, DayCalendar, place_beside
from app.ui.components.fields import HEIGHT
from app.ui.components.typed import day_example, typed_day, typed_time
from app.ui.language import day_format
from app.ui.theme import font
from app.ui.words import tr

_BUTTON = 36
_ENDING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Up, Qt.Key.Key_Down)
"""What was typed counts when one of them is pressed."""
_EXAMPLE = QTime(18, 30)


def moment(day: QDate, time: QTime) -> datetime:
    """A local day and time as an aware moment (UTC)."""
    return datetime.fromtimestamp(QDateTime(day, time).toSecsSinceEpoch(), UTC)


class _Typed(QDateTimeEdit):
    """Stepped part by part, as Qt does; and where all of it is selected, what is typed takes the place of all.

    Then nothing is refused while it is written. Enter or leaving takes it, and Escape brings back what was there. What
    cannot be taken stays as it was written, with the day or time before still in force: ``problem`` says why, and
    ``problem_changed`` comes when it says something else.
    """

    problem_changed = Signal()

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._is_free = False
        self._refused: str | None = None
        """The text that could not be taken."""
        self.problem = ""
        _keep_order(self)
        _Sections(self)
        self.lineEdit().textEdited.connect(self._look_again)

    @property
    def is_free(self) -> bool:
        """Whether the line holds what a person writes in their own way, instead of parts that are stepped."""
        return self._is_free

    def read(self, text: str) -> QDate | QTime | str:
        """What was typed, or in words why it cannot be taken."""
        raise NotImplementedError

    def take(self) -> None:
        """Let what was typed so far count, as leaving the field does."""
        if self._is_free:
            self._end_with(self.read(self.lineEdit().text()))

    def setDate(self, date: QDate) -> None:
        self._forget()
        super().setDate(date)

    def setTime(self, time: QTime) -> None:
        self._forget()
        super().setTime(time)

    def validate(self, input: str, pos: int) -> tuple[QValidator.State, str, int]:
        if self._is_free:
            return QValidator.State.Intermediate, input, pos
        return super().validate(input, pos)

    def textFromDateTime(self, dateTime: QDateTime) -> str:  # noqa: N803  # Qt's own name
        """Qt writes this back whenever it likes: what could not be taken has to stand there until it is mended."""
        return super().textFromDateTime(dateTime) if self._refused is None else self._refused

    def stepBy(self, steps: int) -> None:
        if not self._is_free:
            super().stepBy(steps)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self.lineEdit()
        if event.matches(QKeySequence.StandardKey.SelectAll):
            line.selectAll()
            return
        is_whole = bool(line.text()) and line.selectedText() == line.text()
        writes = event.text().isprintable() and bool(event.text())
        erases = event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
        if is_whole and (writes or erases or event.matches(QKeySequence.StandardKey.Paste)):
            self._is_free = True
        if not self._is_free:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self._end_with(None)
        elif event.key() in _ENDING:
            self.take()
            if not self._is_free:
                super().keyPressEvent(event)
        else:
            line.event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab leads from what was written to the next control, not to a part that is not there."""
        return QWidget.focusNextPrevChild(self, next) if self._is_free else super().focusNextPrevChild(next)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._is_free and event.reason() is not Qt.FocusReason.MouseFocusReason:
            self.lineEdit().selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.take()
        super().focusOutEvent(event)

    def _end_with(self, found: QDate | QTime | str | None) -> None:
        """Take what was found, keep what was written with the words why it was not taken, or (None) go back."""
        if isinstance(found, str):
            self._refused = self.lineEdit().text()
            self._say(found)
            return
        self._forget()
        if isinstance(found, QDate):
            self.setDate(found)
        elif isinstance(found, QTime):
            self.setTime(found)
        self.setSelectedSection(self.sectionAt(0))

    def _forget(self) -> None:
        """Show the day or time in force again."""
        if self._is_free:
            self._is_free, self._refused = False, None
            self.lineEdit().setText(self.textFromDateTime(self.dateTime()))
            self._say("")

    def _look_again(self, text: str) -> None:
        """While it is mended the words go as soon as they are no longer true."""
        if self._refused is not None:
            self._refused = text
            found = self.read(text)
            self._say(found if isinstance(found, str) else "")

    def _say(self, problem: str) -> None:
        if problem != self.problem:
            self.problem = problem
            self.problem_changed.emit()


class DayPicker(_Typed):
    """A day, written "Fri 15 May 2026", or as the language writes it, with a calendar behind a button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDisplayFormat(day_format("ddd d MMM yyyy"))
        _dress(self)
        self.button = IconButton("calendar", tr("Open calendar"), parent=self)
        self.button.clicked.connect(self._open)

    def read(self, text: str) -> QDate | str:
        day = typed_day(text, self.locale(), self.minimumDate())
        if day is None:
            example = day_example(self.locale(), self.minimumDate().year())
            return tr("We can’t read this date. Write it like %1.").replace("%1", example)
        return day if day >= self.minimumDate() else tr("That day is over already.")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        edge = (self.height() - _BUTTON) // 2
        self.button.move(self.width() - _BUTTON - edge, edge)

    def _open(self) -> None:
        frame = QWidget(self, Qt.WindowType.Popup)
        frame.setObjectName("popup")
        frame.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        frame.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = DayCalendar(frame)
        calendar.setMinimumDate(self.minimumDate())
        calendar.setSelectedDate(self.date())

        def take(day: QDate) -> None:
            self.setDate(day)
            frame.close()

        calendar.clicked.connect(take)
        calendar.activated.connect(take)
        column = QVBoxLayout(frame)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(calendar)
        frame.resize(SIZE)
        place_beside(frame, self)
        frame.show()
        calendar.setFocus()


class TimePicker(_Typed):
    """A time of day as the person writes it."""

    def __init__(self, display: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDisplayFormat(display)
        _dress(self)

    def read(self, text: str) -> QTime | str:
        example = self.locale().toString(_EXAMPLE, self.displayFormat())
        return typed_time(text) or tr("We can’t read this time. Write it like %1.").replace("%1", example)


class _Sections(QObject):
    """Selects the part that was clicked, as Tab does: what is typed takes its place. Qt would refuse it as too long."""

    def __init__(self, box: _Typed) -> None:
        super().__init__(box)
        self._box = box
        self._line = box.findChild(QLineEdit)
        if self._line is not None:
            self._line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_click = event.type() == QEvent.Type.MouseButtonRelease and not self._box.is_free
        if is_click and self._line is not None and not self._line.hasSelectedText():
            self._box.setSelectedSection(self._box.currentSection())
        return super().eventFilter(watched, event)


class Stepper(QSpinBox):
    """A small number between a minus and a plus."""

    def __init__(self, low: int, high: int, value: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(low, high)
        self.setValue(value)
        _dress(self)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.less = IconButton("minus", tr("One less"), parent=self)
        self.more = IconButton("plus", tr("One more"), parent=self)
        self.less.clicked.connect(self.stepDown)
        self.more.clicked.connect(self.stepUp)
        for button in (self.less, self.more):
            # The arrow keys do the same in the number itself: two more stops would only be in the way.
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.valueChanged.connect(self._enable)
        self._enable()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        edge = (self.height() - _BUTTON) // 2
        left, right = QPoint(edge, edge), QPoint(self.width() - _BUTTON - edge, edge)
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self.less.move(right if is_mirrored else left)
        self.more.move(left if is_mirrored else right)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def _enable(self) -> None:
        self.less.setEnabled(self.value() > self.minimum())
        self.more.setEnabled(self.value() < self.maximum())


def _keep_order(box: QAbstractSpinBox) -> None:
    """Before its format is set: right to left, Qt would turn "06:30" into "30:06"."""
    box.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def _dress(box: QAbstractSpinBox) -> None:
    """The style sheet makes Qt's own buttons nothing; asking for no buttons would make the line nothing too."""
    box.setFont(font(14))
    box.setFixedHeight(HEIGHT)
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # Qt's own takes the focus by the wheel, too
    line = box.findChild(QLineEdit)
    if line is not None:
        line.setTextMargins(13, 0, 13, 0)
