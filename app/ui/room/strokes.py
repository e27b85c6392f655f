"""Brush strokes that tiles share: pills, rings, spinners, rounded corners. Colours for dark surroundings, always.

The stage stays dark in every theme, so what lies on it does not follow the light set.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QLinearGradient, QPainter, QPainterPath, QPen

from app.ui.icons import pixmap
from app.ui.theme import font, theme
from app.ui.tokens import DARK, HIGH_CONTRAST, ON_VIDEO, ON_VIDEO_ALPHA, Tokens

TILE_RADIUS = 12
_PILL_HEIGHT = 26
_PILL_RADIUS = 8
_EDGE = 8


def on_stage() -> Tokens:
    """The colours for what lies on the stage."""
    return HIGH_CONTRAST if theme().tokens.name == HIGH_CONTRAST.name else DARK


def pill_fill() -> QColor:
    fill = QColor(ON_VIDEO)
    fill.setAlphaF(ON_VIDEO_ALPHA)
    return fill


def paint_blank(painter: QPainter, rect: QRectF) -> None:
    """What is behind a disc: a tile without a picture."""
    shade = QLinearGradient(rect.topLeft(), rect.bottomLeft())
    tokens = on_stage()
    shade.setColorAt(0.0, QColor(tokens.surface))
    shade.setColorAt(1.0, QColor(tokens.raised))
    painter.fillRect(rect, shade)


def paint_pill(
    painter: QPainter, tile: QRect, icon: str, icon_colour: str, words: str, ratio: float, kept: int = 0
) -> QRect:
    """The name in the lower left corner, elided where the tile ends or ``kept`` pixels before, for what else lies at
    the lower edge; returns the pill's place."""
    painter.setFont(font(13, 600))
    metrics = QFontMetrics(painter.font())
    lead = 22 if icon else 0
    widest = max(40, tile.width() - 2 * _EDGE - lead - 16 - kept)
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, widest)
    pill = QRect(
        tile.left() + _EDGE,
        tile.bottom() + 1 - _EDGE - _PILL_HEIGHT,
        metrics.horizontalAdvance(shown) + lead + 16,
        _PILL_HEIGHT,
    )
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(pill_fill())
    painter.drawRoundedRect(pill, _PILL_RADIUS, _PILL_RADIUS)
    if icon:
        drawn = pixmap(icon, icon_colour, 16, ratio)
        painter.drawPixmap(QPointF(pill.left() + 8, pill.center().y() - 7.5), drawn)
    painter.setPen(QColor("#FFFFFF"))
    painter.drawText(pill.adjusted(8 + lead, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, shown)
    return pill


def paint_line(painter: QPainter, line: QRectF, words: str) -> None:
    """One line in the middle of ``line``; where it is too narrow, what can be read of it from its beginning."""
    shown = QFontMetrics(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, int(line.width()))
    painter.drawText(line, Qt.AlignmentFlag.AlignCenter, shown)


def corner_icon_room(tile: QRect) -> int:
    """What a name keeps free of a tile for ``paint_corner_icon``; less in a filmstrip, where names have little."""
    return min(40, tile.width() // 6)


def paint_corner_icon(painter: QPainter, tile: QRect, icon: str, ratio: float) -> None:
    """A quiet icon in the lower right corner."""
    drawn = pixmap(icon, on_stage().muted, 16, ratio)
    painter.drawPixmap(QPointF(tile.right() + 1 - 12 - 16, tile.bottom() + 1 - 13 - 16), drawn)


def paint_spinner(painter: QPainter, centre: QPointF, turn: float) -> None:
    """A ring of 24 px of which a quarter is bright; ``turn`` is 0 to 1."""
    rect = QRectF(centre.x() - 11, centre.y() - 11, 22, 22)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(255, 255, 255, 60), 3))
    painter.drawEllipse(rect)
    painter.setPen(QPen(QColor("#FFFFFF"), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawArc(rect, round((90 - 360 * turn) * 16), -100 * 16)


def paint_ring(painter: QPainter, tile: QRect) -> None:
    """The speaking ring, 3 px inside the tile's edge."""
    colour = QColor(theme().tokens.speaking if theme().tokens.name == HIGH_CONTRAST.name else DARK.speaking)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, 3))
    painter.drawRoundedRect(QRectF(tile).adjusted(1.5, 1.5, -1.5, -1.5), TILE_RADIUS - 1.5, TILE_RADIUS - 1.5)


def paint_edge(painter: QPainter, tile: QRect) -> None:
    """A hairline that parts a tile from the stage, in pieces: one stroke around all of it costs ten times as much."""
    colour = QColor(on_stage().edge) if theme().tokens.name == HIGH_CONTRAST.name else QColor(255, 255, 255, 26)
    reach = TILE_RADIUS
    painter.fillRect(tile.left() + reach, tile.top(), tile.width() - 2 * reach, 1, colour)
    painter.fillRect(tile.left() + reach, tile.bottom(), tile.width() - 2 * reach, 1, colour)
    painter.fillRect(tile.left(), tile.top() + reach, 1, tile.height() - 2 * reach, colour)
    painter.fillRect(tile.right(), tile.top() + reach, 1, tile.height() - 2 * reach, colour)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, 1))
    across = 2 * reach - 1
    for x, y, start in (
        (tile.left(), tile.top(), 90),
        (tile.right() - across, tile.top(), 0),
        (tile.right() - across, tile.bottom() - across, 270),
        (tile.left(), tile.bottom() - across, 180),
    ):
        painter.drawArc(QRectF(x + 0.5, y + 0.5, across, across), start * 16, 90 * 16)


def paint_corners(painter: QPainter, size: QSize) -> None:
    """Round a picture's corners by filling what is outside with the stage: four times cheaper than clipping."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme().tokens.stage))
    painter.drawPath(_outside(size.width(), size.height()))


@lru_cache(maxsize=64)
def _outside(width: int, height: int) -> QPainterPath:
    path = QPainterPath()
    reach = TILE_RADIUS
    for x, y, angle in (
        (0, 0, 90),
        (width, 0, 0),
        (width, height, 270),
        (0, height, 180),
    ):
        corner_x = 0 if x == 0 else width - 2 * reach
        corner_y = 0 if y == 0 else height - 2 * reach
        path.moveTo(x, y)
        path.arcTo(corner_x, corner_y, 2 * reach, 2 * reach, angle, 90)
        path.closeSubpath()
    return path
