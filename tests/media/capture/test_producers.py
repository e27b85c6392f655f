"""What a camera sends is decoded as far as it can be."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from av import CodecContext, Packet, VideoFrame
from av.video.codeccontext import VideoCodecContext

from app.media.capture.producers import Tolerant


def photographs(count: int) -> list[bytes]:
    encoder = CodecContext.create("mjpeg", "w")
    assert isinstance(encoder, VideoCodecContext)
    encoder.width, encoder.height, encoder.pix_fmt, encoder.time_base = 64, 48, "yuvj420p", Fraction(1, 30)
    packets: list[Packet[Any]] = []
    for number in range(count):
        frame = VideoFrame.from_ndarray(np.full((72, 64), 20 * number, np.uint8), format="yuvj420p")
        frame.pts = number
        packets += encoder.encode(frame)
    return [bytes(packet) for packet in packets + encoder.encode()]


@pytest.mark.expects_log("pictures that are broken")
@pytest.mark.parametrize(
    "broken", [b"", b"\xff\xd8", b"no picture at all" * 50, None], ids=["empty", "head", "no", "half"]
)
def test_a_broken_picture_costs_only_itself(broken: bytes | None, caplog: pytest.LogCaptureFixture) -> None:
    first, second, third = photographs(3)
    context = CodecContext.create("mjpeg", "r")
    assert isinstance(context, VideoCodecContext)
    decoder = Tolerant(context)
    hurt = second[: len(second) // 3] if broken is None else broken
    sent = [first, hurt, hurt, third, first]
    came = [len(decoder.frames(Packet(data))) for data in sent]
    assert (came[0], came[3], came[4]) == (1, 1, 1)
    assert len(caplog.records) <= 1
