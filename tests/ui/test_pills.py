"""Subjects to narrow the list by: where they have no room they are in a menu."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.ui.sessions.pills import ALL, HEIGHT, SubjectPills

SUBJECTS = ["Maths", "Languages", "Chemistry", "Physics", "Writing & arts"]


@pytest.fixture
def pills(qtbot: QtBot, light: None) -> SubjectPills:
    pills = SubjectPills()
    qtbot.addWidget(pills)
    pills.show_subjects(SUBJECTS)
    pills.resize(900, HEIGHT)
    pills.show()
    return pills


def seen(pills: SubjectPills) -> list[str]:
    return [one.subject for one in pills.pills if one.isVisible()]


def test_where_all_have_room_there_is_no_menu(pills: SubjectPills) -> None:
    assert seen(pills) == [ALL, *SUBJECTS]
    assert not pills.more.isVisible()


def test_what_has_no_room_is_chosen_from_a_menu_and_then_in_sight(pills: SubjectPills, qtbot: QtBot) -> None:
    pills.resize(380, HEIGHT)
    assert pills.more.isVisible() and pills.more.geometry().right() < 380
    assert seen(pills)[0] == ALL and "Writing & arts" in pills.left_out
    assert [*seen(pills), *pills.left_out] == [ALL, *SUBJECTS]
    came: list[str] = []
    pills.chosen.connect(came.append)
    QTest.mouseClick(pills.more, Qt.MouseButton.LeftButton)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [one.text() for one in menu.actions()] == [one.replace("&", "&&") for one in pills.left_out]
    QTest.keyClick(menu, Qt.Key.Key_Up)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert came == ["Writing & arts"]
    assert "Writing & arts" in seen(pills)
    assert pills.more.geometry().right() < 380


def test_the_chosen_one_stays_in_sight_when_the_window_becomes_narrow(pills: SubjectPills) -> None:
    pills.choose("Physics")
    pills.resize(380, HEIGHT)
    assert "Physics" in seen(pills)
