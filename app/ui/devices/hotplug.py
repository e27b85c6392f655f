"""Has the devices listed anew whenever one comes or goes, from the moment on when somebody first looked at them.

Nothing is loaded for it before: the first window need not know any device. And Qt's own first look, which may take a
tenth of a second, was then taken in a thread.
"""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.choices import Devices
from app.engine import Engine
from app.hardware import Hardware
from app.ui.bridge import Intents, StoreBridge


class HotPlug(QObject):
    """Lives in Qt's main thread."""

    def __init__(self, engine: Engine, hardware: Hardware, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._hardware = hardware
        self._intents = Intents(_not_listed)
        self.is_watching = False
        self._bridge = StoreBridge(hardware.store)
        self._bridge.listen(self._begin)

    def _begin(self, devices: Devices | None) -> None:
        if devices is None or self.is_watching:
            return
        self.is_watching = True
        self._bridge.close()
        from app.media.hotplug import DeviceWatch

        watch = DeviceWatch(self)
        watch.changed.connect(self._look)

    def _look(self) -> None:
        self._intents.start(self._engine.call(self._hardware.look()))


def _not_listed(_: Exception) -> None:
    """It is in the log, and the next change is another chance."""
