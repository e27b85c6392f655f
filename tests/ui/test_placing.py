"""Windows come back where they were, on a screen that is there; and the room as it was left."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.engine import Engine
from app.ui.placing import Placing
from app.ui.room.layouts import Layout
from app.ui.room.memory import RoomMemory
from app.ui.room.side_panel import PEOPLE
from app.ui.room.window import RoomWindow
from tests.ui.room.own_room import OwnRoom

Make = Callable[[str], tuple[QWidget, list[str]]]


@pytest.fixture
def make(qtbot: QtBot) -> Make:
    """A window that was remembered to be somewhere, and where it is said to be from now on."""

    def made(where: str) -> tuple[QWidget, list[str]]:
        window, told = QWidget(), list[str]()
        qtbot.addWidget(window)
        window.resize(300, 200)
        Placing(window, where, told.append)
        with qtbot.waitExposed(window):
            window.show()
        return window, told

    return made


def test_a_window_comes_back_where_and_as_large_as_it_was(make: Make) -> None:
    first, told = make("")
    first.move(60, 70)
    first.resize(420, 330)
    first.close()
    second, _ = make(told[-1])
    assert (second.pos(), second.width(), second.height()) == (QPoint(60, 70), 420, 330)


def test_a_window_of_a_screen_that_is_gone_comes_to_one_that_is_there(make: Make) -> None:
    first, told = make("")
    first.move(20_000, 9_000)
    first.close()
    second, _ = make(told[-1])
    screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    assert any(screen.contains(second.geometry()) for screen in screens)


def test_a_window_does_not_begin_larger_than_its_screen(
    qtbot: QtBot, engine: Engine, ui_loop: asyncio.AbstractEventLoop
) -> None:
    screen = QGuiApplication.primaryScreen().availableGeometry()
    assert screen.width() < 1440, "else nothing is shown by this"
    window = RoomWindow(engine, OwnRoom())
    qtbot.addWidget(window)
    assert (window.width(), window.height()) == (screen.width(), min(900, screen.height()))
    window.bridge.close()


@pytest.mark.parametrize("nonsense", ["", "nonsense", "ä", "AAAA"])
def test_nonsense_counts_for_nothing(make: Make, nonsense: str) -> None:
    window, _ = make(nonsense)
    assert (window.width(), window.height()) == (300, 200)


def test_the_room_comes_back_as_it_was_left(
    qtbot: QtBot, engine: Engine, ui_loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    def visit() -> tuple[RoomWindow, OwnRoom]:
        room = OwnRoom()
        window = RoomWindow(engine, room, memory=RoomMemory(tmp_path))
        qtbot.addWidget(window)
        window.show()
        qtbot.waitUntil(lambda: "join" in room.asked)
        return window, room

    first, _ = visit()
    first.resize(1180, 690)
    first.open_panel(PEOPLE)
    first.stage.choose_layout(Layout.SPEAKER)
    first.close_panel()
    first.leave()
    qtbot.waitUntil(lambda: not first.isVisible())
    second, _ = visit()
    assert second.height() == 690
    second.resize(1180, 690)
    assert second.open_tab == ""
    assert second.panel.tab == PEOPLE
    assert second.stage.chosen_layout is Layout.SPEAKER
    assert RoomMemory(tmp_path).wish("no-side-panel")
    second.open_panel(PEOPLE)
    second.leave()
    qtbot.waitUntil(lambda: not second.isVisible())
    assert not RoomMemory(tmp_path).wish("no-side-panel")


def test_a_window_that_is_destroyed_unclosed_is_not_asked_where_it_was(make: Make) -> None:
    window, told = make("")
    delete(window)
    assert told == []
