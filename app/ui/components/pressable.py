"""The base of everything that is pressed: hover motion, Enter beside Space, and a focus ring for keyboard people only.

Qt's own push button answers Space alone outside dialogs; people press Enter too.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QVariantAnimation
from PySide6.QtGui import QColor, QCursor, QEnterEvent, QFocusEvent, QKeyEvent, QMoveEvent
from PySide6.QtWidgets import QPushButton, QWidget

from app.ui.theme import HOVER_MS, theme

_BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
)


class Pressable(QPushButton):
    """A button that its subclass paints. ``hovered`` runs from 0 to 1 and back."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.hovered = 0.0
        self._motion = QVariantAnimation(self)
        self._motion.valueChanged.connect(self._on_motion)

    def set_ring_radius(self, radius: int) -> None:
        """How round the focus ring has to be."""
        self.setProperty("ring_radius", radius)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        if self.isEnabled():
            self._hover_to(1.0)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover_to(0.0)

    def moveEvent(self, event: QMoveEvent) -> None:
        """Qt looks at the pointer when that moves, not when a button slides from under it because a line came above."""
        super().moveEvent(event)
        if self.underMouse():
            is_below = self.rect().contains(self.mapFromGlobal(QCursor.pos()))
            self._hover_to(1.0 if is_below and self.isEnabled() else 0.0)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self.setCursor(Qt.CursorShape.PointingHandCursor if self.isEnabled() else Qt.CursorShape.ArrowCursor)
            self._hover_to(1.0 if self.isEnabled() and self.underMouse() else 0.0)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() in _BY_KEYBOARD:
            self.setProperty("ring", True)
        elif event.reason() == Qt.FocusReason.MouseFocusReason:
            self.setProperty("ring", False)
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    def _hover_to(self, end: float) -> None:
        self._motion.stop()
        duration = theme().duration(HOVER_MS)
        if duration == 0 or not self.isVisible():
            self.hovered = end
            self.update()
            return
        self._motion.setStartValue(self.hovered)
        self._motion.setEndValue(end)
        self._motion.setDuration(duration)
        self._motion.start()

    def _on_motion(self, value: object) -> None:
        self.hovered = value if isinstance(value, float) else self.hovered
        self.update()


def blend(first: QColor, second: QColor, share: float) -> QColor:
    """``first`` with ``share`` (0 to 1) of ``second`` mixed in, alpha too."""

    def mixed(one: float, other: float) -> float:
        return one + (other - one) * share

    return QColor.fromRgbF(
        mixed(first.redF(), second.redF()),
        mixed(first.greenF(), second.greenF()),
        mixed(first.blueF(), second.blueF()),
        mixed(first.alphaF(), second.alphaF()),
    )
