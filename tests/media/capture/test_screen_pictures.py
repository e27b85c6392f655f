"""A still picture is held back, a changed one is not; small screens keep every pixel."""

from __future__ import annotations

import numpy as np
from av import VideoFrame

from app.media.capture.screen import ScreenScaler, Stillness


def picture(width: int, height: int, dot: int = 0) -> VideoFrame:
    pixels = np.full((height, width, 4), 255, np.uint8)
    pixels[0, 0, :3] = dot
    return VideoFrame.from_ndarray(pixels, format="bgra")


def test_a_still_picture_passes_five_times_a_second_and_a_changed_one_at_once() -> None:
    scaler, stillness = ScreenScaler(1920, 1080), Stillness()
    passed = [stillness.passes(scaler.frame(picture(64, 48)), at / 15) for at in range(15)]
    assert passed[0]
    assert 4 <= sum(passed) <= 6
    assert stillness.passes(scaler.frame(picture(64, 48, dot=90)), 1.01)


def test_it_is_only_ever_made_smaller_and_even() -> None:
    sizes = [(1280, 720), (2560, 1440), (3840, 1080), (801, 601)]
    shaped = [ScreenScaler(1920, 1080).frame(picture(*size)) for size in sizes]
    assert [(one.width, one.height) for one in shaped] == [(1280, 720), (1920, 1080), (1920, 540), (800, 600)]
