"""A session that is half written is thrown away only by who means it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.account import AccountPhase, AccountState
from app.room.state import Link
from app.ui.confirm import Confirm
from app.ui.main_window import MainWindow
from app.ui.rail import Place
from app.ui.sessions.create_page import CreatePage
from protocol.rest import Profile, Session
from tests.ui.inside import room_windows
from tests.ui.own_desk import SERVER, OwnDesk, session
from tests.ui.room.own_room import OwnRoom

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(at_sessions: Callable[[Session], MainWindow]) -> MainWindow:
    return at_sessions(session("live"))


def write(window: MainWindow, title: str) -> CreatePage:
    window.shell.sessions.create_button.click()
    page = window.shell.create_page
    page.form.title.edit.setText(title)
    return page


def to(window: MainWindow, place: Place) -> None:
    QTest.mouseClick(window.shell.rail.buttons[place], LEFT)


def question() -> Confirm:
    asking = QApplication.activeModalWidget()
    assert isinstance(asking, Confirm) and asking.windowTitle() == "Discard this session?"
    return asking


@pytest.mark.parametrize("place", list(Place))
def test_the_rail_asks_first(window: MainWindow, place: Place) -> None:
    page = write(window, "Eigenvalues")
    to(window, place)
    question().keep.click()
    assert page.isVisible() and page.form.title.text == "Eigenvalues"
    assert window.shell.rail.buttons[Place.SESSIONS].isChecked()
    to(window, place)
    question().act.click()
    assert not page.isVisible() and window.shell.rail.buttons[place].isChecked()
    window.shell.go(Place.SESSIONS)
    window.shell.sessions.create_button.click()
    assert page.isVisible() and page.form.title.text == ""


def test_nothing_is_asked_where_nothing_was_written(window: MainWindow) -> None:
    page = write(window, "")
    to(window, Place.HOME)
    assert QApplication.activeModalWidget() is None
    assert window.shell.home.isVisible() and not page.isVisible()


def test_the_details_of_another_session_ask_first(qtbot: QtBot, window: MainWindow, desk: OwnDesk) -> None:
    page = write(window, "Eigenvalues")
    window.shell.show_session(desk.server.sessions["live"])
    question().keep.click()
    assert page.isVisible() and page.form.title.text == "Eigenvalues"
    window.shell.show_session(desk.server.sessions["live"])
    question().act.click()
    card = window.shell.sessions.grid.cards[0]
    qtbot.waitUntil(lambda: window.focusWidget() is card.button)


def test_it_is_there_again_after_a_room(qtbot: QtBot, window: MainWindow, desk: OwnDesk) -> None:
    desk.room = room = OwnRoom()
    room.may_leave.set()
    QTest.mouseClick(window.shell.sessions.grid.cards[0].button, LEFT)
    entry = window.entry.page
    assert entry is not None
    QTest.mouseClick(entry.join_button, LEFT)
    qtbot.waitUntil(lambda: len(room_windows()) == 1 and window.shell.isVisible())
    room.enter()
    qtbot.waitUntil(lambda: room_windows()[0].bridge.state.link is Link.ONLINE)
    page = write(window, "Eigenvalues")
    room_windows()[0].leave()
    qtbot.waitUntil(window.leaving.isVisible)
    window.leaving.back.click()
    assert QApplication.activeModalWidget() is None
    assert page.isVisible() and page.form.title.text == "Eigenvalues"


def test_who_was_signed_out_finds_it_again_and_nobody_else(
    qtbot: QtBot, window: MainWindow, desk: OwnDesk, tutor: Profile, student: Profile
) -> None:
    def sign_in(profile: Profile) -> None:
        desk.account.store.set(AccountState(AccountPhase.SIGNED_OUT, SERVER))
        qtbot.waitUntil(window.welcome.isVisible)
        desk.account.store.set(AccountState(AccountPhase.SIGNED_IN, SERVER, profile))
        qtbot.waitUntil(window.shell.home.isVisible)
        window.shell.go(Place.SESSIONS)
        window.shell.sessions.create_button.click()

    page = write(window, "Eigenvalues")
    sign_in(tutor)
    assert page.isVisible() and page.form.title.text == "Eigenvalues"
    sign_in(student.model_copy(update={"role": "tutor"}))
    assert page.isVisible() and page.form.title.text == ""


def test_closing_the_window_asks_first(qtbot: QtBot, window: MainWindow) -> None:
    page = write(window, "Eigenvalues")
    assert not window.close()
    question().keep.click()
    assert window.isVisible() and page.form.title.text == "Eigenvalues"
    assert not window.close()
    question().act.click()
    qtbot.waitUntil(window.isHidden)


def test_what_is_on_its_way_to_the_server_does_not_keep_the_window_open(
    qtbot: QtBot, window: MainWindow, desk: OwnDesk
) -> None:
    page = write(window, "Eigenvalues")
    page.set_working("Creating…")
    assert window.close()
