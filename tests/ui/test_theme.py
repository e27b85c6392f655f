"""The look follows the person's choice, else the system, and changes live."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.ui.theme import SystemLook, Theme, ThemeChoice, font, tabular, theme
from app.ui.tokens import DARK, HIGH_CONTRAST, LIGHT, Tokens


@pytest.fixture(autouse=True)
def back_to_light(qapp: QApplication) -> Iterator[None]:
    theme().choose(ThemeChoice.LIGHT)
    yield
    for choice in (ThemeChoice.DARK, ThemeChoice.LIGHT):
        theme().choose(choice)


@pytest.mark.parametrize(
    ("choice", "tokens"),
    [(ThemeChoice.LIGHT, LIGHT), (ThemeChoice.DARK, DARK), (ThemeChoice.HIGH_CONTRAST, HIGH_CONTRAST)],
)
def test_a_chosen_set_is_used(choice: ThemeChoice, tokens: object) -> None:
    theme().choose(choice)
    assert theme().tokens is tokens
    assert QApplication.palette().color(QPalette.ColorRole.Window).name() == theme().tokens.bg.lower()


class OwnSystem(SystemLook):
    """A system whose wishes a test sets; the platform that tests run on has none."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.wanted = LIGHT
        self.told: Qt.ColorScheme | None = None
        self.is_calm = False

    def want(self, tokens: Tokens) -> None:
        self.wanted = tokens
        self.changed.emit()

    def tokens(self) -> Tokens:
        if self.told in (None, Qt.ColorScheme.Unknown):
            return self.wanted
        return DARK if self.told is Qt.ColorScheme.Dark else LIGHT

    def dress(self, scheme: Qt.ColorScheme) -> None:
        self.told = scheme

    def is_motion_reduced(self) -> bool:
        return self.is_calm


def test_the_system_is_followed_live(qtbot: QtBot, qapp: QApplication) -> None:
    system = OwnSystem(qapp)
    followed = Theme(qapp, system)
    assert followed.tokens is LIGHT
    for wanted in (DARK, HIGH_CONTRAST, LIGHT):
        with qtbot.waitSignal(followed.changed):
            system.want(wanted)
        assert followed.tokens is wanted
        assert QApplication.palette().color(QPalette.ColorRole.Base).name() == wanted.surface.lower()


def test_a_choice_wins_over_the_system(qtbot: QtBot, qapp: QApplication) -> None:
    system = OwnSystem(qapp)
    chosen = Theme(qapp, system)
    chosen.choose(ThemeChoice.LIGHT)
    with qtbot.assertNotEmitted(chosen.changed):
        system.want(DARK)
    chosen.choose(ThemeChoice.SYSTEM)
    assert chosen.tokens is DARK


@pytest.mark.parametrize(
    ("choice", "scheme"),
    [
        (ThemeChoice.LIGHT, Qt.ColorScheme.Light),
        (ThemeChoice.DARK, Qt.ColorScheme.Dark),
        (ThemeChoice.HIGH_CONTRAST, Qt.ColorScheme.Dark),
    ],
)
def test_title_bars_and_the_systems_dialogs_go_with_it(
    qapp: QApplication, choice: ThemeChoice, scheme: Qt.ColorScheme
) -> None:
    system = OwnSystem(qapp)
    chosen = Theme(qapp, system)
    chosen.choose(choice)
    assert system.told is scheme
    chosen.choose(ThemeChoice.SYSTEM)
    assert system.told is Qt.ColorScheme.Unknown
    assert chosen.tokens is LIGHT


def test_nothing_moves_where_the_system_asks_for_less_motion(qapp: QApplication) -> None:
    system = OwnSystem(qapp)
    calm = Theme(qapp, system)
    assert calm.duration(120) == 120
    system.is_calm = True
    assert calm.duration(120) == 0


def test_what_is_on_screen_changes_with_it(qtbot: QtBot) -> None:
    edit = QLineEdit()
    qtbot.addWidget(edit)
    edit.resize(200, 44)
    edit.show()
    middle = edit.rect().center()
    assert edit.grab().toImage().pixelColor(middle).name() == LIGHT.surface.lower()
    theme().choose(ThemeChoice.DARK)
    assert edit.grab().toImage().pixelColor(middle).name() == DARK.surface.lower()


def test_nothing_is_said_when_nothing_changed(qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(theme().changed):
        theme().choose(ThemeChoice.LIGHT)


@pytest.mark.parametrize("weight", [400, 500, 600, 700])
def test_the_shipped_font_is_used(weight: int) -> None:
    info = QFontInfo(font(14, weight))
    assert (info.family(), info.weight(), info.pixelSize()) == ("Inter", weight, 14)


def test_numbers_that_tick_have_figures_of_one_width(qtbot: QtBot) -> None:
    metrics = QFontMetrics(tabular(14))
    assert metrics.horizontalAdvance("1111") == metrics.horizontalAdvance("8888")
