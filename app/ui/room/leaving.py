"""A quiet cover while goodbye takes longer than a moment."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui.theme import font, theme
from app.ui.words import tr

SLOW_MS = 300
LONGEST_MS = 8_000
"""After so long the window closes even if the goodbye has not come through."""


class LeavingCover(QWidget):
    """Covers the window, so that nothing more can be pressed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Leaving…"))
        self.hide()

    def cover(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ground = theme().colour("bg")
        ground.setAlphaF(0.92)
        painter.fillRect(self.rect(), ground)
        painter.setPen(theme().colour("text"))
        painter.setFont(font(16, 600))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, tr("Leaving…"))
