"""Run by a test: a window that does not close yet, and Ctrl+C as often as the command line says. Prints what came."""

from __future__ import annotations

import os
import signal
import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from app.ui import interrupt
from app.ui.quitting import Application

LONGEST_MS = 20_000


class SaysGoodbye(QWidget):
    """A room that takes leave of a server which does not answer."""

    asked = 0

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.asked += 1
        if self.asked < times:
            QTimer.singleShot(0, press)


def press() -> None:
    os.kill(os.getpid(), signal.SIGINT)


times = int(sys.argv[1])
interrupt.PATIENCE_MS = 50 if times == 1 else 2 * LONGEST_MS
app = Application(sys.argv[:1])
window = SaysGoodbye()
window.show()
interrupt.Interrupt(app)
QTimer.singleShot(0, press)
QTimer.singleShot(LONGEST_MS, lambda: app.exit(7))
code = app.exec()
print("ended", code, "asked", window.asked)  # noqa: T201
