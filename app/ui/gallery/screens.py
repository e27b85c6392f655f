"""The list of screens. A screen is one function that builds a window or a page in one state:

    @screen("sessions-empty")
    def sessions_empty(studio: Studio) -> QWidget:
        return in_shell(studio, lobby=nothing)

Its name is the picture's name. Who adds a page adds such a function beside the others; pictures and the accessibility
tests find it by themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.engine import Engine


@dataclass(frozen=True, slots=True)
class Studio:
    """What a screen may need to be built."""

    engine: Engine
    folder: Path
    """Empty, for settings and what else is kept."""


Build = Callable[[Studio], QWidget]


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
