"""Nothing in the room keeps the main thread for more than 50 ms: not playing, not resizing, not a thousand messages."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.engine import Engine
from app.room.state import Switch
from app.ui.room.side_panel import CHAT, TABS
from app.ui.room.stage import SELF
from app.ui.room.window import RoomWindow
from app.ui.theme import ThemeChoice, theme
from tests.ui.room.clips import feed
from tests.ui.room.own_room import OwnRoom, message, somebody
from tests.ui.watchdog import BOUND_MS, Watchdog, blocked_ms

NAMES = ("Priya Nair", "Omar Said", "Ana Kovač")


@pytest.fixture
def playing(qtbot: QtBot, window: RoomWindow, room: OwnRoom) -> Callable[[], None]:
    """A room of four; call it to have every tile play one frame."""
    room.change(microphone=Switch(True, True), camera=Switch(True, True))
    room.enter(*(somebody(name) for name in NAMES))
    qtbot.waitUntil(lambda: len(window.stage.order) == 4)
    tiles = [
        (window.stage.tile(one), room.self_view if one == SELF else room.picture(one)) for one in window.stage.order
    ]

    def play() -> None:
        before = [tile.frames_painted for tile, _ in tiles]
        for _, slot in tiles:
            feed(slot, "priya")
        for (tile, _), count in zip(tiles, before, strict=True):
            qtbot.waitUntil(lambda tile=tile, count=count: tile.frames_painted > count)

    return play


def test_playing_and_resizing(window: RoomWindow, playing: Callable[[], None]) -> None:
    def act() -> None:
        for step in range(12):
            window.resize(1100 + 20 * step, 720 + 10 * step)
            playing()

    assert blocked_ms(act) <= BOUND_MS


def test_a_thousand_messages(qtbot: QtBot, window: RoomWindow, room: OwnRoom, playing: Callable[[], None]) -> None:
    window.open_panel(CHAT)
    model = window.panel.chat.model

    def act() -> None:
        for number in range(1_000):
            room.hear(
                message(f"Message {number} with a few words, and now and then a good many more", NAMES[number % 3])
            )
            QApplication.processEvents()
        qtbot.waitUntil(lambda: model.rowCount() == len(room.store.state.messages))
        playing()

    assert blocked_ms(act) <= BOUND_MS


def test_a_message_after_ten_thousand(qtbot: QtBot, window: RoomWindow, room: OwnRoom) -> None:
    window.open_panel(CHAT)
    model = window.panel.chat.model
    room.change(messages=tuple(message(f"Message {number}", NAMES[number % 3]) for number in range(10_000)))
    qtbot.waitUntil(lambda: model.rowCount() == 10_000)

    def act() -> None:
        for _ in range(5):
            room.hear(message("One more"))
            qtbot.waitUntil(lambda: model.rowCount() == len(room.store.state.messages))

    assert blocked_ms(act) <= BOUND_MS


@pytest.mark.parametrize("tab", TABS)
def test_opening_and_closing_the_panel(qtbot: QtBot, window: RoomWindow, playing: Callable[[], None], tab: str) -> None:
    def act() -> None:
        window.close_panel()
        playing()
        window.open_panel(tab)
        playing()

    assert blocked_ms(act) <= BOUND_MS


def test_another_layout(window: RoomWindow, playing: Callable[[], None]) -> None:
    def act() -> None:
        window.stage.step_layout(1)
        playing()

    assert blocked_ms(act) <= BOUND_MS


def test_eight_people_come_at_once(qtbot: QtBot, window: RoomWindow, room: OwnRoom) -> None:
    crowd = [somebody(f"{letter} Person") for letter in "abcdefgh"]

    def act() -> None:
        room.enter()
        qtbot.waitUntil(lambda: window.stage.order == (SELF,))
        room.enter(*crowd)
        qtbot.waitUntil(lambda: len(window.stage.order) == 9)
        QApplication.processEvents()

    assert blocked_ms(act) <= BOUND_MS


@pytest.fixture
def opened() -> Iterator[list[RoomWindow]]:
    windows: list[RoomWindow] = []
    yield windows
    for window in windows:
        window.deleteLater()


def test_opening_the_room(
    qtbot: QtBot, engine: Engine, ui_loop: asyncio.AbstractEventLoop, opened: list[RoomWindow]
) -> None:
    def act() -> None:
        room = OwnRoom()
        window = RoomWindow(engine, room)
        opened.append(window)
        window.show()
        qtbot.waitUntil(lambda: "join" in room.asked)
        room.enter(*(somebody(name) for name in NAMES))
        qtbot.waitUntil(lambda: len(window.stage.order) == 4)
        window.leave()
        qtbot.waitUntil(lambda: not window.isVisible())

    assert blocked_ms(act) <= BOUND_MS


def test_another_theme(window: RoomWindow, playing: Callable[[], None]) -> None:
    def act() -> None:
        theme().choose(ThemeChoice.LIGHT if theme().choice is ThemeChoice.DARK else ThemeChoice.DARK)
        playing()

    assert blocked_ms(act) <= BOUND_MS


def test_the_watchdog_sees_a_block(qapp: QApplication) -> None:
    def act() -> None:
        sum(number * number for number in range(3_000_000))
        QApplication.processEvents()

    assert blocked_ms(act) > BOUND_MS


def test_waiting_is_no_block(qtbot: QtBot) -> None:
    watchdog = Watchdog()
    watchdog.start()
    qtbot.wait(100)
    assert watchdog.stop().busy_ms < BOUND_MS
