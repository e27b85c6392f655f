"""Ending the app from within a room."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.study.stays import Outcome
from app.ui.main_window import MainWindow
from app.ui.quitting import close_all
from protocol.rest import Profile
from tests.ui.inside import go_in
from tests.ui.own_desk import OwnDesk, session

Open = Callable[[], MainWindow]


@pytest.fixture
def window(open_window: Open, desk: OwnDesk, student: Profile) -> MainWindow:
    """Of a student with one session that runs."""
    desk.account.remembered = student
    desk.server.sessions = {"live": session("live")}
    return open_window()


def quit_as_the_system_does() -> None:
    """The menu and the Dock of macOS, and a log-out."""
    app = QApplication.instance()
    assert app is not None
    QCoreApplication.sendEvent(app, QEvent(QEvent.Type.Quit))


def seen() -> list[str]:
    return [type(one).__name__ for one in QApplication.topLevelWidgets() if one.isVisible()]


@pytest.mark.parametrize("as_mini", [False, True])
@pytest.mark.parametrize("quits", [close_all, quit_as_the_system_does])
def test_nothing_comes_back_once_the_room_is_left(
    qtbot: QtBot, window: MainWindow, desk: OwnDesk, as_mini: bool, quits: Callable[[], None]
) -> None:
    inside = go_in(qtbot, window, desk)
    if as_mini:
        inside.go_mini()
    quits()
    qtbot.waitUntil(lambda: not window.rooms.is_busy)
    qtbot.waitUntil(lambda: "leave live" in desk.server.asked)
    assert seen() == []


def test_also_where_the_main_window_was_closed_before(qtbot: QtBot, window: MainWindow, desk: OwnDesk) -> None:
    go_in(qtbot, window, desk)
    window.close()
    close_all()
    qtbot.waitUntil(lambda: not window.rooms.is_busy)
    assert seen() == []


def test_the_stay_is_kept(qtbot: QtBot, window: MainWindow, desk: OwnDesk) -> None:
    inside = go_in(qtbot, window, desk, "Sheet 4")
    inside.open_panel("goals")
    inside.panel.goal.answers.buttons[Outcome.PARTLY].click()
    close_all()
    qtbot.waitUntil(lambda: [one.goal for one in desk.study.store.state.stays] == ["Sheet 4"])


def test_a_room_that_is_left_without_quitting_leads_back(qtbot: QtBot, window: MainWindow, desk: OwnDesk) -> None:
    inside = go_in(qtbot, window, desk)
    window.close()
    inside.close()
    qtbot.waitUntil(lambda: seen() == ["MainWindow"])
    assert window.leaving.isVisible()
