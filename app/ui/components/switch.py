"""On or off: a track with a knob whose shape differs too, and a row with words beside it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui.components.labels import Label
from app.ui.components.pressable import Pressable
from app.ui.theme import theme


class Switch(Pressable):
    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setCheckable(True)
        self.setFixedSize(40, 24)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_ring_radius(12)

    def sizeHint(self) -> QSize:
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = theme().colour
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        middle = 28.0 if self.isChecked() != is_mirrored else 12.0
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("accent") if self.isEnabled() else colour("off"))
            painter.drawRoundedRect(QRectF(self.rect()), 12, 12)
            painter.setBrush(colour("on_accent"))
            reach = 9.0
        else:
            edge = colour("border") if self.isEnabled() else colour("off_edge")
            painter.setPen(QPen(edge, 1.5))
            painter.setBrush(colour("hover") if self.hovered > 0.5 else colour("surface"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75), 11.25, 11.25)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(edge)
            reach = 6.5
        painter.drawEllipse(QRectF(middle - reach, 12 - reach, 2 * reach, 2 * reach))


class SwitchRow(QWidget):
    """A switch with its name and what it does; a press anywhere in the row turns it."""

    def __init__(self, name: str, about: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.switch = Switch(name)
        self.switch.setAccessibleDescription(about)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(name, 14, 500))
        words.addWidget(Label(about, 13, 400, "muted").wrapped())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(words, 1)
        row.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignVCenter)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.switch.click()
