"""The system's own question whether this app may see and hear, through Qt: macOS asks it once, when it is asked to.

Qt says "granted" where the system asks nobody, and "denied" only where the person, or whoever manages the computer,
said so. Where Qt may not ask, since the program that runs it does not say what for, the answer stays open, and macOS
asks by itself when the device is opened.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import (
    QCameraPermission,
    QCoreApplication,
    QMicrophonePermission,
    QObject,
    Qt,
    QThread,
    Signal,
    Slot,
)

from app.errors import DeviceError, DeviceKind, DeviceProblem

PATIENCE_S = 60.0
"""So long the person has for the answer."""
Wanted = QCameraPermission | QMicrophonePermission
WANTED: dict[DeviceKind, type[Wanted]] = {
    DeviceKind.CAMERA: QCameraPermission,
    DeviceKind.MICROPHONE: QMicrophonePermission,
}


class System(Protocol):
    """What Qt's application says for the system."""

    def checkPermission(self, permission: Any, /) -> Qt.PermissionStatus:
        """Any thread."""
        ...

    def requestPermission(self, permission: Any, context: QObject, functor: Callable[..., Any], /) -> None:
        """In the main thread, where ``functor`` is called with the answer."""
        ...


class QtPermission(QObject):
    """Lives in Qt's main ``thread`` for as long as the process."""

    _wanted = Signal(object, object)

    def __init__(self, system: System, thread: QThread) -> None:
        super().__init__()
        self._system = system
        self.moveToThread(thread)
        self._wanted.connect(self._request, Qt.ConnectionType.QueuedConnection)

    async def ask(self, kind: DeviceKind) -> None:
        """Have the person asked where they were not yet, and wait for the answer. Any thread.

        Raises:
            DeviceError: it is denied.
        """
        if kind not in WANTED:
            return
        wanted = WANTED[kind]()
        can_be_asked = self.thread().loopLevel() > 0
        if can_be_asked and self._system.checkPermission(wanted) is Qt.PermissionStatus.Undetermined:
            answered = asyncio.Event()
            self._wanted.emit(wanted, partial(_tell, asyncio.get_running_loop(), answered))
            with suppress(TimeoutError):
                await asyncio.wait_for(answered.wait(), PATIENCE_S)
        if self._system.checkPermission(wanted) is Qt.PermissionStatus.Denied:
            raise DeviceError(kind, DeviceProblem.DENIED, "the system does not let this app use it")

    @Slot(object, object)
    def _request(self, wanted: Wanted, answered: Callable[[], None]) -> None:
        self._system.requestPermission(wanted, self, lambda *_: answered())


def _tell(loop: asyncio.AbstractEventLoop, answered: asyncio.Event) -> None:
    with suppress(RuntimeError):  # the loop is closed: nobody waits any more
        loop.call_soon_threadsafe(answered.set)


_shared: list[QtPermission] = []
"""The one of this process, once it was needed."""
_making = threading.Lock()


def shared() -> QtPermission | None:
    """None without an application."""
    app = QCoreApplication.instance()
    if app is None:
        return None
    with _making:
        if not _shared:
            _shared.append(QtPermission(app, app.thread()))
        return _shared[0]
