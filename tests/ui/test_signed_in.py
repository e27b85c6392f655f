"""What becomes of the windows where somebody is signed in, is not any more, or is somebody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.account import AccountPhase, AccountState
from app.errors import ServerUnreachable, SignedOut
from app.ui.main_window import MainWindow
from app.ui.rail import Place
from protocol.rest import Profile
from tests.study.people import stay
from tests.ui.inside import go_in, leave
from tests.ui.own_desk import SERVER, OwnDesk, session

Open = Callable[[], MainWindow]


@pytest.fixture
def window(open_window: Open, desk: OwnDesk, student: Profile) -> MainWindow:
    """Of a student with one session that runs."""
    desk.account.remembered = student
    desk.server.sessions = {"live": session("live")}
    return open_window()


def expire(desk: OwnDesk) -> None:
    """The server takes the token no more."""
    desk.account.store.set(AccountState(AccountPhase.SIGNED_OUT, SERVER, None, SignedOut(401, "", "jwt expired")))


def test_a_second_window_of_whoever_is_signed_in_asks_nobody(
    window: MainWindow, open_window: Open, desk: OwnDesk
) -> None:
    desk.server.problem = ServerUnreachable(SERVER)
    again = open_window()
    assert again.shell.isVisible()
    assert desk.account.store.state.phase is AccountPhase.SIGNED_IN
    assert desk.server.asked.count("restore") == 1


def rename(qtbot: QtBot, desk: OwnDesk, profile: Profile, name: str) -> None:
    """The server's answer to another name comes."""
    desk.account.store.set(AccountState(AccountPhase.SIGNED_IN, SERVER, profile.model_copy(update={"name": name})))
    qtbot.waitUntil(lambda: desk.settings.state.name == name)


@pytest.mark.parametrize("was_made", [False, True])
def test_what_came_of_a_stay_outlasts_the_sign_in(
    qtbot: QtBot, window: MainWindow, desk: OwnDesk, was_made: bool
) -> None:
    inside = go_in(qtbot, window, desk, "Sheet 4")
    if was_made:
        assert window.welcome.isHidden()
    leave(qtbot, window, inside)
    expire(desk)
    qtbot.waitUntil(lambda: "signed out" in window.welcome.form.trouble.words.text())
    assert window.leaving.isVisible() and window.leaving.save.isVisible()
    window.leaving.back.click()
    assert window.welcome.isVisible() and window.welcome.form.trouble.isVisible()


def test_what_came_of_a_stay_outlasts_a_new_name(
    qtbot: QtBot, window: MainWindow, desk: OwnDesk, student: Profile
) -> None:
    inside = go_in(qtbot, window, desk)
    leave(qtbot, window, inside)
    rename(qtbot, desk, student, "Omar S.")
    assert window.leaving.isVisible()


def test_the_green_room_outlasts_a_new_name(qtbot: QtBot, window: MainWindow, desk: OwnDesk, student: Profile) -> None:
    window.entry.begin(session("live"))
    rename(qtbot, desk, student, "Omar S.")
    page = window.entry.page
    assert page is not None and page.isVisible()
    page.cancel_button.click()
    assert window.shell.isVisible()


def test_what_one_typed_is_not_shown_to_another(
    qtbot: QtBot, window: MainWindow, desk: OwnDesk, student: Profile, tutor: Profile
) -> None:
    def sign_in(profile: Profile) -> None:
        desk.account.store.set(AccountState(AccountPhase.SIGNED_OUT, SERVER))
        qtbot.waitUntil(window.welcome.isVisible)
        desk.account.store.set(AccountState(AccountPhase.SIGNED_IN, SERVER, profile))
        qtbot.waitUntil(window.shell.isVisible)

    def typed() -> tuple[str, str, bool, str]:
        return goal.text(), sessions.search.text(), sessions.free.isChecked(), sessions.pills.subject

    window.shell.go(Place.SESSIONS)
    goal, sessions = window.shell.home.focus.goal, window.shell.sessions
    qtbot.waitUntil(lambda: len(sessions.grid.cards) == 1)
    goal.setText("Write to the examiner")
    sessions.search.setText("thesis")
    sessions.free.setChecked(True)
    sessions.pills.choose("Maths")
    mine = typed()
    assert mine[3] == "Maths"
    sign_in(student)
    assert typed() == mine
    sign_in(tutor)
    assert typed() == ("", "", False, "")


def test_what_was_offered_to_one_is_not_offered_on_the_first_page(
    qtbot: QtBot, window: MainWindow, desk: OwnDesk
) -> None:
    window.toasts.offer("“Essay sprint” has begun.", "bell-ring", "Join", lambda: None)
    expire(desk)
    qtbot.waitUntil(window.welcome.isVisible)
    assert window.toasts.words == []


def sit(qtbot: QtBot, window: MainWindow, desk: OwnDesk) -> None:
    """Some time ago, in the session that runs: the list offers its notes once that is over."""
    desk.engine.submit(desk.study.record(stay("a", session_id="live"))).result(10)
    desk.server.sessions["live"] = session("live", status="completed")
    window.shell.go(Place.SESSIONS)
    qtbot.waitUntil(lambda: [one.button.text() for one in window.shell.sessions.grid.cards] == ["See notes"])


@pytest.mark.parametrize("wish", ["wants_delete", "wants_cancel", "wants_notes"])
def test_no_dialog_of_one_who_was_signed_out_stands_before_the_first_page(
    qtbot: QtBot, window: MainWindow, desk: OwnDesk, wish: str
) -> None:
    sit(qtbot, window, desk)
    getattr(window.shell.sessions, wish).emit(desk.server.sessions["live"])
    qtbot.waitUntil(lambda: [one.isVisible() for one in window.findChildren(QDialog)] == [True])
    expire(desk)
    qtbot.waitUntil(window.welcome.isVisible)
    assert not any(one.isVisible() for one in window.findChildren(QDialog))
    assert window.focusWidget() is window.welcome.form.email.edit
    assert [one for one in desk.server.asked if one.startswith(("delete", "change"))] == []


def test_notes_that_come_when_nobody_is_signed_in_are_not_shown(
    qtbot: QtBot, window: MainWindow, desk: OwnDesk
) -> None:
    sit(qtbot, window, desk)
    window.shell.sessions.wants_notes.emit(desk.server.sessions["live"])
    window.shell.hide()
    qtbot.waitUntil(lambda: not window.intents.is_busy)
    assert window.findChildren(QDialog) == []


def test_the_first_page_knows_the_address_that_was_changed(
    qtbot: QtBot, open_window: Open, desk: OwnDesk, student: Profile
) -> None:
    desk.settings.change(email="old@example.org")
    window = open_window()
    form = window.welcome.form
    assert form.email.text == "old@example.org"
    desk.account.store.set(AccountState(AccountPhase.SIGNED_IN, SERVER, student))
    qtbot.waitUntil(window.shell.isVisible)
    desk.settings.change(email="new@example.org")
    expire(desk)
    qtbot.waitUntil(window.welcome.isVisible)
    assert (form.name.text, form.email.text) == ("Omar Said", "new@example.org")
    assert form.trouble.isVisible()
