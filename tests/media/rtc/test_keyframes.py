"""Key frames told from others by their first payload, for what real encoders make."""

from __future__ import annotations

from fractions import Fraction

import pytest
from aiortc.codecs.h264 import H264Encoder
from aiortc.codecs.vpx import Vp8Encoder
from av import VideoFrame

from app.media.rtc.keyframes import starts_key_frame


@pytest.mark.parametrize(("codec", "encoder"), [("VP8", Vp8Encoder()), ("H264", H264Encoder())])
def test_real_payloads(codec: str, encoder: Vp8Encoder | H264Encoder) -> None:
    told: list[bool] = []
    for index in range(4):
        frame = VideoFrame(640, 360, "yuv420p")
        for plane in frame.planes:
            plane.update(bytes(n * (index + 3) % 251 for n in range(plane.buffer_size)))
        frame.pts, frame.time_base = index, Fraction(1, 30)
        payloads, _ = encoder.encode(frame, force_keyframe=index in (0, 2))
        told.append(starts_key_frame(codec, payloads[0]))
        assert codec != "VP8" or len(payloads) < 2 or not starts_key_frame(codec, payloads[1])
    assert told == [True, False, True, False]


@pytest.mark.parametrize(
    "payload",
    [
        b"\x10\x10",  # the least
        b"\x90\x80\x05\x10",  # with a picture id of one byte
        b"\x90\x80\x85\x05\x10",  # of two bytes
        b"\x90\xf0\x85\x05\x01\x02\x10",  # with all extensions
    ],
)
def test_vp8_descriptors(payload: bytes) -> None:
    assert starts_key_frame("VP8", payload)
    assert not starts_key_frame("VP8", payload[:-1] + b"\x11")
    assert not starts_key_frame("VP8", payload[:-1])


def test_nothing_waits_for_ever_for_an_unknown_codec() -> None:
    assert starts_key_frame("AV1", b"")
    assert not starts_key_frame("VP8", b"")
    assert not starts_key_frame("H264", b"")
