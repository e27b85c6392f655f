"""The mini window belongs to its room, though it is a window of its own."""

from __future__ import annotations

import asyncio

from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.engine import Engine
from app.ui.room.window import RoomWindow
from tests.ui.room.own_room import OwnRoom


def test_a_room_that_is_gone_takes_its_mini_window_along(
    qtbot: QtBot, engine: Engine, ui_loop: asyncio.AbstractEventLoop, room: OwnRoom
) -> None:
    window = RoomWindow(engine, room)
    mini = window.mini
    window.show()
    qtbot.waitUntil(lambda: "join" in room.asked)
    room.may_leave.set()
    window.leave()
    qtbot.waitUntil(lambda: not window.isVisible())
    window.deleteLater()
    qtbot.waitUntil(lambda: not isValid(mini))
    qtbot.waitUntil(lambda: not asyncio.all_tasks(ui_loop))
