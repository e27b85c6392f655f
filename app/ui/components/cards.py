"""Cards, and the pages that paint their shadows.

A child cannot paint outside itself, so the page under the cards paints the shadows: stacked rounded rectangles of
falling alpha, drawn once as a nine-part picture and kept. Where the tokens have no shadow (dark, high contrast) only
the hairline is.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QEvent, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QFrame, QWidget

from app.ui.theme import theme

RADIUS = 16
REACH = 26
"""Pixels that the largest shadow reaches beyond its card."""


class Card(QFrame):
    """A white panel with a hairline, padded by its own layout. ``lifts`` cards answer the pointer with a larger
    shadow.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.is_lifted = False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_surface(painter, QRectF(self.rect()), "edge" if self.is_lifted else "divider")


class LiftingCard(Card):
    """A card that answers the pointer: darker edge, larger shadow, the same size."""

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._lift(1)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._lift(0)

    def _lift(self, level: int) -> None:
        self.is_lifted = level == 1
        self.update()
        parent = self.parentWidget()
        if parent is not None:
            parent.update(self.geometry().adjusted(-REACH, -REACH, REACH, REACH))


class CardPage(QWidget):
    """A page that paints the shadows of the cards that lie directly on it."""

    def paintEvent(self, event: QPaintEvent) -> None:
        strength = theme().tokens.shadow
        if not strength:
            return
        painter = QPainter(self)
        for child in self.children():
            if not isinstance(child, Card) or not child.isVisible():
                continue
            reach = child.geometry().adjusted(-REACH, -REACH, REACH, REACH)
            if reach.intersects(event.rect()):
                blur, down = (24, 8) if child.is_lifted else (5, 1)
                paint_shadow(painter, child.geometry(), RADIUS, blur, down)


def paint_surface(painter: QPainter, rect: QRectF, edge: str, radius: float = RADIUS) -> None:
    """A rounded panel with a hairline in the token ``edge``."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme().colour(edge), 1))
    painter.setBrush(theme().colour("surface"))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


def paint_shadow(painter: QPainter, card: QRect, radius: int, blur: int, down: int) -> None:
    """The shadow of ``card``: ``blur`` pixels wide, moved ``down``. Nothing where the theme has no shadows."""
    if not theme().tokens.shadow:
        return
    scale = painter.device().devicePixelRatio()
    picture = _shadow(radius, blur, round(scale * 100))
    part = radius + 2 * blur
    target = card.adjusted(-blur, -blur + down, blur, blur + down)
    columns, rows = _parts(target.left(), target.width(), part), _parts(target.top(), target.height(), part)
    painter.save()
    # Antialiased edges of neighbouring parts would show as seams where the painter scales.
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    for x, width, left, across in columns:
        for y, height, top, along in rows:
            if width > 0 and height > 0:
                source = QRectF(left * scale, top * scale, across * scale, along * scale)
                painter.drawPixmap(QRectF(x, y, width, height), picture, source)
    painter.restore()


def _parts(begin: int, length: int, part: int) -> tuple[tuple[int, int, int, int], ...]:
    """Where the three parts of a side go, and which of the picture they are: place, length, and the same there. Of a
    card smaller than two ends only the outer part of each end is taken: where they overlapped, a line would show.
    """
    end = min(part, length // 2)
    return (
        (begin, end, 0, end),
        (begin + end, length - 2 * end, part, 1),
        (begin + length - end, end, 2 * part + 1 - end, end),
    )


@lru_cache(maxsize=32)
def _shadow(radius: int, blur: int, scale_percent: int) -> QPixmap:
    scale = scale_percent / 100
    side = 2 * (radius + 2 * blur) + 1
    made = QPixmap(round(side * scale), round(side * scale))
    made.fill(Qt.GlobalColor.transparent)
    made.setDevicePixelRatio(scale)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    steps = blur * 2
    total = 0.11 if blur > 10 else 0.10
    painter.setBrush(QColor.fromRgbF(0.07, 0.09, 0.13, total / steps))
    for step in range(steps):
        inset = blur * 2 * (step / steps) ** 0.7 + 0.5
        painter.drawRoundedRect(
            QRectF(inset, inset, side - 2 * inset, side - 2 * inset),
            max(1.0, radius + blur - inset),
            max(1.0, radius + blur - inset),
        )
    painter.end()
    return made
