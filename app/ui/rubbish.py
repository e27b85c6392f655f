"""Python's garbage collector, in Qt's main thread only.

Left to itself the collector runs in whichever thread happens to allocate, most often the engine's. A widget, timer or
signal that is part of a cycle is then destroyed there, while the main thread may be in the middle of an event for it,
and the program dies. So the collector is switched off and asked from a timer whether it has anything to do.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 500
WITHOUT_OLDEST = 20
"""Collections of the younger objects between two of all: those take longest, and find least."""


class Collector(QObject):
    """Collects from now on until ``stop``, after which Python does so by itself again."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._since_oldest = 0
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.tidy)
        self._timer.start()

    def settle(self) -> None:
        """What there is now (modules, above all) stays until the end: it is not looked through again and again."""
        gc.freeze()

    def tidy(self) -> None:
        """Collect the generations that are due."""
        youngest, middle, _ = gc.get_count()
        limits = gc.get_threshold()
        if youngest < limits[0]:
            return
        if middle < limits[1]:
            gc.collect(0)
        elif self._since_oldest < WITHOUT_OLDEST:
            self._since_oldest += 1
            gc.collect(1)
        else:
            self._since_oldest = 0
            gc.collect(2)

    def stop(self) -> None:
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
