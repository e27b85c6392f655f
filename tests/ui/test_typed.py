"""Days and times of day as people type them, and fields that let them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QDate, QLocale, Qt, QTime
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.components.pickers import DayPicker, TimePicker
from app.ui.components.typed import day_example, typed_day, typed_time

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


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("nonsense", "We can’t read this date. Write it like 24.12.2026."),
        ("31.2.2027", "We can’t read this date. Write it like 24.12.2026."),
        ("1.1.2020", "That day is over already."),
    ],
)
def test_what_cannot_be_taken_stays_and_says_why(day: DayPicker, window: QWidget, text: str, problem: str) -> None:
    type_over(day, text)
    assert day.problem == ""
    window.setFocus()
    assert (day.date(), day.lineEdit().text(), day.problem) == (TODAY, text, problem)
    day.setFocus(Qt.FocusReason.TabFocusReason)
    assert day.lineEdit().selectedText() == text
    QTest.keyClick(day, Qt.Key.Key_Up)
    assert (day.date(), day.lineEdit().text(), day.problem) == (TODAY, text, problem)


@pytest.mark.parametrize(("text", "expected"), [("24.12.2026", EVE), ("nonsense", TODAY)])
def test_tab_leads_on_from_what_was_typed_and_back(day: DayPicker, text: str, expected: QDate) -> None:
    type_over(day, text)
    QTest.keyClick(day, Qt.Key.Key_Tab)
    assert day.button.hasFocus()
    assert (day.date(), day.problem != "") == (expected, expected == TODAY)
    QTest.keyClick(day.button, Qt.Key.Key_Backtab)
    assert day.hasFocus()
    if day.problem:
        QTest.keyClick(day, Qt.Key.Key_Backtab)
        assert not day.hasFocus()


def test_the_words_go_as_soon_as_it_is_mended(day: DayPicker) -> None:
    type_over(day, "24.13.2026")
    QTest.keyClick(day, Qt.Key.Key_Return)
    assert day.problem
    type_over(day, "24.12.2026")
    assert (day.problem, day.date()) == ("", TODAY)
    QTest.keyClick(day, Qt.Key.Key_Return)
    assert (day.problem, day.date()) == ("", EVE)


def test_a_slip_is_mended_in_the_middle_of_the_line(day: DayPicker) -> None:
    type_over(day, "24.13.2026")
    QTest.keyClick(day, Qt.Key.Key_Return)
    QTest.mouseClick(day.lineEdit(), Qt.MouseButton.LeftButton)
    QTest.keyClick(day, Qt.Key.Key_Home)
    for _ in "24.1":
        QTest.keyClick(day, Qt.Key.Key_Right)
    QTest.keyClick(day, Qt.Key.Key_Delete)
    QTest.keyClicks(day, "2")
    assert (day.lineEdit().text(), day.problem) == ("24.12.2026", "")
    QTest.keyClick(day, Qt.Key.Key_Return)
    assert day.date() == EVE


def test_a_day_from_elsewhere_takes_the_place_of_what_could_not_be_read(day: DayPicker) -> None:
    before = day.lineEdit().text()
    type_over(day, "nonsense")
    QTest.keyClick(day, Qt.Key.Key_Return)
    day.setDate(TODAY)
    assert (day.lineEdit().text(), day.problem) == (before, "")


@pytest.mark.parametrize("name", ["de_DE", "de_CH", "en_GB", "en_US", "en_CA", "en_ZA", "sv_SE", "nl_NL"])
def test_the_example_can_be_typed(name: str) -> None:
    locale = QLocale(name)
    assert typed_day(day_example(locale, 2026), locale, TODAY) == EVE
    assert "2026" in day_example(locale, 2026)


def test_a_computer_that_names_no_language_gets_an_example_too() -> None:
    assert day_example(QLocale.c(), 2026) == "24/12/2026"
    assert typed_day("24/12/2026", QLocale.c(), TODAY) == EVE


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


def test_a_time_that_cannot_be_read_stays_and_says_why(qtbot: QtBot) -> None:
    picker = TimePicker("HH:mm")
    qtbot.addWidget(picker)
    picker.show()
    picker.setFocus()
    type_over(picker, "25:00")
    QTest.keyClick(picker, Qt.Key.Key_Return)
    assert picker.lineEdit().text() == "25:00"
    assert picker.problem == "We can’t read this time. Write it like 18:30."
    QTest.keyClick(picker, Qt.Key.Key_Escape)
    assert (picker.lineEdit().text(), picker.problem) == ("00:00", "")
