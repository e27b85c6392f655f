"""The panel beside the form: what the app is, said in one line and shown in one picture.

Drawn for a panel 592 by 900 and scaled as one, so that it stays whole in the smallest window.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QLinearGradient, QPainter, QPaintEvent, QPen, QPixmap, QTransform
from PySide6.QtWidgets import QWidget

from app.ui.assets import asset
from app.ui.components.avatars import paint_avatar
from app.ui.components.cards import paint_shadow
from app.ui.components.labels import fitted_font
from app.ui.icons import mark, pixmap
from app.ui.theme import font, theme
from app.ui.tokens import ON_VIDEO, ON_VIDEO_ALPHA
from app.ui.words import tr

WIDTH, HEIGHT = 592, 900
_LEFT = 64


class Hero(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Deskmates: study side by side, wherever your desk is."))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = theme().colour
        gradient = QLinearGradient(0, 0, self.width(), self.height())
        gradient.setColorAt(0, colour("hero_from"))
        gradient.setColorAt(1, colour("hero_to"))
        painter.fillRect(self.rect(), gradient)
        scale = min(1.0, self.width() / WIDTH)
        is_low = self.height() < HEIGHT * 0.86
        top = 190 if is_low else 244
        room = self.height() - top - 72
        self._picture(painter, min(scale, room / 540), top + room / 2)
        self._words(painter, scale, 0.72 if is_low else 1.0)
        painter.setPen(colour("muted"))
        painter.setFont(font(13))
        last = tr("Your calls go directly between you and your study mates.")
        where = self._across(_LEFT * scale, self.height() - 74, 36)
        painter.drawText(where, _START | Qt.TextFlag.TextWordWrap, last)

    def _words(self, painter: QPainter, across: float, down: float) -> None:
        colour = theme().colour
        left = _LEFT * across
        sign = self._across(left, 56 * down, 36)
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        place = QPointF(sign.right() - 36 if is_mirrored else sign.left(), sign.top())
        painter.drawPixmap(place, mark(36, self.devicePixelRatioF()))
        painter.setPen(colour("text"))
        self._line(painter, self._across(left + 48, 56 * down, 36), "Deskmates", 16, 600)
        lines = (tr("Study side by side,"), tr("wherever your desk is."))
        step = 34 if across > 0.8 else 26
        for index, words in enumerate(lines):
            where = self._across(left, 132 * down + index * step, step)
            self._line(painter, where, words, 28 if across > 0.8 else 20, 600)
        painter.setPen(colour("muted"))
        where = self._across(left, 132 * down + 2 * step + 8, 24)
        self._line(painter, where, tr("Quiet company, and a tutor when stuck."), 16 if across > 0.8 else 13)

    def _across(self, left: float, top: float, height: float) -> QRectF:
        """From ``left`` to near the other edge; mirrored with the layout."""
        width = self.width() - left - 16
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        return QRectF(16 if is_mirrored else left, top, width, height)

    def _line(self, painter: QPainter, where: QRectF, words: str, size: int, weight: int = 400) -> None:
        """One line, in smaller letters where it would be too long."""
        painter.setFont(fitted_font(words, int(where.width()), size, weight))
        painter.drawText(where, _START, words)

    def _picture(self, painter: QPainter, scale: float, middle: float) -> None:
        """Two desks, a message and a small success, 540 by 540 around ``middle``. As a picture it is never mirrored."""
        painter.save()
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        painter.translate(self.width() / 2, middle)
        painter.scale(scale, scale)
        painter.setPen(Qt.PenStyle.NoPen)
        veil = QColor(theme().colour("surface"))
        veil.setAlphaF(0.30 if theme().tokens.is_dark else 0.38)
        painter.setBrush(veil)
        painter.drawEllipse(QPointF(0, 0), 270, 270)
        painter.drawEllipse(QPointF(0, 0), 190, 190)
        self._desk(painter, "priya", QRectF(-82, -182, 314, 214), "Priya")
        self._desk(painter, "mateo", QRectF(-232, -40, 300, 208), "Mateo")
        self._message(painter, QRectF(-204, -140, 196, 64))
        self._success(painter, QRectF(36, 84, 212, 60))
        painter.restore()

    def _desk(self, painter: QPainter, name: str, rect: QRectF, said: str) -> None:
        paint_shadow(painter, rect.toRect(), 22, 16, 8)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().colour("surface"))
        painter.drawRoundedRect(rect, 22, 22)
        inner = rect.adjusted(5, 5, -5, -5)
        still = _still(name, int(inner.width()), int(inner.height()), self.devicePixelRatioF())
        brush = QBrush(still)
        shrink = 1 / self.devicePixelRatioF()
        brush.setTransform(QTransform.fromTranslate(inner.x(), inner.y()).scale(shrink, shrink))
        painter.setBrush(brush)
        painter.drawRoundedRect(inner, 17, 17)
        pill_colour = QColor(ON_VIDEO)
        pill_colour.setAlphaF(ON_VIDEO_ALPHA)
        painter.setFont(font(12, 600))
        width = painter.fontMetrics().horizontalAdvance(said) + 20
        pill = QRectF(inner.left() + 12, inner.bottom() - 38, width, 26)
        if name == "priya":
            pill.moveRight(inner.right() - 12)
            pill.moveTop(inner.top() + 12)
        painter.setBrush(pill_colour)
        painter.drawRoundedRect(pill, 8, 8)
        painter.setPen(QColor("#FFFFFF"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, said)

    def _message(self, painter: QPainter, rect: QRectF) -> None:
        self._bubble(painter, rect)
        paint_avatar(painter, QRectF(rect.left() + 14, rect.top() + 14, 36, 36), "Yuki Tanaka", "b")
        self._two_lines(painter, rect.adjusted(62, 0, -8, 0), tr("Page 112 helps"), "Yuki, 14:09")

    def _success(self, painter: QPainter, rect: QRectF) -> None:
        self._bubble(painter, rect)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().colour("success"))
        painter.drawEllipse(QRectF(rect.left() + 16, rect.top() + 18, 24, 24))
        tick = pixmap("check", "surface", 14, self.devicePixelRatioF())
        painter.drawPixmap(QPointF(rect.left() + 21, rect.top() + 23), tick)
        self._two_lines(painter, rect.adjusted(54, 0, -8, 0), tr("Problem set 4"), tr("Done together"))

    def _bubble(self, painter: QPainter, rect: QRectF) -> None:
        paint_shadow(painter, rect.toRect(), 16, 16, 6)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme().colour("divider"), 1) if theme().tokens.is_dark else Qt.PenStyle.NoPen)
        painter.setBrush(theme().colour("surface"))
        painter.drawRoundedRect(rect, 16, 16)

    def _two_lines(self, painter: QPainter, rect: QRectF, first: str, second: str) -> None:
        painter.setPen(theme().colour("text"))
        middle = rect.center().y()
        self._line(painter, QRectF(rect.left(), middle - 20, rect.width(), 20), first, 14, 600)
        painter.setPen(theme().colour("muted"))
        self._line(painter, QRectF(rect.left(), middle + 1, rect.width(), 18), second, 12)


_START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@lru_cache(maxsize=8)
def _still(name: str, width: int, height: int, scale: float) -> QPixmap:
    """A classmate's still, filling ``width`` by ``height`` logical pixels, cut at the sides.

    It has a ratio of 1: a brush takes pixels of any other for smaller ones, and would shrink them twice.
    """
    wanted_width, wanted_height = round(width * scale), round(height * scale)
    full = QPixmap(str(asset("art", f"{name}.jpg"))).scaled(
        wanted_width,
        wanted_height,
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    left, top = (full.width() - wanted_width) // 2, (full.height() - wanted_height) // 2
    return full.copy(left, top, wanted_width, wanted_height)
