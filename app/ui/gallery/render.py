"""``deskmates screens --out DIR``: a picture of every screen, in every look and size, from the real widgets.

Runs without a screen (``QT_QPA_PLATFORM=offscreen``). Pictures are named SCREEN[-WAY]-LOOK-WIDTHxHEIGHT.png; a *way* is
another language, another direction or another scale. What is shown at 200 % is painted by a second process, since Qt
takes its scale once, when it starts.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.engine import Engine
from app.ui.gallery import pages, rooms
from app.ui.gallery.pseudo import PseudoTranslator
from app.ui.gallery.screens import SCREENS, Screen, Studio
from app.ui.language import language
from app.ui.theme import ThemeChoice, theme

PLACES = (pages, rooms)
"""The modules that hold screens: importing them is what puts their screens on the list."""
LOOKS = {"light": ThemeChoice.LIGHT, "dark": ThemeChoice.DARK, "contrast": ThemeChoice.HIGH_CONTRAST}
SIZES = ((960, 640), (1440, 900))
_PACKED = 80
"""Qt's quality for PNG, which only says how hard it packs: 0 is hardest and slowest."""
_ROUNDS = 6
SCALED = "200"

Way = Callable[[], Callable[[], None]]
"""Begins it, and gives back what ends it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the pictures go")
    parser.add_argument("--only", default="", metavar="PART", help="only screens whose names have this in them")
    parser.add_argument("--scaled", action="store_true", help=argparse.SUPPRESS)


def main(arguments: argparse.Namespace) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    arguments.out.mkdir(parents=True, exist_ok=True)
    if arguments.scaled:
        return _render(arguments, {SCALED: _as_it_is}, only_all_ways=True)
    begun = time.monotonic()
    beside = _start_scaled(arguments)
    ways = {"": _as_it_is, "de": _german, "rtl": _mirrored, "pseudo": _long}
    code = _render(arguments, ways, only_all_ways=False)
    code = max(code, beside.wait())
    count = sum(1 for _ in arguments.out.glob("*.png"))
    print(f"{count} pictures in {arguments.out} after {time.monotonic() - begun:.0f} s")  # noqa: T201
    return code


def _start_scaled(arguments: argparse.Namespace) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-P", "-m", "app.main", "screens", "--scaled"]
    command += ["--out", str(arguments.out), "--only", arguments.only]
    return subprocess.Popen(command, env={**os.environ, "QT_SCALE_FACTOR": "2"})


# ---- ways ----------------------------------------------------------------------------------------------------------


def _as_it_is() -> Callable[[], None]:
    language().choose("en")
    return lambda: None


def _german() -> Callable[[], None]:
    language().choose("de")
    return lambda: language().choose("en")


def _mirrored() -> Callable[[], None]:
    return language().try_out(PseudoTranslator(), Qt.LayoutDirection.RightToLeft)


def _long() -> Callable[[], None]:
    return language().try_out(PseudoTranslator(), Qt.LayoutDirection.LeftToRight)


# ---- rendering -----------------------------------------------------------------------------------------------------


def _render(arguments: argparse.Namespace, ways: dict[str, Way], *, only_all_ways: bool) -> int:
    import qasync

    app = QApplication.instance() or QApplication(sys.argv[:1])
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    wanted = [one for one in SCREENS.values() if arguments.only in one.name and (one.in_all_ways or not only_all_ways)]
    with _engine() as engine, tempfile.TemporaryDirectory() as folder, loop:
        for way, begin in ways.items():
            end = begin()
            for look, choice in LOOKS.items():
                theme().choose(choice)
                for number, screen in enumerate(wanted):
                    if way and not screen.in_all_ways:
                        continue
                    place = Path(folder) / f"{way}-{look}-{number}"
                    loop.run_until_complete(_shoot(screen, Studio(engine, place), arguments.out, look, way))
            end()
    return 0


async def _shoot(screen: Screen, studio: Studio, out: Path, look: str, way: str) -> None:
    window = screen.build(studio)
    try:
        wait_ms = screen.wait_ms
        for width, height in (screen.size,) if screen.size else SIZES:
            await show(window, width, height, wait_ms)
            wait_ms = 0
            name = "-".join(part for part in (screen.name, way, look, f"{width}x{height}") if part)
            window.grab().save(str(out / f"{name}.png"), "PNG", _PACKED)  # pyright: ignore[reportArgumentType, reportCallIssue]
    finally:
        dispose(window)
        await end_intents()


async def end_intents() -> None:
    """What the window began and nobody waits for any more."""
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def show(window: QWidget, width: int, height: int, wait_ms: int = 0) -> None:
    """Show ``window`` in a size, and wait until what was on its way has come."""
    window.resize(width, height)
    window.show()
    end = time.monotonic() + wait_ms / 1000
    rounds = 0
    while rounds < _ROUNDS or time.monotonic() < end:
        await asyncio.sleep(0.005)
        QApplication.sendPostedEvents()
        rounds += 1


def dispose(window: QWidget) -> None:
    """Take ``window`` away without asking it whether it may be closed."""
    window.hide()
    window.setParent(None)
    window.deleteLater()


@contextmanager
def _engine() -> Generator[Engine]:
    engine = Engine()
    engine.start()
    try:
        yield engine
    finally:
        engine.stop()
