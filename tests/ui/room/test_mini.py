"""The mini window belongs to its room, though it is a window of its own."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.engine import Engine
from app.room.state import Link, Refusal, Switch
from app.ui.room.tile import VideoTile
from app.ui.room.window import RoomWindow
from app.ui.theme import ThemeChoice, theme
from app.ui.tokens import DARK, HIGH_CONTRAST
from tests.ui.room.own_room import SESSION, OwnRoom, somebody


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


def test_it_says_that_one_shares_and_ends_it(qtbot: QtBot, window: RoomWindow, room: OwnRoom) -> None:
    mini = window.mini
    room.enter(somebody("Priya Nair"))
    room.change(session=replace(SESSION, end=datetime.now(UTC) + timedelta(minutes=9)))
    window.go_mini()
    qtbot.waitUntil(lambda: mini.time_words != "")
    assert mini.stop.isHidden()
    room.change(sharing=Switch(True, True))
    qtbot.waitUntil(mini.stop.isVisible)
    assert mini.stop.accessibleName() == "Stop sharing"
    assert mini.stop.text() == "Stop sharing"
    assert mini.restore.geometry().left() > mini.stop.geometry().right()
    qtbot.mouseClick(mini.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "stop sharing" in room.asked)
    qtbot.waitUntil(lambda: not mini.stop.isVisible())
    window.leave_mini()


def test_what_ends_the_sharing_hands_the_focus_to_no_button(qtbot: QtBot, window: RoomWindow, room: OwnRoom) -> None:
    mini = window.mini
    room.enter(somebody("Priya Nair"))
    room.change(sharing=Switch(True, True))
    window.go_mini()
    qtbot.waitUntil(mini.stop.isVisible)
    mini.activateWindow()
    mini.stop.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(mini.stop.hasFocus)
    qtbot.keyClick(mini.stop, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not mini.stop.isVisible())
    assert mini.focusWidget() is mini
    assert not any(one.startswith("microphone") for one in room.asked)
    window.leave_mini()


def test_a_session_without_an_end_has_no_clock(qtbot: QtBot, window: RoomWindow, room: OwnRoom) -> None:
    room.enter(somebody("Priya Nair"))
    window.go_mini()
    qtbot.waitUntil(lambda: window.mini.shown == "c-priya")
    inside = window.mini.findChildren(QLabel, options=Qt.FindChildOption.FindDirectChildrenOnly)
    clocks = [one for one in inside if not isinstance(one, VideoTile)]
    assert [one.isVisible() for one in clocks] == [False]
    room.change(session=replace(SESSION, end=datetime.now(UTC) + timedelta(minutes=9)))
    qtbot.waitUntil(lambda: [one.isVisible() for one in clocks] == [True])
    window.leave_mini()


def test_a_room_that_ends_meanwhile_says_so_in_its_window(qtbot: QtBot, window: RoomWindow, room: OwnRoom) -> None:
    told: list[str] = []
    window.notifier.told.connect(lambda _title, words: told.append(words))
    room.enter(somebody("Priya Nair"))
    window.go_mini()
    qtbot.waitUntil(lambda: window.mini.shown is not None)
    elsewhere = QWidget()
    qtbot.addWidget(elsewhere)
    elsewhere.show()
    elsewhere.activateWindow()
    qtbot.waitUntil(elsewhere.isActiveWindow)
    room.change(link=Link.REFUSED, refusal=Refusal("ended"))
    qtbot.waitUntil(lambda: not window.is_mini)
    assert window.isVisible() and window.refused.isVisible()
    assert told == ["This session has ended."]
    window.go_mini()
    assert window.isVisible() and not window.is_mini


def test_words_that_have_no_room_end_in_dots_and_are_named_whole(qtbot: QtBot, window: RoomWindow) -> None:
    pill = window.mini.stop
    pill.say("Nicht mehr weiter zeigen", 100)
    assert pill.text().endswith("…")
    assert pill.width() <= 100
    assert pill.accessibleName() == "Nicht mehr weiter zeigen"
