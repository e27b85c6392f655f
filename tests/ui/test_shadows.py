from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter

from app.ui.components.cards import paint_shadow


def beside(height: int, scale: float) -> list[int]:
    """How light it is to the left of a card so high, from above it to below it."""
    image = QImage(round(300 * scale), round(320 * scale), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(scale)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    paint_shadow(painter, QRect(60, 60, 180, height), 12, 15, 3)
    painter.end()
    return [image.pixelColor(round(52 * scale), row).red() for row in range(image.height())]


@pytest.mark.parametrize("height", [50, 51, 70])
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_the_shadow_of_a_small_card_is_no_darker_than_that_of_a_large_one(
    light: None, height: int, scale: float
) -> None:
    small, large = beside(height, scale), beside(200, scale)
    assert min(small) == min(large) < 254
    assert max(abs(one - next_one) for one, next_one in itertools.pairwise(small)) <= 2
