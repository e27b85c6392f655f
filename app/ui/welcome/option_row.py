"""A way on that needs no account: icon, title, one line about it, and an arrow. A button as wide as the form."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.components.pressable import Pressable, blend
from app.ui.icons import pixmap
from app.ui.theme import font, theme

HEIGHT = 64


class OptionRow(Pressable):
    def __init__(self, icon: str, title: str, about: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._icon = icon
        self._about = about
        self.setText(title)
        self.setAccessibleDescription(about)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_ring_radius(12)

    def sizeHint(self) -> QSize:
        return QSize(424, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = theme().colour
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour("edge"), 1))
        painter.setBrush(blend(colour("surface"), colour("hover"), self.hovered))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 12, 12)
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        scale = self.devicePixelRatioF()
        near, far = (self.width() - 36, 16) if is_mirrored else (16, self.width() - 32)
        painter.drawPixmap(QPointF(near, 22), pixmap(self._icon, "accent", 20, scale))
        arrow = pixmap("chevron-left" if is_mirrored else "chevron-right", "muted", 16, scale)
        painter.drawPixmap(QPointF(far, 24), arrow)
        side = Qt.AlignmentFlag.AlignLeft  # a painter mirrors it with the layout
        text = QRectF(self.rect()).adjusted(52, 0, -52, 0)
        painter.setPen(colour("text"))
        painter.setFont(font(14, 600))
        painter.drawText(text.adjusted(0, 12, 0, -32), side | Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.setPen(colour("muted"))
        painter.setFont(font(12))
        about = painter.fontMetrics().elidedText(self._about, Qt.TextElideMode.ElideRight, int(text.width()))
        painter.drawText(text.adjusted(0, 32, 0, -12), side | Qt.AlignmentFlag.AlignVCenter, about)
