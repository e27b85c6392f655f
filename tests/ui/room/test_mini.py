"""The mini window belongs to its room, though it is a window of its own."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.engine import Engine
from app.ui.room.window import RoomWindow
from app.ui.theme import ThemeChoice, theme
from app.ui.tokens import DARK, HIGH_CONTRAST
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


def test_its_buttons_follow_the_look_while_nothing_happens_in_the_room(
    qtbot: QtBot, engine: Engine, ui_loop: asyncio.AbstractEventLoop, room: OwnRoom, light: None
) -> None:
    window = RoomWindow(engine, room)
    mini = window.mini
    mini.show_state(window.bridge.state, None, window.stage.own)

    def ground() -> str:
        """The colour between the edge of the red button and its icon."""
        return mini.leave.grab().toImage().pixelColor(QPoint(24, 6)).name()

    assert ground() == QColor(DARK.danger).name()
    theme().choose(ThemeChoice.HIGH_CONTRAST)
    assert ground() == QColor(HIGH_CONTRAST.danger).name()
    theme().choose(ThemeChoice.LIGHT)
    window.show()
    room.may_leave.set()
    window.leave()
    qtbot.waitUntil(lambda: not window.isVisible())
    window.deleteLater()
    qtbot.waitUntil(lambda: not asyncio.all_tasks(ui_loop))
