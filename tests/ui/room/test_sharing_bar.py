"""While others see our screen the room says so, and a button in its notice ends it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.media.sources import SourceSpec
from app.room.state import ME, Switch
from app.ui.room.side_panel import CHAT
from app.ui.room.window import LEAST_HEIGHT, LEAST_WIDTH, RoomWindow
from app.ui.share.picker import SharePicker
from tests.ui.room.own_room import OwnRoom, somebody


@pytest.fixture
def open_room(qtbot: QtBot, open_window: Callable[..., RoomWindow], room: OwnRoom) -> Callable[..., RoomWindow]:
    def open_one(*size: int) -> RoomWindow:
        window = open_window(*size)
        room.enter(somebody("Priya Nair"), somebody("Omar Said"))
        qtbot.waitUntil(lambda: len(window.stage.order) == 3)
        return window

    return open_one


def share(qtbot: QtBot, window: RoomWindow, spec: str) -> None:
    """Choose it in the picker."""
    window.controls.share.click()
    picker = QApplication.activeModalWidget()
    assert isinstance(picker, SharePicker)
    picker.chosen.emit(SourceSpec.parse(spec))
    picker.reject()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.waitUntil(window.stage.sharing_bar.isVisible)


@pytest.mark.parametrize(
    ("spec", "words", "stop"),
    [
        ("screen:0", "You are sharing your screen", "Stop sharing your screen"),
        ("window:7", "You are sharing a window", "Stop sharing the window"),
    ],
)
def test_the_room_says_what_one_shares_and_stops_it(
    qtbot: QtBot, open_room: Callable[..., RoomWindow], room: OwnRoom, spec: str, words: str, stop: str
) -> None:
    window = open_room()
    bar = window.stage.sharing_bar
    assert bar.isHidden()
    share(qtbot, window, spec)
    assert bar.words == bar.accessibleName() == words
    assert bar.stop.accessibleName() == stop
    assert window.stage.tile("c-priya").y() > bar.geometry().bottom()
    qtbot.mouseClick(bar.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(bar.isHidden)
    assert room.asked[-1] == "stop sharing"
    assert window.stage.tile("c-priya").y() < bar.height()


def test_it_stays_until_nothing_is_sent_any_longer(
    qtbot: QtBot, open_room: Callable[..., RoomWindow], room: OwnRoom
) -> None:
    window = open_room()
    bar = window.stage.sharing_bar
    for sharing, is_said in ((Switch(True), False), (Switch(True, True), True), (Switch(False, True), True)):
        room.change(sharing=sharing)
        qtbot.waitUntil(lambda sharing=sharing: window.bridge.state.sharing == sharing)
        assert bar.isVisible() is is_said
    room.change(sharing=Switch())
    qtbot.waitUntil(bar.isHidden)


def test_by_keyboard_it_is_reached_before_the_tiles_and_leaves_the_focus_on_share(
    qtbot: QtBot, open_room: Callable[..., RoomWindow], room: OwnRoom
) -> None:
    window = open_room()
    share(qtbot, window, "screen:0")
    stop = window.stage.sharing_bar.stop
    first = window.stage.tile(window.stage.order[0])
    first.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(first, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is stop
    microphone = room.store.state.microphone
    QTest.keyClick(stop, Qt.Key.Key_Space)
    qtbot.waitUntil(window.stage.sharing_bar.isHidden)
    assert QApplication.focusWidget() is window.controls.share
    assert room.store.state.microphone == microphone
    assert room.asked[-1] == "stop sharing"


def test_who_writes_keeps_the_focus_when_sharing_ends(
    qtbot: QtBot, open_room: Callable[..., RoomWindow], room: OwnRoom
) -> None:
    window = open_room()
    share(qtbot, window, "screen:0")
    window.open_panel(CHAT)
    writing = QApplication.focusWidget()
    room.change(sharing=Switch())
    qtbot.waitUntil(window.stage.sharing_bar.isHidden)
    assert QApplication.focusWidget() is writing is window.panel.chat.composer.input


def test_in_the_smallest_window_it_lies_beside_an_open_panel(
    qtbot: QtBot, open_room: Callable[..., RoomWindow], room: OwnRoom
) -> None:
    window = open_room(LEAST_WIDTH, LEAST_HEIGHT)
    share(qtbot, window, "window:7")
    window.open_panel(CHAT)
    bar = window.stage.sharing_bar
    for part in (bar, bar.stop):
        where = QRect(part.mapTo(window, QPoint(0, 0)), part.size())
        assert not where.intersects(window.panel.geometry())
    assert not bar.geometry().intersects(window.stage.tile(ME).geometry())
    assert window.childAt(bar.stop.mapTo(window, bar.stop.rect().center())) is bar.stop
