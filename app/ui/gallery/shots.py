"""Takes the pictures of one screen after the other, in every size, look and way.

A *way* is another language, another direction or another scale. A window is built once for each way and then changes
its size and its look live, as it does for a person who changes them: what forgets to follow is seen in the pictures.
"""

from __future__ import annotations

import asyncio
import sys
import time
import traceback
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QMessageLogContext,
    QPoint,
    QRect,
    Qt,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app.engine import Engine
from app.ui.gallery.png import write_png
from app.ui.gallery.pseudo import PseudoTranslator
from app.ui.gallery.screens import Scene, Screen, Studio, at_once, scene_of
from app.ui.gallery.still import Projector
from app.ui.language import language
from app.ui.theme import ThemeChoice, theme
from app.ui.words import tr

LOOKS = {"light": ThemeChoice.LIGHT, "dark": ThemeChoice.DARK, "contrast": ThemeChoice.HIGH_CONTRAST}
SIZES = ((960, 640), (1440, 900))
SCALED = "scale200"
"""The way in which Qt paints everything at twice the size. It is a scale, not a larger font: the app's type follows the
display's scale only."""
ROUNDS = 5
_PAUSE_S = 0.002
_LONGEST_S = 10.0
"""So long a screen may take until it is ready."""
_STEP = 16
_KNOWN = ("This plugin does not support", "pipewire-0.3")

Way = Callable[[], Callable[[], None]]
"""Begins it, and gives back what ends it."""


def _as_it_is() -> Callable[[], None]:
    language().choose("en")
    return lambda: None


def _german() -> Callable[[], None]:
    language().choose("de")
    if tr("Leave") == "Leave":
        raise Failed("the German catalogue cannot be read")
    return lambda: language().choose("en")


def _mirrored() -> Callable[[], None]:
    direction = Qt.LayoutDirection.RightToLeft
    return language().try_out(PseudoTranslator(direction=direction), direction)


def _long() -> Callable[[], None]:
    return language().try_out(PseudoTranslator(), Qt.LayoutDirection.LeftToRight)


WAYS: dict[str, Way] = {"": _as_it_is, "de": _german, "rtl": _mirrored, "pseudo": _long, SCALED: _as_it_is}


@dataclass(frozen=True, slots=True)
class Shot:
    """One screen in one way: a picture for each of its sizes and looks."""

    screen: Screen
    way: str

    @property
    def sizes(self) -> tuple[tuple[int, int], ...]:
        if self.screen.size is not None:
            return (self.screen.size,)
        return SIZES[:1] if self.way == SCALED else SIZES

    @property
    def names(self) -> list[str]:
        """Of its pictures, without the ending."""
        return [self.name(look, *size) for size in self.sizes for look in LOOKS]

    def name(self, look: str, width: int, height: int) -> str:
        return "-".join(part for part in (self.screen.name, self.way, look, f"{width}x{height}") if part)


def shots(screens: list[Screen], ways: tuple[str, ...]) -> list[Shot]:
    """Way by way, since a way is begun for all of its screens."""
    return [Shot(screen, way) for way in ways for screen in screens if not way or screen.in_all_ways]


class Failed(Exception):
    """A screen could not be painted; says why."""


def take_all(wanted: list[Shot], out: Path, folder: Path, *, took: Callable[[str], None]) -> list[tuple[str, str]]:
    """Paint every shot into ``out``; ``took`` hears the name of each picture. What failed, and why."""
    import qasync

    qInstallMessageHandler(_hush)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    QApplication.setCursorFlashTime(0)  # a cursor that blinks would be in some pictures and not in others
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    failures: list[tuple[str, str]] = []
    with _engine() as engine, loop:
        end: Callable[[], None] | None = None
        way: str | None = None
        for number, shot in enumerate(wanted):
            if shot.way != way:
                if end is not None:
                    end()
                way, end = shot.way, WAYS[shot.way]()
            try:
                with _unhandled() as errors:
                    studio = Studio(engine, folder / str(number))
                    loop.run_until_complete(_take(shot, studio, out, took))
                if errors:
                    raise Failed(errors[0])
            except Exception as error:  # noqa: BLE001  (whatever it was: the other screens are painted all the same)
                why = str(error) if isinstance(error, Failed) else "".join(traceback.format_exception(error))
                failures.append((shot.screen.name, why))
        if end is not None:
            end()
    return failures


async def _take(shot: Shot, studio: Studio, out: Path, took: Callable[[str], None]) -> None:
    scene = scene_of(shot.screen.build(studio))
    wait_ms = shot.screen.wait_ms
    looks = list(LOOKS)
    try:
        if LOOKS[looks[0]] is not theme().choice:
            looks.reverse()  # every change of the look costs as much as several pictures
        for look in looks:
            theme().choose(LOOKS[look])
            for width, height in shot.sizes:
                await show(scene, width, height, wait_ms)
                wait_ms = 0
                name = shot.name(look, width, height)
                _save(picture(scene.window), out / f"{name}.png")
                took(name)
                close_over(scene.window)
    finally:
        dispose(scene.window)
        await end_intents()
        # Else they stay, and every change of the look is a change of all of them.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


# ---- a window ------------------------------------------------------------------------------------------------------


async def show(scene: Scene, width: int, height: int, wait_ms: int = 0) -> None:
    """Show the window in a size, wait until what was on its way has come, and open what lies over it."""
    scene.window.resize(width, height)
    scene.window.show()
    await settle(wait_ms, scene.is_ready)
    scene.open()
    await settle(0, scene.is_ready)
    for projector in scene.window.findChildren(Projector):
        projector.show_anew()
    for top in over(scene.window):
        if isinstance(top, QDialog):  # a desktop puts them there; without one they are where there is room
            top.move(scene.window.mapToGlobal(scene.window.rect().center()) - top.rect().center())


async def settle(wait_ms: int = 0, is_ready: Callable[[], bool] = at_once) -> None:
    begun = time.monotonic()
    end = begun + wait_ms / 1000
    rounds = 0
    while rounds < ROUNDS or time.monotonic() < end or not is_ready():
        if time.monotonic() > max(end, begun + _LONGEST_S):
            raise Failed("it was never ready")
        await asyncio.sleep(0 if rounds < ROUNDS else _PAUSE_S)  # what is on its way in Qt needs turns, not time
        QApplication.sendPostedEvents()
        rounds += 1


def over(window: QWidget) -> list[QWidget]:
    """The windows of their own that were opened over it: dialogs, menus, popups; the first one lowest."""
    return [
        top
        for top in QApplication.topLevelWidgets()
        if top is not window
        and top.isVisible()
        and top.windowType() is not Qt.WindowType.ToolTip
        and window in _parents(top)
    ]


def _parents(widget: QWidget) -> Iterator[QWidget]:
    step = widget.parentWidget()
    while step is not None:
        yield step
        step = step.parentWidget()


def picture(window: QWidget) -> QImage:
    """What one sees: the window, and over it what was opened from it."""
    image = window.grab().toImage()
    above = over(window)
    if above:
        painter = QPainter(image)
        for top in above:
            corner = top.mapToGlobal(QPoint()) - window.mapToGlobal(QPoint())
            painter.drawPixmap(corner, top.grab())
            if not top.testAttribute(Qt.WidgetAttribute.WA_TranslucentBackground):
                painter.setPen(theme().colour("edge"))
                painter.drawRect(QRect(corner, top.size()))
        painter.end()
    return image


def close_over(window: QWidget) -> None:
    for top in over(window):
        top.close()


def dispose(window: QWidget) -> None:
    """Take ``window`` away without asking it whether it may be closed."""
    close_over(window)
    window.hide()
    window.setParent(None)
    window.deleteLater()


async def end_intents() -> None:
    """What the window began and nobody waits for any more. What it began with its last breath may still begin."""
    await asyncio.sleep(0)
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


# ---- how -----------------------------------------------------------------------------------------------------------


def _save(image: QImage, path: Path) -> None:
    if is_blank(image):
        raise Failed(f"{path.stem} is of one colour")
    write_png(image, path)


def is_blank(image: QImage) -> bool:
    """Whether it has one colour only, as far as every 16th pixel of every 16th line tells."""
    first = image.pixel(0, 0)
    return all(
        image.pixel(x, y) == first for y in range(0, image.height(), _STEP) for x in range(0, image.width(), _STEP)
    )


def _hush(kind: QtMsgType, context: QMessageLogContext, words: str) -> None:
    """Qt's own words go to standard error, but for what it says of every window without a screen."""
    if not any(known in words for known in _KNOWN):
        sys.stderr.write(f"{words}\n")


@contextmanager
def _unhandled() -> Generator[list[str]]:
    """What went wrong inside of Qt's own calls, which Qt would only print."""
    errors: list[str] = []

    def keep(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        errors.append("".join(traceback.format_exception(kind, error, trace)))

    before, sys.excepthook = sys.excepthook, keep
    try:
        yield errors
    finally:
        sys.excepthook = before


@contextmanager
def _engine() -> Generator[Engine]:
    engine = Engine()
    engine.start()
    try:
        yield engine
    finally:
        engine.stop()
