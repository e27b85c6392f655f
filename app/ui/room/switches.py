"""What one turns on and off in the room: microphone, camera, and what is shared; and what is said where that fails."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.errors import DeviceKind
from app.media.sources import SourceSpec
from app.room.state import RoomState
from app.ui.components.toasts import ToastStack
from app.ui.room.controls import ControlBar
from app.ui.room.port import Room
from app.ui.room.sharing_bar import SharingBar
from app.ui.room.troubles import Troubles
from app.ui.share.picker import open_picker

Do = Callable[[Coroutine[Any, Any, None]], None]


class Switches:
    """Lives as long as ``window``, over which it asks what is to be shared."""

    def __init__(
        self, window: QWidget, room: Room, *, controls: ControlBar, sharing: SharingBar, toasts: ToastStack, do: Do
    ) -> None:
        """``do`` runs an intent and shows its outcome."""
        self._window = window
        self._room = room
        self._sharing = sharing
        self._do = do
        self._troubles = Troubles(toasts)
        controls.microphone_wanted.connect(self.turn_microphone)
        controls.camera_wanted.connect(self.turn_camera)
        controls.share_wanted.connect(self._on_share)
        sharing.stop_pressed.connect(self.stop_sharing)
        # Its counterpart: a second press there shares nothing yet, elsewhere it could unmute.
        sharing.focus_given_up.connect(lambda: controls.share.setFocus(Qt.FocusReason.OtherFocusReason))

    def turn_microphone(self, on: bool) -> None:
        if on:
            self._troubles.asked(DeviceKind.MICROPHONE)
        self._do(self._room.set_microphone(on))

    def turn_camera(self, on: bool) -> None:
        if on:
            self._troubles.asked(DeviceKind.CAMERA)
        self._do(self._room.set_camera(on))

    def stop_sharing(self) -> None:
        self._do(self._room.stop_sharing())

    def show_state(self, state: RoomState) -> None:
        self._troubles.show_state(state)

    def _on_share(self, is_wanted: bool) -> None:
        if is_wanted:
            open_picker(self._window).chosen.connect(self._share)
        else:
            self.stop_sharing()

    def _share(self, spec: SourceSpec) -> None:
        self._sharing.set_kind(spec.kind)
        self._troubles.asked(DeviceKind.SCREEN)
        self._do(self._room.share(spec))
