"""A screen that somebody shares: a page of notes with a figure. Drawn, so that it is ours."""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from app.ui.theme import font

_SIZE = (1280, 720)
_LINES = (
    "A v = λ v, so (A − λ I) v = 0 with v ≠ 0.",
    "That has a solution only where det(A − λ I) = 0.",
    "For a 2 × 2 matrix: λ² − tr(A) λ + det(A) = 0.",
    "Exercise 4.3: find both eigenvalues of ((2, 1), (1, 2)).",
)


@lru_cache(maxsize=1)
def shared_screen() -> QImage:
    width, height = _SIZE
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#E7EAF0"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(QRectF(0, 0, width, 44), QColor("#2B3342"))
    for index, colour in enumerate(("#E0695F", "#E3B341", "#57A864")):
        painter.setPen(QColor(colour))
        painter.setBrush(QColor(colour))
        painter.drawEllipse(QPointF(28 + 24 * index, 22), 7, 7)
    painter.fillRect(QRectF(80, 84, width - 160, height - 84), QColor("#FFFFFF"))
    painter.setPen(QColor("#171A1F"))
    painter.setFont(font(28, 600))
    painter.drawText(QPointF(128, 160), "4.3 Eigenvalues")
    painter.setFont(font(20))
    for index, line in enumerate(_LINES):
        painter.drawText(QPointF(128, 214 + 40 * index), line)
    _draw_curve(painter, QRectF(128, 380, width - 256, 260))
    painter.end()
    return image


def _draw_curve(painter: QPainter, box: QRectF) -> None:
    painter.setPen(QPen(QColor("#7D8694"), 2))
    painter.drawLine(box.bottomLeft(), box.bottomRight())
    painter.drawLine(box.bottomLeft(), box.topLeft())
    points = [
        QPointF(box.left() + x * box.width() / 60, box.center().y() - 100 * math.sin(x / 6) * math.exp(-x / 40))
        for x in range(61)
    ]
    painter.setPen(QPen(QColor("#3557D5"), 4))
    painter.drawPolyline(QPolygonF(points))
