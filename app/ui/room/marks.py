"""Marks in the corners of a tile: raised hand, standing picture, pin, and bars for a connection that is weak."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from app.room.state import Quality
from app.ui.icons import pixmap
from app.ui.room import strokes
from app.ui.theme import font, tabular
from app.ui.words import tr

_EDGE = 8
_HEIGHT = 26
_RADIUS = 8
_NARROW = 190
"""Narrower tiles show the hand without its word."""

BARS = {Quality.POOR: 1, Quality.FAIR: 2, Quality.GOOD: 4}


def paint_hand(painter: QPainter, tile: QRect, order: int, ratio: float) -> int:
    """An amber pill in the upper left corner; with ``order`` from 2 on it says who is before. Returns how much room is
    taken there."""
    tokens = strokes.on_stage()
    words = "" if tile.width() < _NARROW else tr("Hand")
    if order > 1:
        words = f"{words} {order}".strip()
    painter.setFont(tabular(13, 600))
    wide = QFontMetrics(painter.font()).horizontalAdvance(words) + 6 if words else 0
    pill = QRect(tile.left() + _EDGE, tile.top() + _EDGE, 16 + 16 + wide, _HEIGHT)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.warn))
    painter.drawRoundedRect(pill, _RADIUS, _RADIUS)
    ink = "#171A1F"
    painter.drawPixmap(QPointF(pill.left() + 8, pill.top() + 5), pixmap("hand", ink, 16, ratio))
    painter.setPen(QColor(ink))
    painter.drawText(pill.adjusted(30, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)
    return pill.width() + 6


def paint_still(painter: QPainter, tile: QRect, taken: int, ratio: float) -> None:
    """Says that the picture is a body-double's; right of what is ``taken`` in the upper left corner."""
    words = "" if tile.width() < _NARROW + taken else tr("Body-double")
    painter.setFont(font(13, 600))
    wide = QFontMetrics(painter.font()).horizontalAdvance(words) + 6 if words else 0
    pill = QRect(tile.left() + _EDGE + taken, tile.top() + _EDGE, 16 + 16 + wide, _HEIGHT)
    _paint_ground(painter, pill)
    painter.drawPixmap(QPointF(pill.left() + 8, pill.top() + 5), pixmap("image", "#B7C6FF", 16, ratio))
    painter.setPen(QColor("#FFFFFF"))
    painter.drawText(pill.adjusted(30, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)


def paint_pin(painter: QPainter, tile: QRect, ratio: float) -> int:
    """In the upper right corner; returns how much room is taken there."""
    pill = QRect(tile.right() + 1 - _EDGE - 28, tile.top() + _EDGE, 28, _HEIGHT)
    _paint_ground(painter, pill)
    painter.drawPixmap(QPointF(pill.left() + 6, pill.top() + 5), pixmap("pin", "#FFFFFF", 16, ratio))
    return 28 + 6


def paint_quality(painter: QPainter, tile: QRect, quality: Quality, taken: int) -> None:
    """Four bars, those that are missing pale; left of what is ``taken`` in the upper right corner."""
    lit = BARS[quality]
    tokens = strokes.on_stage()
    colour = QColor({Quality.POOR: tokens.danger, Quality.FAIR: tokens.warn}.get(quality, "#FFFFFF"))
    pill = QRect(tile.right() + 1 - _EDGE - taken - 30, tile.top() + _EDGE, 30, _HEIGHT)
    _paint_ground(painter, pill)
    for bar in range(4):
        height = 4 + 2.5 * bar
        painter.setBrush(colour if bar < lit else QColor(255, 255, 255, 90))
        painter.drawRoundedRect(QRectF(pill.left() + 7 + bar * 4.5, pill.bottom() - 6 - height, 3, height), 1, 1)


def _paint_ground(painter: QPainter, pill: QRect) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(strokes.pill_fill())
    painter.drawRoundedRect(pill, _RADIUS, _RADIUS)
