"""What counts as unread when a room is entered: nothing the first time, later what was said since one was there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.engine import Engine
from app.room import steps
from app.room.merging import SKEW
from app.room.state import Delivery, Message
from app.ui.room.chat_panel import place_of
from app.ui.room.memory import FILE, RoomMemory
from app.ui.room.rows import unread
from app.ui.room.side_panel import TIMER
from app.ui.room.window import RoomWindow
from tests.ui.room.own_room import LENA, OwnRoom, ago, message, somebody

HISTORY = [message(f"old {index}", at=ago(60 - index)) for index in range(8)]


@pytest.fixture
def enter(
    qtbot: QtBot, engine: Engine, ui_loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> Iterator[Callable[[OwnRoom], RoomWindow]]:
    """Enters a room as after a start of the app: all that is known of earlier visits comes from the disk."""
    opened: list[RoomWindow] = []

    def enter_one(room: OwnRoom) -> RoomWindow:
        window = RoomWindow(engine, room, memory=RoomMemory(tmp_path))
        opened.append(window)
        window.resize(1200, 800)
        window.panel.choose(TIMER)
        window.show()
        qtbot.waitUntil(lambda: "join" in room.asked)
        room.enter(somebody("Priya Nair"))
        qtbot.waitUntil(lambda: window.bridge.state.history_loaded)
        return window

    yield enter_one
    for window in opened:
        leave(qtbot, window)
        window.deleteLater()
    qtbot.waitUntil(lambda: not asyncio.all_tasks(ui_loop))


def leave(qtbot: QtBot, window: RoomWindow) -> None:
    window.leave()
    qtbot.waitUntil(lambda: not window.isVisible())


def with_history() -> OwnRoom:
    """A room that knows what was said in it when it is entered, as it does once the server has answered."""
    room = OwnRoom()
    room.hear(*HISTORY)
    return room


def test_who_comes_for_the_first_time_has_nothing_unread(qtbot: QtBot, enter: Callable[[OwnRoom], RoomWindow]) -> None:
    room = with_history()
    window = enter(room)
    assert window.panel.chat.model.rowCount() == len(HISTORY)
    assert window.controls.chat.badge == 0
    room.hear(message("new"))
    qtbot.waitUntil(lambda: window.controls.chat.badge == 1)


def test_what_was_read_stays_read_after_a_restart_and_what_came_since_does_not(
    qtbot: QtBot, enter: Callable[[OwnRoom], RoomWindow]
) -> None:
    window = enter(with_history())
    window.open_panel("chat")
    leave(qtbot, window)
    room = with_history()
    room.hear(message("said meanwhile"), message("and this"))
    again = enter(room)
    qtbot.waitUntil(lambda: again.controls.chat.badge == 2)
    again.open_panel("chat")
    assert again.controls.chat.badge == 0
    rows = again.panel.chat.model.rows
    assert [row.message.text for row in rows if row.begins_new] == ["said meanwhile"]


def test_a_server_with_a_wrong_clock_does_not_hide_what_is_said_later(
    qtbot: QtBot, tmp_path: Path, enter: Callable[[OwnRoom], RoomWindow]
) -> None:
    room = with_history()
    room.hear(message("from the future", at=ago(-60 * 24 * 365)))
    window = enter(room)
    window.open_panel("chat")
    leave(qtbot, window)
    read_until = RoomMemory(tmp_path).read_until(place_of(room.server, room.store.state))
    assert read_until is not None and read_until <= datetime.now(UTC) + SKEW


def test_what_waits_to_be_sent_since_long_ago_hides_nothing_unread() -> None:
    read_until = ago(30)
    old, new = message("old", at=ago(40)), message("new", at=ago(20))
    mine = message("mine", LENA.name, at=ago(50), delivery=Delivery.PENDING)
    assert unread([old, new, mine], set(), read_until) == 1
    assert unread([old, new, mine], set()) == 2


def test_an_unsent_one_of_ours_that_was_seen_hides_nothing_that_is_said_later(
    qtbot: QtBot, enter: Callable[[OwnRoom], RoomWindow]
) -> None:
    room = OwnRoom()
    window = enter(room)
    window.open_panel("chat")
    mine = message("lost", LENA.name, delivery=Delivery.FAILED)
    add(room, message("seen"), mine)
    qtbot.waitUntil(lambda: window.panel.chat.model.rowCount() == 2)
    window.close_panel()
    for number in (1, 2, 3):
        add(room, message(f"new {number}"))
    qtbot.waitUntil(lambda: window.controls.chat.badge == 3)
    room.store.apply(lambda state: steps.message_settled(state, mine.key, "id", datetime.now(UTC)))
    qtbot.waitUntil(lambda: window.bridge.state.messages[-1].delivery is Delivery.SENT)
    assert window.controls.chat.badge == 3, "nor once it is sent at last"
    window.open_panel("chat")
    assert [row.message.text for row in window.panel.chat.model.rows if row.begins_new] == ["new 1"]


def test_what_came_while_one_reads_above_is_counted_past_unsent_ones_of_ours(
    qtbot: QtBot, enter: Callable[[OwnRoom], RoomWindow]
) -> None:
    room = OwnRoom()
    window = enter(room)
    window.open_panel("chat")
    mine = message("lost", LENA.name, delivery=Delivery.FAILED)
    add(room, *(message(f"line {number}", LENA.name if number == 49 else "Omar Said") for number in range(50)), mine)
    chat = window.panel.chat
    qtbot.waitUntil(lambda: chat.model.rowCount() == 51)
    chat.view.verticalScrollBar().setValue(200)
    assert not chat.view.is_at_end
    add(room, message("new"))
    qtbot.waitUntil(lambda: chat.newest.text() == "1 new")
    assert window.controls.chat.badge == 1
    room.change(messages=tuple(one for one in room.store.state.messages if one.key != mine.key))
    qtbot.waitUntil(lambda: chat.model.rowCount() == 51)
    assert chat.newest.text() == "1 new", "removing one makes none new"
    room.change(messages=room.store.state.messages[:-1])
    qtbot.waitUntil(lambda: chat.model.rowCount() == 50)
    assert not chat.view.is_at_end, "an old one of ours that is the last again is none that was just said"


@pytest.fixture
def reading(qtbot: QtBot, window: RoomWindow, room: OwnRoom) -> RoomWindow:
    """In front, with the chat open and its one message read."""
    room.enter(somebody("Priya Nair"))
    window.open_panel("chat")
    add(room, message("seen"))
    qtbot.waitUntil(lambda: window.isActiveWindow() and window.panel.chat.model.rowCount() == 1)
    assert window.controls.chat.badge == 0
    return window


def test_nothing_is_read_while_the_room_is_minimised(qtbot: QtBot, reading: RoomWindow, room: OwnRoom) -> None:
    reading.showMinimized()
    add(room, message("said meanwhile"))
    qtbot.waitUntil(lambda: reading.controls.chat.badge == 1)
    reading.showNormal()
    reading.activateWindow()
    qtbot.waitUntil(lambda: reading.controls.chat.badge == 0)
    assert [row.message.text for row in reading.panel.chat.model.rows if row.begins_new] == ["said meanwhile"]


def test_nothing_is_read_while_another_window_is_in_front(qtbot: QtBot, reading: RoomWindow, room: OwnRoom) -> None:
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    add(room, message("said meanwhile"))
    qtbot.waitUntil(lambda: reading.controls.chat.badge == 1)
    reading.activateWindow()
    qtbot.waitUntil(lambda: reading.controls.chat.badge == 0)
    assert [row.message.text for row in reading.panel.chat.model.rows if row.begins_new] == ["said meanwhile"]


def add(room: OwnRoom, *messages: Message) -> None:
    """As the engine does: what is not sent stays at the end."""
    room.store.apply(lambda state: steps.messages_added(state, messages))


def test_how_far_one_read_never_goes_back_and_outlives_a_broken_entry(qapp: object, tmp_path: Path) -> None:
    memory = RoomMemory(tmp_path)
    late = datetime(2026, 11, 23, 12, tzinfo=UTC)
    memory.set_read_until("room", late)
    memory.set_read_until("room", late - timedelta(hours=1))
    assert memory.read_until("room") == late
    memory.set_read_until("room", (late + timedelta(seconds=1)).astimezone(timezone(timedelta(hours=5))))
    memory.save()
    assert RoomMemory(tmp_path).read_until("room") == late + timedelta(seconds=1)
    assert RoomMemory(tmp_path).read_until("elsewhere") is None
    (tmp_path / FILE).write_text('{"read": {"room": "yesterday", "other": "2026-11-23T12:00:00"}}')
    broken = RoomMemory(tmp_path)
    assert (broken.read_until("room"), broken.read_until("other")) == (None, None)
