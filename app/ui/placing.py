"""Where a window was when it was last closed: put back there, as large as it was.

Qt keeps it on a screen: where the screen of last time is gone, the window comes to one that is there.
"""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QEvent, QObject
from PySide6.QtWidgets import QWidget

from app.config import SettingsFile


class Placing(QObject):
    """Puts ``window`` where it was, and writes down where it is whenever it is closed or hidden."""

    def __init__(self, window: QWidget, settings: SettingsFile) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        remembered = QByteArray.fromBase64(settings.state.window.encode("ascii", "ignore"))
        if not remembered.isEmpty():
            window.restoreGeometry(remembered)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Close, QEvent.Type.Hide):
            self._settings.change(window=bytes(self._window.saveGeometry().toBase64().data()).decode("ascii"))
        return False
