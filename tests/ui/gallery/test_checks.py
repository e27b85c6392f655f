"""The checks of every screen can fail: each finds what is put wrong here, and nothing where it is right."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.ui.components.buttons import Button, IconButton
from app.ui.components.focus_ring import FocusRing
from app.ui.components.labels import Label
from app.ui.theme import ThemeChoice, theme
from app.ui.tokens import contrast
from tests.ui.gallery.access import clipped, guessing, nameless, overlapping, pale
from tests.ui.gallery.painted import contrast_of, painted
from tests.ui.gallery.test_keyboard import activate, mouse_alone, unpressed, walk

GROUND = "#FFFFFF"


class Sign(QWidget):
    """Paints its words by itself."""

    def __init__(self, words: str, ink: str, opacity: float = 1.0) -> None:
        super().__init__()
        self.setAccessibleName(words)
        self.setFixedSize(200, 40)
        self._words, self._ink, self._opacity = words, ink, opacity

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(GROUND))
        painter.setOpacity(self._opacity)
        painter.setPen(QColor(self._ink))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._words)


class Trap(Button):
    """Keeps the focus."""

    def focusNextPrevChild(self, next: bool) -> bool:
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()  # else the window would move the focus in its place


class Deaf(Button):
    """Can be pressed with the mouse alone."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()


Show = Callable[..., QWidget]


@pytest.fixture
def shown(qtbot: QtBot) -> Show:
    """Puts widgets into a window, side by side."""

    def show(*parts: QWidget) -> QWidget:
        theme().choose(ThemeChoice.LIGHT)
        window = QWidget()
        window.setObjectName("surface")
        row = QHBoxLayout(window)
        for part in parts:
            row.addWidget(part)
        FocusRing(window)
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.show()
        activate(window, qtbot)
        return window

    return show


def kinds(found: list[str]) -> list[str]:
    return [one.split()[0] for one in found]


def test_a_button_without_a_name_is_found(shown: Show) -> None:
    button = IconButton("x", "Dismiss")
    window = shown(button)
    assert nameless(window) == []
    button.setAccessibleName("")
    assert kinds(nameless(window)) == ["IconButton"]


def test_a_painted_widget_without_a_name_is_found(shown: Show) -> None:
    sign = Sign("Hello", "#000000")
    window = shown(sign)
    assert nameless(window) == []
    sign.setAccessibleName("")
    assert kinds(nameless(window)) == ["Sign"]


def test_a_label_that_guesses_is_found(shown: Show) -> None:
    window = shown(Label("<b>plain</b>"), QLabel("<b>rich</b>"))
    assert kinds(guessing(window)) == ["QLabel"]


@pytest.mark.parametrize(("ink", "opacity", "is_pale"), [("#565E6B", 1.0, False), ("#8A8F99", 1.0, True)])
def test_painted_text_is_weighed_against_its_ground(shown: Show, ink: str, opacity: float, is_pale: bool) -> None:
    window = shown(Sign("Hello there", ink, opacity))
    assert bool(pale(window)) is is_pale


def test_half_transparent_ink_counts_as_what_it_looks_like(shown: Show) -> None:
    window = shown(Sign("Hello there", "#000000", 0.4))
    (piece,) = painted(window)
    picture = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    assert contrast_of(piece, picture) == pytest.approx(contrast("#999999", GROUND), abs=0.1)
    assert pale(window)


def test_what_is_covered_is_not_weighed(shown: Show) -> None:
    sign = Sign("Hello there", "#DDDDDD")
    window = shown(sign)
    assert pale(window)
    cover = QWidget(window)
    cover.setGeometry(window.rect())
    cover.show()
    assert pale(window) == []


def test_clipped_text_is_found_whoever_paints_it(shown: Show) -> None:
    label, sign = Label("A few words"), Sign("A few words", "#000000")
    window = shown(label, sign)
    assert clipped(window) == []
    label.setFixedWidth(30)
    sign.setFixedWidth(30)
    QApplication.sendPostedEvents()
    assert kinds(clipped(window)) == ["Label", "Sign"]


def test_a_paragraph_without_room_for_its_last_line_is_found(shown: Show) -> None:
    label = Label("Several words that need more than one line here").wrapped()
    label.setFixedWidth(120)
    window = shown(label)
    assert clipped(window) == []
    label.setFixedHeight(20)
    QApplication.sendPostedEvents()
    assert kinds(clipped(window))[:1] == ["Label"]


def test_buttons_over_one_another_are_found(shown: Show) -> None:
    first, second = Button("First"), Button("Second")
    window = shown(first, second)
    assert overlapping(window) == []
    second.move(first.pos())
    assert kinds(overlapping(window)) == ["Button"]


def test_a_walk_through_good_buttons_finds_nothing(shown: Show) -> None:
    window = shown(Button("One"), Button("Two"), Button("Three"))
    assert (mouse_alone(window), walk(window), unpressed(window)) == ([], [], [])


def test_a_trap_is_found(shown: Show) -> None:
    window = shown(Button("One"), Trap("Two"), Button("Three"))
    assert any(one.startswith("trapped forwards in Trap") for one in walk(window))


def test_what_tab_does_not_come_to_is_found(shown: Show) -> None:
    first, second, third = Button("One"), Button("Two"), Button("Three")
    window = shown(first, second, third)
    assert mouse_alone(window) == []
    second.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    assert mouse_alone(window) == [second]


def test_focus_that_cannot_be_seen_is_found(shown: Show) -> None:
    button = Button("One")
    window = shown(button, Button("Two"))
    ring = window.findChild(FocusRing)
    assert ring is not None
    ring.setParent(None)
    assert len([one for one in walk(window) if one.startswith("focus not seen")]) == 2
    ring.deleteLater()


def test_a_button_that_no_key_presses_is_found(shown: Show) -> None:
    window = shown(Button("One"), Deaf("Two"))
    assert [one.split()[0:2] for one in unpressed(window)] == [["pressed", "0"]]
