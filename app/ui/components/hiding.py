"""Tells when a window is hidden.

An event filter would do, but it is called for each repaint of the window as well: thirty times a second and more while
pictures play.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget


class HideWatch(QWidget):
    """Has no size and shows nothing; it is hidden together with ``window``, minimised or closed."""

    hidden = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedSize(0, 0)
        self.show()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.hidden.emit()
