"""Where a window was when it was last closed: put back there, as large as it was.

Qt keeps it on a screen: where the screen of last time is gone, the window comes to one that is there.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QEvent, QObject, QSize
from PySide6.QtWidgets import QWidget


def begin_at(window: QWidget, width: int, height: int) -> None:
    """Give ``window`` its first size: this one, or as much of it as its screen has."""
    window.resize(QSize(width, height).boundedTo(window.screen().availableGeometry().size()))


class Placing(QObject):
    """Puts ``window`` where it was, and has it remembered where it is whenever it is closed or hidden."""

    def __init__(self, window: QWidget, where: str, remember: Callable[[str], None]) -> None:
        """``where`` is what was remembered last time, "" for nothing; what makes no sense counts for nothing."""
        super().__init__(window)
        self._window = window
        self._remember = remember
        remembered = QByteArray.fromBase64(where.encode("ascii", "ignore"))
        if not remembered.isEmpty():
            window.restoreGeometry(remembered)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Close, QEvent.Type.Hide):
            self._remember(bytes(self._window.saveGeometry().toBase64().data()).decode("ascii"))
        return False
