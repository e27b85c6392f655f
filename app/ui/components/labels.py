"""Text on screen: always plain, set in the type scale, coloured by a tone; and tooltips that never guess rich text."""

from __future__ import annotations

import html

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QWidget

from app.ui.theme import LINE_HEIGHT, font


def tip(text: str) -> str:
    """``text`` as a tooltip that shows it as it is: Qt reads one as rich text when it looks like it, so it is given
    escaped rich text.
    """
    return f"<span>{html.escape(text)}</span>" if text else ""


def set_tooltip(widget: QWidget, text: str) -> None:
    """Show ``text`` as it is."""
    widget.setToolTip(tip(text))


_LONG_WORD = 24


def breakable(text: str) -> str:
    """``text`` in which words longer than any line may break anywhere."""
    return " ".join(word if len(word) <= _LONG_WORD else "\u200b".join(word) for word in text.split(" "))


_SMALLEST = 12
"""Pixels, the least of the type scale; smaller letters help nobody."""


def fitted_font(text: str, width: int, size: int, weight: int = 400) -> QFont:
    """The font of the type scale, made a little smaller where ``text`` would be wider than ``width`` pixels. It may
    still be too wide then: whoever paints it ends it in "…", wraps it or makes room.
    """
    made = font(size, weight)
    while made.pixelSize() > _SMALLEST and QFontMetrics(made).horizontalAdvance(text) > width:
        made.setPixelSize(made.pixelSize() - 1)
    return made


class Label(QLabel):
    """A line, or with ``wrapped`` a paragraph, of plain text.

    ``tone`` is "" (text), "muted", "accent", "danger", "success" or "warn". The text stands on the side where one
    begins to read in the app's language, whatever it is written in.
    """

    def __init__(
        self,
        text: str = "",
        size: int = 14,
        weight: int = 400,
        tone: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(font(size, weight))
        self.setMinimumHeight(LINE_HEIGHT.get(size, size))
        self.setProperty("tone", tone)
        self._asked = self.alignment()
        self.setAlignment(self._asked)
        self.setText(text)

    def setAlignment(self, alignment: Qt.AlignmentFlag) -> None:
        """Left and right are turned with the layout. QLabel turns them with the text, so that digits and names in
        Latin letters would stand at the far side of their column.
        """
        self._asked = alignment
        side = QStyle.visualAlignment(self.layoutDirection(), alignment)
        super().setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self.setAlignment(self._asked)

    def wrapped(self) -> Label:
        """Let the text run over several lines."""
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        return self

    def set_tone(self, tone: str) -> None:
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)


class ElidingLabel(Label):
    """One line that ends in "…" where there is no room; the tooltip then has all of it."""

    def __init__(
        self,
        text: str = "",
        size: int = 14,
        weight: int = 400,
        tone: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, size, weight, tone, parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(LINE_HEIGHT.get(size, size))

    def setText(self, text: str) -> None:
        super().setText(text)
        self._set_tip()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_tip()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        alignment = self.alignment() | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect(), alignment, self._shown())

    def _shown(self) -> str:
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())

    def _set_tip(self) -> None:
        set_tooltip(self, self.text() if self._shown() != self.text() else "")
