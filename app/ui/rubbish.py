"""Python's garbage collector, in Qt's main thread only.

Left to itself the collector runs in whichever thread happens to allocate, most often the engine's. A widget, timer or
signal that is part of a cycle is then destroyed there, while the main thread may be in the middle of an event for it,
and the program dies. So the collector is switched off and asked from a timer whether it has anything to do.

What the C library keeps of memory that was freed, after a start most of all, goes back to the system from here too.
"""

from __future__ import annotations

import ctypes
from typing import Any

from PySide6.QtCore import QObject, QTimer

from app.rubbish import EVERY_S, Rubbish

GIVE_BACK_MS = 10_000
"""It takes a few milliseconds, in which others may wait for memory."""


def _trim() -> Any:
    """The C library's ``malloc_trim`` (glibc), which gives whole free pages back; None where there is none."""
    try:
        return ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):  # musl, macOS; Windows has no library of no name
        return None


class Collector(QObject):
    """Collects from now on until ``stop``, after which Python does so by itself again."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rubbish = Rubbish()
        self._timer = QTimer(self, interval=round(1000 * EVERY_S))
        self._timer.timeout.connect(self._rubbish.tidy)
        self._timer.start()
        self._trim = _trim()
        self._giving = QTimer(self, interval=GIVE_BACK_MS)
        if self._trim is not None:
            self._giving.timeout.connect(self.give_back)
            self._giving.start()

    def settle(self) -> None:
        """What there is now (modules, above all) stays until the end: it is not looked through again and again."""
        self._rubbish.settle()

    def give_back(self) -> None:
        """What is free goes back to the system."""
        self._trim(0)

    def stop(self) -> None:
        self._timer.stop()
        self._giving.stop()
        self._rubbish.stop()
