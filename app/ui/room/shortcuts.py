"""The room's keys. Single letters act only while nobody types: a text input keeps every letter for itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def bind(window: QWidget, keys: Mapping[str, Callable[[], None]]) -> list[QShortcut]:
    """Make each key do its thing in ``window``; a key that is held does it once."""
    made: list[QShortcut] = []
    for sequence, act in keys.items():
        shortcut = QShortcut(QKeySequence(sequence), window)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(act)
        made.append(shortcut)
    return made
