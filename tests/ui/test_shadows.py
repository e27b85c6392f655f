from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter

from app.ui.components.cards import paint_shadow


@pytest.mark.parametrize("height", [50, 51, 120])
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_a_shadow_has_no_seams_however_small_its_card_is(light: None, height: int, scale: float) -> None:
    image = QImage(round(300 * scale), round(200 * scale), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(scale)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    paint_shadow(painter, QRect(60, 60, 180, height), 12, 15, 3)
    painter.end()
    beside = [image.pixelColor(round(52 * scale), row).red() for row in range(image.height())]
    darkest = min(beside)
    first, last = beside.index(darkest), len(beside) - beside[::-1].index(darkest)
    assert darkest < 254
    assert beside[:first] == sorted(beside[:first], reverse=True)
    assert set(beside[first:last]) == {darkest}, "the same all along"
    assert beside[last:] == sorted(beside[last:])
