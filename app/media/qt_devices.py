"""What Qt knows of the desktop's devices, and its word when one comes or goes.

Importing this loads QtMultimedia (and on Linux needs libpulse). Qt's first look at the sound server takes up to a
tenth of a second: ``seen`` is for threads that may wait. Cameras are another matter: with its first look at them,
which takes less than a millisecond once the sound was looked at, Qt begins to watch their folder, in the thread that
looks and for as long as the process lives. So that look is always the main thread's.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QObject, Qt, QThread, QTimer, Signal, Slot
from PySide6.QtMultimedia import QAudioDevice, QCameraDevice, QMediaDevices

from app.errors import DeviceKind
from app.media.identities import Named
from app.media.pulse import PulseWatch

TOGETHER_MS = 250
"""One plug is several devices, and several words of Qt's."""
PATIENCE_S = 2.0
"""So long another thread waits for the main one."""


class _FirstLook(QObject):
    """At cameras, in the main thread."""

    wanted = Signal()

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__()
        self.done = threading.Event()
        self.moveToThread(app.thread())
        self.wanted.connect(self.take, Qt.ConnectionType.QueuedConnection)

    @Slot()
    def take(self) -> None:
        QMediaDevices.videoInputs()
        self.done.set()


_first: list[_FirstLook] = []
"""The one of this process, once it was wanted."""
_choosing = threading.Lock()


def seen(kind: DeviceKind) -> list[Named]:
    """Devices by the system's own ids; none without an application, and no cameras either while their first look
    would be another thread's and no loop of Qt's turns in the main one. Any thread."""
    app = QCoreApplication.instance()
    if app is None:
        return []
    match kind:
        case DeviceKind.CAMERA:
            if not _has_looked(app):
                return []
            return _named(QMediaDevices.videoInputs(), QMediaDevices.defaultVideoInput())
        case DeviceKind.MICROPHONE:
            return _named(QMediaDevices.audioInputs(), QMediaDevices.defaultAudioInput())
        case DeviceKind.SPEAKER:
            return _named(QMediaDevices.audioOutputs(), QMediaDevices.defaultAudioOutput())
        case DeviceKind.SCREEN:
            return []


def _has_looked(app: QCoreApplication) -> bool:
    """Have cameras looked at in the main thread, if they were not yet; whether they were."""
    with _choosing:
        if not _first:
            QMediaDevices.audioOutputs()  # what takes long is done here, and not where windows wait
            _first.append(_FirstLook(app))
        first = _first[0]
    if first.done.is_set():
        return True
    if QThread.currentThread() == app.thread():
        first.take()
        return True
    if app.thread().loopLevel() == 0:
        return False
    first.wanted.emit()
    return first.done.wait(PATIENCE_S)


def _named(
    devices: Sequence[QCameraDevice] | Sequence[QAudioDevice], default: QCameraDevice | QAudioDevice
) -> list[Named]:
    chosen = _id(default)
    return [Named(_id(one), one.description(), _id(one) == chosen) for one in devices]


def _id(device: QCameraDevice | QAudioDevice) -> str:
    return bytes(device.id().data()).decode(errors="replace")


class QtWatch(QObject):
    """``changed`` comes a moment after a device came or went or another one is the default, once for all that
    happened within the moment. Lives in Qt's main thread."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        seen(DeviceKind.CAMERA)  # listening is a first look, too
        self._together = QTimer(self, singleShot=True, interval=TOGETHER_MS)
        self._together.timeout.connect(self.changed)
        self.devices = QMediaDevices(self)
        for told in (
            self.devices.audioInputsChanged,
            self.devices.audioOutputsChanged,
            self.devices.videoInputsChanged,
        ):
            told.connect(self._together.start)
        PulseWatch(self).gone.connect(self._together.start)
