"""One's own devices while a room is open: what is plugged in or out is told to the room.

Lives in Qt's main thread; nothing is heard any more after ``close``.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QObject

from app.choices import Devices
from app.hardware import Hardware
from app.ui.bridge import StoreBridge
from app.ui.room.port import Room

Do = Callable[[Coroutine[Any, Any, None]], None]


class RoomDevices(QObject):
    def __init__(self, parent: QObject, room: Room, hardware: Hardware | None, do: Do) -> None:
        """``do`` runs an intent and shows what came of it."""
        super().__init__(parent)
        self._room = room
        self._do = do
        self._bridges: list[StoreBridge[Any]] = []
        self.devices: Devices | None = None
        """What is plugged in, once that is known."""
        if hardware is not None:
            bridge = StoreBridge(hardware.store)
            self._bridges.append(bridge)
            bridge.listen(self._on_devices)
            do(_look(hardware))

    def close(self) -> None:
        for bridge in self._bridges:
            bridge.close()

    def _on_devices(self, devices: Devices | None) -> None:
        self.devices = devices
        if devices is not None:
            self._do(self._room.devices_changed(devices.cameras, devices.microphones, devices.speakers))


async def _look(hardware: Hardware) -> None:
    await hardware.look()
