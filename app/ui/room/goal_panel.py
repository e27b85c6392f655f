"""One's own goal of this stay: written before or here, and answered whenever one knows what came of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.study.attendance import Attendance
from app.study.stays import MAX_GOAL
from app.ui.components.fields import TextField
from app.ui.components.labels import Label
from app.ui.components.margins import between
from app.ui.leaving.answers import Answers
from app.ui.room.chat_view import SCROLLBAR
from app.ui.words import line, tr


class GoalPanel(QWidget):
    """``changed`` carries the new goal."""

    changed = Signal(str)

    def __init__(self, attendance: Attendance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._attendance = attendance
        self._column = QVBoxLayout()
        self.setLayout(between(self._column, 0, SCROLLBAR, 16))
        self._content = self._made()

    def say_again(self) -> None:
        """In another language; what is being written stays."""
        self._keep()
        old = self._content
        self._content = self._made()
        self._column.removeWidget(old)
        old.deleteLater()

    def _made(self) -> QWidget:
        content = QWidget()
        self.goal = TextField(tr("Your goal for this session"), hint=tr("Only you see it. You can leave it empty."))
        self.goal.edit.setMaxLength(MAX_GOAL)
        self.goal.edit.setText(self._attendance.goal)
        self.goal.edit.setCursorPosition(0)
        self.goal.edit.editingFinished.connect(self._keep)
        self.answers = Answers(Qt.Orientation.Vertical)
        self.answers.show_outcome(self._attendance.outcome)
        self.answers.answered.connect(self._attendance.answer)
        self._asked = QWidget(content)
        asked = QVBoxLayout(self._asked)
        asked.setContentsMargins(0, 0, 0, 0)
        asked.setSpacing(12)
        asked.addWidget(Label(tr("Did you reach your goal?"), 14, 600).wrapped())
        asked.addWidget(self.answers)
        asked.addWidget(Label(tr("You can still change it when you leave."), 13, 400, "muted").wrapped())
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(24)
        column.addWidget(self.goal)
        column.addWidget(self._asked)
        column.addStretch(1)
        self._asked.setVisible(bool(self._attendance.goal))
        self._column.addWidget(content)
        return content

    def _keep(self) -> None:
        goal = line(self.goal.text).strip()
        if goal == self._attendance.goal:
            return
        self._attendance.change_goal(goal)
        self.answers.show_outcome(self._attendance.outcome)
        self._asked.setVisible(bool(goal))
        self.changed.emit(goal)
