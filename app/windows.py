"""The app with windows: Qt's loop in the main thread, the engine in its own, and everything built and joined.

Promises: a window shows before the media libraries are loaded; whatever way the program ends, rooms are left, a
hosted server stops and the engine's thread is joined.
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
from PySide6.QtWidgets import QApplication, QWidget

from app import paths
from app.account import Account
from app.config import SettingsFile
from app.desk import Desk
from app.engine import Engine
from app.lobby import Lobby
from app.ui.main_window import MainWindow
from app.ui.theme import ThemeChoice, start_theme
from app.vault import KeyringVault

if TYPE_CHECKING:
    from app.media.audio.speaker import Speaker
    from app.room.session import RoomSession

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
        make_speaker=lambda: speaker(settings.state.speaker),
        data_dir=paths.data_dir(),
    )
    window = MainWindow(desk)
    window.show()

    async def goodbye() -> None:
        await desk.close()
        await account.close()

    return run(app, engine, goodbye)


def show_demo(arguments: argparse.Namespace) -> int:
    """One's own seat among simulated classmates, without signing in anywhere."""
    app = application()
    start_theme(app)
    engine = Engine()
    engine.start()
    stack = AsyncExitStack()
    windows: list[QWidget] = []

    async def open_window() -> None:
        from app.ui.room.window import RoomWindow

        room = await engine.call(_demo_seat(stack, arguments))
        window = RoomWindow(engine, room)
        window.left.connect(app.quit)
        window.show()
        windows.append(window)

    return run(app, engine, stack.aclose, open_window)


async def _demo_seat(stack: AsyncExitStack, arguments: argparse.Namespace) -> RoomSession:
    """Start the demo's server and classmates, on the engine; what was started ends with ``stack``."""
    from app.demo import own_seat

    return await own_seat(stack, arguments, speaker(""))


def speaker(device_id: str) -> Speaker:
    from app.media.audio.qt_speaker import QtSpeaker

    return QtSpeaker(device_id)


def application() -> QApplication:
    app = QApplication(sys.argv[:1])
    app.setApplicationName("deskmates")
    app.setApplicationDisplayName("Deskmates")
    app.setDesktopFileName("deskmates")
    return app


def run(
    app: QApplication,
    engine: Engine,
    goodbye: Callable[[], Coroutine[Any, Any, None]],
    begin: Callable[[], Coroutine[Any, Any, None]] | None = None,
) -> int:
    """Run ``begin`` and Qt's loop until the last window is closed; then ``goodbye`` on the engine, and the engine's
    end.
    """
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    closed = asyncio.Event()
    app.aboutToQuit.connect(closed.set)
    code = 0

    # One run from begin to end: Qt says aboutToQuit whenever its loop returns.
    async def life() -> None:
        if begin is not None:
            await begin()
        await closed.wait()

    with loop:
        try:
            loop.run_until_complete(life())
        except Exception as error:
            log.exception("could not begin")
            print(f"deskmates: {error}", file=sys.stderr)  # noqa: T201
            code = 1
    try:
        engine.submit(goodbye()).result(GOODBYE_S)
    except Exception:
        log.exception("while closing")
    engine.stop()
    return code
