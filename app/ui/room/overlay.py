"""What lies over a tile's picture (name, marks, ring, round corners), drawn once for each state instead of each frame.

Everything of it is near the edges: so it is kept as four strips along them, and the middle of the tile costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap

BAND = 36
"""How far the marks reach in from above and below, in pixels."""
SIDE = 3
"""How far the ring reaches in from the sides."""

Strip = tuple[QPoint, QPixmap]


def strips(size: QSize, ratio: float, paint: Callable[[QPainter], None], band: int = BAND) -> tuple[Strip, ...]:
    """What ``paint`` makes of a tile of ``size`` (at ``ratio`` device pixels each), and where each piece belongs;
    ``band`` is how far it reaches in from above and below."""
    return tuple((where.topLeft(), _piece(where, ratio, paint)) for where in _places(size, band))


def _places(size: QSize, band: int) -> tuple[QRect, ...]:
    width, height = size.width(), size.height()
    if height <= 2 * band or width <= 2 * SIDE:
        return (QRect(0, 0, width, height),)
    between = height - 2 * band
    return (
        QRect(0, 0, width, band),
        QRect(0, band, SIDE, between),
        QRect(width - SIDE, band, SIDE, between),
        QRect(0, height - band, width, band),
    )


def _piece(where: QRect, ratio: float, paint: Callable[[QPainter], None]) -> QPixmap:
    made = QPixmap(max(1, round(where.width() * ratio)), max(1, round(where.height() * ratio)))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(-where.topLeft())
    paint(painter)
    painter.end()
    return made
