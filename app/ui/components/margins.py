"""Margins by the direction of reading: Qt mirrors what is in a layout, and not its margins."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLayout


def set_margins(layout: QLayout, leading: int, top: int, trailing: int, bottom: int) -> None:
    """``leading`` is left where one reads from left to right."""
    is_mirrored = QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    left, right = (trailing, leading) if is_mirrored else (leading, trailing)
    layout.setContentsMargins(left, top, right, bottom)
