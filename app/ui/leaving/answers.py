"""Did you reach your goal: done, partly, or not; three radio buttons of which none is chosen to begin with."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QSizePolicy, QWidget

from app.study.stays import Outcome
from app.ui.components.pressable import Pressable, blend
from app.ui.icons import pixmap
from app.ui.leaving.notes import outcome_words
from app.ui.theme import font, theme
from app.ui.words import tr

HEIGHT = 48
_ICONS = {Outcome.DONE: "check", Outcome.PARTLY: "circle-dashed", Outcome.NOT: "x"}


class Answers(QWidget):
    """``answered`` carries an ``Outcome`` that a person chose."""

    answered = Signal(object)

    def __init__(self, orientation: Qt.Orientation = Qt.Orientation.Horizontal, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Did you reach your goal?"))
        self._group = QButtonGroup(self)
        self.buttons = {outcome: _Answer(icon, outcome_words(outcome)) for outcome, icon in _ICONS.items()}
        is_row = orientation is Qt.Orientation.Horizontal
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight if is_row else QBoxLayout.Direction.TopToBottom, self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12 if is_row else 8)
        for outcome, button in self.buttons.items():
            self._group.addButton(button)
            row.addWidget(button, 1)
            button.clicked.connect(lambda _=False, one=outcome: self.answered.emit(one))

    @property
    def outcome(self) -> Outcome:
        return next((key for key, button in self.buttons.items() if button.isChecked()), Outcome.OPEN)

    def show_outcome(self, outcome: Outcome) -> None:
        """Show what was answered before; ``Outcome.OPEN`` is nothing yet."""
        self._group.setExclusive(False)
        for key, button in self.buttons.items():
            button.setChecked(key is outcome)
        self._group.setExclusive(True)


class _Answer(Pressable):
    def __init__(self, icon: str, words: str) -> None:
        super().__init__(words)
        self._icon = icon
        self.setText(words)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFixedHeight(HEIGHT)
        self.setFont(font(14, 600))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_ring_radius(12)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 58, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = theme().colour
        is_on = self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QPen(colour("accent"), 2) if is_on else QPen(colour("edge"), 1)
        half = edge.widthF() / 2
        painter.setPen(edge)
        painter.setBrush(colour("accent_soft") if is_on else blend(colour("surface"), colour("hover"), self.hovered))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), 12, 12)
        painter.setFont(self.font())
        used = self.fontMetrics().horizontalAdvance(self.text())
        left = (self.width() - used - 26) // 2
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        drawn = pixmap(self._icon, "accent" if is_on else "muted", 18, self.devicePixelRatioF())
        painter.drawPixmap(QPointF(left + used + 8 if is_mirrored else left, (self.height() - 18) / 2), drawn)
        painter.setPen(colour("accent" if is_on else "text"))
        words = QRect(left if is_mirrored else left + 26, 0, used + 2, self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
