"""Grey shapes in the place of what is still on its way. They stand still: nothing pulses but a speaking ring."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme import theme

DELAY_MS = 200
"""How long to wait before showing one, so that what comes at once does not flicker."""


class Skeleton(QWidget):
    """One bar. ``width`` 0 takes all the room there is."""

    def __init__(self, width: int, height: int, radius: int = 6, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._radius = radius
        self.setFixedHeight(height)
        if width:
            self.setFixedWidth(width)
        else:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().colour("raised"))
        painter.drawRoundedRect(self.rect(), self._radius, self._radius)
