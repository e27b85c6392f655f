"""Opening a session: inline errors, their repair, the preview, and what goes to the server."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import QDate, Qt, QTime
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.errors import ServerRefused
from app.ui.confirm import Confirm
from app.ui.main_window import MainWindow
from app.ui.rail import Place
from app.ui.sessions import when
from app.ui.sessions.create_page import CreatePage
from app.ui.sessions.draft import next_half_hour
from protocol.rest import Profile
from tests.ui.own_desk import OwnDesk, session


@pytest.fixture
def window(open_window: Callable[[], MainWindow], desk: OwnDesk, tutor: Profile) -> MainWindow:
    desk.account.remembered = tutor
    desk.server.sessions = {"live": session("live", subject="Maths")}
    window = open_window()
    window.shell.go(Place.SESSIONS)
    return window


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> CreatePage:
    # what is proposed late in the evening ends on the day after
    morning = next_half_hour(datetime.now(UTC)).replace(hour=9, minute=30)
    monkeypatch.setattr("app.ui.sessions.form.next_half_hour", lambda _: morning)
    qtbot.mouseClick(window.shell.sessions.create_button, Qt.MouseButton.LeftButton)
    page = window.shell.create_page
    assert page.isVisible() and page.form.title.edit.hasFocus()
    page.form.date.setDate(QDate.currentDate().addDays(1))
    page.form.start.setTime(QTime(16, 30))
    page.form.end.setTime(QTime(18, 0))
    return page


def test_what_was_written_goes_to_the_server_and_into_the_list(
    qtbot: QtBot, window: MainWindow, page: CreatePage, desk: OwnDesk
) -> None:
    QTest.keyClicks(page.form.title.edit, "Eigenvalues <b>now</b>")
    QTest.keyClicks(page.form.subject.edit, "Maths")
    page.form.places.setValue(4)
    QTest.keyClick(page.form.subject.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(window.shell.sessions.isVisible)
    made = desk.server.sessions["s1"]
    assert (made.title, made.subject, made.max_participants) == ("Eigenvalues <b>now</b>", "Maths", 4)
    assert made.end_time - made.start_time == timedelta(minutes=90)
    assert made.start_time.astimezone().date() == datetime.now(UTC).astimezone().date() + timedelta(days=1)
    assert window.toasts.words == ["“Eigenvalues <b>now</b>” is in the list now."]
    cards = window.shell.sessions.grid
    qtbot.waitUntil(lambda: "Eigenvalues <b>now</b>" in [card.title.text() for card in cards.cards])


def test_errors_are_inline_counted_and_the_first_gets_the_cursor(qtbot: QtBot, page: CreatePage, desk: OwnDesk) -> None:
    page.form.end.setTime(QTime(16, 0))
    page.form.subject.edit.setFocus()
    qtbot.mouseClick(page.create_button, Qt.MouseButton.LeftButton)
    assert page.form.title.problem and page.form.subject.problem
    assert page.form.end_trouble.words.text() == "End is before start."
    assert page.form.end.accessibleDescription() == "End is before start."
    assert page.trouble.words.text() == "3 fields need a look"
    assert page.form.title.edit.hasFocus()
    assert page.create_button.isEnabled()
    assert "create" not in desk.server.asked
    QTest.keyClicks(page.form.title.edit, "Eigenvalues")
    QTest.keyClicks(page.form.subject.edit, "Maths")
    assert page.trouble.words.text() == "One field needs a look"


def test_in_a_low_window_the_first_wrong_field_is_scrolled_into_sight(
    qtbot: QtBot, window: MainWindow, page: CreatePage
) -> None:
    window.resize(960, 640)
    page.create_button.setFocus()
    qtbot.waitUntil(lambda: page.form.title.edit.visibleRegion().isEmpty())
    page.create_button.click()
    assert page.form.title.edit.hasFocus()
    qtbot.waitUntil(lambda: page.form.title.edit.visibleRegion().boundingRect() == page.form.title.edit.rect())


def test_a_repair_sets_a_better_end(qtbot: QtBot, page: CreatePage) -> None:
    page.form.title.edit.setText("Eigenvalues")
    page.form.subject.edit.setText("Maths")
    page.form.end.setTime(QTime(16, 0))
    page.create_button.click()
    assert page.form.end.hasFocus()
    page.form.end_trouble.repair.emit()
    assert page.form.end.time() == QTime(18, 0)
    assert not page.form.end_trouble.isVisible() and not page.trouble.isVisible()


def test_a_session_may_go_on_over_midnight(qtbot: QtBot, window: MainWindow, page: CreatePage, desk: OwnDesk) -> None:
    form = page.form
    form.title.edit.setText("Eigenvalues")
    form.subject.edit.setText("Maths")
    form.start.setTime(QTime(22, 0))
    form.end.setTime(QTime(1, 0))
    page.create_button.click()
    assert form.end_trouble.words.text() == "End is before start."
    now = datetime.now(UTC)
    next_day = when.day(form.written.start + timedelta(days=1), now)
    assert form.next_day.text() == f"Ends {next_day}"
    form.next_day.click()
    assert not form.end_trouble.isVisible() and not form.next_day.isVisible() and not page.trouble.isVisible()
    assert form.end.accessibleDescription() == next_day
    assert page.preview.time.text == when.span(form.written.start, form.written.end, now)
    page.create_button.click()
    qtbot.waitUntil(window.shell.sessions.isVisible)
    made = desk.server.sessions["s1"]
    assert made.end_time - made.start_time == timedelta(hours=3)
    assert when.local_day(made.end_time) == when.local_day(made.start_time) + timedelta(days=1)


def test_an_end_over_midnight_that_is_moved_before_it_is_on_the_first_day(page: CreatePage) -> None:
    form = page.form
    form.start.setTime(QTime(22, 0))
    form.end.setTime(QTime(1, 0))
    page.create_button.click()
    form.next_day.click()
    form.end.setTime(QTime(23, 0))
    assert form.written.end - form.written.start == timedelta(hours=1)
    assert form.end.accessibleDescription() == ""
    form.end.setTime(QTime(22, 0))
    assert form.end_trouble.words.text() == "End is the same as start."


def test_late_in_the_evening_the_form_proposes_an_end_after_midnight(
    page: CreatePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    tomorrow = datetime.now(UTC).astimezone().replace(tzinfo=None) + timedelta(days=1)
    late = tomorrow.replace(hour=23, minute=30, second=0, microsecond=0).astimezone()  # by tomorrow's clocks
    monkeypatch.setattr("app.ui.sessions.form.next_half_hour", lambda _: late)
    page.form.clear()
    assert page.form.end.time() == QTime(1, 0)
    assert page.form.written.end - page.form.written.start == timedelta(minutes=90)


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows cannot change the zone of a process")
def test_in_the_night_in_which_summer_begins_the_form_proposes_as_long_a_session(
    page: CreatePage, monkeypatch: pytest.MonkeyPatch, live_in: Callable[[str], None]
) -> None:
    live_in("Europe/Berlin")
    soon = datetime(2040, 3, 25, 0, 30, tzinfo=UTC).astimezone()
    monkeypatch.setattr("app.ui.sessions.form.next_half_hour", lambda _: soon)
    page.form.clear()
    assert (page.form.start.time(), page.form.end.time()) == (QTime(1, 30), QTime(4, 0))
    assert page.form.written.end - page.form.written.start == timedelta(minutes=90)


def test_a_day_that_cannot_be_read_is_an_error_inline_and_nothing_goes_out(
    qtbot: QtBot, window: MainWindow, page: CreatePage, desk: OwnDesk
) -> None:
    page.form.title.edit.setText("Eigenvalues")
    page.form.subject.edit.setText("Maths")
    page.form.date.setFocus()
    QTest.keyClick(page.form.date, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(page.form.date, "24.13.2040")
    page.form.end.setFocus()
    said = page.form.unread_trouble
    assert said.isVisible() and said.words.text().startswith("We can’t read this date. Write it like ")
    assert page.form.date.lineEdit().text() == "24.13.2040"
    assert page.form.date.accessibleDescription() == said.words.text()
    QTest.keyClick(page.form.end, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(page.form.end, "soon")
    page.create_button.click()
    assert page.trouble.words.text() == "2 fields need a look"
    assert page.form.date.hasFocus()
    assert page.create_button.isEnabled() and "create" not in desk.server.asked
    QTest.keyClicks(page.form.date, "24.12.2040")
    assert said.words.text().startswith("We can’t read this time.")
    assert page.trouble.words.text() == "One field needs a look"
    page.form.end.setTime(QTime(18, 0))
    assert not said.isVisible() and not page.trouble.isVisible()
    page.create_button.click()
    qtbot.waitUntil(window.shell.sessions.isVisible)
    qtbot.waitUntil(lambda: "Eigenvalues" in [card.title.text() for card in window.shell.sessions.grid.cards])
    assert desk.server.sessions["s1"].start_time.astimezone().date() == date(2040, 12, 24)


def test_beginning_anew_forgets_what_could_not_be_read(page: CreatePage, tutor: Profile) -> None:
    QTest.keyClick(page.form.start, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(page.form.start, "soon")
    QTest.keyClick(page.form.start, Qt.Key.Key_Return)
    assert page.form.unread_trouble.isVisible()
    page.begin(tutor, [])
    assert not page.form.unread_trouble.isVisible()
    assert page.form.start.lineEdit().text() != "soon"


def test_the_preview_shows_what_others_will_see(qtbot: QtBot, page: CreatePage) -> None:
    QTest.keyClicks(page.form.title.edit, "Eigenvalues")
    QTest.keyClicks(page.form.subject.edit, "Physics")
    page.form.places.setValue(5)
    assert page.preview.title.text() == "Eigenvalues"
    assert page.preview.subject.text == "Physics"
    assert page.preview.host.text == "Hosted by Lena Hoffmann"
    assert page.preview.places.text() == "0 of 5"
    assert page.preview.state.text == "Tomorrow"


def test_a_refusal_is_shown_and_the_form_keeps_what_was_written(qtbot: QtBot, page: CreatePage, desk: OwnDesk) -> None:
    page.form.title.edit.setText("Eigenvalues")
    page.form.subject.edit.setText("Maths")
    desk.server.problem = ServerRefused(403, "", "Only tutors can create sessions")
    page.create_button.click()
    qtbot.waitUntil(page.trouble.isVisible)
    assert page.trouble.words.text() == "The server says: Only tutors can create sessions"
    assert page.form.title.text == "Eigenvalues"
    assert page.create_button.isEnabled()


def test_escape_goes_back_from_a_form_in_which_nothing_was_written(
    qtbot: QtBot, window: MainWindow, page: CreatePage, tutor: Profile
) -> None:
    page.begin(tutor, [])
    QTest.keyClick(page.form.title.edit, Qt.Key.Key_Escape)
    assert window.shell.sessions.isVisible()


def test_escape_asks_before_what_was_written_is_gone(qtbot: QtBot, window: MainWindow, page: CreatePage) -> None:
    QTest.keyClicks(page.form.title.edit, "Eigenvalues")
    QTest.keyClick(page.form.title.edit, Qt.Key.Key_Escape)
    asking = QApplication.activeModalWidget()
    assert isinstance(asking, Confirm) and asking.windowTitle() == "Discard this session?"
    asking.keep.click()
    assert page.isVisible() and page.form.title.text == "Eigenvalues"
    QTest.keyClick(page.form.title.edit, Qt.Key.Key_Escape)
    asking = QApplication.activeModalWidget()
    assert isinstance(asking, Confirm)
    asking.act.click()
    assert window.shell.sessions.isVisible()
    window.shell.sessions.create_button.click()
    assert page.form.title.text == "" and not page.form.title.problem


def test_known_subjects_are_suggested(qtbot: QtBot, window: MainWindow, page: CreatePage) -> None:
    page.form.suggest_subjects(["Maths", "physics", "Maths", " "])
    completer = page.form.subject.edit.completer()
    assert completer is not None
    completer.setCompletionPrefix("ma")
    assert completer.completionCount() == 1


def test_a_proposal_over_midnight_is_none_for_other_times(page: CreatePage, monkeypatch: pytest.MonkeyPatch) -> None:
    late = datetime.now(UTC).astimezone().replace(hour=23, minute=30, second=0, microsecond=0)
    monkeypatch.setattr("app.ui.sessions.form.next_half_hour", lambda _: late)
    page.form.clear()
    assert when.local_day(page.form.written.end) > when.local_day(page.form.written.start)
    page.form.date.setDate(QDate.currentDate().addDays(1))
    page.form.start.setTime(QTime(10, 0))
    page.form.end.setTime(QTime(11, 0))
    page.form.end.setTime(QTime(9, 0))
    page.create_button.click()
    assert page.form.end_trouble.words.text() == "End is before start."
    page.form.next_day.click()
    page.form.end.setTime(QTime(11, 0))
    page.form.end.setTime(QTime(9, 0))
    assert page.form.written.end - page.form.written.start == timedelta(hours=23), "here it was chosen"
