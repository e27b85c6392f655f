"""Days and times of day as people type them, and fields that let them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QDate, QLocale, Qt, QTime
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.components.pickers import DayPicker, TimePicker
from app.ui.components.typed import typed_day, typed_time

TODAY = QDate(2026, 11, 23)
EVE = QDate(2026, 12, 24)
GERMAN, BRITISH, AMERICAN = QLocale("de_DE"), QLocale("en_GB"), QLocale("en_US")


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("24.12.2026", GERMAN),
        ("24.12.26", GERMAN),
        (" 24. 12. ", GERMAN),
        ("24. Dezember 2026", GERMAN),
        ("2026-12-24", GERMAN),
        ("24.12.2026", AMERICAN),
        ("24/12/2026", BRITISH),
        ("24/12", BRITISH),
        ("12/24/2026", AMERICAN),
        ("12/24/26", AMERICAN),
        ("Dec 24, 2026", AMERICAN),
        ("24 Dec 2026", BRITISH),
    ],
)
def test_a_day_is_read_as_people_write_it(text: str, locale: QLocale) -> None:
    assert typed_day(text, locale, TODAY) == EVE


@pytest.mark.parametrize("text", ["", "soon", "24", "31.2.2026", "24.13.2026", "24.12.202", "24.12.20267"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert typed_day(text, GERMAN, TODAY) is None


def test_a_day_without_a_year_is_the_next_one() -> None:
    assert typed_day("1.3.", GERMAN, TODAY) == QDate(2027, 3, 1)
    assert typed_day("29.2.", GERMAN, TODAY) == QDate(2028, 2, 29)


@pytest.mark.parametrize("text", ["18:30", "18.30", "1830", "6:30 pm", "6:30PM", "18:30 Uhr", " 18 : 30 "])
def test_a_time_is_read_as_people_write_it(text: str) -> None:
    assert typed_time(text) == QTime(18, 30)


def test_odd_times() -> None:
    assert typed_time("9") == QTime(9, 0)
    assert typed_time("12 am") == QTime(0, 0)
    assert [typed_time(text) for text in ("", "25:00", "13 pm", "noon", "18:3")] == [None] * 5


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return window


@pytest.fixture
def day(qtbot: QtBot, window: QWidget) -> DayPicker:
    picker = DayPicker(window)
    picker.setLocale(GERMAN)
    picker.setMinimumDate(TODAY)
    picker.setDate(TODAY)
    window.show()
    window.activateWindow()
    picker.setFocus()
    qtbot.waitUntil(picker.hasFocus)
    return picker


def type_over(picker: DayPicker | TimePicker, text: str) -> None:
    QTest.keyClick(picker, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert picker.lineEdit().selectedText() == picker.lineEdit().text()
    QTest.keyClicks(picker, text)


def test_a_day_is_selected_whole_and_typed_over(day: DayPicker) -> None:
    came: list[QDate] = []
    day.dateChanged.connect(came.append)
    type_over(day, "24.12.2026")
    assert day.lineEdit().text() == "24.12.2026"
    assert day.date() == TODAY
    QTest.keyClick(day, Qt.Key.Key_Return)
    assert day.date() == EVE
    assert came[-1] == EVE
    assert "2026" in day.lineEdit().text() and day.lineEdit().text() != "24.12.2026"


def test_leaving_the_field_takes_what_was_typed(day: DayPicker, window: QWidget, qtbot: QtBot) -> None:
    type_over(day, "24.12.")
    window.setFocus()
    qtbot.waitUntil(lambda: not day.hasFocus())
    assert day.date() == EVE


@pytest.mark.parametrize("text", ["nonsense", "1.1.2020"])
def test_what_cannot_be_brings_back_the_day_that_was(day: DayPicker, text: str) -> None:
    before = day.lineEdit().text()
    type_over(day, text)
    QTest.keyClick(day, Qt.Key.Key_Return)
    assert (day.date(), day.lineEdit().text()) == (TODAY, before)


def test_escape_takes_nothing(day: DayPicker) -> None:
    before = day.lineEdit().text()
    type_over(day, "24.12.2026")
    QTest.keyClick(day, Qt.Key.Key_Escape)
    assert (day.date(), day.lineEdit().text()) == (TODAY, before)


def test_the_arrow_keys_step_as_before_also_after_typing(day: DayPicker) -> None:
    QTest.keyClick(day, Qt.Key.Key_Up)
    assert day.date() == TODAY.addDays(1)
    type_over(day, "24.12.2026")
    QTest.keyClick(day, Qt.Key.Key_Up)
    assert day.date() == EVE.addDays(1)


def test_a_time_is_typed_over(qtbot: QtBot) -> None:
    picker = TimePicker("HH:mm")
    qtbot.addWidget(picker)
    picker.show()
    picker.setFocus()
    type_over(picker, "1830")
    QTest.keyClick(picker, Qt.Key.Key_Return)
    assert (picker.time(), picker.lineEdit().text()) == (QTime(18, 30), "18:30")
