"""A session that is changed keeps all that nobody touched, even what the form cannot show."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest
from PySide6.QtCore import QTime
from pytestqt.qtbot import QtBot

from app.ui.main_window import MainWindow
from app.ui.rail import Place
from app.ui.sessions.create_page import CreatePage
from protocol.rest import Profile, Session
from tests.ui.own_desk import OwnDesk, session

TOMORROW = datetime.now(UTC).astimezone().date() + timedelta(days=1)


def lasting(start_hour: int, length: timedelta, places: int = 8) -> Session:
    """Lena's, from that hour of tomorrow on."""
    start = datetime.combine(TOMORROW, time(start_hour)).astimezone()  # the clocks may be changed until then
    times = {"start_time": start.astimezone(UTC), "end_time": (start + length).astimezone(UTC)}
    return session("mine", host="lena", places=places).model_copy(update=times)


@pytest.fixture
def edit(
    qtbot: QtBot, open_window: Callable[[], MainWindow], desk: OwnDesk, tutor: Profile
) -> Callable[[Session], CreatePage]:
    def edit(mine: Session) -> CreatePage:
        desk.account.remembered = tutor
        desk.server.sessions = {"mine": mine}
        window = open_window()
        window.shell.go(Place.SESSIONS)
        window.shell.sessions.wants_change.emit(mine)
        page = window.shell.create_page
        assert page.isVisible() and page.create_button.text() == "Save changes"
        return page

    return edit


def save(qtbot: QtBot, page: CreatePage, desk: OwnDesk) -> Session:
    page.create_button.click()
    qtbot.waitUntil(page.isHidden)
    return desk.server.sessions["mine"]


def test_a_long_session_with_many_places_stays_so(
    qtbot: QtBot, edit: Callable[[Session], CreatePage], desk: OwnDesk
) -> None:
    mine = lasting(10, timedelta(hours=26), places=100)
    page = edit(mine)
    page.form.title.edit.setText("Eigenvalues")
    assert save(qtbot, page, desk) == mine.model_copy(update={"title": "Eigenvalues"})


def test_its_start_is_moved_and_its_end_stays(
    qtbot: QtBot, edit: Callable[[Session], CreatePage], desk: OwnDesk
) -> None:
    mine = lasting(10, timedelta(hours=26))
    page = edit(mine)
    page.form.start.setTime(QTime(10, 30))
    changed = save(qtbot, page, desk)
    assert (changed.start_time, changed.end_time) == (mine.start_time + timedelta(minutes=30), mine.end_time)


def test_one_over_midnight_may_end_before_it(
    qtbot: QtBot, edit: Callable[[Session], CreatePage], desk: OwnDesk
) -> None:
    mine = lasting(22, timedelta(hours=3))
    page = edit(mine)
    page.form.end.setTime(QTime(23, 0))
    assert save(qtbot, page, desk).end_time == mine.start_time + timedelta(hours=1)


def test_one_of_an_evening_may_be_let_go_on_over_midnight(
    qtbot: QtBot, edit: Callable[[Session], CreatePage], desk: OwnDesk
) -> None:
    mine = lasting(22, timedelta(hours=1))
    page = edit(mine)
    page.form.end.setTime(QTime(1, 0))
    page.create_button.click()
    page.form.next_day.click()
    assert save(qtbot, page, desk).end_time == mine.start_time + timedelta(hours=3)


def test_what_is_as_it_was_is_not_sent(qtbot: QtBot, edit: Callable[[Session], CreatePage], desk: OwnDesk) -> None:
    mine = lasting(10, timedelta(hours=2))
    assert save(qtbot, edit(mine), desk) == mine
    assert not any(asked.startswith("change") for asked in desk.server.asked)
