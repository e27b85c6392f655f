"""What stands under "Next session" before there is a list, when there is none, and when it could not be had."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pytestqt.qtbot import QtBot

from app.errors import ServerUnreachable
from app.lobby import LobbyPhase, LobbyState
from app.ui.home.page import HomePage
from tests.ui.own_desk import session


@pytest.fixture
def home(qtbot: QtBot, light: None) -> HomePage:
    page = HomePage()
    qtbot.addWidget(page)
    return page


def test_nothing_is_said_to_be_planned_before_the_list_has_come(home: HomePage) -> None:
    home.show_lobby(LobbyState(LobbyPhase.LOADING))
    assert home.next.empty.text() == ""
    home.show_lobby(LobbyState(LobbyPhase.READY, (), None, datetime.now(UTC)))
    assert home.next.empty.text() == "Nothing is planned."


def test_a_list_that_is_read_again_keeps_what_it_said(home: HomePage) -> None:
    home.show_lobby(LobbyState(LobbyPhase.LOADING, (session("soon", "Optics"),), None, datetime.now(UTC)))
    assert home.next.title.text() == "Optics" and home.next.title.isVisibleTo(home.next)
    home.show_lobby(LobbyState(LobbyPhase.LOADING, (), None, datetime.now(UTC)))
    assert home.next.empty.text() == "Nothing is planned."


def test_a_list_that_could_not_be_had_says_why(home: HomePage) -> None:
    away = ServerUnreachable("http://study.example:8765")
    home.show_lobby(LobbyState(LobbyPhase.FAILED, (), away))
    assert home.next.empty.text().startswith("We can’t reach study.example:8765.")
    assert home.next.empty.isVisibleTo(home.next)


def test_who_is_about_to_join_one_session_does_not_join_the_one_that_comes_in_its_place(
    qtbot: QtBot, home: HomePage
) -> None:
    first, second = session("first", begins=-30), session("second", begins=-20)
    home.show_lobby(LobbyState(LobbyPhase.READY, (first, second), None, datetime.now(UTC)))
    home.show()
    home.next.act.setFocus()
    home.show_lobby(LobbyState(LobbyPhase.LOADING, (first, second), None, datetime.now(UTC)))
    assert home.focusWidget() is home.next.act
    home.show_lobby(LobbyState(LobbyPhase.READY, (second,), None, datetime.now(UTC)))
    assert home.next.act.accessibleName().startswith("Join") and home.focusWidget() is home
