"""A few choices side by side, one of them chosen: a raised track whose segments are real radio buttons.

Tab reaches the chosen segment, the arrow keys move between them, as in every group of radio buttons.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from app.ui.components.pressable import Pressable, blend
from app.ui.theme import font, theme


class _Segment(Pressable):
    def __init__(self, text: str, size: int, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.setText(text)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFont(font(size, 600))
        self.set_ring_radius(6)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 36, 32)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 16, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = theme().colour
        if self.isChecked():
            is_loud = theme().tokens.name == "high-contrast"
            painter.setPen(QPen(colour("border") if is_loud else colour("divider"), 1))
            painter.setBrush(colour("thumb"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setFont(self.font())
        painter.setPen(colour("text") if self.isChecked() else blend(colour("muted"), colour("text"), self.hovered))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


class Segmented(QWidget):
    """``chosen`` carries the key of the segment that a person (or ``choose``) picked."""

    chosen = Signal(str)

    def __init__(
        self,
        name: str,
        choices: Sequence[tuple[str, str]],
        *,
        height: int = 40,
        parent: QWidget | None = None,
    ) -> None:
        """``choices`` are (key, words); the first one is chosen."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFixedHeight(height)
        self._group = QButtonGroup(self)
        self._keys = [key for key, _ in choices]
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 4, 4, 4)
        row.setSpacing(0)
        for index, (_, words) in enumerate(choices):
            segment = _Segment(words, 13, self)
            self._group.addButton(segment, index)
            row.addWidget(segment, 1)
        self._group.button(0).setChecked(True)
        self._stop_tab_at(0)
        self._group.idToggled.connect(self._on_toggled)

    @property
    def key(self) -> str:
        return self._keys[self._group.checkedId()]

    def choose(self, key: str) -> None:
        self._group.button(self._keys.index(key)).setChecked(True)

    def segment(self, key: str) -> Pressable:
        """The button of one choice."""
        found = self._group.button(self._keys.index(key))
        assert isinstance(found, Pressable)
        return found

    def rename(self, key: str, words: str) -> None:
        """Say a choice differently, "Chat 2"."""
        segment = self.segment(key)
        segment.setText(words)
        segment.setAccessibleName(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().colour("raised"))
        painter.drawRoundedRect(self.rect(), 8, 8)

    def _on_toggled(self, index: int, is_on: bool) -> None:
        if is_on:
            self._stop_tab_at(index)
            self.chosen.emit(self._keys[index])

    def _stop_tab_at(self, index: int) -> None:
        """Qt does so only once one of them has had the focus."""
        for number, _ in enumerate(self._keys):
            policy = Qt.FocusPolicy.StrongFocus if number == index else Qt.FocusPolicy.ClickFocus
            self._group.button(number).setFocusPolicy(policy)
