"""Ctrl+C in the terminal: Qt's loop runs in C, where Python's signal handlers are not called.

So the signal's number is written to a socket (``signal.set_wakeup_fd``) that Qt's loop watches, and that wakes Python.
"""

from __future__ import annotations

import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

from app.ui.quitting import close_all

PATIENCE_MS = 5_000
"""How long windows may take to say goodbye before the loop ends all the same."""


class Interrupt(QObject):
    """The first Ctrl+C closes every window, so that rooms are left politely; the second one ends the loop."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._was_asked = False
        self._here, self._there = socket.socketpair()
        self._here.setblocking(False)
        self._there.setblocking(False)
        signal.set_wakeup_fd(self._there.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._here.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._drain)
        signal.signal(signal.SIGINT, self._on_signal)
        signal.signal(signal.SIGTERM, self._on_signal)

    def _drain(self) -> None:
        """Python runs the handler before this returns; the bytes themselves say nothing more."""
        self._here.recv(64)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        if self._was_asked:
            self._app.exit()  # ``quit`` would ask the windows again
            return
        self._was_asked = True
        QTimer.singleShot(PATIENCE_MS, self, self._app.exit)
        close_all()
