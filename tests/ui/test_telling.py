"""Asking to be told of a session, and being told: in the window, by the system, quietly or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.config import SettingsFile
from app.lobby import LobbyPhase, LobbyState
from app.ui.components.buttons import Button
from app.ui.components.toasts import Toast
from app.ui.main_window import MainWindow
from app.ui.rail import Place
from app.ui.room.memory import QUIET, RoomMemory
from app.ui.sessions.card import SessionCard
from app.ui.sessions.news import SessionNews
from app.ui.sessions.telling import Telling
from protocol.rest import Profile
from tests.ui.own_desk import OwnDesk, session

Open = Callable[[], MainWindow]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot: QtBot, open_window: Open, desk: OwnDesk, student: Profile) -> MainWindow:
    """The list with one session that is full, and one that begins in ten minutes."""
    desk.account.remembered = student
    desk.server.sessions = {"full": session("full", people=8), "soon": session("soon", "Essay sprint", begins=10)}
    window = open_window()
    window.shell.go(Place.SESSIONS)
    window.shell.sessions.period.choose("week")  # in ten minutes it may be tomorrow
    qtbot.waitUntil(lambda: len(window.shell.sessions.grid.cards) == 2)
    return window


def card(window: MainWindow, key: str) -> SessionCard:
    return next(one for one in window.shell.sessions.grid.cards if one.session_id == key)


def press(window: MainWindow, key: str) -> None:
    QTest.mouseClick(card(window, key).button, LEFT)


def news(window: MainWindow) -> SessionNews:
    found = window.findChild(SessionNews)
    assert found is not None
    return found


def read_again(window: MainWindow) -> None:
    window.shell.refresh()


def test_one_asks_to_be_told_and_takes_it_back(window: MainWindow) -> None:
    full = card(window, "full").button
    assert full.text() == "Tell me if free"
    press(window, "full")
    assert (full.text(), full.accessibleName()) == ("We’ll tell you", "Do not tell me any more: Linear algebra")
    assert window.shell.telling.awaited == {"full"}
    QTest.keyClick(full, Qt.Key.Key_Space)
    assert (full.text(), window.shell.telling.awaited) == ("Tell me if free", frozenset())


def test_a_place_that_frees_up_is_told_with_the_way_in(qtbot: QtBot, window: MainWindow, desk: OwnDesk) -> None:
    press(window, "full")
    read_again(window)
    qtbot.waitUntil(lambda: desk.server.asked.count("sessions") >= 2 and not window.intents.is_busy)
    assert window.toasts.words == []
    desk.server.sessions["full"] = session("full", people=7)
    read_again(window)
    qtbot.waitUntil(lambda: window.toasts.words == ["A place is free in “Linear algebra”."])
    assert window.shell.telling.awaited == frozenset()
    [toast] = window.findChildren(Toast)
    join = next(one for one in toast.findChildren(Button) if one.text() == "Join")
    QTest.mouseClick(join, LEFT)
    assert window.entry.page is not None and window.entry.page.session.id == "full"
    read_again(window)
    assert window.toasts.words == []


@pytest.mark.parametrize("others", [{"people": 8}, {"people": 7, "status": "cancelled"}, {"begins": -90, "ends": -1}])
def test_a_place_that_is_taken_again_is_offered_no_more(
    qtbot: QtBot, window: MainWindow, desk: OwnDesk, others: dict[str, Any]
) -> None:
    press(window, "full")
    desk.server.sessions["full"] = session("full", people=7)
    read_again(window)
    qtbot.waitUntil(lambda: len(window.toasts.words) == 1)
    desk.server.sessions["full"] = session("full", **others)
    read_again(window)
    qtbot.waitUntil(lambda: window.toasts.words == [])


def test_newer_words_of_a_session_take_the_place_of_older_ones(qtbot: QtBot, window: MainWindow, desk: OwnDesk) -> None:
    press(window, "soon")
    desk.server.sessions["soon"] = session("soon", "Essay sprint", begins=-1, people=8)
    read_again(window)
    qtbot.waitUntil(lambda: ["it is full" in words for words in window.toasts.words] == [True])
    desk.server.sessions["soon"] = session("soon", "Essay sprint", begins=-1, people=7)
    read_again(window)
    qtbot.waitUntil(lambda: window.toasts.words == ["A place is free in “Essay sprint”."])


def test_whoever_looks_elsewhere_is_told_by_the_system(qtbot: QtBot, window: MainWindow, desk: OwnDesk) -> None:
    told: list[str] = []
    news(window).notifier.told.connect(lambda _, words: told.append(words))
    press(window, "full")
    window.showMinimized()
    desk.server.sessions["full"] = session("full", people=7)
    read_again(window)
    qtbot.waitUntil(lambda: told == ["A place is free in “Linear algebra”."])
    news(window).notifier.opened.emit()
    assert not window.isMinimized() and window.shell.sessions.isVisible()


def test_nobody_is_disturbed_who_does_not_want_to_be(qtbot: QtBot, window: MainWindow, desk: OwnDesk) -> None:
    told: list[str] = []
    news(window).notifier.told.connect(lambda _, words: told.append(words))
    memory = RoomMemory(desk.settings.folder)
    memory.set_wish(QUIET, True)
    memory.save()
    press(window, "full")
    window.showMinimized()
    desk.server.sessions["full"] = session("full", people=7)
    read_again(window)
    qtbot.waitUntil(lambda: len(window.toasts.words) == 1)
    assert told == []


def test_what_is_awaited_is_awaited_after_a_restart(
    qtbot: QtBot, window: MainWindow, open_window: Open, desk: OwnDesk
) -> None:
    press(window, "soon")
    window.close()
    desk.settings = SettingsFile(desk.settings.folder)
    desk.server.sessions["soon"] = session("soon", "Essay sprint", begins=-1)
    again = open_window()
    qtbot.waitUntil(lambda: again.toasts.words == ["“Essay sprint” has begun."])


def test_a_list_is_known_and_told_of_though_the_clock_was_put_back(
    qtbot: QtBot, window: MainWindow, desk: OwnDesk, student: Profile
) -> None:
    press(window, "full")
    qtbot.waitUntil(lambda: not window.intents.is_busy)
    known = (session("full", people=7), session("new", "Optics"))
    yesterday = datetime.now(UTC) - timedelta(days=1)
    desk.lobby.store.set(LobbyState(LobbyPhase.READY, known, None, yesterday, student.id))
    qtbot.waitUntil(lambda: {one.session_id for one in window.shell.sessions.grid.cards} == {"full", "new"})
    assert window.toasts.words == ["A place is free in “Linear algebra”."]


def test_a_list_that_is_anothers_is_neither_shown_nor_told_of(
    qtbot: QtBot, window: MainWindow, desk: OwnDesk, tutor: Profile
) -> None:
    press(window, "full")
    qtbot.waitUntil(lambda: not window.intents.is_busy)
    known = (session("full", people=7),)
    desk.lobby.store.set(LobbyState(LobbyPhase.READY, known, None, datetime.now(UTC), tutor.id))
    qtbot.waitUntil(lambda: not window.shell.sessions.grid.isVisible())
    assert window.toasts.words == []


def test_another_person_is_not_told(qtbot: QtBot, window: MainWindow, tutor: Profile) -> None:
    press(window, "full")
    window.shell.leave()
    assert window.shell.telling.awaited == frozenset()
    window.shell.enter(tutor)
    assert window.shell.telling.awaited == frozenset()


def test_a_session_that_would_not_have_us_is_awaited(qtbot: QtBot, window: MainWindow) -> None:
    window.rooms.full.emit(session("full", people=8))
    assert card(window, "full").button.text() == "We’ll tell you"


class Clock:
    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.mark.parametrize(("key", "least", "most"), [("full", 60, 65), ("soon", 300, 305)])
@pytest.mark.usefixtures("ui_loop")
def test_the_server_is_asked_seldom_and_only_while_something_is_awaited(
    qtbot: QtBot, desk: OwnDesk, key: str, least: int, most: int
) -> None:
    sessions = {"full": session("full", people=8), "soon": session("soon", begins=60)}
    desk.server.sessions = sessions
    clock = Clock()
    telling = Telling(desk, clock=clock)
    telling.enter("omar")
    tick(telling, clock, 600)
    assert desk.server.asked == []
    telling.turn(sessions[key])
    tick(telling, clock, least - 5)
    assert desk.server.asked == []
    tick(telling, clock, most - least + 5)
    qtbot.waitUntil(lambda: desk.server.asked == ["sessions"])
    telling.close()


@pytest.mark.usefixtures("ui_loop")
def test_the_server_is_asked_in_time_though_the_clock_was_put_back(qtbot: QtBot, desk: OwnDesk) -> None:
    clock = Clock()
    telling = Telling(desk, clock=clock)
    telling.enter("omar")
    telling.turn(session("full", people=8))
    clock.now -= timedelta(hours=1)
    tick(telling, clock, 70)
    qtbot.waitUntil(lambda: desk.server.asked == ["sessions"])
    telling.close()


def tick(telling: Telling, clock: Clock, seconds: int) -> None:
    for _ in range(0, seconds, 5):
        clock.now += timedelta(seconds=5)
        telling.tick()
