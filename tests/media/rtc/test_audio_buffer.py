"""Sound is passed on as it comes, and aiortc decodes none of it."""

from __future__ import annotations

from aiortc.codecs import CODECS
from aiortc.jitterbuffer import JitterBuffer
from aiortc.rtcrtpparameters import RTCRtpCodecParameters
from aiortc.rtp import RtpPacket

from app.media.rtc.audio_buffer import AudioBuffer
from tests.media.rtc.packets import opus

OPUS = CODECS["audio"][0]


class Shelf:
    def __init__(self) -> None:
        self.got: list[tuple[int, str, float]] = []

    def packet(self, packet: RtpPacket, codec: RTCRtpCodecParameters, now: float) -> None:
        self.got.append((packet.sequence_number, codec.name, now))


def test_every_packet_is_passed_on_at_once_with_its_codec_and_time() -> None:
    times = iter((1.0, 2.0, 3.0))
    buffer, shelf = AudioBuffer(lambda: next(times)), Shelf()
    buffer.sink, buffer.codecs = shelf, {96: OPUS}
    assert [buffer.add(opus(number)) for number in (5, 7, 6)] == [(False, None)] * 3
    assert shelf.got == [(5, "opus", 1.0), (7, "opus", 2.0), (6, "opus", 3.0)]


def test_nothing_is_kept_that_nobody_can_play() -> None:
    buffer, shelf = AudioBuffer(), Shelf()
    buffer.codecs = {96: OPUS}
    assert buffer.add(opus(1)) == (False, None)
    buffer.sink = shelf
    buffer.codecs = {}
    assert buffer.add(opus(2)) == (False, None)
    assert shelf.got == []


def test_aiortcs_own_stalls_on_a_lost_packet() -> None:
    """Upstream: aiortc issue 543. If this fails, aiortc does not stall any more: look again at ours."""
    stock = JitterBuffer(capacity=16, prefetch=4)
    frames = [stock.add(opus(n))[1] for n in range(1, 16) if n != 3]
    assert sum(frame is not None for frame in frames) <= 1
