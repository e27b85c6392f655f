"""A picture on its way to the screen: every pixel arrives, mirrored or not, on screens of any fineness."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from app.media.slot import Picture
from app.ui.room.frame import Frame

OPAQUE = QImage.Format.Format_RGB32


def noise(width: int, height: int) -> Picture:
    """Every pixel of its own colour, in rows that are longer than the picture."""
    stride = 4 * (width + 6)
    dice = np.random.default_rng(3).integers(0, 256, stride * height, dtype=np.uint8)
    dice[3::4] = 255
    return Picture(memoryview(dice.tobytes())[: stride * (height - 1) + 4 * width], width, height, stride)


def as_image(picture: Picture) -> QImage:
    return QImage(picture.data, picture.width, picture.height, picture.stride, OPAQUE).copy()


def painted(frame: Frame, size: QSize, ratio: float) -> QImage:
    """On a surface that is black all around the tile."""
    surface = QImage(round((size.width() + 20) * ratio), round((size.height() + 20) * ratio), OPAQUE)
    surface.fill(QColor("black"))
    surface.setDevicePixelRatio(ratio)
    painter = QPainter(surface)
    painter.setClipRect(QRect(0, 0, size.width(), size.height()))
    frame.paint(painter, size, ratio)
    painter.end()
    surface.setDevicePixelRatio(1.0)
    return surface.copy(0, 0, round(size.width() * ratio), round(size.height() * ratio))


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_a_picture_of_the_tiles_size_arrives_as_it_is(ratio: float) -> None:
    picture = noise(round(62 * ratio), round(36 * ratio))
    assert painted(Frame(picture, is_mirrored=False), QSize(62, 36), ratio) == as_image(picture)


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_a_mirrored_one_arrives_the_other_way_round(ratio: float) -> None:
    picture = noise(round(62 * ratio), round(36 * ratio))
    flipped = as_image(picture).flipped(Qt.Orientation.Horizontal)
    assert painted(Frame(picture, is_mirrored=True), QSize(62, 36), ratio) == flipped


def test_a_mirrored_one_of_another_size_fills_the_tile() -> None:
    plain = painted(Frame(noise(31, 18), is_mirrored=False), QSize(62, 36), 1.0)
    mirrored = painted(Frame(noise(31, 18), is_mirrored=True), QSize(62, 36), 1.0)
    assert mirrored == plain.flipped(Qt.Orientation.Horizontal)


def test_the_memory_of_a_mirrored_picture_is_mirrored_too(qapp: object) -> None:
    del qapp
    pixels = QImage(60, 30, OPAQUE)
    pixels.fill(QColor("white"))
    painter = QPainter(pixels)
    painter.fillRect(0, 0, 30, 30, QColor("black"))
    painter.end()
    picture = Picture(memoryview(bytes(pixels.constBits())), 60, 30, pixels.bytesPerLine())
    memory = Frame(picture, is_mirrored=True).faded(QSize(60, 30), 1.0).toImage()
    assert memory.pixelColor(5, 15).lightness() > memory.pixelColor(55, 15).lightness()
