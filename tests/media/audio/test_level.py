"""The level rises at once and falls softly."""

from __future__ import annotations

import numpy as np
import pytest

from app.media.audio.level import LevelMeter


def tone(decibels: float) -> np.ndarray:
    peak = 32767 * 10 ** (decibels / 20) * np.sqrt(2)
    return (peak * np.sin(np.arange(960) * 2 * np.pi * 500 / 48000)).astype(np.int16)


@pytest.mark.parametrize(("decibels", "level"), [(-60, 0.0), (-50, 0.0), (-30, 0.5), (-10, 1.0), (-4, 1.0)])
def test_it_is_linear_in_decibels(decibels: float, level: float) -> None:
    meter = LevelMeter()
    meter.add(tone(decibels), 10.0)
    assert meter.at(10.0) == pytest.approx(level, abs=0.02)


def test_it_falls_after_the_last_sound() -> None:
    meter = LevelMeter()
    assert meter.at(3.0) == 0
    meter.add(tone(-10), 10.0)
    meter.add(np.zeros(960, np.int16), 10.1)
    assert meter.at(10.1) == pytest.approx(0.6, abs=0.02)
    assert meter.at(10.3) == 0
