"""A new main window for a new language: at once, or after the room and what is shown after it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.room.state import Link
from app.study.stays import Outcome
from app.ui.language import language
from app.ui.main_window import MainWindow
from app.ui.opening import OpeningWindow
from app.ui.rail import Place
from app.ui.room.window import RoomWindow
from app.ui.tokens import LIGHT
from app.windows import furnish
from protocol.rest import Profile
from tests.ui.inside import room_windows
from tests.ui.own_desk import OwnDesk, session
from tests.ui.room.own_room import OwnRoom

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def frame(
    qtbot: QtBot, desk: OwnDesk, student: Profile, ui_loop: asyncio.AbstractEventLoop, light: None
) -> Iterator[OpeningWindow]:
    """With the main window of a student who has one session."""
    language().choose("en")
    desk.account.remembered = student
    desk.server.sessions = {"live": session("live")}
    frame = OpeningWindow(LIGHT)
    qtbot.addWidget(frame)
    furnish(frame, desk)
    frame.show()
    window = main_window(frame)
    qtbot.waitUntil(lambda: window.is_ready)
    qtbot.waitUntil(lambda: window.shell.home.next.act.text() == "Join")
    yield frame
    frame.close()
    language().choose("en")


def main_window(frame: OpeningWindow) -> MainWindow:
    """The one that is shown."""
    [window] = [one for one in frame.findChildren(MainWindow) if one.isVisibleTo(frame)]
    return window


def enter(qtbot: QtBot, window: MainWindow, desk: OwnDesk, goal: str) -> tuple[RoomWindow, OwnRoom]:
    """Pass the green room, then go to the settings."""
    desk.room = room = OwnRoom()
    room.may_leave.set()
    QTest.mouseClick(window.shell.home.next.act, LEFT)
    page = window.entry.page
    assert page is not None
    page.goal.edit.setText(goal)
    QTest.mouseClick(page.join_button, LEFT)
    qtbot.waitUntil(lambda: len(room_windows()) == 1)
    qtbot.waitUntil(window.shell.isVisible)
    window.shell.go(Place.SETTINGS)
    return room_windows()[0], room


def enter_fully(qtbot: QtBot, window: MainWindow, desk: OwnDesk) -> RoomWindow:
    """``enter``, and be let in."""
    room_window, room = enter(qtbot, window, desk, "")
    room.enter()
    qtbot.waitUntil(lambda: room_window.bridge.state.link is Link.ONLINE)
    return room_window


def test_another_language_is_spoken_at_once_where_no_room_is_open(qtbot: QtBot, frame: OpeningWindow) -> None:
    before = main_window(frame)
    before.shell.go(Place.SETTINGS)
    language().choose("de")
    qtbot.waitUntil(lambda: main_window(frame) is not before)
    after = main_window(frame)
    qtbot.waitUntil(lambda: after.is_ready and after.shell.settings.isVisible())


def test_another_language_waits_until_what_is_half_written_is_saved_or_given_up(
    qtbot: QtBot, frame: OpeningWindow
) -> None:
    before = main_window(frame)
    before.shell.go(Place.SESSIONS)
    before.shell.sessions.create_button.click()
    before.shell.create_page.form.title.edit.setText("Eigenvalues")
    language().choose("de")
    turns: list[int] = []
    QTimer.singleShot(0, lambda: turns.append(1))  # after what the window does about it
    qtbot.waitUntil(lambda: len(turns) == 1)
    assert main_window(frame) is before and before.shell.create_page.isVisible()
    before.shell.create_page.cancel_button.click()
    qtbot.waitUntil(lambda: main_window(frame) is not before)


def test_another_language_waits_for_the_room_and_for_what_is_shown_after_it(
    qtbot: QtBot, frame: OpeningWindow, desk: OwnDesk
) -> None:
    before = main_window(frame)
    room_window, room = enter(qtbot, before, desk, "Sheet 4")
    room.enter()
    qtbot.waitUntil(lambda: room_window.bridge.state.link is Link.ONLINE)
    language().choose("de")
    room_window.leave()
    qtbot.waitUntil(lambda: room_windows() == [])
    qtbot.waitUntil(lambda: "leave live" in desk.server.asked)
    assert main_window(frame) is before and before.leaving.isVisible()
    before.leaving.answers.buttons[Outcome.DONE].click()
    qtbot.waitUntil(lambda: [one.goal for one in desk.study.store.state.stays] == ["Sheet 4"])
    assert main_window(frame) is before
    before.leaving.back.click()
    qtbot.waitUntil(lambda: main_window(frame) is not before)


def test_what_lies_around_an_open_room_is_said_anew(qtbot: QtBot, frame: OpeningWindow, desk: OwnDesk) -> None:
    window = main_window(frame)
    room_window = enter_fully(qtbot, window, desk)
    window.shell.go(Place.SESSIONS)
    assert window.shell.sessions.title.text() == "Sessions"
    language().choose("de")
    qtbot.waitUntil(lambda: window.shell.isVisible() and window.shell.sessions.title.text() == "Treffen")
    assert main_window(frame) is window and window.shell.sessions.isVisible()
    qtbot.waitUntil(lambda: [card.button.text() for card in window.shell.sessions.grid.cards] == ["Zurück zum Raum"])
    room_window.leave()
    qtbot.waitUntil(window.leaving.isVisible)


def test_the_way_back_to_the_room_leaves_no_mini_window_behind(
    qtbot: QtBot, frame: OpeningWindow, desk: OwnDesk
) -> None:
    window = main_window(frame)
    room_window = enter_fully(qtbot, window, desk)
    room_window.go_mini()
    assert room_window.is_mini and not room_window.isVisible()
    window.shell.open_room_wanted.emit()
    assert room_window.isVisible() and not room_window.is_mini
    room_window.leave()
    qtbot.waitUntil(window.leaving.isVisible)


def test_a_session_that_is_being_written_is_not_thrown_away_for_another_language(
    qtbot: QtBot, frame: OpeningWindow, desk: OwnDesk
) -> None:
    window = main_window(frame)
    room_window = enter_fully(qtbot, window, desk)
    shell = window.shell
    shell.sessions.wants_session.emit()
    shell.create_page.form.title.edit.setText("Eigenvalues")
    language().choose("de")
    qtbot.waitUntil(lambda: room_window.controls.leave.text() == "Verlassen")
    assert window.shell is shell and shell.create_page.form.title.text == "Eigenvalues"
    room_window.leave()
    qtbot.waitUntil(window.leaving.isVisible)


def test_another_language_waits_for_the_room_one_goes_back_to(
    qtbot: QtBot, frame: OpeningWindow, desk: OwnDesk
) -> None:
    before = main_window(frame)
    room_window, room = enter(qtbot, before, desk, "")
    room.enter()
    qtbot.waitUntil(lambda: room_window.bridge.state.link is Link.ONLINE)
    language().choose("de")
    room_window.leave()
    qtbot.waitUntil(before.leaving.isVisible)
    before.leaving.rejoin_button.click()
    assert before.entry.page is not None
    QApplication.processEvents()
    assert main_window(frame) is before and before.entry.page.isVisible()
    before.entry.page.cancel_button.click()
    qtbot.waitUntil(lambda: main_window(frame) is not before)


def test_another_language_is_spoken_after_a_room_that_never_let_us_in(
    qtbot: QtBot, frame: OpeningWindow, desk: OwnDesk
) -> None:
    before = main_window(frame)
    room_window, _ = enter(qtbot, before, desk, "")
    language().choose("de")
    room_window.leave()
    qtbot.waitUntil(lambda: main_window(frame) is not before)
    after = main_window(frame)
    qtbot.waitUntil(lambda: after.is_ready and after.shell.settings.isVisible())


def test_a_stay_is_kept_though_the_window_is_closed_at_once(qtbot: QtBot, frame: OpeningWindow, desk: OwnDesk) -> None:
    window = main_window(frame)
    room_window, room = enter(qtbot, window, desk, "Sheet 4")
    room.enter()
    qtbot.waitUntil(lambda: room_window.bridge.state.link is Link.ONLINE)

    def answer_and_close() -> None:
        window.leaving.answers.buttons[Outcome.DONE].click()
        frame.close()

    window.rooms.left.connect(answer_and_close)
    room_window.leave()
    qtbot.waitUntil(lambda: [one.outcome for one in desk.study.store.state.stays] == [Outcome.DONE])
    qtbot.waitUntil(lambda: "leave live" in desk.server.asked)
