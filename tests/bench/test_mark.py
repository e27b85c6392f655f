from __future__ import annotations

import numpy as np
import pytest
from av import VideoFrame

from app.media.video import stamp
from bench import _mark, _psnr


def noise(width: int, height: int) -> _mark.Luma:
    return np.random.default_rng(4).integers(0, 255, (height, width), dtype=np.uint8)


@pytest.mark.parametrize("size", [(1280, 720), (640, 360), (320, 180)])
@pytest.mark.parametrize("number", [0, 1, 359, 2730, 4095])
def test_a_number_is_read_again(size: tuple[int, int], number: int) -> None:
    luma = noise(*size)
    _mark.draw(luma, number)
    assert _mark.read(luma) == number


def test_a_number_survives_a_smaller_picture() -> None:
    luma = noise(1280, 720)
    _mark.draw(luma, 1234)
    flat = np.concatenate([luma, np.full((360, 1280), 128, np.uint8)])
    small = VideoFrame.from_ndarray(flat, format="yuv420p").reformat(960, 540)
    assert _mark.read(_psnr.luma(small)) == 1234


def test_a_picture_without_a_number_has_none() -> None:
    assert _mark.read(np.full((360, 640), 90, np.uint8)) is None
    assert _mark.read(noise(640, 360)) is None


@pytest.mark.parametrize("number", [-1, 4096])
def test_a_number_that_does_not_fit_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        _mark.draw(noise(320, 180), number)


def test_the_apps_clock_leaves_the_number_alone() -> None:
    luma = noise(640, 360)
    _mark.draw(luma, 77)
    flat = np.concatenate([luma, np.full((180, 640), 128, np.uint8)])
    frame = VideoFrame.from_ndarray(flat, format="yuv420p")
    stamp.draw(frame, 12.5)
    assert _mark.read(_psnr.luma(frame)) == 77
    assert stamp.read(frame) == 12.5
