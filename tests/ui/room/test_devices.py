"""The menus of one's own devices in the room's window, by mouse and by keyboard, and what is said of them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.choices import Devices
from app.config import SettingsFile
from app.engine import Engine
from app.errors import DeviceKind
from app.hardware import Hardware
from app.media.audio.settings import SoundSettings
from app.media.devices import Device
from app.room.state import Switch
from app.ui.devices.sound import SoundSwitches
from app.ui.room.sheet import Sheet
from app.ui.room.stage import SELF
from app.ui.room.window import RoomWindow
from app.ui.shortcuts import Action, Shortcuts
from tests.ui.room.own_room import OwnRoom, somebody

LEFT = Qt.MouseButton.LeftButton
PLUGGED_IN = Devices(
    (Device("/dev/video0", "HD webcam", DeviceKind.CAMERA, is_default=True),),
    (
        Device("built-in", "Built-in", DeviceKind.MICROPHONE, is_default=True),
        Device("usb", "USB & headset", DeviceKind.MICROPHONE),
    ),
    (Device("loud", "Loud speakers", DeviceKind.SPEAKER, is_default=True),),
)


class Computer:
    def __init__(self, folder: Path) -> None:
        self.plugged_in = PLUGGED_IN
        self.settings = SettingsFile(folder)
        self.hardware = Hardware(lambda: self.plugged_in)


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    return Computer(tmp_path)


@pytest.fixture
def window(
    qtbot: QtBot, engine: Engine, ui_loop: asyncio.AbstractEventLoop, room: OwnRoom, computer: Computer
) -> Iterator[RoomWindow]:
    window = RoomWindow(engine, room, settings=computer.settings, hardware=computer.hardware)
    window.resize(1200, 800)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: window.devices.devices == PLUGGED_IN)
    room.enter()
    yield window
    window.leave()
    qtbot.waitUntil(lambda: not window.isVisible())
    window.deleteLater()
    qtbot.waitUntil(lambda: not asyncio.all_tasks(ui_loop))


def menu_of(qtbot: QtBot) -> QMenu:
    def opened() -> QMenu | None:
        popup = QApplication.activePopupWidget()
        return popup if isinstance(popup, QMenu) else None

    qtbot.waitUntil(lambda: opened() is not None)
    menu = opened()
    assert menu is not None
    return menu


def words(menu: QMenu) -> list[str]:
    return [one.text() + (" *" if one.isChecked() else "") for one in menu.actions() if one.text()]


def test_the_room_is_told_what_is_plugged_in(
    qtbot: QtBot, engine: Engine, window: RoomWindow, room: OwnRoom, computer: Computer
) -> None:
    qtbot.waitUntil(lambda: "devices 1 2 1" in room.asked)
    computer.plugged_in = Devices()
    engine.submit(computer.hardware.look()).result(10)
    qtbot.waitUntil(lambda: room.asked[-1] == "devices 0 0 0")


def test_another_microphone_by_mouse(qtbot: QtBot, window: RoomWindow, room: OwnRoom, computer: Computer) -> None:
    arrow = window.controls.microphone_arrow
    assert arrow.accessibleName() == "Choose microphone"
    assert min(arrow.width(), arrow.height()) >= 36
    qtbot.mouseClick(arrow, LEFT)
    menu = menu_of(qtbot)
    assert words(menu) == [
        "Default (Built-in) *",
        "Built-in",
        "USB && headset",
        "Default (Loud speakers) *",
        "Loud speakers",
        "Hear nobody",
        "Sound settings…",
    ]
    entry = next(one for one in menu.actions() if one.text() == "USB && headset")
    qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(entry).center())
    qtbot.waitUntil(lambda: "use microphone device:usb" in room.asked)
    assert computer.settings.state.microphone == "device:usb"
    assert computer.settings.state.names == {"microphone device:usb": "USB & headset"}
    assert not any(one.startswith("microphone on") for one in room.asked), "choosing turns nothing on"
    assert room.asked.count("use microphone device:usb") == 1
    window.devices.open_microphones()
    assert "USB && headset *" in words(menu_of(qtbot))
    qtbot.keyClick(menu_of(qtbot), Qt.Key.Key_Escape)


def test_another_camera_by_keyboard(qtbot: QtBot, window: RoomWindow, room: OwnRoom) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F2)
    reached: list[str] = []
    for _ in range(3):
        focused = QApplication.focusWidget()
        assert isinstance(focused, QAbstractButton)
        reached.append(focused.accessibleName())
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert reached == ["Unmute microphone", "Choose microphone", "Start video"]
    assert window.controls.camera_arrow.hasFocus()
    qtbot.keyClick(window.controls.camera_arrow, Qt.Key.Key_Up)
    menu = menu_of(qtbot)
    assert words(menu) == ["Default (HD webcam) *", "HD webcam", "Body-double mode: a still every 10 s"]
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "use camera device:/dev/video0" in room.asked)
    assert window.focusWidget() is window.controls.camera_arrow


def test_a_choice_in_the_settings_window_is_taken_too(
    qtbot: QtBot, window: RoomWindow, room: OwnRoom, computer: Computer
) -> None:
    computer.settings.change(speaker="loud", camera="test")
    qtbot.waitUntil(lambda: {"use speaker loud", "use camera test"} <= set(room.asked))


def test_hearing_nobody_is_said_until_it_is_over(qtbot: QtBot, window: RoomWindow, room: OwnRoom) -> None:
    qtbot.keyClick(window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: "You hear nobody." in window.toasts.words)
    window.devices.open_microphones()
    menu = menu_of(qtbot)
    entry = next(one for one in menu.actions() if one.text() == "Hear nobody")
    assert entry.isChecked()
    qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(entry).center())
    qtbot.waitUntil(lambda: "You hear nobody." not in window.toasts.words)
    assert not room.store.state.deafened


def test_a_dead_microphone_offers_the_others(qtbot: QtBot, window: RoomWindow, room: OwnRoom) -> None:
    room.change(microphone_dead=True)
    qtbot.waitUntil(lambda: window.toasts.words == ["We can’t hear you: wrong microphone?"])
    offered = next(
        one for one in window.findChildren(QAbstractButton) if one.text() == "Choose microphone" and one.isVisible()
    )
    qtbot.mouseClick(offered, LEFT)
    assert "USB && headset" in words(menu_of(qtbot))
    qtbot.keyClick(menu_of(qtbot), Qt.Key.Key_Escape)
    room.change(microphone_dead=False)
    room.change(microphone_dead=True)
    room.change(microphone_dead=False)
    qtbot.waitUntil(lambda: not window.toasts.words)


def test_talking_while_muted_is_said(qtbot: QtBot, window: RoomWindow, room: OwnRoom) -> None:
    room.happen(("talking-muted", ""))
    qtbot.waitUntil(lambda: "You are muted: nobody hears you." in window.toasts.words)


def test_who_comes_is_heard_once_unless_it_is_to_be_quiet(
    qtbot: QtBot, window: RoomWindow, room: OwnRoom, computer: Computer
) -> None:
    room.enter(somebody("Ada"), somebody("Omar"))
    room.happen(("joined", "Ada"), ("joined", "Omar"))
    qtbot.waitUntil(lambda: "chime joined" in room.asked)
    computer.settings.change(chimes=False)
    qtbot.waitUntil(lambda: not computer.settings.state.chimes)
    room.happen(("left", "Omar"))
    qtbot.waitUntil(lambda: "Omar left" in window.toasts.words)
    assert [one for one in room.asked if one.startswith("chime")] == ["chime joined"]


def test_the_sound_settings_are_kept_and_taken_at_once(
    qtbot: QtBot, window: RoomWindow, room: OwnRoom, computer: Computer
) -> None:
    qtbot.waitUntil(lambda: room.sound == SoundSettings())
    window.devices.open_microphones()
    menu = menu_of(qtbot)
    entry = next(one for one in menu.actions() if one.text() == "Sound settings…")
    qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(entry).center())
    qtbot.waitUntil(lambda: bool(window.findChildren(Sheet)))
    sheet = window.findChildren(Sheet)[0]
    switches = sheet.findChildren(SoundSwitches)[0]
    qtbot.waitUntil(sheet.isVisible)
    qtbot.mouseClick(switches.noise.switch, LEFT)
    qtbot.keyClick(switches.headphones.switch, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: room.sound == SoundSettings(noise_suppression=False, headphones=True))
    assert computer.settings.state.sound == {"noise_suppression": False, "headphones": True}
    assert not switches.echo.isEnabled(), "there is no echo to cancel"
    sheet.close()


def test_body_double_mode_from_the_more_menu_is_on_the_tile_and_remembered(
    qtbot: QtBot, window: RoomWindow, room: OwnRoom, computer: Computer
) -> None:
    room.change(camera=Switch(True, True))
    qtbot.mouseClick(window.controls.more, LEFT)
    menu = menu_of(qtbot)
    entry = next(one for one in menu.actions() if one.text().startswith("Body-double mode"))
    qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(entry).center())
    qtbot.waitUntil(lambda: "body-double True" in room.asked)
    assert computer.settings.state.body_double
    qtbot.waitUntil(lambda: "body-double mode" in window.stage.tile(SELF).accessibleName())


def test_who_is_a_body_double_is_marked(qtbot: QtBot, window: RoomWindow, room: OwnRoom) -> None:
    room.enter(somebody("Noah Berg"))
    tile = "c-noah"
    qtbot.waitUntil(lambda: tile in window.stage.order)
    before = window.stage.tile(tile).grab().toImage()
    room.alter(tile, body_double=True)
    qtbot.waitUntil(lambda: window.stage.tile(tile).accessibleName() == "Noah Berg, camera on, body-double mode")
    assert window.stage.tile(tile).grab().toImage() != before
    room.alter(tile, body_double=True, video=False)
    qtbot.waitUntil(lambda: window.stage.tile(tile).accessibleName() == "Noah Berg, camera off")


def test_a_look_that_ends_when_the_window_is_gone_reaches_nobody(
    qtbot: QtBot, engine: Engine, ui_loop: asyncio.AbstractEventLoop, room: OwnRoom, computer: Computer
) -> None:
    window = RoomWindow(engine, room, settings=computer.settings, hardware=computer.hardware)
    devices = window.devices
    qtbot.waitUntil(lambda: devices.devices == PLUGGED_IN)
    qtbot.waitUntil(lambda: not asyncio.all_tasks(ui_loop))
    window.deleteLater()
    qtbot.waitUntil(lambda: not isValid(devices))
    computer.plugged_in = Devices()
    engine.submit(computer.hardware.look()).result(10)
    QApplication.processEvents()
    assert devices.devices == PLUGGED_IN


def test_the_more_menu_names_the_keys_that_do_the_same(qtbot: QtBot, window: RoomWindow, computer: Computer) -> None:
    Shortcuts(computer.settings).give(Action.TIMER, "Z")
    qtbot.waitUntil(lambda: "(Z)" in window.controls.timer.toolTip())
    qtbot.mouseClick(window.controls.more, LEFT)
    said = {one.text() for one in menu_of(qtbot).actions()}
    assert {"Timer\tZ", "Mini window\tCtrl+Shift+M", "Full screen\tF11", "Goals"} <= said
    qtbot.keyClick(menu_of(qtbot), Qt.Key.Key_Escape)
