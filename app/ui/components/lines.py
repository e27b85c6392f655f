"""Lines between groups inside one card or form, with or without words in the middle."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.components.labels import Label
from app.ui.theme import theme


class Hairline(QWidget):
    """One pixel across."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme().colour("divider"))


class WordsBetweenLines(QWidget):
    """A line, words, a line."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(Hairline(), 1)
        row.addWidget(Label(words, 12, 400, "muted"))
        row.addWidget(Hairline(), 1)
