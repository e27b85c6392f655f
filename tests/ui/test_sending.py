"""What becomes of a form while the server is asked: nothing is taken back, and an answer finds who asked for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.account import AccountPhase, AccountState
from app.errors import ServerUnreachable
from app.ui.main_window import MainWindow
from app.ui.rail import Place
from app.ui.sessions.create_page import CreatePage
from protocol.rest import Profile, Session
from tests.ui.own_desk import SERVER, OwnDesk, session

LEFT = Qt.MouseButton.LeftButton
AWAY = ServerUnreachable("http://study.example:8765")
NOT_SAVED = "“Eigenvalues” is not saved. What you wrote is still in the form. We can’t reach study.example:8765. "


@pytest.fixture
def window(at_sessions: Callable[[Session], MainWindow]) -> MainWindow:
    return at_sessions(session("mine", host="lena"))


def write(window: MainWindow, title: str) -> CreatePage:
    window.shell.sessions.create_button.click()
    page = window.shell.create_page
    page.form.title.edit.setText(title)
    page.form.subject.edit.setText("Maths")
    return page


@pytest.fixture
def answer(desk: OwnDesk, window: MainWindow) -> Callable[[], None]:
    """From now on answers are held back, until this is called."""

    async def close() -> asyncio.Event:
        desk.server.gate = asyncio.Event()
        return desk.server.gate

    async def open_gate() -> None:
        gate.set()

    gate = desk.engine.submit(close()).result(10)
    return lambda: desk.engine.submit(open_gate()).result(10)


@pytest.fixture
def sent(window: MainWindow, answer: Callable[[], None]) -> CreatePage:
    """A form whose answer is held back."""
    page = write(window, "Eigenvalues")
    page.create_button.click()
    assert page.create_button.text() == "Creating…"
    return page


def to(window: MainWindow, place: Place) -> None:
    QTest.mouseClick(window.shell.rail.buttons[place], LEFT)


def test_what_is_on_its_way_is_not_taken_back(
    qtbot: QtBot, window: MainWindow, sent: CreatePage, answer: Callable[[], None]
) -> None:
    for button in (sent.cancel_button, sent.back):
        QTest.mouseClick(button, LEFT)
    QTest.keyClick(sent, Qt.Key.Key_Escape)
    assert sent.isVisible() and QApplication.activeModalWidget() is None
    answer()
    qtbot.waitUntil(window.shell.sessions.isVisible)
    assert window.toasts.words == ["“Eigenvalues” is in the list now."]


def test_a_failure_gives_the_ways_back_again(
    qtbot: QtBot, window: MainWindow, desk: OwnDesk, sent: CreatePage, answer: Callable[[], None]
) -> None:
    desk.server.problem = AWAY
    answer()
    qtbot.waitUntil(sent.trouble.isVisible)
    assert window.toasts.words == []
    QTest.mouseClick(sent.cancel_button, LEFT)
    assert window.shell.sessions.isVisible()


def test_a_failure_is_told_to_who_has_gone_elsewhere_and_the_form_is_kept(
    qtbot: QtBot, window: MainWindow, desk: OwnDesk, sent: CreatePage, answer: Callable[[], None]
) -> None:
    to(window, Place.STATISTICS)
    assert window.shell.statistics.isVisible()
    desk.server.problem = AWAY
    answer()
    qtbot.waitUntil(lambda: [words[: len(NOT_SAVED)] for words in window.toasts.words] == [NOT_SAVED])
    assert window.shell.statistics.isVisible()
    to(window, Place.SESSIONS)
    window.shell.sessions.create_button.click()
    assert sent.isVisible() and sent.form.title.text == "Eigenvalues"
    assert sent.trouble.words.text().startswith("We can’t reach study.example:8765.")
    desk.server.problem = None
    sent.create_button.click()
    qtbot.waitUntil(lambda: "s1" in desk.server.sessions)
    qtbot.waitUntil(window.shell.sessions.isVisible)


def test_a_success_is_told_to_who_has_gone_elsewhere_and_leaves_them_there(
    qtbot: QtBot, window: MainWindow, sent: CreatePage, answer: Callable[[], None]
) -> None:
    to(window, Place.STATISTICS)
    answer()
    qtbot.waitUntil(lambda: window.toasts.words == ["“Eigenvalues” is in the list now."])
    assert window.shell.statistics.isVisible()
    window.shell.sessions.create_button.click()
    assert sent.isVisible() and sent.form.title.text == ""


def test_one_form_is_sent_at_a_time(
    qtbot: QtBot, window: MainWindow, sent: CreatePage, answer: Callable[[], None]
) -> None:
    to(window, Place.SESSIONS)
    window.shell.sessions.create_button.click()
    assert sent.isVisible() and sent.form.title.text == "Eigenvalues"
    assert sent.create_button.text() == "Creating…" and not sent.create_button.isEnabled()
    answer()
    qtbot.waitUntil(window.shell.sessions.isVisible)
    window.shell.sessions.create_button.click()
    assert sent.form.title.text == "" and sent.create_button.isEnabled()


def test_another_person_is_told_nothing_of_it(
    qtbot: QtBot, window: MainWindow, desk: OwnDesk, student: Profile, sent: CreatePage, answer: Callable[[], None]
) -> None:
    to(window, Place.HOME)
    other = student.model_copy(update={"role": "tutor"})
    desk.account.store.set(AccountState(AccountPhase.SIGNED_IN, SERVER, other))
    qtbot.waitUntil(lambda: window.shell.home.title.text().endswith(", Omar"))
    window.shell.go(Place.SESSIONS)
    page = write(window, "Chemistry at night")
    desk.server.problem = AWAY
    answer()
    qtbot.waitUntil(lambda: not window.intents.is_busy)
    assert page.isVisible() and page.form.title.text == "Chemistry at night"
    assert not page.trouble.isVisible() and window.toasts.words == []
