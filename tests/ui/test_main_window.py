"""The window as a whole: plain text everywhere, names for everything, the look, and rooms that open from it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from app.ui.components.fields import ErrorLine
from app.ui.green_room.page import GreenRoom
from app.ui.main_window import MIN_HEIGHT, MIN_WIDTH, MainWindow
from app.ui.rail import Place
from app.ui.room.window import RoomWindow
from app.ui.theme import ThemeChoice, theme
from app.ui.tokens import DARK, LIGHT
from protocol.rest import Session
from tests.ui.inside import room_windows
from tests.ui.own_desk import OwnDesk, session
from tests.ui.room.own_room import OwnRoom

Open = Callable[[], MainWindow]


@pytest.fixture
def window(at_sessions: Callable[[Session], MainWindow]) -> MainWindow:
    return at_sessions(session("live"))


def test_no_label_guesses_rich_text(window: MainWindow) -> None:
    window.toasts.fail("<b>It broke.</b>")
    assert all(page is not None for page in (window.welcome, window.leaving, window.shell.create_page))
    for place in Place:
        window.shell.go(place)
    labels = window.findChildren(QLabel)
    assert len(labels) > 80
    foreign = [one for one in labels if one.objectName().startswith("qt_")]
    assert [one.text() for one in labels if one.textFormat() != Qt.TextFormat.PlainText and one not in foreign] == []


def test_everything_that_is_pressed_or_typed_into_has_a_name(window: MainWindow) -> None:
    parts = [*window.findChildren(QAbstractButton), *window.findChildren(QLineEdit)]
    assert len(parts) > 20
    for part in parts:
        if part.objectName() in ("qt_spinbox_lineedit", "qt_toolbar_ext_button"):
            continue
        is_repair = isinstance(part.parent(), ErrorLine)
        name = QAccessible.queryAccessibleInterface(part).text(QAccessible.Text.Name)
        assert name or (is_repair and part.isHidden()), part


def test_the_window_does_not_get_too_small(window: MainWindow) -> None:
    window.resize(100, 100)
    assert (window.width(), window.height()) == (MIN_WIDTH, MIN_HEIGHT)


def test_the_look_is_chosen_in_the_menu_and_remembered(qtbot: QtBot, window: MainWindow, desk: OwnDesk) -> None:
    assert window.grab().toImage().pixelColor(600, 400).name() in (LIGHT.bg.lower(), LIGHT.surface.lower())
    menu = window.shell.rail.menu()
    looks = next(one for one in menu.findChildren(QMenu))
    entries = {action.text(): action for action in looks.actions()}
    assert set(entries) == {"Like the system", "Light", "Dark", "High contrast"}
    assert entries["Light"].isChecked()
    entries["Dark"].trigger()
    assert theme().choice is ThemeChoice.DARK
    assert desk.settings.state.theme == "dark"
    assert window.grab().toImage().pixelColor(600, 600).name() == DARK.bg.lower()
    menu.deleteLater()


def test_the_menu_says_who_is_signed_in_and_signs_out(qtbot: QtBot, window: MainWindow) -> None:
    menu = window.shell.rail.menu()
    words = [action.text() for action in menu.actions() if action.text()]
    assert words == ["Lena Hoffmann · Tutor", "lena@example.org", "Look", "Sign out"]
    menu.actions()[-1].trigger()
    qtbot.waitUntil(window.welcome.isVisible)  # who signs out closes the menu, too, and with it it is gone


def test_a_window_that_takes_the_place_of_another_begins_where_that_was(
    qtbot: QtBot, window: MainWindow, desk: OwnDesk
) -> None:
    window.shell.go(Place.SETTINGS)
    page = window.shell.settings
    page.go_to(page.language)
    page.go_back_to(page.at, page.scrolled - 37)
    assert page.scrolled > 0
    again = MainWindow(desk, window.whereabouts)
    qtbot.addWidget(again)
    again.show()
    qtbot.waitUntil(lambda: again.is_ready and again.whereabouts == window.whereabouts)
    settings = again.shell.settings
    assert settings.isVisible() and settings.sections[settings.at] is settings.language
    again.close()


def open_room(qtbot: QtBot, window: MainWindow) -> RoomWindow:
    """Press Join on the first card and in the green room, and wait for the room."""
    qtbot.mouseClick(window.shell.sessions.grid.cards[0].button, Qt.MouseButton.LeftButton)
    pass_green_room(qtbot, window)
    return wait_for_room(qtbot)


def pass_green_room(qtbot: QtBot, window: MainWindow) -> GreenRoom:
    page = window.entry.page
    assert page is not None and page.isVisible()
    assert room_windows() == []
    qtbot.mouseClick(page.join_button, Qt.MouseButton.LeftButton)
    return page


def wait_for_room(qtbot: QtBot) -> RoomWindow:
    qtbot.waitUntil(lambda: len(room_windows()) == 1)
    return room_windows()[0]


def test_joining_opens_the_room_and_leaving_leads_back(qtbot: QtBot, window: MainWindow, desk: OwnDesk) -> None:
    room = OwnRoom()
    room.may_leave.set()
    desk.room = room
    room_window = open_room(qtbot, window)
    card = window.shell.sessions.grid.cards[0]
    qtbot.waitUntil(lambda: window.entry.page is None and card.isVisible())
    assert card.button.text() == "Back to room"
    assert desk.server.asked.count("open live") == 1
    qtbot.mouseClick(card.button, Qt.MouseButton.LeftButton)
    assert desk.server.asked.count("open live") == 1
    window.hide()
    room_window.leave()
    qtbot.waitUntil(window.isVisible)
    qtbot.waitUntil(lambda: card.button.text() == "Join")


def test_one_sits_in_one_room_at_a_time(qtbot: QtBot, window: MainWindow, desk: OwnDesk) -> None:
    room = OwnRoom()
    room.may_leave.set()
    desk.room = room
    desk.server.sessions["two"] = session("two", "Another one", begins=-5)
    window.shell.refresh()
    cards = window.shell.sessions.grid
    qtbot.waitUntil(lambda: len(cards.cards) == 2)
    room_window = open_room(qtbot, window)
    qtbot.mouseClick(cards.cards[1].button, Qt.MouseButton.LeftButton)
    assert window.toasts.words == ["You are in a room already. Leave it before you join another."]
    assert "open two" not in desk.server.asked
    room_window.leave()
    qtbot.waitUntil(lambda: cards.cards[0].button.text() == "Join")


def test_a_room_on_this_computer_says_where_others_find_it(qtbot: QtBot, open_window: Open, desk: OwnDesk) -> None:
    room = OwnRoom()
    room.may_leave.set()
    desk.room = room
    window = open_window()
    page = window.welcome.start_room
    window.welcome.local.click()
    page.name.edit.setText("Lena")
    page.start.click()
    assert desk.server.asked == []
    pass_green_room(qtbot, window)
    room_window = wait_for_room(qtbot)
    qtbot.waitUntil(page.isVisible)
    assert page.address.text() == "http://192.168.1.5:8765"
    assert page.start.text() == "Show room"
    page.start.click()
    assert desk.server.asked == ["host Lena"]
    room_window.leave()
    qtbot.waitUntil(lambda: page.start.text() == "Start room")
    assert not page.address.isVisible()


def test_a_failure_nobody_expected_is_put_before_the_person(qtbot: QtBot, window: MainWindow) -> None:
    async def fail() -> None:
        raise RuntimeError("what")

    window.intents.start(fail())
    qtbot.waitUntil(lambda: len(window.toasts.words) == 1)
    assert window.toasts.words[0].startswith("Something went wrong on our side.")


def test_the_first_window_waits_for_no_media_library() -> None:
    code = (
        "import sys\n"
        "import app.ui.main_window\n"
        "heavy = {'av', 'aiortc', 'socketio', 'numpy', 'server'} & set(sys.modules)\n"
        "sys.exit(' '.join(sorted(heavy)) or 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
