"""Controls for a day, a time of day and a small number: typed, stepped by arrow keys, or picked with the pointer."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QDate, QDateTime, QEvent, QObject, QPoint, Qt, QTime
from PySide6.QtGui import QResizeEvent, QTextCharFormat
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCalendarWidget,
    QDateEdit,
    QDateTimeEdit,
    QLineEdit,
    QSpinBox,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from app.ui.components.buttons import IconButton
from app.ui.components.fields import HEIGHT
from app.ui.theme import font, theme
from app.ui.words import tr

_BUTTON = 36


def moment(day: QDate, time: QTime) -> datetime:
    """A local day and time as an aware moment (UTC)."""
    return datetime.fromtimestamp(QDateTime(day, time).toSecsSinceEpoch(), UTC)


class DayPicker(QDateEdit):
    """A day, written "Fri 15 May 2026", with a calendar behind a button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _keep_order(self)
        self.setDisplayFormat("ddd d MMM yyyy")
        _dress(self)
        _Sections(self)
        self.button = IconButton("calendar", tr("Open calendar"), parent=self)
        self.button.clicked.connect(self._open)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        edge = (self.height() - _BUTTON) // 2
        self.button.move(self.width() - _BUTTON - edge, edge)

    def _open(self) -> None:
        frame = QWidget(self, Qt.WindowType.Popup)
        frame.setObjectName("popup")
        frame.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        frame.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget(frame)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setFont(font(13))
        calendar.setMinimumDate(self.minimumDate())
        calendar.setSelectedDate(self.date())
        plain = QTextCharFormat()
        plain.setForeground(theme().colour("text"))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(day, plain)
        calendar.setAccessibleName(tr("Calendar"))

        def take(day: QDate) -> None:
            self.setDate(day)
            frame.close()

        calendar.clicked.connect(take)
        calendar.activated.connect(take)
        column = QVBoxLayout(frame)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(calendar)
        frame.resize(320, 280)
        frame.move(self.mapToGlobal(QPoint(0, self.height() + 4)))
        frame.show()
        calendar.setFocus()


class TimePicker(QTimeEdit):
    """A time of day as the person writes it."""

    def __init__(self, display: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _keep_order(self)
        self.setDisplayFormat(display)
        _dress(self)
        _Sections(self)


class _Sections(QObject):
    """Selects the part that was clicked, as Tab does: what is typed takes its place. Qt would refuse it as too long."""

    def __init__(self, box: QDateTimeEdit) -> None:
        super().__init__(box)
        self._box = box
        self._line = box.findChild(QLineEdit)
        if self._line is not None:
            self._line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_click = event.type() == QEvent.Type.MouseButtonRelease
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
    line = box.findChild(QLineEdit)
    if line is not None:
        line.setTextMargins(13, 0, 13, 0)
