from __future__ import annotations

import math

import numpy as np
import pytest
from av import VideoFrame

from bench import _psnr

WIDE, HIGH = 64, 72


def grey(luma: int, chroma: int = 128) -> _psnr.Planes:
    half = (HIGH // 2, WIDE // 2)
    return (
        np.full((HIGH, WIDE), luma, np.uint8),
        np.full(half, chroma, np.uint8),
        np.full(half, chroma, np.uint8),
    )


def test_equal_pictures_are_infinitely_alike() -> None:
    assert _psnr.psnr(grey(100), grey(100)) == math.inf


def test_ten_steps_of_luma_weigh_two_thirds_of_the_samples() -> None:
    expected = 10 * math.log10(255**2 / (100 * 2 / 3))
    assert _psnr.psnr(grey(110), grey(100)) == pytest.approx(expected)
    assert _psnr.psnr(grey(100), grey(110)) == pytest.approx(expected), "darker is as wrong as lighter"


def test_chroma_counts_too() -> None:
    assert _psnr.psnr(grey(100, 118), grey(100)) == pytest.approx(10 * math.log10(255**2 / (100 / 3)))


def test_the_marks_do_not_count() -> None:
    marked = grey(100)
    marked[0][: HIGH * 4 // 36] = 255
    assert _psnr.psnr(marked, grey(100)) == math.inf
    marked[0][HIGH * 4 // 36] = 255
    assert _psnr.psnr(marked, grey(100)) < 40


def test_other_sizes_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="cannot be compared"):
        _psnr.psnr(grey(1), tuple(plane[:-2] for plane in grey(1)))  # pyright: ignore[reportArgumentType]


def test_the_padding_of_a_frame_is_no_part_of_it() -> None:
    """70 columns: FFmpeg pads every row."""
    flat = np.arange(70 * 54, dtype=np.uint32).astype(np.uint8).reshape(54, 70)
    frame = VideoFrame.from_ndarray(flat, format="yuv420p")
    luma, cb, cr = _psnr.planes(frame)
    assert (luma.shape, cb.shape, cr.shape) == ((36, 70), (18, 35), (18, 35))
    assert np.array_equal(luma, flat[:36])
    assert np.array_equal(_psnr.luma(frame), flat[:36])
    assert np.array_equal(np.concatenate([cb.ravel(), cr.ravel()]), flat[36:].ravel())


def test_samples_of_another_size_are_refused() -> None:
    with pytest.raises(ValueError, match="no I420 picture"):
        _psnr.split(np.zeros(99, np.uint8), 8, 8)


def test_a_smaller_picture_is_compared_at_the_full_size() -> None:
    small = _psnr.scaled(grey(90), WIDE * 2, HIGH * 2)
    assert small[0].shape == (HIGH * 2, WIDE * 2)
    assert abs(int(small[0].mean()) - 90) <= 1
    assert _psnr.scaled(small, WIDE * 2, HIGH * 2) is small
