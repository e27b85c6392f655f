"""Pictures decode to what libvpx makes of them; what is missing or damaged is refused, and a key frame mends it."""

from __future__ import annotations

from fractions import Fraction
from struct import pack

import numpy as np
import numpy.typing as npt
import pytest
from aiortc.codecs import get_decoder
from aiortc.codecs.base import Decoder
from aiortc.jitterbuffer import JitterFrame
from aiortc.rtcrtpparameters import RTCRtpCodecParameters
from av import CodecContext, VideoFrame
from av.error import FFmpegError
from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType

from app.media.rtc import decoders
from app.media.rtc.decoders import PictureDecoder, decoder_for
from tests.media.rtc.packets import VP8

H264 = RTCRtpCodecParameters(mimeType="video/H264", clockRate=90000, payloadType=99)
ENCODERS = {"VP8": ("libvpx", {"deadline": "realtime"}), "H264": ("libx264", {"tune": "zerolatency"})}


def picture(width: int, height: int, number: int) -> VideoFrame:
    """A slope that moves."""
    across, down = np.arange(width), np.arange(height)[:, None]
    luma = ((across + down + 7 * number) % 256).astype(np.uint8)
    frame = VideoFrame.from_ndarray(np.vstack((luma, np.full((height // 2, width), 128, np.uint8))), format="yuv420p")
    frame.pts, frame.time_base = number, Fraction(1, 30)
    return frame


def encoded(codec: str, width: int = 320, height: int = 180, count: int = 6, key_at: int = 0) -> list[bytes]:
    name, options = ENCODERS[codec]
    encoder = CodecContext.create(name, "w")
    assert isinstance(encoder, VideoCodecContext)
    encoder.width, encoder.height, encoder.pix_fmt = width, height, "yuv420p"
    encoder.time_base, encoder.bit_rate, encoder.gop_size = Fraction(1, 30), 1_000_000, 300
    encoder.options = options
    found: list[bytes] = []
    for number in range(count):
        frame = picture(width, height, number)
        frame.pict_type = PictureType.I if number == key_at else PictureType.NONE
        found += [bytes(packet) for packet in encoder.encode(frame)]
    assert len(found) == count or name == "libvpx"
    return found


def decoded(decoder: Decoder, data: bytes) -> list[npt.NDArray[np.uint8]]:
    frames = decoder.decode(JitterFrame(data, 0))
    return [frame.to_ndarray().astype(np.uint8) for frame in frames if isinstance(frame, VideoFrame)]


@pytest.fixture(params=[VP8, H264], ids=["VP8", "H264"])
def codec(request: pytest.FixtureRequest) -> RTCRtpCodecParameters:
    found = request.param
    assert isinstance(found, RTCRtpCodecParameters)
    return found


def test_every_frame_gives_its_picture_at_once_and_the_same_as_aiortcs(codec: RTCRtpCodecParameters) -> None:
    ours, theirs = decoder_for(codec), get_decoder(codec)
    assert isinstance(ours, PictureDecoder)
    for data in encoded(codec.name):
        (one,), (other,) = decoded(ours, data), decoded(theirs, data)
        assert np.array_equal(one, other)


def test_another_size_in_the_middle_of_the_stream(codec: RTCRtpCodecParameters) -> None:
    decoder = decoder_for(codec)
    sizes = [
        decoded(decoder, data)[0].shape for size in ((320, 180), (640, 360)) for data in encoded(codec.name, *size, 3)
    ]
    assert sizes == [(270, 320)] * 3 + [(540, 640)] * 3


def test_without_a_key_frame_there_is_no_picture_and_with_the_next_there_is(codec: RTCRtpCodecParameters) -> None:
    decoder = decoder_for(codec)
    packets = encoded(codec.name)
    for data in packets[1:3]:
        with pytest.raises(FFmpegError):
            decoder.decode(JitterFrame(data, 0))
    assert [len(decoded(decoder, data)) for data in packets] == [1] * len(packets)


def test_garbage_is_refused_and_a_key_frame_mends_it(codec: RTCRtpCodecParameters) -> None:
    decoder = decoder_for(codec)
    packets = encoded(codec.name)
    decoded(decoder, packets[0])
    with pytest.raises(FFmpegError):
        decoder.decode(JitterFrame(b"\xff" * 50, 0))
    assert [len(decoded(decoder, data)) for data in packets] == [1] * len(packets)


def test_nothing_at_all_does_not_end_the_decoder(codec: RTCRtpCodecParameters) -> None:
    decoder = decoder_for(codec)
    assert decoder.decode(JitterFrame(b"", 0)) == []
    assert [len(decoded(decoder, data)) for data in encoded(codec.name)] == [1] * 6


def test_a_picture_with_holes_is_refused() -> None:
    decoder = decoder_for(H264)
    key, delta, *_ = encoded("H264")
    decoded(decoder, key)
    with pytest.raises(FFmpegError):
        decoder.decode(JitterFrame(delta[: len(delta) // 3], 0))


def test_a_picture_that_is_too_large_gets_no_memory_and_a_key_frame_mends_it(
    codec: RTCRtpCodecParameters, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decoders, "LARGEST", 320 * 180)
    decoder = decoder_for(codec)
    for _ in range(2):
        with pytest.raises(FFmpegError):
            decoder.decode(JitterFrame(encoded(codec.name, 640, 360, 1)[0], 0))
        assert [len(decoded(decoder, data)) for data in encoded(codec.name)] == [1] * 6


@pytest.mark.parametrize(("width", "height", "is_refused"), [(6016, 3384, False), (12_000, 12_000, True)])
def test_the_largest_screens_are_shown_and_nothing_beyond(width: int, height: int, *, is_refused: bool) -> None:
    head = (1 << 4 | 20 << 5).to_bytes(3, "little")  # RFC 6386, 9.1: a key frame that is shown, of 20 bytes
    claim = JitterFrame(head + b"\x9d\x01\x2a" + pack("<HH", width, height) + bytes(40), 0)
    decoder = decoder_for(VP8)
    if is_refused:
        with pytest.raises(FFmpegError):
            decoder.decode(claim)
    else:
        assert len(decoder.decode(claim)) == 1
