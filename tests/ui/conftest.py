"""An engine, Qt's loop as an asyncio loop, and the main window over a desk of the tests' own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.engine import Engine
from app.ui.language import language
from app.ui.main_window import MainWindow
from app.ui.rail import Place
from app.ui.theme import ThemeChoice, theme
from protocol.rest import Profile, Session
from tests.ui.own_desk import OwnDesk


@pytest.fixture
def light(qapp: QApplication) -> Iterator[None]:
    theme().choose(ThemeChoice.LIGHT)
    yield
    theme().choose(ThemeChoice.LIGHT)


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    language().choose("de")
    yield
    language().choose("")


@pytest.fixture
def desk(engine: Engine, tmp_path: Path) -> Iterator[OwnDesk]:
    desk = OwnDesk(engine, tmp_path)
    yield desk
    engine.submit(desk.study.close()).result(10)


@pytest.fixture
def tutor() -> Profile:
    return Profile.model_validate(
        {"_id": "lena", "name": "Lena Hoffmann", "email": "lena@example.org", "role": "tutor"}
    )


@pytest.fixture
def student() -> Profile:
    return Profile.model_validate({"_id": "omar", "name": "Omar Said", "email": "omar@example.org", "role": "student"})


@pytest.fixture
def open_window(
    qtbot: QtBot, desk: OwnDesk, ui_loop: asyncio.AbstractEventLoop, light: None
) -> Iterator[Callable[[], MainWindow]]:
    """Opens the main window and waits until it knows whether somebody is signed in."""
    opened: list[MainWindow] = []

    def open_one() -> MainWindow:
        window = MainWindow(desk)
        opened.append(window)
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(lambda: window.is_ready)
        return window

    yield open_one
    for window in opened:
        window.close()


@pytest.fixture
def at_sessions(
    qtbot: QtBot, open_window: Callable[[], MainWindow], desk: OwnDesk, tutor: Profile
) -> Callable[[Session], MainWindow]:
    """Opens the main window where the tutor looks at the list, which has one session."""

    def open_list(one: Session) -> MainWindow:
        desk.account.remembered = tutor
        desk.server.sessions = {one.id: one}
        window = open_window()
        window.shell.go(Place.SESSIONS)
        qtbot.waitUntil(lambda: len(window.shell.sessions.grid.cards) == 1)
        return window

    return open_list
