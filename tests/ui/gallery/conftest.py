"""One screen of the gallery after the other, shown and whole."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QWidget

from app.engine import Engine
from app.ui.gallery.pseudo import PseudoTranslator
from app.ui.gallery.render import SCREENS
from app.ui.gallery.screens import Scene, Studio, scene_of
from app.ui.gallery.shots import SIZES, close_over, dispose, end_intents, show
from app.ui.language import language
from app.ui.theme import ThemeChoice, theme

Open = Callable[[str], QWidget]


@pytest.fixture
def open_screen(
    engine: Engine, tmp_path: Path, ui_loop: asyncio.AbstractEventLoop, english: None
) -> Iterator[Callable[[str], QWidget]]:
    """Opens one screen by its name, light and small."""
    opened: list[Scene] = []

    def open_one(name: str) -> QWidget:
        theme().choose(ThemeChoice.LIGHT)
        screen = SCREENS[name]
        scene = scene_of(screen.build(Studio(engine, tmp_path / str(len(opened)))))
        opened.append(scene)
        ui_loop.run_until_complete(show(scene, *(screen.size or SIZES[0]), screen.wait_ms))
        return scene.window

    yield open_one
    for scene in opened:
        close_over(scene.window)
        dispose(scene.window)
    ui_loop.run_until_complete(end_intents())
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    theme().choose(ThemeChoice.LIGHT)


@pytest.fixture
def english() -> Iterator[None]:
    language().choose("en")
    yield
    language().choose("")


@pytest.fixture
def long_words(english: None) -> Iterator[None]:
    """Every word is 40 % longer."""
    end = language().try_out(PseudoTranslator(), Qt.LayoutDirection.LeftToRight)
    yield
    end()
