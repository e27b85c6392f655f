"""The key that ends the app, in whichever window it is pressed."""

from __future__ import annotations

from unittest.mock import Mock

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app import windows as joined
from app.ui.quitting import Application, quit_by_key


class SaysGoodbye(QWidget):
    """Closes only when it is asked for the second time, as a room does that is left first."""

    asked = 0

    def closeEvent(self, event: QCloseEvent) -> None:
        self.asked += 1
        if self.asked == 1:
            event.ignore()


@pytest.fixture
def windows(qtbot: QtBot) -> tuple[QWidget, SaysGoodbye]:
    first, second = QWidget(), SaysGoodbye()
    for window in (first, second):
        qtbot.addWidget(window)
        QVBoxLayout(window).addWidget(QLineEdit())
        window.show()
    quit_by_key(first)
    return first, second


def press(qtbot: QtBot, window: QWidget) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    field = window.findChild(QLineEdit)
    assert field is not None
    QTest.keyClick(field, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)


def test_the_key_closes_every_window(qtbot: QtBot, windows: tuple[QWidget, SaysGoodbye]) -> None:
    first, second = windows
    press(qtbot, first)
    assert first.isHidden()
    assert second.asked == 1


def test_it_does_so_in_every_window(qtbot: QtBot, windows: tuple[QWidget, SaysGoodbye]) -> None:
    first, second = windows
    press(qtbot, second)
    assert first.isHidden()
    assert second.asked == 1
    assert second.isVisible()


def test_the_app_is_one_that_ends_so_for_the_system_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """There can be no second one in this process: what makes it is asked for one that makes none."""
    made = Mock(spec=Application)
    monkeypatch.setattr(joined, Application.__name__, made)
    assert joined.application() is made.return_value
