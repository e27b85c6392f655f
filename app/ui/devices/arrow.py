"""The narrow arrow inside a button of the control bar: it opens the list of devices, the button itself is a switch."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.components.labels import set_tooltip
from app.ui.components.pressable import Pressable, blend
from app.ui.icons import pixmap

WIDTH = 36
_ICON = 16
_FROM_BUTTON = 15
"""The arrow stands nearer to the button's icon than to the edge."""
_OPENING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_F4)


class MenuArrow(Pressable):
    """``ink`` is the colour of the button that it stands in."""

    def __init__(self, name: str, ink: Callable[[], QColor], parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._ink = ink
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedWidth(WIDTH)
        self.set_ring_radius(8)
        set_tooltip(self, name)

    def say(self, name: str) -> None:
        self.setAccessibleName(name)
        set_tooltip(self, name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _OPENING and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_ring()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._place_ring()

    @property
    def _middle(self) -> int:
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        return self.width() - _FROM_BUTTON if is_mirrored else _FROM_BUTTON

    def _place_ring(self) -> None:
        """Around the arrow alone: below it are the words of the button that it stands in."""
        self.setProperty("ring_around", QRect(self._middle - 10, 7, 20, 23))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = self._ink()
        clear = QColor(ink)
        clear.setAlpha(0)
        veil = QColor(ink)
        veil.setAlpha(36)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(blend(clear, veil, 1.0 if self.isDown() else self.hovered))
        middle = self._middle
        painter.drawRoundedRect(QRectF(middle - 13, 4, 26, 30), 8, 8)
        drawn = pixmap("chevron-up", ink.name(), _ICON, self.devicePixelRatioF())
        painter.drawPixmap(QPointF(middle - _ICON / 2, 11), drawn)


class WithArrow(QWidget):
    """A button with an arrow over its trailing edge: two neighbours for keyboard and screen readers, in the order
    in which they were made."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._arrow: MenuArrow | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)

    def hold(self, button: QWidget, arrow: MenuArrow) -> None:
        """Both are children of this one already."""
        self._row.addWidget(button)
        self._arrow = arrow
        arrow.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._arrow is None:
            return
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self._arrow.setGeometry(0 if is_mirrored else self.width() - WIDTH, 0, WIDTH, self.height())
