"""Nothing in the main window keeps the main thread for more than 50 ms: not its start, not opening a page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.main_window import MainWindow
from app.ui.rail import Place
from app.ui.sessions.offers import Period
from protocol.rest import Profile
from tests.ui.own_desk import OwnDesk, session
from tests.ui.watchdog import BOUND_MS, blocked_ms

Open = Callable[[], MainWindow]
MANY = 300


@pytest.mark.parametrize("who", ["nobody", "a tutor"])
def test_the_start(qtbot: QtBot, open_window: Open, desk: OwnDesk, tutor: Profile, who: str) -> None:
    desk.account.remembered = None if who == "nobody" else tutor

    def act() -> None:
        window = open_window()
        qtbot.waitUntil(window.welcome.isVisible if who == "nobody" else window.shell.isVisible)
        window.close()

    assert blocked_ms(act) <= BOUND_MS


@pytest.mark.parametrize("place", [Place.SESSIONS, Place.STATISTICS])
def test_opening_a_page_for_the_first_time(
    qtbot: QtBot, open_window: Open, desk: OwnDesk, tutor: Profile, place: Place
) -> None:
    desk.account.remembered = tutor
    desk.server.sessions = {f"s{number}": session(f"s{number}", begins=-number) for number in range(8)}

    def act() -> None:
        window = open_window()
        window.shell.go(place)
        qtbot.waitUntil(lambda: not window.intents.is_busy)
        QApplication.processEvents()
        window.close()

    assert blocked_ms(act) <= BOUND_MS


def test_going_from_page_to_page(qtbot: QtBot, open_window: Open, desk: OwnDesk, tutor: Profile) -> None:
    desk.account.remembered = tutor
    window = open_window()

    def act() -> None:
        for place in Place:
            window.shell.go(place)
            qtbot.waitUntil(lambda: not window.intents.is_busy)
            QApplication.processEvents()

    act()
    assert blocked_ms(act) <= BOUND_MS


@pytest.fixture
def many(qtbot: QtBot, open_window: Open, desk: OwnDesk, tutor: Profile) -> MainWindow:
    """A window with the sessions of a whole term, all of them on show."""
    desk.account.remembered = tutor
    desk.server.sessions = {f"s{number}": session(f"s{number}", begins=-number) for number in range(MANY)}
    window = open_window()
    window.shell.go(Place.SESSIONS)
    sessions = window.shell.sessions
    sessions.period.choose(Period.ALL)
    qtbot.waitUntil(lambda: len(sessions.grid.cards) == MANY)
    return window


def test_searching_a_long_list(qtbot: QtBot, many: MainWindow) -> None:
    sessions = many.shell.sessions
    cards = sessions.grid.cards

    def act() -> None:
        for text, count in (("zz", 0), ("", MANY)):
            sessions.search.setText(text)
            qtbot.waitUntil(lambda count=count: len(sessions.grid.cards) == count)

    assert blocked_ms(act) <= BOUND_MS
    assert sessions.grid.cards == cards  # none was made anew


def test_time_that_passes_while_a_long_list_is_looked_at(qtbot: QtBot, many: MainWindow) -> None:
    def act() -> None:
        many.shell.sessions.tick()
        QApplication.processEvents()

    assert blocked_ms(act) <= BOUND_MS


def test_a_list_that_nobody_sees_is_not_kept_up_to_date(
    qtbot: QtBot, open_window: Open, desk: OwnDesk, tutor: Profile
) -> None:
    def shown() -> list[str]:
        return [card.title.text() for card in window.shell.sessions.grid.cards]

    desk.account.remembered = tutor
    desk.server.sessions = {"live": session("live", "Geometry")}
    window = open_window()
    window.shell.go(Place.SESSIONS)
    qtbot.waitUntil(lambda: shown() == ["Geometry"] and not window.intents.is_busy)
    window.shell.go(Place.HOME)
    desk.server.sessions["live"] = session("live", "Optics")
    window.shell.refresh()
    qtbot.waitUntil(lambda: not window.intents.is_busy)
    QApplication.processEvents()
    window.shell.sessions.tick()
    assert shown() == ["Geometry"]
    window.shell.go(Place.SESSIONS)
    qtbot.waitUntil(lambda: shown() == ["Optics"])
