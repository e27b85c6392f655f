"""Home: what the cards say, the heatmap by keyboard, the daily target, and a room of one's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.errors import ServerUnreachable
from app.study.study import StudyPhase, StudyState
from app.ui.home.page import HomePage
from app.ui.home.year_card import summary
from app.ui.main_window import MainWindow
from protocol.rest import Profile
from tests.study.people import stay, today
from tests.ui.own_desk import OwnDesk, session

Open = Callable[[], MainWindow]


@pytest.fixture
def home(qtbot: QtBot, open_window: Open, desk: OwnDesk, student: Profile) -> HomePage:
    """Of somebody who studied for the last three days, today for 50 minutes."""
    desk.account.remembered = student
    desk.server.days = {today() - timedelta(days=back): 1 for back in (1, 2, 40)}
    desk.server.sessions = {"soon": session("soon", "Thermodynamics", begins=12, host="tim")}
    window = open_window()
    page = window.shell.home
    qtbot.waitUntil(lambda: bool(page.next.title.text()) and page.year.isVisible())
    desk.engine.submit(desk.study.record(stay("a", today()))).result(10)
    qtbot.waitUntil(lambda: page.streak.current.text() == "3 days")
    return page


def test_the_cards_say_what_was_studied(home: HomePage) -> None:
    assert home.title.text().endswith(", Omar")
    assert home.subtitle.text().endswith("1 h 10 min to today’s target")
    assert (home.streak.longest.text(), home.today.of.text(), home.today.rest.text()) == (
        "Longest: 3",
        "of 2 h",
        "1 h 10 min to go",
    )
    assert home.today.ring.accessibleName() == "50 min of 2 h studied today"
    assert home.year.sum.text() == "50 min on 4 days"
    assert home.next.act.text() == "Starts in 12 min" and home.next.act.isEnabled()


def test_the_year_is_walked_by_keys_and_is_a_table_to_screen_readers(home: HomePage) -> None:
    table = home.year.heatmap.table
    reader = QAccessible.queryAccessibleInterface(table)
    assert reader.role() == QAccessible.Role.Table
    assert reader.text(QAccessible.Text.Name) == "Study in the last 365 days"
    table.setFocus(Qt.FocusReason.TabFocusReason)
    assert said(home).endswith(": 50 min, 1 session")
    QTest.keyClick(table, Qt.Key.Key_Up)
    assert said(home).endswith(": 1 session")
    for _ in range(2):
        QTest.keyClick(table, Qt.Key.Key_Up)
    assert said(home).endswith(": Nothing")
    QTest.keyClick(table, Qt.Key.Key_End)
    before = table.currentIndex()
    QTest.keyClick(table, Qt.Key.Key_Right)
    assert table.currentIndex() == before
    QTest.keyClick(table, Qt.Key.Key_Left)
    assert table.currentIndex().column() == before.column() - 1
    QTest.keyClick(table, Qt.Key.Key_Home)
    assert home.year.heatmap.model.day_at(table.currentIndex()) is not None
    QTest.keyClick(table, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not table


def said(home: HomePage) -> str:
    words = home.year.heatmap.model.data(home.year.heatmap.table.currentIndex(), Qt.ItemDataRole.AccessibleTextRole)
    assert words is not None
    return words


def test_the_cells_are_drawn_once(home: HomePage) -> None:
    table = home.year.heatmap.table
    table.grab()
    first = table.cells
    assert first is not None
    table.grab()
    assert table.cells is first


def test_the_target_is_changed_and_remembered(home: HomePage, desk: OwnDesk) -> None:
    menu = home.today.menu()
    chosen = next(one for one in menu.actions() if one.text() == "30 min")
    chosen.trigger()
    assert (home.today.rest.text(), desk.settings.state.daily_minutes) == ("Target reached", 30)
    menu.deleteLater()


def test_without_the_servers_days_ours_are_shown_with_a_way_to_try_again(
    qtbot: QtBot, home: HomePage, desk: OwnDesk
) -> None:
    desk.server.problem = ServerUnreachable("http://study.example.org")
    home.wants_refresh.emit()
    qtbot.waitUntil(home.year.trouble.isVisible)
    assert "study.example.org" in home.year.trouble.words.text()
    assert home.streak.current.text() == "3 days"
    desk.server.problem = None
    home.year.trouble.repair.emit()
    qtbot.waitUntil(lambda: not home.year.trouble.isVisible())


def test_what_is_left_of_the_target_is_not_said_before_it_is_known(qtbot: QtBot, light: None) -> None:
    page = HomePage()
    qtbot.addWidget(page)
    page.show_person("omar", "Omar", 120)
    page.show_study(StudyState())
    assert "target" not in page.subtitle.text() and page.subtitle.text()
    page.show_study(StudyState(StudyPhase.READY))
    assert "2 h to today’s target" in page.subtitle.text()


def test_nothing_yet_is_said_in_words(qtbot: QtBot, open_window: Open, desk: OwnDesk, student: Profile) -> None:
    desk.account.remembered = student
    page = open_window().shell.home
    qtbot.waitUntil(page.year.isVisible)
    assert page.streak.longest.text() == "Start today."
    assert page.next.empty.text() == "Nothing is planned." and page.mates.isHidden()
    assert summary([]) == "0 sessions on 0 days"
