"""No letters are smaller than the type scale's smallest: where a word does not fit, room is made for it instead."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.components.labels import fitted_font
from app.ui.components.toasts import Toast, ToastStack
from app.ui.gallery.pseudo import PseudoTranslator
from app.ui.language import language
from app.ui.rail import WIDTH, Rail
from app.ui.theme import font

SMALLEST = 12


@pytest.fixture
def long_language(qapp: QApplication) -> Iterator[None]:
    end = language().try_out(PseudoTranslator(), Qt.LayoutDirection.LeftToRight)
    yield
    end()


def test_letters_shrink_no_further_than_to_the_smallest_size(light: None) -> None:
    words = "Bildschirmhintergrund"
    assert fitted_font(words, QFontMetrics(font(16)).horizontalAdvance(words), 16).pixelSize() == 16
    assert fitted_font(words, QFontMetrics(font(14)).horizontalAdvance(words), 16).pixelSize() == 14
    assert fitted_font(words, 20, 16).pixelSize() == SMALLEST


def test_the_rail_is_as_wide_as_its_longest_word(qtbot: QtBot, light: None, long_language: None) -> None:
    rail = Rail()
    qtbot.addWidget(rail)
    for button in rail.buttons.values():
        assert button.font().pixelSize() == SMALLEST
        assert QFontMetrics(button.font()).horizontalAdvance(button.text()) <= button.width() < rail.width()
    assert rail.width() > WIDTH


def test_the_rail_has_its_own_width_where_words_are_short(qtbot: QtBot, light: None) -> None:
    rail = Rail()
    qtbot.addWidget(rail)
    assert rail.width() == WIDTH


def test_toasts_keep_beside_what_became_wider(qtbot: QtBot, light: None) -> None:
    rail = Rail()
    qtbot.addWidget(rail)
    rail.setFixedWidth(600)
    toasts = ToastStack(rail, left=72)
    toasts.tell("Saved")
    toast = rail.findChild(Toast)
    assert toast is not None
    before = toast.x()
    toasts.keep_beside(90)
    assert toast.x() == before + 18
