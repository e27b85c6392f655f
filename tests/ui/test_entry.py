"""Every way into a room leads through the green room, and back to where one came from."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.errors import ServerUnreachable
from app.room.state import Link
from app.ui.green_room.page import GreenRoom
from app.ui.main_window import MainWindow
from app.ui.rail import Place
from protocol.rest import Profile
from tests.ui.inside import room_windows
from tests.ui.own_desk import OwnDesk, session
from tests.ui.room.own_room import OwnRoom

Open = Callable[[], MainWindow]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot: QtBot, open_window: Open, desk: OwnDesk, student: Profile) -> MainWindow:
    """Of a student with one session that runs."""
    desk.account.remembered = student
    desk.server.sessions = {"live": session("live")}
    window = open_window()
    window.shell.go(Place.SESSIONS)
    qtbot.waitUntil(lambda: len(window.shell.sessions.grid.cards) == 1)
    window.shell.go(Place.HOME)
    qtbot.waitUntil(lambda: window.shell.home.next.act.text() == "Join")
    return window


@pytest.fixture
def room(desk: OwnDesk) -> OwnRoom:
    room = OwnRoom()
    desk.room = room
    return room


def from_home(window: MainWindow) -> None:
    QTest.mouseClick(window.shell.home.next.act, LEFT)


def from_list(window: MainWindow) -> None:
    window.shell.go(Place.SESSIONS)
    QTest.mouseClick(window.shell.sessions.grid.cards[0].button, LEFT)


def by_focusing(window: MainWindow) -> None:
    window.shell.home.focus.goal.setText("Sheet 4")
    QTest.keyClick(window.shell.home.focus.goal, Qt.Key.Key_Return)


def green_room(window: MainWindow) -> GreenRoom:
    page = window.entry.page
    assert page is not None and page.isVisible() and room_windows() == []
    return page


def opened(desk: OwnDesk) -> list[str]:
    return [one for one in desk.server.asked if one.startswith(("open", "host"))]


@pytest.mark.parametrize(
    ("way", "asked"),
    [(from_home, "open live"), (from_list, "open live"), (by_focusing, "host Omar Said")],
)
def test_no_room_is_opened_before_the_green_room_is_passed(
    qtbot: QtBot, window: MainWindow, desk: OwnDesk, room: OwnRoom, way: Callable[[MainWindow], None], asked: str
) -> None:
    way(window)
    page = green_room(window)
    assert opened(desk) == []
    QTest.keyClick(page.microphone_toggle, Qt.Key.Key_M)
    QTest.mouseClick(page.join_button, LEFT)
    qtbot.waitUntil(lambda: len(room_windows()) == 1)
    assert opened(desk) == [asked]
    assert desk.choices is not None and desk.choices.microphone_on
    qtbot.waitUntil(window.shell.isVisible)
    room_windows()[0].leave()
    qtbot.waitUntil(lambda: room_windows() == [])


def from_list_by_key(window: MainWindow) -> QWidget:
    window.shell.go(Place.SESSIONS)
    button = window.shell.sessions.grid.cards[0].button
    button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(button, Qt.Key.Key_Return)
    return button


def from_home_by_key(window: MainWindow) -> QWidget:
    by_focusing(window)
    window.shell.home.focus.goal.setFocus(Qt.FocusReason.TabFocusReason)
    return window.shell.home.focus.goal


def press(window: MainWindow, key: Qt.Key) -> None:
    """As a person does: it goes wherever the keyboard is."""
    QTest.keyClick(window.windowHandle(), key)


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
@pytest.mark.parametrize("way", [from_list_by_key, from_home_by_key])
def test_after_escape_no_key_goes_into_the_room_and_the_keyboard_is_where_it_was(
    qtbot: QtBot,
    window: MainWindow,
    desk: OwnDesk,
    room: OwnRoom,
    way: Callable[[MainWindow], QWidget],
    key: Qt.Key,
) -> None:
    came_from = way(window)
    page = green_room(window)
    press(window, Qt.Key.Key_Escape)
    assert window.focusWidget() is came_from
    press(window, key)
    qtbot.waitUntil(lambda: not page.intents.is_busy)
    assert opened(desk) == [] and not window.rooms.is_busy


def test_one_who_leaves_in_the_moment_of_joining_is_not_let_in(
    qtbot: QtBot, window: MainWindow, desk: OwnDesk, room: OwnRoom
) -> None:
    from_home(window)
    page = green_room(window)
    QTest.mouseClick(page.join_button, LEFT)
    window.entry.close()  # their sign-in has expired, say
    qtbot.waitUntil(lambda: not page.intents.is_busy)
    assert opened(desk) == [] and not window.rooms.is_busy


class ShownWindows(QObject):
    """Which widgets become windows of their own while it watches."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


def test_nothing_of_it_is_a_window_of_its_own_for_a_moment(qapp: QApplication, window: MainWindow) -> None:
    watch = ShownWindows()
    qapp.installEventFilter(watch)
    window.entry.begin(session("live", people=3))
    qapp.removeEventFilter(watch)
    assert green_room(window).faces.isVisible() and watch.seen == []


def test_a_goal_from_home_stands_in_the_green_room_and_a_cancel_leads_back_to_it(
    window: MainWindow, desk: OwnDesk
) -> None:
    by_focusing(window)
    page = green_room(window)
    assert (page.goal.text, page.session.title) == ("Sheet 4", "Omar Said’s room")
    QTest.keyClick(page.join_button, Qt.Key.Key_Escape)
    assert window.entry.page is None and window.shell.home.isVisible()
    assert window.shell.home.focus.goal.text() == "Sheet 4"
    assert opened(desk) == []


def test_a_long_goal_from_home_stands_there_whole(window: MainWindow) -> None:
    goal = window.shell.home.focus.goal
    goal.setText("Sheet 4 " * 40)
    QTest.keyClick(goal, Qt.Key.Key_Return)
    assert len(goal.text()) > 150
    assert green_room(window).goal.text == goal.text().strip()


def test_the_goal_goes_along_into_the_room_and_out_of_it(
    qtbot: QtBot, window: MainWindow, desk: OwnDesk, room: OwnRoom
) -> None:
    from_home(window)
    page = green_room(window)
    page.goal.edit.setText("Sheet <b>4</b>")
    QTest.mouseClick(page.join_button, LEFT)
    qtbot.waitUntil(lambda: len(room_windows()) == 1)
    [opened_window] = room_windows()
    assert opened_window.top_bar.goal == "Sheet <b>4</b>"
    opened_window.resize(800, 560)
    room.change(session=replace(room.store.state.session, title="Linear algebra " * 20))
    qtbot.waitUntil(lambda: opened_window.top_bar.goal == "")
    room.enter()
    qtbot.waitUntil(lambda: opened_window.bridge.state.link is Link.ONLINE)
    opened_window.leave()
    qtbot.waitUntil(window.leaving.isVisible)
    assert window.leaving.goal.text() == "Sheet <b>4</b>"


def test_without_an_account_a_cancel_leads_back_to_the_welcome(open_window: Open, desk: OwnDesk) -> None:
    window = open_window()
    window.welcome.local.click()
    window.welcome.start_room.name.edit.setText("Lena")
    window.welcome.start_room.start.click()
    QTest.keyClick(green_room(window).join_button, Qt.Key.Key_Escape)
    assert window.welcome.start_room.isVisible() and window.welcome.start_room.start.text() == "Start room"
    assert opened(desk) == []


def test_a_room_on_this_computer_that_does_not_start_says_so_and_can_be_tried_again(
    qtbot: QtBot, window: MainWindow, desk: OwnDesk, room: OwnRoom
) -> None:
    by_focusing(window)
    page = green_room(window)
    desk.server.problem = ServerUnreachable("http://127.0.0.1:8765")
    QTest.mouseClick(page.join_button, LEFT)
    qtbot.waitUntil(page.trouble.isVisible)
    assert page.trouble.words.text().startswith("The room could not be started on this computer.")
    assert page.goal.text == "Sheet 4" and window.entry.page is page
    desk.server.problem = None
    QTest.mouseClick(page.join_button, LEFT)
    qtbot.waitUntil(lambda: len(room_windows()) == 1)
    room_windows()[0].leave()
    qtbot.waitUntil(lambda: room_windows() == [])


@pytest.mark.parametrize(
    ("way", "asked"),
    [(from_home, "open live"), (by_focusing, "host Lena Hoffmann again s1")],
    ids=["session", "own room"],
)
def test_going_back_into_a_room_passes_it_again(
    qtbot: QtBot, window: MainWindow, desk: OwnDesk, room: OwnRoom, way: Callable[[MainWindow], None], asked: str
) -> None:
    way(window)
    QTest.mouseClick(green_room(window).join_button, LEFT)
    qtbot.waitUntil(lambda: len(room_windows()) == 1)
    room.enter()
    qtbot.waitUntil(lambda: room_windows()[0].bridge.state.link is Link.ONLINE)
    room_windows()[0].leave()
    qtbot.waitUntil(window.leaving.isVisible)
    desk.room = OwnRoom()
    QTest.mouseClick(window.leaving.rejoin_button, LEFT)
    QTest.mouseClick(green_room(window).join_button, LEFT)
    qtbot.waitUntil(lambda: len(room_windows()) == 1)
    assert opened(desk)[-1] == asked
    room_windows()[0].leave()
    qtbot.waitUntil(lambda: room_windows() == [])


def test_going_back_tells_who_is_there_by_now(qtbot: QtBot, window: MainWindow, desk: OwnDesk, room: OwnRoom) -> None:
    from_home(window)
    page = green_room(window)
    assert page.others.text() == "With Person 0"
    QTest.mouseClick(page.join_button, LEFT)
    qtbot.waitUntil(lambda: len(room_windows()) == 1)
    room.enter()
    qtbot.waitUntil(lambda: room_windows()[0].bridge.state.link is Link.ONLINE)
    desk.server.sessions = {"live": session("live", people=2)}
    room_windows()[0].leave()
    qtbot.waitUntil(window.leaving.isVisible)
    QTest.mouseClick(window.leaving.rejoin_button, LEFT)
    again = green_room(window)
    qtbot.waitUntil(lambda: again.others.text() == "With Person 0, Person 1")


def test_a_green_room_that_was_left_is_not_woken_by_a_late_refusal(
    qtbot: QtBot, window: MainWindow, desk: OwnDesk
) -> None:
    desk.settings.change(microphone="test", was_on={"microphone test": True})
    from_home(window)
    page = green_room(window)
    desk.server.problem = ServerUnreachable("http://127.0.0.1:8765")
    desk.server.gate = asyncio.Event()
    QTest.mouseClick(page.join_button, LEFT)
    qtbot.waitUntil(lambda: bool(opened(desk)))
    window.entry.close()
    desk.engine.loop.call_soon_threadsafe(desk.server.gate.set)
    qtbot.waitUntil(lambda: not window.rooms.is_busy)
    assert not page.tryout.switch("microphone").desired and page.trouble.words.text() == ""


def test_while_one_is_let_in_there_is_no_way_back(
    qtbot: QtBot, window: MainWindow, desk: OwnDesk, room: OwnRoom
) -> None:
    from_home(window)
    page = green_room(window)
    desk.server.gate = asyncio.Event()
    QTest.mouseClick(page.join_button, LEFT)
    qtbot.waitUntil(lambda: bool(opened(desk)))
    assert not page.cancel_button.isEnabled()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert window.entry.page is page
    desk.server.problem = ServerUnreachable("http://127.0.0.1:8765")
    desk.engine.loop.call_soon_threadsafe(desk.server.gate.set)
    qtbot.waitUntil(page.trouble.isVisible)
    assert page.cancel_button.isEnabled()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert window.entry.page is None
