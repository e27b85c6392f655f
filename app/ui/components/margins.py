"""Margins and places by the direction of reading: Qt mirrors what is in a layout, and neither margins nor the rest."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLayout, QStyle, QWidget


def set_margins(layout: QLayout, leading: int, top: int, trailing: int, bottom: int) -> None:
    """``leading`` is left where one reads from left to right."""
    is_mirrored = QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    left, right = (trailing, leading) if is_mirrored else (leading, trailing)
    layout.setContentsMargins(left, top, right, bottom)


def place(part: QWidget, inside: QWidget, there: QRect) -> None:
    """Put ``part`` where it is in ``inside`` when one reads from left to right; mirrored where the language is."""
    part.setGeometry(QStyle.visualRect(inside.layoutDirection(), inside.rect(), there))
