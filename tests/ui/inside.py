"""The way from Home into a room of the tests' own, and out of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.room.state import Link
from app.ui.main_window import MainWindow
from app.ui.room.window import RoomWindow
from tests.ui.own_desk import OwnDesk
from tests.ui.room.own_room import OwnRoom


def room_windows() -> list[RoomWindow]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, RoomWindow) and one.isVisible()]


def go_in(qtbot: QtBot, window: MainWindow, desk: OwnDesk, goal: str = "") -> RoomWindow:
    """Into the session that Home offers; its room lets us in."""
    desk.room = room = OwnRoom()
    qtbot.waitUntil(lambda: window.shell.home.next.act.text() == "Join")
    QTest.mouseClick(window.shell.home.next.act, Qt.MouseButton.LeftButton)
    page = window.entry.page
    assert page is not None
    page.goal.edit.setText(goal)
    QTest.mouseClick(page.join_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(room_windows()) == 1)
    qtbot.waitUntil(window.shell.isVisible)
    [opened] = room_windows()
    room.enter()
    qtbot.waitUntil(lambda: opened.bridge.state.link is Link.ONLINE)
    return opened


def leave(qtbot: QtBot, window: MainWindow, inside: RoomWindow) -> None:
    inside.leave()
    qtbot.waitUntil(lambda: not window.rooms.is_busy)
