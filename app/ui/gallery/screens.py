"""The list of screens. A screen is one function that builds a window or a page in one state:

    @screen("sessions-empty")
    def sessions_empty(studio: Studio) -> QWidget:
        return sessions_page(ready(()), TUTOR)

What only comes once the window shows (a menu, a dialog, a tab) is opened by the second part of a ``Scene``. The name of
the screen is the picture's name. Who adds a page adds such a function beside the others; pictures, accessibility tests
and keyboard walks find it by themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.engine import Engine
from app.ui.components.focus_ring import FocusRing


@dataclass(frozen=True, slots=True)
class Studio:
    """What a screen may need to be built."""

    engine: Engine
    folder: Path
    """Empty, for settings and what else is kept."""


def _nothing() -> None:
    """Most windows are whole as they are."""


def at_once() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Scene:
    window: QWidget
    open: Callable[[], None] = _nothing
    """Called after the window was shown in a size, in each size anew, more than once."""
    is_ready: Callable[[], bool] = at_once
    """Whether what comes from elsewhere, as from the engine, has come: waited for before ``open`` and after it."""


Build = Callable[[Studio], QWidget | Scene]


@dataclass(frozen=True, slots=True)
class Screen:
    name: str
    build: Build
    wait_ms: int
    """How long it takes until the state shows (a skeleton comes late)."""
    size: tuple[int, int] | None
    """Its own size where it has one; else it is shown in every size."""
    in_all_ways: bool
    """It is also shown in other languages, right to left and at 200 %."""


SCREENS: dict[str, Screen] = {}


def scene_of(built: QWidget | Scene) -> Scene:
    """A page gets the focus ring that the main window has for all of its pages."""
    scene = built if isinstance(built, Scene) else Scene(built)
    if scene.window.findChild(FocusRing) is None:
        FocusRing(scene.window)
    return scene


def screen(
    name: str, *, wait_ms: int = 0, size: tuple[int, int] | None = None, in_all_ways: bool = False
) -> Callable[[Build], Build]:
    """Add a screen to the list under a name of its own."""

    def add(build: Build) -> Build:
        if name in SCREENS:
            raise ValueError(f"there is a screen {name} already")
        SCREENS[name] = Screen(name, build, wait_ms, size, in_all_ways)
        return build

    return add
