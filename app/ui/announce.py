"""Says to people who listen to the screen what others see happen."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, words: str) -> None:
    """Have a screen reader say ``words`` when it has finished what it is saying."""
    if not words:
        return
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))
