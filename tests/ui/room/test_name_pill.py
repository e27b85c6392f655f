"""Where a name ends on its tile: at the edge, or before what else lies there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QRect
from pytestqt.qtbot import QtBot

from app.media.slot import FrameSlot
from app.ui.room import strokes
from app.ui.room.face import Face, Show
from app.ui.room.screen_tile import ScreenTile
from app.ui.room.tile import VideoTile

LONG = "Wilhelmina Featherstonehaugh-Cholmondeley of Upper Nether Wallop, who writes long letters"
ADA = Face("c-ada", "u-ada", LONG, LONG, Show.AVATAR)
STRIP = (160, 90)
"""A tile of the filmstrip."""

Pills = list[QRect]


@pytest.fixture
def pills(light: None, monkeypatch: pytest.MonkeyPatch) -> Pills:
    """Where the pills were painted."""
    seen: Pills = []
    paint: Callable[..., QRect] = strokes.paint_pill

    def look(*known: object) -> QRect:
        seen.append(paint(*known))
        return seen[-1]

    monkeypatch.setattr(strokes, "paint_pill", look)
    return seen


def pill_of(qtbot: QtBot, pills: Pills, tile: VideoTile | ScreenTile, width: int, height: int) -> QRect:
    qtbot.addWidget(tile)
    tile.resize(width, height)
    pills.clear()
    tile.grab()
    assert len(set(map(QRect.getRect, pills))) == 1
    return pills[-1]


@pytest.mark.parametrize("muted", [False, True])
def test_a_name_has_the_width_of_its_tile(qtbot: QtBot, pills: Pills, muted: bool) -> None:
    pill = pill_of(qtbot, pills, VideoTile(replace(ADA, muted=muted), FrameSlot()), *STRIP)
    assert STRIP[0] - 20 <= pill.right() < STRIP[0] - 8 + 1


@pytest.mark.parametrize("icon", [{"camera_off": True}, {"is_hidden": True}])
@pytest.mark.parametrize("size", [STRIP, (468, 246)])
def test_it_keeps_clear_of_an_icon_in_the_corner(
    qtbot: QtBot, pills: Pills, icon: dict[str, bool], size: tuple[int, int]
) -> None:
    with_icon = replace(ADA, camera_off=icon.get("camera_off", False), is_hidden=icon.get("is_hidden", False))
    pill = pill_of(qtbot, pills, VideoTile(with_icon, FrameSlot()), *size)
    assert pill.right() < size[0] - 28 - 4


def test_words_in_place_of_the_picture_have_no_icon_to_keep_clear_of(qtbot: QtBot, pills: Pills) -> None:
    connecting = replace(ADA, show=Show.CONNECTING, camera_off=True)
    assert pill_of(qtbot, pills, VideoTile(connecting, FrameSlot()), *STRIP).right() >= STRIP[0] - 20


def test_a_sharers_name_keeps_clear_of_the_zoom(qtbot: QtBot, pills: Pills) -> None:
    tile = ScreenTile("c-ada", LONG, FrameSlot())
    pill = pill_of(qtbot, pills, tile, 430, 240)
    assert not tile.zoom_bar.isHidden()
    assert pill.right() < tile.zoom_bar.x()
    narrow = ScreenTile("c-ada", LONG, FrameSlot())
    assert pill_of(qtbot, pills, narrow, *STRIP).right() >= STRIP[0] - 20
