"""The room window on a real engine, with a room of its own, driven by clicks and keys."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QAccessibleAnnouncementEvent
from pytestqt.qtbot import QtBot

from app.engine import Engine
from app.ui.room.window import RoomWindow
from app.ui.theme import ThemeChoice, theme
from tests.ui.room.own_room import OwnRoom


@pytest.fixture
def room() -> OwnRoom:
    return OwnRoom()


@pytest.fixture
def open_window(
    qtbot: QtBot, engine: Engine, ui_loop: asyncio.AbstractEventLoop, room: OwnRoom
) -> Iterator[Callable[[int, int], RoomWindow]]:
    """Opens the window in a size; it is left at the end of the test."""
    theme().choose(ThemeChoice.DARK)
    opened: list[RoomWindow] = []

    def open_one(width: int = 1200, height: int = 800) -> RoomWindow:
        window = RoomWindow(engine, room)
        opened.append(window)
        window.resize(width, height)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(lambda: "join" in room.asked)
        return window

    yield open_one
    room.may_leave.set()
    for window in opened:
        window.leave()
        qtbot.waitUntil(lambda window=window: not window.isVisible())
        window.deleteLater()
    qtbot.waitUntil(lambda: not asyncio.all_tasks(ui_loop))


@pytest.fixture
def window(open_window: Callable[..., RoomWindow]) -> RoomWindow:
    return open_window()


@pytest.fixture
def announced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a screen reader is given to say."""
    said: list[str] = []

    class Reader:
        @staticmethod
        def updateAccessibility(event: QAccessibleAnnouncementEvent) -> None:
            said.append(event.message())

    monkeypatch.setattr("app.ui.announce.QAccessible", Reader)
    return said
