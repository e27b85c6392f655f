"""What a person may not do while they are in a room, and what the windows around it say meanwhile."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.account import AccountPhase, AccountState
from app.errors import SignedOut
from app.room.state import Link, Refusal
from app.study.attendance import Attendance
from app.study.book import FILE
from app.ui import rooms
from app.ui.leaving.visit import Visit
from app.ui.main_window import MainWindow
from app.ui.rail import Place
from app.ui.room.window import RoomWindow
from app.ui.welcome.account_form import Face
from protocol.rest import Profile
from tests.ui.inside import go_in, leave, room_windows
from tests.ui.own_desk import SERVER, OwnDesk, session
from tests.ui.room.own_room import OwnRoom

Open = Callable[[], MainWindow]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(open_window: Open, desk: OwnDesk, tutor: Profile) -> MainWindow:
    """Of a tutor with one session that runs."""
    desk.account.remembered = tutor
    desk.server.sessions = {"live": session("live")}
    return open_window()


@pytest.fixture
def inside(qtbot: QtBot, window: MainWindow, desk: OwnDesk) -> RoomWindow:
    """The window of that session's room."""
    return go_in(qtbot, window, desk)


def by_the_menu(window: MainWindow) -> None:
    menu = window.shell.rail.menu()
    menu.actions()[-1].trigger()
    menu.deleteLater()


def by_the_account(window: MainWindow) -> None:
    window.shell.go(Place.SETTINGS)
    window.shell.settings.account.sign_out.click()


def by_another_server(window: MainWindow) -> None:
    window.shell.go(Place.SETTINGS)
    window.shell.settings.server.other.click()


@pytest.mark.parametrize("way", [by_the_menu, by_the_account, by_another_server])
def test_nobody_signs_out_of_a_room(
    qtbot: QtBot, window: MainWindow, inside: RoomWindow, desk: OwnDesk, way: Callable[[MainWindow], None]
) -> None:
    way(window)
    assert window.toasts.words == ["You are in a room. Leave it first."]
    leave(qtbot, window, inside)
    window.leaving.back.click()
    assert "sign_out" not in desk.server.asked
    way(window)
    qtbot.waitUntil(window.welcome.isVisible)
    assert desk.server.asked.count("sign_out") == 1


@pytest.mark.parametrize(("code", "told"), [("full", ["live"]), ("ended", [])])
def test_who_finds_the_room_full_on_coming_back_is_told_of_a_place(
    qtbot: QtBot, window: MainWindow, inside: RoomWindow, desk: OwnDesk, code: str, told: list[str]
) -> None:
    awaited: list[str] = []
    window.rooms.full.connect(lambda one: awaited.append(one.id))
    assert isinstance(desk.room, OwnRoom)
    desk.room.change(link=Link.REFUSED, refusal=Refusal(code))
    qtbot.waitUntil(lambda: inside.refused.words != "")
    with qtbot.waitSignal(window.rooms.left) as left:
        inside.leave()
    assert left.args is not None and isinstance(left.args[0], Visit)
    assert awaited == told
    qtbot.waitUntil(lambda: "leave live" in desk.server.asked)


def test_the_first_page_knows_of_the_room_though_it_is_made_only_then(
    qtbot: QtBot, window: MainWindow, inside: RoomWindow, desk: OwnDesk
) -> None:
    desk.account.store.set(AccountState(AccountPhase.SIGNED_OUT, SERVER, None, SignedOut(401, "", "jwt expired")))
    qtbot.waitUntil(window.welcome.isVisible)
    QTest.mouseClick(window.welcome.local, LEFT)
    assert window.welcome.start_room.start.text() == "Show room"
    window.welcome.start_room.start.click()
    assert window.entry.page is None
    leave(qtbot, window, inside)
    assert window.welcome.start_room.start.text() == "Start room"


def test_only_who_is_in_the_room_signs_in_again(
    qtbot: QtBot, window: MainWindow, inside: RoomWindow, desk: OwnDesk, tutor: Profile, student: Profile
) -> None:
    desk.server.accounts = {who.email: ("a secret", who) for who in (tutor, student)}
    desk.account.store.set(AccountState(AccountPhase.SIGNED_OUT, SERVER, None, SignedOut(401, "", "jwt expired")))
    qtbot.waitUntil(window.welcome.isVisible)
    form = window.welcome.form
    form.face.choose(Face.SIGN_IN)
    form.password.edit.setText("a secret")
    form.email.edit.setText(student.email)
    form.send()
    assert form.trouble.words.text() == "You are in a room. Leave it first."
    form.email.edit.setText(tutor.email.title())
    form.send()
    qtbot.waitUntil(window.shell.isVisible)
    assert [one for one in desk.server.asked if one.startswith("sign_in")] == [f"sign_in {SERVER}"]
    leave(qtbot, window, inside)


@pytest.mark.parametrize("is_hosted", [False, True])
def test_who_asks_for_a_second_room_hears_why_there_is_none(
    qtbot: QtBot, window: MainWindow, inside: RoomWindow, desk: OwnDesk, is_hosted: bool
) -> None:
    if is_hosted:
        window.entry.host("Lena")
    else:
        window.entry.begin(session("two"))
    page = window.entry.page
    assert page is not None
    QTest.mouseClick(page.join_button, LEFT)
    qtbot.waitUntil(lambda: page.trouble.words.text() == "You are in a room. Leave it first.")
    assert page.join_button.isEnabled() and page.cancel_button.isEnabled()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert window.entry.page is None and len(room_windows()) == 1
    assert [one for one in desk.server.asked if one.startswith(("open", "host"))] == ["open live"]
    leave(qtbot, window, inside)


def test_a_question_from_before_the_room_deletes_nothing_in_it(qtbot: QtBot, window: MainWindow, desk: OwnDesk) -> None:
    window.shell.go(Place.SETTINGS)
    privacy = window.shell.settings.privacy
    privacy.clear.click()
    desk.is_in_room = True
    privacy.yes.click()
    assert privacy.trouble.words.text() == "You are in a room. Leave it first."
    assert "forget" not in desk.server.asked
    assert privacy.clear.isVisible() and not privacy.yes.isVisible()


def test_a_stay_that_goes_on_is_noted(
    qtbot: QtBot, open_window: Open, desk: OwnDesk, tutor: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms, "NOTED_EACH_MS", 10)
    monkeypatch.setattr(rooms, "Attendance", partial(Attendance, clock=itertools.count(0, 600).__next__))
    desk.account.remembered = tutor
    desk.server.sessions = {"live": session("live", "Linear algebra")}
    window = open_window()

    def noted() -> list[tuple[str, str]]:
        with closing(sqlite3.connect(desk.settings.folder / FILE)) as book:
            return book.execute("SELECT title, goal FROM going_on").fetchall()

    inside = go_in(qtbot, window, desk, goal="Sheet 4")
    qtbot.waitUntil(lambda: len(noted()) == 1)
    leave(qtbot, window, inside)
    qtbot.waitUntil(lambda: noted() == [] and len(desk.study.store.state.stays) == 1)
