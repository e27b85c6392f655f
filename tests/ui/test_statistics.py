"""Statistics: the figures and tables in the person's own days, what stands there without any, and the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, QModelIndex, QPointF, Qt
from PySide6.QtGui import QAccessible, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.errors import ServerUnreachable
from app.study.days import DAY, merged, monday
from app.study.stays import Mate, Outcome, Stay
from app.study.study import StudyPhase, StudyState
from app.ui.amounts import long_day
from app.ui.components.scroll import FollowingScroll
from app.ui.language import language
from app.ui.statistics.bars import EDGE, scale_end
from app.ui.statistics.page import WEEKS, StatisticsPage
from protocol.rest import Activity
from tests.study.people import stay, today
from tests.ui.keys import tab

In = Callable[[timedelta], None]


@pytest.fixture
def clocks(live_in: Callable[[str], None]) -> In:
    """Sets this computer's clocks so far ahead of UTC."""

    def ahead(offset: timedelta) -> None:
        minutes = round(offset / timedelta(minutes=1))
        # POSIX counts west of Greenwich as positive.
        sign = "-" if minutes >= 0 else "+"
        live_in(f"OWN{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}")

    return ahead


@pytest.fixture
def page(qtbot: QtBot, light: None) -> StatisticsPage:
    language().choose("en")  # which has the plurals
    page = StatisticsPage()
    qtbot.addWidget(page)
    page.resize(1300, 820)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    return page


def known(*stays: Stay, counted: tuple[Activity, ...] = ()) -> StudyState:
    return StudyState(StudyPhase.READY, stays=stays, counted=counted, days=merged(counted, stays))


def ago(minutes: float, length: float) -> Stay:
    """A stay that began so many minutes ago."""
    began = datetime.now(UTC) - timedelta(minutes=minutes)
    return stay(f"{minutes}", began=began, ended=began + timedelta(minutes=length))


def figures(page: StatisticsPage) -> list[tuple[str, str]]:
    return [(card.figure.text(), card.below.text()) for card in page.figures]


def rows(page: StatisticsPage, kind: str) -> list[tuple[str, ...]]:
    page.kind.choose(kind)
    return [tuple(row) for row in page.model.rows]


def test_the_figures_add_up(page: StatisticsPage) -> None:
    day = today()
    page.show_study(
        known(
            stay("a", day, 50, goal="Sheet 4", outcome=Outcome.DONE),
            stay("b", day, 25, goal="Sheet 5", outcome=Outcome.PARTLY),
            stay("c", day - DAY, 90, goal="Sheet 6"),
            stay("d", day - 400 * DAY, 480),
            counted=(Activity(user_id="u", date=day - 2 * DAY, count=2), Activity(user_id="u", date=day, count=1)),
        )
    )
    this_week = 75 + (90 if monday(day) <= day - DAY else 0)
    assert figures(page) == [
        ({75: "1 h 15 min", 165: "2 h 45 min"}[this_week], "1 h 15 min today"),
        ("2 h 45 min", "on 3 days"),
        ("3 days", "Longest: 3"),
        ("1", "of 2 · 1 partly"),
    ]
    assert page.figures[2].accessibleName() == "Streak: 3 days, Longest: 3"


def test_an_hour_before_local_midnight_is_yesterdays(page: StatisticsPage, clocks: In) -> None:
    """Here it is ten past midnight, whatever UTC says."""
    now = datetime.now(UTC)
    clocks(now.replace(hour=0, minute=10) + timedelta(days=now.hour > 12) - now)
    assert datetime.now().astimezone().strftime("%H:%M") in ("00:10", "00:11")
    page.show_study(known(ago(60, 45), ago(5, 5)))
    assert rows(page, "days") == [
        (long_day(today()), "5 min", "1"),
        (long_day(today() - DAY), "45 min", "1"),
    ]
    assert figures(page)[2] == ("2 days", "Longest: 2")


@pytest.mark.parametrize("hours", [-11, 0, 5.75, 14])
def test_noon_is_today_wherever_one_lives(page: StatisticsPage, clocks: In, hours: float) -> None:
    clocks(timedelta(hours=hours))
    local_noon = datetime.now().astimezone().replace(hour=12, minute=0)
    page.show_study(known(stay("a", began=local_noon, ended=local_noon + timedelta(minutes=30))))
    assert figures(page)[0][1] == "30 min today"


def test_a_stay_over_midnight_counts_for_the_day_it_began(page: StatisticsPage) -> None:
    midnight = datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    late = midnight - timedelta(minutes=20)
    page.show_study(known(stay("a", began=late, ended=midnight + timedelta(minutes=40))))
    assert rows(page, "days") == [(long_day(today() - DAY), "1 h", "1")]
    assert figures(page)[0][1] == "0 min today"


def test_the_day_goes_on_while_the_page_is_looked_at(page: StatisticsPage, clocks: In) -> None:
    now = datetime.now(UTC)
    six = now.replace(hour=18, minute=0) - timedelta(days=now.hour < 6) - now  # an offset of 24 hours is none
    clocks(six)
    yesterday = Activity(user_id="u", date=today() - DAY, count=1)
    page.show_study(known(counted=(yesterday,)))
    page.tick()
    assert figures(page)[2] == ("1 day", "Longest: 1")
    clocks(six + timedelta(hours=7))
    page.tick()
    assert figures(page)[2] == ("0 days", "Longest: 1")


def test_each_table_has_its_rows_and_headings(page: StatisticsPage) -> None:
    mates = (Mate("u", "Ömer <b>Said</b>", 900),)
    page.show_study(known(stay("a", today(), 50, goal="Sheet *4*", outcome=Outcome.DONE, mates=mates)))
    assert len(rows(page, "weeks")) == WEEKS
    assert rows(page, "weeks")[0][1:] == ("50 min", "1", "1")
    assert rows(page, "weeks")[1][1:] == ("0 min", "0", "0")
    assert [tuple(row[1:]) for row in rows(page, "stays")] == [
        ("Linear algebra", "50 min", "Sheet *4*", "Done", "Ömer <b>Said</b>")
    ]
    headings = [page.model.headerData(n, Qt.Orientation.Horizontal) for n in range(page.model.columnCount())]
    assert headings == ["When", "Session", "Minutes", "Goal", "Reached", "With"]


def test_without_any_study_one_is_led_to_the_sessions(qtbot: QtBot, page: StatisticsPage) -> None:
    page.show_study(StudyState(StudyPhase.READY))
    assert page.empty.isVisible()
    assert page.empty.sentence == "Nothing to count yet. A minute in a room is enough."
    assert page.empty.button is not None
    with qtbot.waitSignal(page.wants_sessions):
        QTest.keyClick(page.empty.button, Qt.Key.Key_Space)


def test_what_cannot_be_had_is_said_and_asked_for_again(qtbot: QtBot, page: StatisticsPage) -> None:
    away = ServerUnreachable("study.example.org")
    page.show_study(StudyState(StudyPhase.READY, problem=away))
    assert page.failed.isVisible() and "study.example.org" in page.failed.sentence
    assert page.failed.button is not None
    with qtbot.waitSignal(page.wants_refresh):
        QTest.keyClick(page.failed.button, Qt.Key.Key_Space)
    one = stay("a", today(), 50)
    page.show_study(StudyState(StudyPhase.READY, stays=(one,), days=merged((), (one,)), problem=away))
    assert page.trouble.isVisible() and page.bars.isVisible()


def test_grey_cards_come_after_a_moment(qtbot: QtBot, light: None) -> None:
    page = StatisticsPage()
    qtbot.addWidget(page)
    page.show()
    assert not page.skeleton.isVisible()
    qtbot.waitUntil(page.skeleton.isVisible)
    page.show_study(StudyState(StudyPhase.READY))
    assert not page.skeleton.isVisible()


def test_the_weeks_are_walked_by_keys(page: StatisticsPage) -> None:
    day = today()
    page.show_study(known(stay("a", day, 50), stay("b", day - 7 * DAY, 90)))
    bars = page.bars
    bars.setFocus(Qt.FocusReason.TabFocusReason)
    assert bars.accessibleDescription().endswith(": 50 min on 1 day")
    QTest.keyClick(bars, Qt.Key.Key_Left)
    assert bars.accessibleDescription().endswith(": 1 h 30 min on 1 day")
    QTest.keyClick(bars, Qt.Key.Key_Home)
    QTest.keyClick(bars, Qt.Key.Key_Left)
    assert (bars.current, bars.accessibleDescription().rpartition(": ")[2]) == (0, "Nothing")
    QTest.keyClick(bars, Qt.Key.Key_End)
    QTest.keyClick(bars, Qt.Key.Key_Right)
    assert bars.current == WEEKS - 1


def test_the_whole_page_is_reached_by_tab(page: StatisticsPage) -> None:
    page.show_study(known(stay("a", today(), 50)))
    page.setFocus()
    seen = [tab() for _ in range(3)]
    assert seen[:3] == [page.bars, page.kind.segment("weeks"), page.table]
    table = QAccessible.queryAccessibleInterface(page.table)
    assert (table.role(), table.text(QAccessible.Text.Name)) == (QAccessible.Role.Table, "What was studied")
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    assert page.table.currentIndex() != QModelIndex()


def test_the_page_scrolls_as_a_whole_and_follows_the_chosen_row(qtbot: QtBot, page: StatisticsPage) -> None:
    page.resize(888, 640)
    day = today()
    page.show_study(known(*(stay(f"{number}", day - number * DAY, 30) for number in range(120))))
    page.kind.choose("days")
    table = page.table
    assert page.height() == 640, "it fits into the smallest window"
    scroll = page.findChild(FollowingScroll)
    assert scroll is not None
    qtbot.waitUntil(lambda: scroll.verticalScrollBar().maximum() > 4000)
    assert table.verticalScrollBar().maximum() == 0, "a table in a page that scrolls does not scroll itself"
    table.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert table.currentIndex().row() == 119
    last = table.row_rect(table.currentIndex())
    assert table.visibleRegion().contains(last.center())
    QTest.keyClick(table, Qt.Key.Key_PageUp)
    assert table.currentIndex().row() == 119
    assert not table.visibleRegion().contains(last.center()), "the page went up"
    QTest.keyClick(table, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert table.visibleRegion().contains(table.row_rect(table.currentIndex()).center())


def test_what_is_clicked_in_a_long_table_stays_below_the_pointer(qtbot: QtBot, page: StatisticsPage) -> None:
    page.resize(888, 640)
    day = today()
    page.show_study(known(*(stay(f"{number}", day - number * DAY, 30) for number in range(120))))
    page.kind.choose("days")
    scroll = page.findChild(FollowingScroll)
    assert scroll is not None
    bar = scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 4000)
    bar.setValue(400)
    place = page.table.row_rect(page.model.index(3, 0)).center()
    QTest.mouseClick(page.windowHandle(), Qt.MouseButton.LeftButton, pos=page.table.mapTo(page, place))
    assert page.table.hasFocus() and page.table.currentIndex().row() == 3
    assert bar.value() == 400


@pytest.mark.parametrize("count", [1, 60])
def test_the_cards_end_where_the_heading_ends_with_and_without_a_scroll_bar(
    qtbot: QtBot, page: StatisticsPage, count: int
) -> None:
    page.resize(1300, 1000)
    page.show_study(known(*(stay(f"{number}", today() - number * DAY, 30) for number in range(count))))
    page.kind.choose("days")
    right = page.figures[-1]
    qtbot.waitUntil(lambda: right.mapTo(page, right.rect().topRight()).x() == page.width() - 48 - 1)
    left = page.figures[0]
    assert left.mapTo(page, left.rect().topLeft()).x() == 48


def test_the_week_below_the_pointer_is_the_one_that_is_told(qtbot: QtBot, page: StatisticsPage) -> None:
    page.show_study(known(stay("a", today(), 50)))
    bars = page.bars
    qtbot.waitUntil(lambda: bars.width() > 1000)

    def point_at(x: int) -> int:
        place, none = QPointF(x, 88), Qt.MouseButton.NoButton
        at = QMouseEvent(
            QEvent.Type.MouseMove, place, bars.mapToGlobal(place), none, none, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(bars, at)
        return bars.hovered

    assert point_at(bars.width() - EDGE - 2) == WEEKS - 1
    assert point_at(bars.width() - EDGE + 2) == -1, "that is beyond the last one"


@pytest.mark.parametrize(("most", "end"), [(0, 30), (30, 30), (31, 60), (641, 720), (6001, 6600)])
def test_the_scale_ends_at_a_round_amount(most: int, end: int) -> None:
    assert scale_end(most) == end
