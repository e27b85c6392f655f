"""Where a window was when it was last closed: put back there, as large as it was.

Qt keeps it on a screen: where the screen of last time is gone, the window comes to one that is there.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QObject, QSize
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from app.ui.components.hiding import HideWatch


def begin_at(window: QWidget, width: int, height: int) -> None:
    """Give ``window`` its first size: this one, or as much of it as its screen has."""
    window.resize(QSize(width, height).boundedTo(window.screen().availableGeometry().size()))


class Placing(QObject):
    """Puts ``window`` where it was, and has it remembered where it is whenever it is hidden, closed or not."""

    def __init__(self, window: QWidget, where: str, remember: Callable[[str], None]) -> None:
        """``where`` is what was remembered last time, "" for nothing; what makes no sense counts for nothing."""
        super().__init__(window)
        self._window = window
        self._remember = remember
        remembered = QByteArray.fromBase64(where.encode("ascii", "ignore"))
        if not remembered.isEmpty():
            window.restoreGeometry(remembered)
        HideWatch(window).hidden.connect(self._on_hidden)

    def _on_hidden(self) -> None:
        if not isValid(self._window):
            return  # it was never closed: the second Ctrl+C ends the app around it
        self._remember(bytes(self._window.saveGeometry().toBase64().data()).decode("ascii"))
