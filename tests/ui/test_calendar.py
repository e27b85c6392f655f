"""The calendar behind a date: today is marked, the chosen day is filled, what is over cannot be chosen; it stays on the
screen.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QDate, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.ui.components.calendar import DayCalendar, place_beside
from app.ui.components.pickers import DayPicker
from app.ui.theme import ThemeChoice, theme

CELL = QRect(0, 0, 44, 36)
TODAY = QDate.currentDate()


@pytest.fixture(params=[ThemeChoice.LIGHT, ThemeChoice.DARK, ThemeChoice.HIGH_CONTRAST])
def calendar(qtbot: QtBot, request: pytest.FixtureRequest, light: None) -> Iterator[DayCalendar]:
    theme().choose(request.param)
    calendar = DayCalendar()
    qtbot.addWidget(calendar)
    calendar.setMinimumDate(TODAY)
    yield calendar
    theme().choose(ThemeChoice.LIGHT)


def painted(calendar: DayCalendar, day: QDate) -> QImage:
    image = QImage(CELL.size(), QImage.Format.Format_RGB32)
    image.fill(theme().colour("surface"))
    painter = QPainter(image)
    calendar.paintCell(painter, CELL, day)
    painter.end()
    return image


def colours(image: QImage, places: list[QPoint]) -> set[str]:
    return {QColor(image.pixel(place)).name() for place in places}


RING = [QPoint(x, y) for x in range(4, 8) for y in range(16, 20)]
"""Where the ring's left side crosses the middle of the cell, left of the figures."""


def test_today_has_a_ring_and_other_days_none(calendar: DayCalendar) -> None:
    calendar.setSelectedDate(TODAY.addDays(2))
    surface = theme().colour("surface").name()
    assert colours(painted(calendar, TODAY), RING) != {surface}
    assert colours(painted(calendar, TODAY.addDays(1)), RING) == {surface}


def test_today_is_seen_when_it_is_the_chosen_day_too(calendar: DayCalendar) -> None:
    calendar.setSelectedDate(TODAY)
    chosen_today = painted(calendar, TODAY)
    assert len(colours(chosen_today, [QPoint(x, 17) for x in range(5, 12)])) > 1, "a ring within the fill"


def test_the_chosen_day_is_a_rounded_fill_of_its_own(calendar: DayCalendar) -> None:
    day = TODAY.addDays(2)
    calendar.setSelectedDate(day)
    image = painted(calendar, day)
    assert QColor(image.pixel(6, 17)) == theme().colour("accent")
    assert QColor(image.pixel(4, 1)) == theme().colour("surface"), "its corners are round"


def test_a_day_that_is_over_is_paler_than_one_ahead(calendar: DayCalendar) -> None:
    def strength(day: QDate) -> float:
        ground = theme().colour("surface").lightnessF()
        image = painted(calendar, day)
        every = (QColor(image.pixel(x, y)).lightnessF() for x in range(44) for y in range(36))
        return max(abs(one - ground) for one in every)

    ahead = TODAY.addDays(40)  # of another month, as the one that is over may be
    assert strength(ahead.addDays(-80)) < strength(ahead) * 0.8


def test_it_opens_above_where_the_screen_ends_and_is_always_whole(qtbot: QtBot, light: None) -> None:
    screen = QApplication.primaryScreen().availableGeometry()
    field, popup = QWidget(), QWidget()
    for one in (field, popup):
        qtbot.addWidget(one)
    popup.resize(300, 200)
    field.setGeometry(screen.left() + 40, screen.bottom() - 60, 160, 40)
    place_beside(popup, field)
    assert popup.y() + popup.height() < field.y()
    field.move(screen.right() - 80, screen.top() + 40)
    place_beside(popup, field)
    assert popup.y() > field.y() + field.height()
    assert screen.contains(popup.geometry())
    field.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    field.move(screen.left() + 400, screen.top() + 40)
    place_beside(popup, field)
    assert popup.geometry().right() == field.geometry().right()


def test_the_button_opens_it_on_the_day_of_the_field(qtbot: QtBot, light: None) -> None:
    picker = DayPicker()
    qtbot.addWidget(picker)
    picker.setMinimumDate(TODAY)
    picker.setDate(TODAY.addDays(3))
    picker.show()
    picker.button.click()
    calendar = picker.findChild(DayCalendar)
    assert calendar is not None and calendar.isVisible()
    assert (calendar.selectedDate(), calendar.minimumDate()) == (TODAY.addDays(3), TODAY)
    calendar.clicked.emit(TODAY.addDays(5))
    assert picker.date() == TODAY.addDays(5)
