"""What the keys do: in the room's window, and in the mini window, where what needs nothing of the large one works."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from app.ui.room.side_panel import TIMER
from app.ui.shortcuts import Action

if TYPE_CHECKING:
    from app.ui.room.window import RoomWindow

Acts = dict[Action, Callable[[], None]]


def room_acts(window: RoomWindow) -> Acts:
    controls, stage = window.controls, window.stage
    return {
        Action.MICROPHONE: controls.microphone.click,
        Action.CAMERA: controls.camera.click,
        Action.DEAFEN: lambda: window.devices.turn_deaf(),
        Action.SHARE: controls.share.click,
        Action.HAND: controls.hand.click,
        Action.CHAT: controls.chat.click,
        Action.PEOPLE: controls.people.click,
        Action.TIMER: lambda: window.press_panel(TIMER),
        Action.NEXT_LAYOUT: lambda: stage.step_layout(1),
        Action.PREVIOUS_LAYOUT: lambda: stage.step_layout(-1),
        Action.FULL_SCREEN: window.turn_full_screen,
        Action.MINI_WINDOW: window.go_mini,
        Action.CONTROL_BAR: lambda: controls.microphone.setFocus(Qt.FocusReason.ShortcutFocusReason),
        Action.HELP: window.open_help,
    }


def mini_acts(window: RoomWindow) -> Acts:
    controls = window.controls
    return {
        Action.MICROPHONE: controls.turn_microphone,
        Action.CAMERA: controls.turn_camera,
        Action.DEAFEN: lambda: window.devices.turn_deaf(),
        Action.HAND: controls.hand.click,
        Action.MINI_WINDOW: window.leave_mini,
    }
