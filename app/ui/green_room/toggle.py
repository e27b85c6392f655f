"""A large switch with an icon, what is, and what a press does."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.components.labels import fitted_font
from app.ui.components.pressable import Pressable, blend
from app.ui.icons import pixmap
from app.ui.theme import theme

HEIGHT = 86
_PAD = 16


class BigToggle(Pressable):
    """``checked`` says whether it is on; a press only wishes, the owner says what came of it by ``become``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._icon = ""
        self._about = ""
        self._warns = False
        self.is_on = False
        self.set_ring_radius(12)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def about(self) -> str:
        return self._about

    def become(self, icon: str, title: str, about: str, name: str, *, is_on: bool, trouble: str = "") -> None:
        """``name`` says what a press does, ``trouble`` why it does not work."""
        self._icon, self._about, self._warns, self.is_on = icon, about, bool(trouble), is_on
        self.setText(title)
        self.setAccessibleName(name)
        self.setAccessibleDescription(trouble or about)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(234, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(140, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = theme().colour
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill, ink, quiet = self._colours()
        over = blend(fill, ink, 0.10) if self.is_on else blend(fill, colour("text"), 0.05)
        fill = blend(fill, over, 1.0 if self.isDown() else self.hovered)
        is_loud = theme().tokens.name == "high-contrast" and self.is_on
        painter.setPen(QPen(ink if is_loud else fill if self.is_on else colour("edge"), 1))
        painter.setBrush(fill)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 12, 12)
        ratio = self.devicePixelRatioF()
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self.width() - _PAD - 20 if is_mirrored else _PAD
        painter.drawPixmap(QPointF(left, 14), pixmap(self._icon, ink.name(), 20, ratio))
        if self._warns:
            left += -24 if is_mirrored else 28
            painter.drawPixmap(QPointF(left, 16), pixmap("triangle-alert", "warn", 16, ratio))
        side = Qt.AlignmentFlag.AlignRight if is_mirrored else Qt.AlignmentFlag.AlignLeft
        flags = side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        room = self.width() - 2 * _PAD
        for words, top, height, shape, pen in (
            (self.text(), 40, 20, fitted_font(self.text(), room, 14, 600), ink),
            (self._about, 59, 18, fitted_font(self._about, room, 12), quiet),
        ):
            painter.setFont(shape)
            painter.setPen(pen)
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(_PAD, top, room, height), flags, shown)

    def _colours(self) -> tuple[QColor, QColor, QColor]:
        """Fill, ink and quiet ink."""
        colour = theme().colour
        if self.is_on:
            return colour("accent_soft"), colour("accent"), colour("text")
        return colour("raised"), colour("text"), colour("muted")
