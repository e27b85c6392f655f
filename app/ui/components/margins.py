"""Margins and places by the direction of reading: Qt mirrors what is in a layout, and neither margins nor the rest."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QStyle, QWidget


def set_margins(layout: QLayout, leading: int, top: int, trailing: int, bottom: int) -> None:
    """``leading`` is left where one reads from left to right."""
    is_mirrored = QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    left, right = (trailing, leading) if is_mirrored else (leading, trailing)
    layout.setContentsMargins(left, top, right, bottom)


def between(inner: QBoxLayout | QWidget, leading: int, trailing: int, top: int = 0, bottom: int = 0) -> QHBoxLayout:
    """``inner`` with room on either side of it that is turned with the language, also later."""
    row = QHBoxLayout()
    row.setContentsMargins(0, top, 0, bottom)
    row.setSpacing(0)
    row.addSpacing(leading)
    if isinstance(inner, QWidget):
        row.addWidget(inner, 1)
    else:
        row.addLayout(inner, 1)
    row.addSpacing(trailing)
    return row


def place(part: QWidget, inside: QWidget, there: QRect) -> None:
    """Put ``part`` where it is in ``inside`` when one reads from left to right; mirrored where the language is."""
    part.setGeometry(QStyle.visualRect(inside.layoutDirection(), inside.rect(), there))
