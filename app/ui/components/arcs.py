"""A share of a whole as a ring that fills clockwise from the top."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from app.ui.theme import theme


def paint_ring(painter: QPainter, rect: QRectF, share: float, width: float, rest: str = "raised") -> None:
    """A ring ``width`` pixels thick inside ``rect``: ``share`` (0 to 1) of it in the accent, the rest in a token."""
    inner = rect.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme().colour(rest), width))
    painter.drawEllipse(inner)
    if share > 0:
        pen = QPen(theme().colour("accent"), width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawArc(inner, 90 * 16, -round(min(1.0, share) * 360 * 16))
