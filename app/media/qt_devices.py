"""What Qt knows of the desktop's devices, and its word when one comes or goes.

Importing this loads QtMultimedia (and on Linux needs libpulse). Qt's first look at the sound server takes up to a
tenth of a second: ``seen`` is for threads that may wait.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from PySide6.QtMultimedia import QAudioDevice, QCameraDevice, QMediaDevices

from app.errors import DeviceKind
from app.media.identities import Named
from app.media.pulse import PulseWatch

TOGETHER_MS = 250
"""One plug is several devices, and several words of Qt's."""


def seen(kind: DeviceKind) -> list[Named]:
    """Devices by the system's own ids; none without an application. Any thread."""
    if QCoreApplication.instance() is None:
        return []
    match kind:
        case DeviceKind.CAMERA:
            return _named(QMediaDevices.videoInputs(), QMediaDevices.defaultVideoInput())
        case DeviceKind.MICROPHONE:
            return _named(QMediaDevices.audioInputs(), QMediaDevices.defaultAudioInput())
        case DeviceKind.SPEAKER:
            return _named(QMediaDevices.audioOutputs(), QMediaDevices.defaultAudioOutput())
        case DeviceKind.SCREEN:
            return []


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
