"""Nothing in the main window keeps the main thread for more than 50 ms: not its start, not opening a page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.main_window import MainWindow
from app.ui.rail import Place
from protocol.rest import Profile
from tests.ui.own_desk import OwnDesk, session
from tests.ui.watchdog import BOUND_MS, blocked_ms

Open = Callable[[], MainWindow]


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
