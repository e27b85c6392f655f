"""Details of a session one is told of, pressed wherever one is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.ui.components.buttons import Button
from app.ui.components.toasts import Toast
from app.ui.main_window import MainWindow
from app.ui.sessions.news import SessionNews
from app.ui.sessions.wishes import News
from protocol.rest import Profile
from tests.ui.inside import go_in, leave
from tests.ui.own_desk import OwnDesk, session

Open = Callable[[], MainWindow]


@pytest.fixture
def window(qtbot: QtBot, open_window: Open, desk: OwnDesk, student: Profile) -> MainWindow:
    """Of a student with one session that runs and one that begins soon."""
    desk.account.remembered = student
    desk.server.sessions = {"live": session("live"), "soon": session("soon", "Essay sprint", begins=10)}
    window = open_window()
    qtbot.waitUntil(lambda: window.shell.home.next.act.text() == "Join")
    return window


def tell(window: MainWindow, desk: OwnDesk) -> Button:
    """Of the second session; the button that leads to it."""
    news = News(desk.server.sessions["soon"], "“Essay sprint” begins soon.", can_join=False)
    window.shell.telling.told.emit(news)
    [toast] = window.findChildren(Toast)
    return next(one for one in toast.findChildren(Button) if one.text() == "Details")


def is_revealed(window: MainWindow) -> bool:
    sessions = window.shell.sessions
    button = next((one.button for one in sessions.grid.cards if one.session_id == "soon"), None)
    return sessions.isVisible() and button is not None and window.focusWidget() is button


def test_they_are_seen_after_a_stay(qtbot: QtBot, window: MainWindow, desk: OwnDesk) -> None:
    leave(qtbot, window, go_in(qtbot, window, desk))
    details = tell(window, desk)
    assert window.leaving.isVisible()
    with qtbot.waitSignal(window.left_behind):
        QTest.mouseClick(details, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: is_revealed(window))


def test_they_are_seen_instead_of_the_green_room(qtbot: QtBot, window: MainWindow, desk: OwnDesk) -> None:
    window.entry.begin(desk.server.sessions["live"])
    QTest.mouseClick(tell(window, desk), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: is_revealed(window))
    assert window.entry.page is None


def test_what_is_looked_at_stays_where_only_the_window_was_asked_for(
    qtbot: QtBot, window: MainWindow, desk: OwnDesk
) -> None:
    leave(qtbot, window, go_in(qtbot, window, desk))
    tell(window, desk)
    news = window.findChild(SessionNews)
    assert news is not None
    news.notifier.opened.emit()
    assert window.leaving.isVisible()
    window.leaving.back.click()
    assert window.shell.isVisible()
