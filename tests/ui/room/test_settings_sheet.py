"""Look, language and devices from within the room: the stay goes on meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.choices import Devices
from app.config import SettingsFile
from app.engine import Engine
from app.errors import DeviceKind
from app.hardware import Hardware
from app.media.devices import Device
from app.room.state import Link
from app.ui.components.buttons import Button
from app.ui.language import language
from app.ui.room.settings_sheet import SettingsSheet
from app.ui.room.window import RoomWindow
from app.ui.theme import ThemeChoice, theme
from tests.ui.room.own_room import OwnRoom

LEFT = Qt.MouseButton.LeftButton
PLUGGED_IN = Devices(
    (Device("/dev/video0", "HD webcam", DeviceKind.CAMERA, is_default=True),),
    (Device("usb", "USB headset", DeviceKind.MICROPHONE, is_default=True),),
    (Device("loud", "Loud speakers", DeviceKind.SPEAKER, is_default=True),),
)


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[SettingsFile]:
    theme().choose(ThemeChoice.LIGHT)
    language().choose("en")
    yield SettingsFile(tmp_path)
    theme().choose(ThemeChoice.LIGHT)
    language().choose("")


@pytest.fixture
def window(
    qtbot: QtBot, engine: Engine, ui_loop: asyncio.AbstractEventLoop, room: OwnRoom, settings: SettingsFile
) -> Iterator[RoomWindow]:
    window = RoomWindow(engine, room, settings=settings, hardware=Hardware(lambda: PLUGGED_IN))
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


def opened(window: RoomWindow) -> list[SettingsSheet]:
    return [one for one in window.findChildren(SettingsSheet) if one.isVisible()]


@pytest.fixture
def sheet(qtbot: QtBot, window: RoomWindow) -> SettingsSheet:
    """Opened as a person does: by the keyboard, from the menu behind More."""
    window.controls.more.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(window.controls.more, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.actions()[-1].text() == "Settings…"
    qtbot.keyClick(menu, Qt.Key.Key_Up)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(opened(window)) == 1)
    return opened(window)[0]


def test_another_look_is_taken_at_once_and_remembered(
    qtbot: QtBot, sheet: SettingsSheet, settings: SettingsFile, room: OwnRoom
) -> None:
    qtbot.mouseClick(sheet.looks.cards[ThemeChoice.DARK], LEFT)
    assert theme().tokens.is_dark
    assert settings.state.theme == "dark"
    assert room.store.state.link is Link.ONLINE


def test_another_language_is_spoken_by_room_and_sheet(
    qtbot: QtBot, window: RoomWindow, sheet: SettingsSheet, settings: SettingsFile, room: OwnRoom
) -> None:
    speak_german(qtbot, window, sheet)
    qtbot.waitUntil(lambda: window.controls.leave.text() == "Verlassen")
    assert opened(window)[0].language.key == "de"
    assert "Schließen" in [one.text() for one in opened(window)[0].findChildren(Button)]
    assert settings.state.language == "de"
    assert room.store.state.link is Link.ONLINE


def speak_german(qtbot: QtBot, window: RoomWindow, sheet: SettingsSheet) -> None:
    sheet.language.setFocus()
    qtbot.keyClick(sheet.language, Qt.Key.Key_Down)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    entry = next(one for one in menu.actions() if one.text() == "Deutsch")
    qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(entry).center())
    qtbot.waitUntil(lambda: [one.windowTitle() for one in opened(window)] == ["Einstellungen"])


def test_the_sheet_of_another_language_shows_the_device_that_was_just_chosen(
    qtbot: QtBot, window: RoomWindow, sheet: SettingsSheet
) -> None:
    picker = sheet.pickers[DeviceKind.MICROPHONE]
    next(one for one in picker.menu_of_choices().actions() if one.text() == "USB headset").trigger()
    qtbot.waitUntil(lambda: window.bridge.state.sources.microphone == "device:usb")
    speak_german(qtbot, window, sheet)
    assert opened(window)[0].pickers[DeviceKind.MICROPHONE].words == "USB headset"


def test_another_device_is_used_and_none_is_turned_on(
    qtbot: QtBot, sheet: SettingsSheet, settings: SettingsFile, room: OwnRoom
) -> None:
    picker = sheet.pickers[DeviceKind.MICROPHONE]
    assert picker.words == "Default (USB headset)"
    entry = next(one for one in picker.menu_of_choices().actions() if one.text() == "USB headset")
    entry.trigger()
    qtbot.waitUntil(lambda: "use microphone device:usb" in room.asked)
    assert settings.state.microphone == "device:usb"
    assert not [one for one in room.asked if one.startswith(("microphone on", "camera on"))]


def test_escape_closes_the_sheet_and_not_the_room(qtbot: QtBot, window: RoomWindow, sheet: SettingsSheet) -> None:
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not opened(window))
    assert window.isVisible()


def test_without_a_place_to_keep_them_there_are_no_settings(open_window: Callable[..., RoomWindow]) -> None:
    open_window().controls.more.click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert "Settings…" not in [one.text() for one in menu.actions()]
    menu.close()
