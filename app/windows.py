"""The app with windows: Qt's loop in the main thread, the engine in its own, and everything built and joined.

Promises: a window shows before the media libraries are loaded; whatever way the program ends, rooms are left, a hosted server
stops and the engine's thread is joined.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any

import qasync
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app import paths
from app.account import Account, KeyringVault
from app.config import SettingsFile
from app.desk import Desk
from app.engine import Engine
from app.lobby import Lobby
from app.ui.theme import ThemeChoice, start_theme

if TYPE_CHECKING:
    from app.room.session import RoomSession
    from app.ui.room.window import RoomWindow

log = logging.getLogger(__name__)

GOODBYE_S = 10.0


def show_app() -> int:
    app = application()
    settings = SettingsFile(paths.config_dir())
    start_theme(app).choose(ThemeChoice(settings.state.theme))
    engine = Engine()
    engine.start()
    account = Account(vault=KeyringVault(), settings=settings)
    desk = Desk(
        engine=engine,
        account=account,
        lobby=Lobby(account),
        settings=settings,
        make_speaker=_speaker,
        data_dir=paths.data_dir(),
    )
    from app.ui.main_window import MainWindow

    window = MainWindow(desk)
    window.show()
    return run(app, engine, desk.close)


def _speaker() -> Any:
    from app.media.audio.qt_speaker import QtSpeaker

    return QtSpeaker()


def application() -> QApplication:
    app = QApplication(sys.argv[:1])
    app.setApplicationName("deskmates")
    app.setApplicationDisplayName("Deskmates")
    app.setDesktopFileName("deskmates")
    return app


def run(app: QApplication, engine: Engine, goodbye: Callable[[], Coroutine[Any, Any, None]]) -> int:
    """Run Qt's loop until the last window is closed; then ``goodbye`` on the engine, and the engine's end."""
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    closed = asyncio.Event()
    app.aboutToQuit.connect(closed.set)
    with loop:
        loop.run_until_complete(closed.wait())
    try:
        engine.submit(goodbye()).result(GOODBYE_S)
    except Exception:
        log.exception("while closing")
    engine.stop()
    return 0
