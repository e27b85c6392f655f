"""One's own devices while a room is open: what is plugged in or out is told to the room, the menus of the control bar
choose among what there is, and what one ought to know of one's microphone is said.

Lives in Qt's main thread; nothing is heard any more after ``close``.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.choices import Devices, keep_names, sound_of, source
from app.config import Settings, SettingsFile
from app.errors import DeviceKind
from app.hardware import Hardware
from app.room.state import RoomState
from app.ui.bridge import StoreBridge
from app.ui.components.toasts import ToastStack
from app.ui.devices.chiming import Chimes
from app.ui.devices.menus import Acts, camera_menu, microphone_menu
from app.ui.devices.sound import sound_sheet
from app.ui.words import tr

if TYPE_CHECKING:
    from app.ui.room.controls import ControlBar
    from app.ui.room.port import Room

Do = Callable[[Coroutine[Any, Any, None]], None]


class RoomDevices(QObject):
    """``listed`` comes when it is known anew which devices there are."""

    listed = Signal()

    def __init__(
        self,
        window: QWidget,
        room: Room,
        *,
        controls: ControlBar,
        toasts: ToastStack,
        settings: SettingsFile | None,
        hardware: Hardware | None,
        is_quiet: Callable[[], bool],
        do: Do,
    ) -> None:
        """``is_quiet`` says whether those who come and go make no sound; ``do`` runs an intent and shows its outcome.
        Without ``settings`` nothing is remembered."""
        super().__init__(window)
        self._window = window
        self._room = room
        self._controls = controls
        self._toasts = toasts
        self._settings = settings
        self._do = do
        bridges = self._bridges = list[StoreBridge[Any]]()
        self.destroyed.connect(lambda: _close(bridges))  # a window may go without a goodbye, and a look end after it
        self._remembered = settings.state if settings is not None else Settings()
        self._chimes = Chimes(lambda: self._remembered.chimes and not is_quiet())
        self._is_dead = False
        self._is_deaf = False
        self.devices: Devices | None = None
        """What is plugged in, once that is known."""
        controls.microphones_wanted.connect(self.open_microphones)
        controls.cameras_wanted.connect(self.open_cameras)
        if settings is not None:
            do(room.set_sound(sound_of(settings.state)))
            self._listen(StoreBridge(settings.store), self._on_settings)
        if hardware is not None:
            self._listen(StoreBridge(hardware.store), self._on_devices)
            do(_look(hardware))

    def close(self) -> None:
        _close(self._bridges)

    # ---- the menus -----------------------------------------------------------------------------------------------

    def open_microphones(self) -> None:
        menu = microphone_menu(self._window, self._room.store.state, self.devices, self._remembered, self._acts())
        self._pop_up(menu, self._controls.microphone)

    def open_cameras(self) -> None:
        menu = camera_menu(self._window, self._room.store.state, self.devices, self._remembered, self._acts())
        self._pop_up(menu, self._controls.camera)

    def turn_deaf(self) -> None:
        """Hear nobody, or hear everybody again."""
        self._deafen(not self._room.store.state.deafened)

    def _pop_up(self, menu: QMenu, button: QWidget) -> None:
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(button.mapToGlobal(QPoint(0, -menu.sizeHint().height() - 4)))
        chosen = next((one for one in menu.actions() if one.isChecked()), None)
        if chosen is not None:
            menu.setActiveAction(chosen)

    def _acts(self) -> Acts:
        settings = self._settings
        return Acts(
            use=self.use,
            deafen=self._deafen,
            be_body_double=self.be_body_double,
            sound_settings=None if settings is None else lambda: sound_sheet(settings, self._window).show(),
        )

    def use(self, kind: DeviceKind, spec: str) -> None:
        """Take a device now, and in the next room."""
        match kind:
            case DeviceKind.CAMERA:
                self._do(self._room.use_camera(source(spec)))
                self._remember(camera=spec)
            case DeviceKind.MICROPHONE:
                self._do(self._room.use_microphone(source(spec)))
                self._remember(microphone=spec)
            case _:
                self._do(self._room.use_speaker(spec))
                self._remember(speaker=spec)

    def _deafen(self, deafened: bool) -> None:
        self._do(self._room.set_deafened(deafened))

    def be_body_double(self, on: bool) -> None:
        self._do(self._room.set_body_double(on))
        if self._settings is not None:
            self._settings.change(body_double=on)

    def _remember(self, **chosen: str) -> None:
        if self._settings is None:
            return
        self._settings.change(**chosen)
        self._remembered = self._settings.state  # it was done already
        if self.devices is not None:
            keep_names(self._settings, self.devices)

    # ---- what comes from elsewhere -------------------------------------------------------------------------------

    def _on_devices(self, devices: Devices | None) -> None:
        self.devices = devices
        if devices is None:
            return
        if self._settings is not None:
            keep_names(self._settings, devices)
        self._do(self._room.devices_changed(devices.cameras, devices.microphones, devices.speakers))
        self.listed.emit()

    def _on_settings(self, settings: Settings) -> None:
        """Chosen in the settings' window while the room is open."""
        before, self._remembered = self._remembered, settings
        if settings.sound != before.sound:
            self._do(self._room.set_sound(sound_of(settings)))
        if settings.camera != before.camera:
            self._do(self._room.use_camera(source(settings.camera)))
        if settings.microphone != before.microphone:
            self._do(self._room.use_microphone(source(settings.microphone)))
        if settings.speaker != before.speaker:
            self._do(self._room.use_speaker(settings.speaker))

    # ---- what one ought to know ----------------------------------------------------------------------------------

    def show_state(self, state: RoomState) -> None:
        chime = self._chimes.show_state(state)
        if chime is not None:
            self._do(self._room.chime(chime))
        if state.microphone_dead != self._is_dead:
            self._is_dead = state.microphone_dead
            words = tr("We can’t hear you: wrong microphone?")
            if self._is_dead:
                self._toasts.offer(words, "mic-off", tr("Choose microphone"), self.open_microphones)
            else:
                self._toasts.take_back(words)
        if state.deafened != self._is_deaf:
            self._is_deaf = state.deafened
            words = tr("You hear nobody.")
            if self._is_deaf:
                self._toasts.offer(words, "volume-x", tr("Hear everybody"), lambda: self._deafen(False))
            else:
                self._toasts.take_back(words)

    def _listen[T](self, bridge: StoreBridge[T], listener: Callable[[T], None]) -> None:
        self._bridges.append(bridge)
        bridge.listen(listener)


async def _look(hardware: Hardware) -> None:
    await hardware.look()


def _close(bridges: list[StoreBridge[Any]]) -> None:
    for bridge in bridges:
        bridge.close()
