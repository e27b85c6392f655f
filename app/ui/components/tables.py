"""What every table needs and Qt does not give it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QTableView

from app.ui.words import tr


def name_corner(table: QTableView) -> None:
    """Qt gives every table a button above its row headings; where those are hidden nobody sees it, but it is there."""
    corner = table.findChild(QAbstractButton)
    if corner is not None:
        corner.setAccessibleName(tr("Select everything"))
        corner.setFocusPolicy(Qt.FocusPolicy.NoFocus)
