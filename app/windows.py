"""The app with windows: Qt's loop in the main thread, the engine in its own, and everything built and joined.

Promises: a window is painted before anything is imported that the first paint does not need, and Qt's loop turns while
the rest is; whatever way the program ends, rooms are left, a hosted server stops and the engine's thread is joined.
"""

from __future__ import annotations

import importlib
import logging
import sys
import threading
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from app import paths
from app.config import SettingsFile
from app.ui.opening import OpeningWindow, first_tokens
from app.ui.placing import Placing
from app.ui.quitting import Application, quit_by_key

if TYPE_CHECKING:
    import argparse

    from app.engine import Engine
    from app.media.audio.speaker import Speaker
    from app.room.session import RoomSession
    from app.ui.port import DeskPort
    from app.ui.shell import Whereabouts

log = logging.getLogger(__name__)

GOODBYE_S = 10.0
_MAIN_WINDOW = ("app.logfile", "app.ui.main_window", "app.vault", "app.lobby", "app.desk", "app.engine", "qasync")
"""What is imported between the first paint and the main window."""
_ROOM_WINDOW = ("app.logfile", "app.engine", "app.demo", "app.ui.room.window", "qasync")


def show_app() -> int:
    app = application()
    settings = SettingsFile(paths.config_dir())
    frame = OpeningWindow(first_tokens(settings.state.theme))
    Placing(frame, settings.state.window, lambda where: settings.change(window=where))
    if not _open(app, frame, _MAIN_WINDOW):
        return 0
    from app.account import Account
    from app.desk import Desk
    from app.engine import Engine
    from app.lobby import Lobby
    from app.ui.devices.hotplug import HotPlug
    from app.ui.language import start_language
    from app.ui.theme import ThemeChoice, start_theme
    from app.vault import KeyringVault

    start_language(app).choose(settings.state.language)
    start_theme(app).choose(ThemeChoice(settings.state.theme))
    engine = Engine()
    engine.start()
    account = Account(vault=KeyringVault(), settings=settings)
    desk = Desk(
        engine=engine,
        account=account,
        lobby=Lobby(account),
        settings=settings,
        make_speaker=speaker,
        data_dir=paths.data_dir(),
    )
    HotPlug(engine, desk.hardware, app)
    quit_by_key(frame)

    async def begin() -> None:
        furnish(frame, desk)

    async def goodbye() -> None:
        await desk.close()
        await account.close()

    return run(app, engine, goodbye, begin)


def furnish(frame: OpeningWindow, desk: DeskPort, begin_at: Whereabouts | None = None) -> None:
    """Put the main window into ``frame``, and a new one where the language has changed: while a room is open, or what
    was left of it is still shown, only after that. Until then what lies around the room is said anew.
    """
    from app.ui.language import language
    from app.ui.main_window import MainWindow

    window = MainWindow(desk, begin_at)
    frame.furnish(window)

    spoken = language().code

    def renew() -> None:
        if window.is_free and language().code != spoken:
            furnish(frame, desk, window.whereabouts)
        elif window.rooms.here:
            window.say_again()

    # In the next turn of Qt's loop, and once: what the window itself does about these comes first.
    renewing = QTimer(window, singleShot=True, interval=0)
    renewing.timeout.connect(renew)
    language().changed.connect(renewing.start)
    window.rooms.left.connect(lambda _: renewing.start())
    window.left_behind.connect(renewing.start)
    window.entry.ended.connect(renewing.start)


def show_demo(arguments: argparse.Namespace) -> int:
    """One's own seat among simulated classmates, without signing in anywhere."""
    app = application()
    settings = SettingsFile(paths.config_dir())
    frame = OpeningWindow(first_tokens(settings.state.theme))
    if not _open(app, frame, _ROOM_WINDOW):
        return 0
    from app.engine import Engine
    from app.hardware import Hardware
    from app.ui.devices.hotplug import HotPlug
    from app.ui.language import start_language
    from app.ui.theme import ThemeChoice, start_theme

    start_language(app).choose(settings.state.language)
    start_theme(app).choose(ThemeChoice(settings.state.theme))
    engine = Engine()
    engine.start()
    stack = AsyncExitStack()
    windows: list[QWidget] = []
    hardware = Hardware()
    HotPlug(engine, hardware, app)

    async def open_window() -> None:
        from app.ui.room.memory import RoomMemory
        from app.ui.room.window import RoomWindow

        room = await engine.call(_demo_seat(stack, arguments))
        memory = RoomMemory(settings.folder)
        window = RoomWindow(engine, room, settings=settings, memory=memory, hardware=hardware)
        window.left.connect(app.quit)
        quit_by_key(window)
        window.show()
        windows.append(window)
        frame.close()

    return run(app, engine, stack.aclose, open_window)


class _Imports(QObject):
    """Imports beside Qt's loop, so that the first window answers meanwhile."""

    done = Signal()

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._names = names
        self._thread = threading.Thread(target=self._run, name="imports")

    def start(self) -> None:
        self._thread.start()

    def finish(self) -> None:
        """Wait for what was begun."""
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        try:
            for name in self._names:
                importlib.import_module(name)
        except Exception:
            # It is raised again, and seen, where the module is used.
            log.exception("could not import what the window is made of")
        self.done.emit()


def _open(app: QApplication, frame: OpeningWindow, names: Sequence[str]) -> bool:
    """Show ``frame``, then import ``names`` while Qt's loop turns; False where the person closed it meanwhile."""
    loop = QEventLoop()
    imports = _Imports(names)

    def after_first_paint() -> None:
        from app.ui.interrupt import Interrupt

        Interrupt(app)
        imports.start()

    frame.painted.connect(after_first_paint)
    imports.done.connect(loop.quit)
    frame.closed.connect(loop.quit)
    frame.show()
    loop.exec()
    imports.finish()
    if frame.isHidden():
        return False
    from app.logfile import log_to_file

    log_to_file()
    return True


async def _demo_seat(stack: AsyncExitStack, arguments: argparse.Namespace) -> RoomSession:
    """Start the demo's server and classmates, on the engine; what was started ends with ``stack``."""
    from app.demo import own_seat

    return await own_seat(stack, arguments, speaker(""))


def speaker(device_id: str) -> Speaker:
    from app.media.audio.qt_speaker import QtSpeaker

    return QtSpeaker(device_id)


def application() -> QApplication:
    app = Application(sys.argv[:1])
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
    import asyncio

    import qasync

    from app.ui.rubbish import Collector

    collector = Collector()
    collector.settle()
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
    collector.stop()
    return code
