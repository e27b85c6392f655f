"""In the smallest window nothing that is said covers what is pressed."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.room.state import Link
from app.ui.components.toasts import Toast
from app.ui.room.banner import HEIGHT
from app.ui.room.side_panel import CHAT
from app.ui.room.stage import SELF
from app.ui.room.window import LEAST_HEIGHT, LEAST_WIDTH, RoomWindow
from tests.ui.room.own_room import OwnRoom, somebody

LONG = "Another app is using your camera. Close it, then try again. You can join without video, and turn it on later."


def place(part: QWidget, window: QWidget) -> QRect:
    return QRect(part.mapTo(window, QPoint(0, 0)), part.size())


@pytest.fixture
def crowded(qtbot: QtBot, open_window: Callable[..., RoomWindow], room: OwnRoom) -> RoomWindow:
    """The smallest window with everything in it: four people, a lost server, an open panel, three failures."""
    window = open_window(LEAST_WIDTH, LEAST_HEIGHT)
    room.enter(*(somebody(name) for name in ("Priya Nair", "Omar Said", "Ana Kovač")))
    room.change(link=Link.RECONNECTING, link_attempt=9, link_lost_at=time.monotonic() - 90)
    qtbot.waitUntil(lambda: window.stage.banner.isVisible() and window.stage.banner.offers_a_way_out)
    window.open_panel(CHAT)
    for number in range(3):
        window.toasts.fail(f"{number}: {LONG}", "Try again", lambda: None)
    return window


def test_every_button_is_free_of_what_is_said(crowded: RoomWindow) -> None:
    toasts = crowded.findChildren(Toast)
    assert len(toasts) == 3
    panel = place(crowded.panel, crowded)
    said = [(toast, place(toast, crowded).adjusted(16, 16, -16, -16)) for toast in toasts]
    banner = place(crowded.stage.banner, crowded)
    stage = place(crowded.stage, crowded)
    for toast, where in said:
        assert stage.contains(where), "it would lie over the bars"
        assert not where.intersects(panel)
        assert not where.intersects(banner)
        assert not any(where.intersects(other) for one, other in said if one is not toast)
    for button in crowded.stage.banner.findChildren(QAbstractButton):
        assert not place(button, crowded).intersects(panel)


def test_what_is_said_of_a_lost_server_can_be_read_whole_and_moves_the_tiles(
    qtbot: QtBot, crowded: RoomWindow, room: OwnRoom
) -> None:
    banner = crowded.stage.banner
    assert banner.height() > HEIGHT, "with the buttons it takes a second line"
    for label in banner.findChildren(QLabel):
        assert label.height() >= label.heightForWidth(label.width())
    assert min(crowded.stage.tile(one).y() for one in crowded.stage.order) > banner.geometry().bottom()
    crowded.close_panel()
    assert banner.height() == HEIGHT, "with the room of the panel it does not"
    room.change(link_lost_at=time.monotonic())
    qtbot.waitUntil(lambda: not banner.offers_a_way_out)
    crowded.open_panel(CHAT)
    assert banner.height() == banner.height_in(banner.width())
    assert min(crowded.stage.tile(one).y() for one in crowded.stage.order) > banner.geometry().bottom()


def test_our_own_tile_covers_nobody(qtbot: QtBot, crowded: RoomWindow) -> None:
    for _ in range(3):
        own = crowded.stage.tile(SELF).geometry()
        others = [crowded.stage.tile(one).geometry() for one in crowded.stage.order if one != SELF]
        assert len(others) == 3
        assert not any(own.intersects(other) for other in others)
        crowded.stage.step_layout(1)


def test_the_keys_of_the_mini_window(qtbot: QtBot, window: RoomWindow, room: OwnRoom) -> None:
    room.enter(somebody("Priya Nair"))
    window.go_mini()
    mini = window.mini
    qtbot.waitUntil(lambda: mini.shown == "c-priya")
    mini.activateWindow()
    mini.setFocus()
    for key, asked in ((Qt.Key.Key_M, "microphone on"), (Qt.Key.Key_V, "camera on"), (Qt.Key.Key_R, "hand up")):
        qtbot.keyClick(mini, key)
        qtbot.waitUntil(lambda asked=asked: asked in room.asked)
    qtbot.keyClick(mini, Qt.Key.Key_M)
    qtbot.waitUntil(lambda: "microphone off" in room.asked)
    room.asked.clear()
    qtbot.waitUntil(lambda: not room.store.state.microphone.desired and mini.microphone.accessibleName()[:2] == "Un")
    qtbot.keyPress(mini, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "microphone on" in room.asked)
    qtbot.keyRelease(mini, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "microphone off" in room.asked)
    qtbot.keyClick(mini, Qt.Key.Key_Escape)
    qtbot.waitUntil(window.isVisible)
    assert mini.isHidden()


def test_a_toast_with_a_button_takes_more_width_where_there_is_more(
    qtbot: QtBot, open_window: Callable[..., RoomWindow], room: OwnRoom
) -> None:
    window = open_window(1200, 800)
    room.enter(somebody("Priya Nair"))
    window.close_panel()
    window.toasts.fail(LONG, "Try again", lambda: None)
    toast = window.findChild(Toast)
    assert toast is not None
    wide = toast.size()
    window.resize(LEAST_WIDTH, LEAST_HEIGHT)
    qtbot.waitUntil(lambda: toast.width() < wide.width())
    assert toast.height() > wide.height()
