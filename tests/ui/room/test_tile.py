"""A tile with real pictures in its slot: what it shows, and when it lets the decoder know that nobody looks."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from app.media.slot import FrameSlot, Picture
from app.media.video.incoming import VideoIn
from app.room.state import Phase, RoomState
from app.ui.room.face import Face, Own, Show, face_of
from app.ui.room.tile import VideoTile
from app.ui.theme import theme
from tests.ui.room.clips import feed
from tests.ui.room.own_room import LENA, SESSION, somebody

ADA = Face("c-ada", "u-ada", "Ada Okoye", "Ada Okoye", Show.PICTURE)


def halves(slot: FrameSlot, left: QColor, right: QColor) -> Picture:
    """A picture of the wanted size whose rows are longer than it is wide, as decoders' rows are."""
    look = slot.look
    assert look is not None
    stride = look.width * 4 + 64
    row = bytearray(stride)
    for x in range(look.width):
        colour = left if x < look.width // 2 else right
        row[x * 4 : x * 4 + 4] = bytes((colour.blue(), colour.green(), colour.red(), 255))
    data = memoryview(bytes(row) * look.height)[: (look.height - 1) * stride + look.width * 4]
    return Picture(data, look.width, look.height, stride)


@pytest.fixture
def slot() -> FrameSlot:
    return FrameSlot()


@pytest.fixture
def show_tile(qtbot: QtBot, slot: FrameSlot) -> Callable[[Face], VideoTile]:
    def show(face: Face) -> VideoTile:
        theme()
        tile = VideoTile(face, slot)
        qtbot.addWidget(tile)
        tile.resize(320, 200)
        with qtbot.waitExposed(tile):
            tile.show()
        return tile

    return show


def colour_at(tile: VideoTile, x: float, y: float) -> QColor:
    image = tile.grab().toImage()
    return image.pixelColor(round(image.width() * x), round(image.height() * y))


def test_a_picture_is_shown_pixel_for_pixel(show_tile: Callable[[Face], VideoTile], slot: FrameSlot) -> None:
    tile = show_tile(ADA)
    slot.put(halves(slot, QColor("#204060"), QColor("#A08010")))
    assert colour_at(tile, 0.25, 0.3).name() == "#204060"
    assert colour_at(tile, 0.75, 0.3).name() == "#a08010"
    assert colour_at(tile, 0, 0).name() == theme().tokens.stage.lower(), "corners are round"


def test_our_own_picture_is_mirrored(show_tile: Callable[[Face], VideoTile], slot: FrameSlot) -> None:
    tile = show_tile(replace(ADA, is_self=True))
    slot.put(halves(slot, QColor("#204060"), QColor("#A08010")))
    assert colour_at(tile, 0.25, 0.3).name() == "#a08010"


def test_a_frame_from_another_thread_is_painted_without_asking(
    qtbot: QtBot, show_tile: Callable[[Face], VideoTile], slot: FrameSlot
) -> None:
    tile = show_tile(ADA)
    for count in (1, 2, 3):
        decoder = threading.Thread(target=feed, args=(slot, "priya", float(count)))
        decoder.start()
        qtbot.waitUntil(lambda count=count: tile.frames_painted == count)
        decoder.join()


def test_the_newest_of_several_frames_is_painted_once(
    qtbot: QtBot, show_tile: Callable[[Face], VideoTile], slot: FrameSlot
) -> None:
    tile = show_tile(ADA)
    for colour in ("#111111", "#222222", "#333333"):
        slot.put(halves(slot, QColor(colour), QColor(colour)))
    qtbot.waitUntil(lambda: tile.frames_painted == 1)
    assert colour_at(tile, 0.5, 0.3).name() == "#333333"


def test_a_hidden_tile_lets_the_decoder_rest(
    qtbot: QtBot, show_tile: Callable[[Face], VideoTile], slot: FrameSlot
) -> None:
    tile = show_tile(ADA)
    assert slot.look is not None
    tile.hide()
    assert slot.look is None
    tile.show()
    assert slot.look is not None
    tile.show_face(replace(ADA, show=Show.AVATAR, camera_off=True))
    assert slot.look is None


def test_who_never_says_whether_they_film_is_looked_for_until_a_picture_comes(
    qtbot: QtBot, show_tile: Callable[[Face], VideoTile], slot: FrameSlot
) -> None:
    silent = replace(somebody("Ada Okoye"), video=None, has_picture=False)
    room = RoomState(me=LENA, session=SESSION)
    incoming = VideoIn(slot)
    tile = show_tile(face_of(replace(silent, phase=Phase.CANDIDATES), room, Own()))
    tile.show_face(face_of(silent, room, Own()))
    assert tile.face.show is Show.AVATAR
    assert not incoming.is_paused(), "nothing would be decoded, and so no picture ever be known of"
    feed(slot, "priya", 1.0)
    tile.show_face(face_of(replace(silent, has_picture=True), room, Own()))
    feed(slot, "priya", 2.0)
    qtbot.waitUntil(lambda: tile.frames_painted > 0)
    tile.show_face(face_of(replace(silent, has_picture=True), room, Own(hidden=frozenset({silent.id}))))
    assert incoming.is_paused()


def test_with_the_camera_off_no_old_picture_stays(show_tile: Callable[[Face], VideoTile], slot: FrameSlot) -> None:
    tile = show_tile(ADA)
    slot.put(halves(slot, QColor("#204060"), QColor("#204060")))
    tile.grab()
    tile.show_face(replace(ADA, show=Show.AVATAR, camera_off=True))
    assert colour_at(tile, 0.1, 0.3).name() != "#204060"
    tile.show_face(ADA)
    assert colour_at(tile, 0.1, 0.3).name() != "#204060"


def test_reconnecting_dims_the_last_frame(show_tile: Callable[[Face], VideoTile], slot: FrameSlot) -> None:
    tile = show_tile(ADA)
    slot.put(halves(slot, QColor("#FFFFFF"), QColor("#FFFFFF")))
    tile.grab()
    tile.show_face(replace(ADA, show=Show.RECONNECTING, attempt=2))
    assert colour_at(tile, 0.1, 0.3).lightness() < 90
    assert "Reconnecting…" in tile.accessibleName()


def test_speaking_is_a_ring(show_tile: Callable[[Face], VideoTile], slot: FrameSlot) -> None:
    tile = show_tile(replace(ADA, speaking=True))
    ring = colour_at(tile, 0.5, 1.5 / 200)
    assert ring.green() > 180 and ring.red() < 120


def test_the_ring_comes_and_goes_by_itself(
    qtbot: QtBot, show_tile: Callable[[Face], VideoTile], slot: FrameSlot
) -> None:
    tile = show_tile(ADA)
    tile.show_face(replace(ADA, speaking=True))
    qtbot.waitUntil(lambda: colour_at(tile, 0.5, 1.5 / 200).green() > 180)
    tile.show_face(ADA)
    qtbot.waitUntil(lambda: colour_at(tile, 0.5, 1.5 / 200).green() < 120)


def test_a_picture_of_another_size_fills_the_tile_until_the_next_one(
    show_tile: Callable[[Face], VideoTile], slot: FrameSlot
) -> None:
    tile = show_tile(ADA)
    slot.put(halves(slot, QColor("#204060"), QColor("#A08010")))
    tile.grab()
    tile.resize(600, 250)
    assert colour_at(tile, 0.05, 0.3).name() == "#204060"
    assert colour_at(tile, 0.95, 0.3).name() == "#a08010"


def test_the_way_out_of_a_failure_is_a_button(
    qtbot: QtBot, show_tile: Callable[[Face], VideoTile], slot: FrameSlot
) -> None:
    tile = show_tile(replace(ADA, show=Show.FAILED))
    assert tile.again.accessibleName() == "Try to connect to Ada Okoye again"
    with qtbot.waitSignal(tile.retried) as heard:
        qtbot.keyClick(tile.again, Qt.Key.Key_Return)
    assert heard.args == ["c-ada"]
    assert slot.look is None
