"""Reactions of one person that come at once are seen as several."""

from __future__ import annotations

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.room.reactions import ReactionFloat


def _columns(image: QImage) -> set[int]:
    """In which something is painted."""
    ground = image.pixel(0, 0)
    return {x for x in range(image.width()) if any(image.pixel(x, y) != ground for y in range(0, image.height(), 2))}


def test_several_at_once_stand_beside_each_other(qtbot: QtBot, light: None) -> None:
    tile = QWidget()
    qtbot.addWidget(tile)
    tile.resize(300, 200)
    floating = ReactionFloat(tile)
    floating.rise("I")
    alone = _columns(floating.grab().toImage())
    for _ in range(2):
        floating.rise("I")
    together = _columns(floating.grab().toImage())
    assert floating.emoji == ["I", "I", "I"]
    assert len(together) >= 3 * len(alone) - 2
