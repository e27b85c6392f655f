"""The places for the timer and one's goal: in the side panel, by key, by button and by menu."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.room.state import Link, Me, RoomState, SessionInfo
from app.store import Store
from app.study.attendance import Attendance
from app.study.stays import Outcome
from app.ui.room.controls import Mood
from app.ui.room.goal_panel import GoalPanel
from app.ui.room.side_panel import CHAT, GOALS
from app.ui.room.time_panel import TimePanel
from app.ui.room.window import LEAST_HEIGHT, LEAST_WIDTH, RoomWindow

LEFT = Qt.MouseButton.LeftButton


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def during(begin: float | None, end: float | None) -> RoomState:
    """A room that is joined, whose session begins and ends so many minutes from now."""
    now = datetime.now(UTC)
    start, stop = (None if one is None else now + timedelta(minutes=one) for one in (begin, end))
    return RoomState(
        me=Me("u-lena", "Lena"), session=SessionInfo("s1", "Algebra", start=start, end=stop), link=Link.ONLINE
    )


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def attendance(clock: Clock) -> Attendance:
    return Attendance(Store(during(None, None)), goal="Sheet 4", clock=clock)


@pytest.fixture
def panel(qtbot: QtBot, attendance: Attendance) -> TimePanel:
    panel = TimePanel(attendance, lambda: 50)
    qtbot.addWidget(panel)
    panel.show()
    return panel


def test_time_that_is_left_and_minutes_that_count(panel: TimePanel, clock: Clock) -> None:
    panel.show_state(during(-30, 30.5))
    assert panel.dial.isVisible()
    assert panel.dial.words in ("30:30", "30:29")
    assert panel.dial.accessibleName() == f"{panel.dial.words} left"
    assert panel.begin.words and panel.end.words
    assert (panel.stay.words, panel.today.words) == ("0 min", "50 min")
    clock.now += 12 * 60
    panel.show_now()
    assert (panel.stay.words, panel.today.words) == ("12 min", "1 h 2 min")


def test_before_after_and_without_an_end(panel: TimePanel) -> None:
    panel.show_state(during(10, 70))
    assert panel.sentence.text() == "until it begins"
    assert panel.dial.words in ("10:00", "09:59")
    panel.show_state(during(-70, -10))
    assert panel.sentence.text() == "The planned end has passed."
    assert not panel.dial.isVisible()
    panel.show_state(during(None, None))
    assert panel.sentence.text() == "This room has no end. Stay as long as you like."
    assert (panel.begin.words, panel.end.words) == ("", "")


def test_it_ticks_while_it_can_be_seen(qtbot: QtBot, panel: TimePanel, clock: Clock) -> None:
    clock.now += 60
    qtbot.waitUntil(lambda: panel.stay.words == "1 min")


def test_a_goal_is_written_and_answered(qtbot: QtBot, attendance: Attendance) -> None:
    panel = GoalPanel(attendance)
    qtbot.addWidget(panel)
    panel.show()
    assert panel.goal.text == "Sheet 4"
    qtbot.mouseClick(panel.answers.buttons[Outcome.PARTLY], LEFT)
    stay = attendance.stay()
    assert stay is not None
    assert (stay.goal, stay.outcome) == ("Sheet 4", Outcome.PARTLY)
    told: list[str] = []
    panel.changed.connect(told.append)
    panel.goal.edit.clear()
    QTest.keyClicks(panel.goal.edit, "Sheet 5")
    QTest.keyClick(panel.goal.edit, Qt.Key.Key_Return)
    assert told == ["Sheet 5"]
    assert (attendance.goal, attendance.outcome) == ("Sheet 5", Outcome.OPEN), "another goal has no answer yet"
    assert panel.answers.outcome is Outcome.OPEN
    panel.say_again()
    assert panel.goal.text == "Sheet 5"
    panel.goal.edit.clear()
    panel.goal.edit.editingFinished.emit()
    assert not panel.answers.isVisible(), "without a goal there is nothing to answer"


def test_t_opens_and_closes_the_timer_and_typing_a_goal_presses_no_key(qtbot: QtBot, window: RoomWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_T)
    qtbot.waitUntil(lambda: window.open_tab == "timer")
    assert window.controls.timer.accessibleName() == "Close timer"
    qtbot.mouseClick(window.controls.timer, LEFT)
    assert window.open_tab == ""
    window.open_panel("goals")
    edit = window.panel.goal.goal.edit
    edit.setFocus()
    QTest.keyClicks(edit, "tcp mvrd")
    assert (window.open_tab, edit.text()) == ("goals", "tcp mvrd")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.top_bar.goal == "tcp mvrd")


def test_in_the_smallest_window_everything_fits_and_the_menu_leads_to_the_timer(
    qtbot: QtBot, open_window: Callable[..., RoomWindow]
) -> None:
    window = open_window(LEAST_WIDTH, LEAST_HEIGHT)
    controls = window.controls
    shown = [one for one in (*controls.all, controls.leave) if one.isVisible()]
    assert all(
        controls.rect().contains(one.rect().translated(one.mapTo(controls, one.rect().topLeft()))) for one in shown
    )
    controls.more.click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(one for one in menu.actions() if one.text().startswith("Timer\t")).trigger()
    menu.close()
    assert window.open_tab == "timer"
    window.resize(1440, 900)
    qtbot.waitUntil(controls.timer.isVisible)


def test_more_is_lit_while_a_tab_is_open_that_has_no_button(qtbot: QtBot, window: RoomWindow) -> None:
    more = window.controls.more
    window.open_panel(GOALS)
    assert more.mood is Mood.ON
    window.close_panel()
    assert more.mood is Mood.PLAIN
    window.open_panel(CHAT)
    assert more.mood is Mood.PLAIN


def test_home_and_end_go_to_the_ends_of_the_bar(qtbot: QtBot, window: RoomWindow) -> None:
    controls = window.controls
    qtbot.keyClick(window, Qt.Key.Key_F2)
    qtbot.keyClick(controls.microphone, Qt.Key.Key_End)
    assert controls.leave.hasFocus()
    qtbot.keyClick(controls.leave, Qt.Key.Key_Home)
    assert controls.microphone.hasFocus()
