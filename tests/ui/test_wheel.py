"""The wheel scrolls the page, and changes nothing that the pointer passes on the way."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QSlider, QSpinBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.components.pickers import DayPicker, Stepper, TimePicker
from app.ui.room.people import PersonRow

DOWN = QPoint(0, -120)
"""A notch of the wheel, as Qt counts it."""


def one_person() -> tuple[QWidget, QWidget]:
    row = PersonRow("Priya Nair", "u-priya")
    row.add_volume()
    assert row.slider is not None
    return row, row.slider


def alone(control: QWidget) -> tuple[QWidget, QWidget]:
    return control, control


CONTROLS: dict[str, Callable[[], tuple[QWidget, QWidget]]] = {
    "a day": lambda: alone(DayPicker()),
    "a time": lambda: alone(TimePicker("HH:mm")),
    "a number": lambda: alone(Stepper(2, 50, 8)),
    "the volume of a person": one_person,
}
"""Each as what stands on the page, and what the pointer is over."""


def value(control: QWidget) -> object:
    return control.value() if isinstance(control, QSlider | QSpinBox) else control.property("dateTime")


@pytest.mark.parametrize("control", CONTROLS)
@pytest.mark.parametrize("is_focused", [False, True])
@pytest.mark.usefixtures("light")
def test_it_scrolls_and_changes_nothing(qtbot: QtBot, control: str, is_focused: bool) -> None:
    part, under = CONTROLS[control]()
    page, inside = QScrollArea(), QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(inside)
    column.addWidget(part)
    column.addStretch(1)
    inside.setMinimumHeight(1000)
    page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    page.setWidgetResizable(True)
    page.setWidget(inside)
    page.resize(400, 200)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    focus = under if is_focused else page
    focus.setFocus()
    qtbot.waitUntil(focus.hasFocus)
    before = value(under)
    window = page.windowHandle()
    assert window is not None
    QTest.wheelEvent(window, QPointF(under.mapTo(page, under.rect().center())), DOWN)
    qtbot.waitUntil(lambda: page.verticalScrollBar().value() > 0)
    assert value(under) == before
    assert QApplication.focusWidget() is focus
