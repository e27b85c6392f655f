"""The counter in the picture comes back after coding and scaling, and nothing else is taken for it."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from av import CodecContext, VideoFrame
from hypothesis import given
from hypothesis import strategies as st

from app.media.video import stamp
from app.media.video.encoder import CLOCK
from app.media.video.vp8 import Vp8Encoder


def noisy(width: int, height: int) -> VideoFrame:
    picture = np.random.default_rng(1).integers(0, 255, (height * 3 // 2, width), np.uint8)
    return VideoFrame.from_ndarray(picture, format="yuv420p")


@pytest.mark.parametrize("size", [(1280, 720), (640, 360), (320, 180), (160, 90), (854, 480)])
def test_it_survives_coding(size: tuple[int, int]) -> None:
    encoder, decoder = Vp8Encoder(30), CodecContext.create("libvpx", "r")
    for index in range(3):
        seconds = 123_456.789 + index / 30
        frame = noisy(*size)
        stamp.draw(frame, seconds)
        frame.pts, frame.time_base = index * 3000, Fraction(1, CLOCK)
        packet = encoder.encode(frame, 300_000, key=index == 0)
        assert packet is not None
        (decoded,) = decoder.decode(packet)
        assert isinstance(decoded, VideoFrame)
        found = stamp.read(decoded)
        assert found is not None
        assert stamp.age(found, seconds) == pytest.approx(0, abs=0.0011)


@pytest.mark.parametrize("size", [(640, 360), (320, 180), (1920, 1080), (426, 240)])
def test_it_survives_scaling(size: tuple[int, int]) -> None:
    frame = noisy(1280, 720)
    stamp.draw(frame, 4321.5)
    assert stamp.read(frame.reformat(*size, format="yuv420p")) == 4321.5


def test_a_picture_without_one_has_none() -> None:
    assert stamp.read(noisy(640, 360)) is None
    for value in (0, 16, 128, 235, 255):
        plain = VideoFrame.from_ndarray(np.full((540, 640), value, np.uint8), format="yuv420p")
        assert stamp.read(plain) is None
    tiny = noisy(64, 36)
    stamp.draw(tiny, 1.0)
    assert stamp.read(tiny) is None
    assert stamp.read(VideoFrame(640, 360, "rgb24")) is None


@given(st.floats(0, 1e9), st.floats(0, 60))
def test_ages_wrap(captured: float, later: float) -> None:
    wrapped = (int(captured * 1000) & 0xFFFFFFFF) / 1000
    assert stamp.age(wrapped, captured + later) == pytest.approx(later, abs=0.002)
