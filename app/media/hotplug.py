"""Says when a device came or went, or another one is the default: by Qt's word, or by the clock where Qt has none."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QObject, QTimer, Signal

log = logging.getLogger(__name__)

LOOK_MS = 3_000
"""Without Qt's word one looks so often; a look costs some milliseconds of a thread of its own."""


def backends() -> Path:
    """Where QtMultimedia has the plugin without which it knows no camera."""
    return Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "multimedia"


class DeviceWatch(QObject):
    """``changed`` means: look again. Lives in Qt's main thread."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None, *, plugins: Path | None = None) -> None:
        """``plugins`` is the folder of QtMultimedia's plugins, where it is not the usual one."""
        super().__init__(parent)
        self.is_told = self._listen(plugins or backends())
        """Qt says it; else one looks by the clock."""
        if not self.is_told:
            clock = QTimer(self, interval=LOOK_MS)
            clock.timeout.connect(self.changed)
            clock.start()

    def _listen(self, plugins: Path) -> bool:
        try:
            from app.media.qt_devices import QtWatch
        except ImportError as error:
            log.warning("devices are looked for every %d s: %s", LOOK_MS // 1000, error)
            return False
        QtWatch(self).changed.connect(self.changed)
        return any(plugins.glob("*"))
