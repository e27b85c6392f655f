"""The window as a whole: plain text everywhere, names for everything, the look, and rooms that open from it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from app.ui.components.fields import ErrorLine
from app.ui.main_window import MIN_HEIGHT, MIN_WIDTH, MainWindow
from app.ui.theme import ThemeChoice, theme
from app.ui.tokens import DARK, LIGHT
from protocol.rest import Profile
from tests.ui.own_desk import OwnDesk, session

Open = Callable[[], MainWindow]


@pytest.fixture
def window(qtbot: QtBot, open_window: Open, desk: OwnDesk, tutor: Profile) -> MainWindow:
    desk.account.remembered = tutor
    desk.server.sessions = {"live": session("live")}
    window = open_window()
    qtbot.waitUntil(lambda: len(window.shell.sessions.grid.cards) == 1)
    return window


def test_no_label_guesses_rich_text(window: MainWindow) -> None:
    window.toasts.fail("<b>It broke.</b>")
    labels = window.findChildren(QLabel)
    assert len(labels) > 40
    foreign = [one for one in labels if one.objectName().startswith("qt_")]
    assert [one.text() for one in labels if one.textFormat() != Qt.TextFormat.PlainText and one not in foreign] == []


def test_everything_that_is_pressed_or_typed_into_has_a_name(window: MainWindow) -> None:
    parts = [*window.findChildren(QAbstractButton), *window.findChildren(QLineEdit)]
    assert len(parts) > 20
    for part in parts:
        if part.objectName() in ("qt_spinbox_lineedit", "qt_toolbar_ext_button"):
            continue
        is_repair = isinstance(part.parent(), ErrorLine)
        name = QAccessible.queryAccessibleInterface(part).text(QAccessible.Text.Name)
        assert name or (is_repair and part.isHidden()), part


def test_the_window_does_not_get_too_small(window: MainWindow) -> None:
    window.resize(100, 100)
    assert (window.width(), window.height()) == (MIN_WIDTH, MIN_HEIGHT)


def test_the_look_is_chosen_in_the_menu_and_remembered(qtbot: QtBot, window: MainWindow, desk: OwnDesk) -> None:
    assert window.grab().toImage().pixelColor(600, 400).name() in (LIGHT.bg.lower(), LIGHT.surface.lower())
    menu = window.shell.rail.menu()
    looks = next(one for one in menu.findChildren(QMenu))
    entries = {action.text(): action for action in looks.actions()}
    assert set(entries) == {"Like the system", "Light", "Dark", "High contrast"}
    assert entries["Light"].isChecked()
    entries["Dark"].trigger()
    assert theme().choice is ThemeChoice.DARK
    assert desk.settings.state.theme == "dark"
    assert window.grab().toImage().pixelColor(600, 600).name() == DARK.bg.lower()
    menu.deleteLater()


def test_the_menu_says_who_is_signed_in_and_signs_out(qtbot: QtBot, window: MainWindow) -> None:
    menu = window.shell.rail.menu()
    words = [action.text() for action in menu.actions() if action.text()]
    assert words == ["Lena Hoffmann · Tutor", "lena@example.org", "Look", "Sign out"]
    menu.actions()[-1].trigger()
    qtbot.waitUntil(window.welcome.isVisible)
    menu.deleteLater()


def test_a_failure_nobody_expected_is_put_before_the_person(qtbot: QtBot, window: MainWindow) -> None:
    async def fail() -> None:
        raise RuntimeError("what")

    window.intents.start(fail())
    qtbot.waitUntil(lambda: len(window.toasts.words) == 1)
    assert window.toasts.words[0].startswith("Something went wrong on our side.")


def test_the_first_window_waits_for_no_media_library() -> None:
    code = (
        "import sys\n"
        "import app.ui.main_window\n"
        "heavy = {'av', 'aiortc', 'socketio', 'numpy', 'server'} & set(sys.modules)\n"
        "sys.exit(' '.join(sorted(heavy)) or 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
