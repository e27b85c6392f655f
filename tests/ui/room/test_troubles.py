"""What is said in the room of devices that do not work: once, no longer than it is true, and nothing twice."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.errors import DeviceKind, DeviceProblem
from app.room.state import Switch
from app.ui.room.window import RoomWindow
from app.ui.words import explain_device, explain_device_inside
from tests.ui.room.own_room import OwnRoom, somebody

LEFT = Qt.MouseButton.LeftButton
MISSING = Switch(True, False, DeviceProblem.ABSENT)
BUSY = Switch(True, False, DeviceProblem.BUSY)
NO_MICROPHONE = explain_device_inside(DeviceKind.MICROPHONE, DeviceProblem.ABSENT)
NO_CAMERA = explain_device_inside(DeviceKind.CAMERA, DeviceProblem.ABSENT)
CAMERA_BUSY = explain_device_inside(DeviceKind.CAMERA, DeviceProblem.BUSY)


@pytest.fixture
def inside(qtbot: QtBot, window: RoomWindow, room: OwnRoom) -> RoomWindow:
    room.enter(somebody("Priya Nair"))
    qtbot.waitUntil(lambda: len(window.stage.order) == 2)
    return window


def test_what_was_missing_on_the_way_in_is_said_by_its_button_only(
    qtbot: QtBot, window: RoomWindow, room: OwnRoom
) -> None:
    room.change(microphone=MISSING, camera=MISSING)
    room.enter(somebody("Priya Nair"))
    qtbot.waitUntil(lambda: len(window.stage.order) == 2)
    assert window.toasts.words == []
    assert window.controls.microphone.accessibleDescription() == NO_MICROPHONE
    assert window.controls.camera.accessibleDescription() == NO_CAMERA


def test_who_presses_the_button_of_what_is_missing_is_told_each_time(
    qtbot: QtBot, inside: RoomWindow, room: OwnRoom
) -> None:
    room.change(camera=MISSING)
    button = inside.controls.camera
    qtbot.waitUntil(lambda: button.accessibleDescription() == NO_CAMERA)
    qtbot.mouseClick(button, LEFT)
    qtbot.waitUntil(lambda: room.store.state.camera.actual)
    room.change(camera=MISSING)
    qtbot.waitUntil(lambda: inside.toasts.words == [NO_CAMERA])
    qtbot.mouseClick(button, LEFT)
    assert inside.toasts.words == [], "a new try, and nothing known of it"
    qtbot.waitUntil(lambda: room.store.state.camera.actual)
    assert room.asked.count("camera on") == 2
    room.change(camera=MISSING)
    qtbot.waitUntil(lambda: inside.toasts.words == [NO_CAMERA])


def test_what_broke_in_the_room_stays_until_it_works_again(qtbot: QtBot, inside: RoomWindow, room: OwnRoom) -> None:
    room.change(microphone=Switch(True, True))
    qtbot.waitUntil(lambda: inside.controls.microphone.word == "Mute")
    room.change(microphone=MISSING)
    qtbot.waitUntil(lambda: inside.toasts.words == [NO_MICROPHONE])
    room.change(microphone=Switch(True, True))
    qtbot.waitUntil(lambda: inside.toasts.words == [])


def test_only_the_trouble_of_now_is_on_show(qtbot: QtBot, inside: RoomWindow, room: OwnRoom) -> None:
    room.change(camera=BUSY)
    qtbot.waitUntil(lambda: inside.toasts.words == [CAMERA_BUSY])
    room.change(camera=Switch(True, False, DeviceProblem.FAILED))
    failed = explain_device_inside(DeviceKind.CAMERA, DeviceProblem.FAILED)
    qtbot.waitUntil(lambda: inside.toasts.words == [failed])
    room.change(camera=Switch())
    qtbot.waitUntil(lambda: inside.toasts.words == [])


@pytest.mark.parametrize("problem", list(DeviceProblem))
def test_nobody_in_the_room_is_told_how_to_join(problem: DeviceProblem) -> None:
    assert "join" not in explain_device_inside(DeviceKind.CAMERA, problem)
    assert explain_device_inside(DeviceKind.MICROPHONE, problem) == explain_device(DeviceKind.MICROPHONE, problem)
