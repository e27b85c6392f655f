"""What receivers ask for reaches the shared encoder."""

from __future__ import annotations

import time

import pytest
from aiortc import RTCRtpSender
from aiortc.rtcdtlstransport import RTCCertificate, RTCDtlsTransport
from aiortc.rtcicetransport import RTCIceGatherer, RTCIceTransport
from aiortc.rtcrtpparameters import RTCRtpHeaderExtensionParameters, RTCRtpParameters
from aiortc.rtp import (
    RTCP_PSFB_APP,
    RTCP_PSFB_FIR,
    RTCP_PSFB_PLI,
    HeaderExtensionsMap,
    RtcpPsfbPacket,
    RtpPacket,
    is_rtcp,
    pack_remb_fci,
    unwrap_rtx,
)

from app.media.audio.outgoing import AudioTrack
from app.media.rtc import names
from app.media.rtc.install import EXTENSION_ID
from app.media.rtc.packets import ABS_SEND_TIME, TRANSPORT_WIDE
from app.media.rtc.sender import MID, NTP_SECOND, SharingSender
from app.media.rtc.sender import _extensions as header_extensions  # pyright: ignore[reportPrivateUsage]
from app.media.rtc.transport import DirectTransport
from app.media.video.outgoing import VideoOut, VideoTrack
from tests.media.calls import Ends, frames, sounds, speaking, until
from tests.media.conftest import MakeCall

NTP_TO_UNIX_S = 2_208_988_800
"""From 1900 to 1970."""


class CountingTrack(VideoTrack):
    """A track that counts wishes for key frames."""

    wishes = 0

    def request_key_frame(self) -> None:
        self.wishes += 1
        super().request_key_frame()


def packet(fmt: int, fci: bytes = b"") -> RtcpPsfbPacket:
    return RtcpPsfbPacket(fmt=fmt, ssrc=1, media_ssrc=2, fci=fci)


def sender_of(track: VideoTrack, made: type[RTCRtpSender]) -> RTCRtpSender:
    certificate = RTCCertificate.generateCertificate()
    return made(track, RTCDtlsTransport(RTCIceTransport(RTCIceGatherer([])), [certificate]))


@pytest.mark.parametrize(("made", "wishes", "limit"), [(SharingSender, 2, 700_000), (RTCRtpSender, 0, None)])
async def test_feedback_reaches_the_shared_encoder_and_stock_aiortc_keeps_it(
    made: type[RTCRtpSender], wishes: int, limit: int | None
) -> None:
    out = VideoOut(30)
    track = CountingTrack(out)
    sender = sender_of(track, made)
    ours = sender._ssrc  # pyright: ignore[reportPrivateUsage]
    for feedback in (
        packet(RTCP_PSFB_PLI),
        packet(RTCP_PSFB_FIR),
        packet(RTCP_PSFB_APP, pack_remb_fci(700_000, [ours])),
        packet(RTCP_PSFB_APP, pack_remb_fci(100_000, [ours ^ 1])),
        packet(RTCP_PSFB_APP, b"other"),
    ):
        await sender._handle_rtcp_packet(feedback)  # pyright: ignore[reportPrivateUsage]
    assert (track.wishes, track.limit) == (wishes, limit)
    await out.close()


async def test_both_ends_of_a_call_number_their_packets_and_hear_of_them(make_call: MakeCall) -> None:
    ends = Ends(await speaking(make_call()), await speaking(make_call()))
    offer = await ends.caller.offer()
    for section in offer.sdp.split("m=")[1:]:
        assert "draft-holmer-rmcat-transport-wide-cc" in section
        assert "transport-cc" in section
    answer = await ends.callee.answer(offer.sdp, offer.streams)
    await ends.caller.accept(answer.sdp, answer.streams)
    for peer in (ends.caller, ends.callee):
        await until(lambda: peer.figures().path_rate is not None)  # noqa: B023
        assert (peer.figures().path_rate or 0) > 1_000_000, "nothing stands in the way"


async def test_who_does_not_number_goes_by_what_the_receiver_estimates(make_call: MakeCall) -> None:
    """A peer that knows nothing of transport-wide numbers."""
    ends = Ends(await speaking(make_call()), await speaking(make_call()))
    offer = await ends.caller.offer()
    bare = "".join(line for line in offer.sdp.splitlines(keepends=True) if "transport-" not in line or "cc" not in line)
    answer = await ends.callee.answer(bare, offer.streams)
    assert "transport-wide-cc" not in answer.sdp
    await ends.caller.accept(answer.sdp, answer.streams)
    await until(lambda: frames(ends.caller) > 10 and frames(ends.callee) > 10)
    assert ends.caller.figures().path_rate is ends.callee.figures().path_rate is None


async def test_what_is_sent_again_repeats_the_packet_under_numbers_of_its_own(
    make_call: MakeCall, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[RtpPacket] = []
    send_now = DirectTransport.send_now
    extensions = HeaderExtensionsMap()
    ours = RTCRtpHeaderExtensionParameters(id=EXTENSION_ID, uri=TRANSPORT_WIDE)
    extensions.configure(RTCRtpParameters(headerExtensions=[ours]))

    def noted(transport: DirectTransport, data: bytes) -> None:
        if not is_rtcp(data):
            sent.append(RtpPacket.parse(data, extensions))
        send_now(transport, data)

    monkeypatch.setattr(DirectTransport, "send_now", noted)
    ends = Ends(await speaking(make_call()), make_call())
    await ends.connected()
    await until(lambda: frames(ends.callee) > 3)
    connection = ends.caller._connection  # pyright: ignore[reportPrivateUsage]
    assert connection is not None
    (sender,) = [one for one in connection.getSenders() if isinstance(one.track, VideoTrack)]
    original = next(one for one in reversed(sent) if one.ssrc == sender._ssrc)  # pyright: ignore[reportPrivateUsage]
    await sender._retransmit(original.sequence_number)  # pyright: ignore[reportPrivateUsage]
    repeat = sent[-1]
    assert repeat.ssrc == sender._rtx_ssrc  # pyright: ignore[reportPrivateUsage]
    numbers = [one.extensions.transport_sequence_number for one in (original, repeat)]
    assert None not in numbers
    assert numbers[0] != numbers[1]
    inner = unwrap_rtx(repeat, original.payload_type, original.ssrc)
    for name in ("payload_type", "marker", "sequence_number", "timestamp", "ssrc", "payload"):
        assert getattr(inner, name) == getattr(original, name), name


@pytest.mark.parametrize("bad", [0, 15, 16, 200, 4000])
def test_header_extensions_that_have_no_place_in_a_packet_are_left_out(bad: int) -> None:
    assert header_extensions({TRANSPORT_WIDE: bad, ABS_SEND_TIME: bad, MID: bad}, "0") == (b"", None, None)
    alone = header_extensions({MID: 3}, "0")
    assert header_extensions({TRANSPORT_WIDE: bad, MID: 3}, "0") == alone
    timed = header_extensions({ABS_SEND_TIME: 14}, "")
    assert timed == (bytes.fromhex("bede0001 e2000000"), 5, None)
    assert header_extensions({TRANSPORT_WIDE: bad, ABS_SEND_TIME: 14, MID: bad}, "0") == timed


@pytest.mark.parametrize(("mid", "has_place"), [("", False), ("m" * 16, True), ("m" * 17, False), ("ü" * 9, False)])
def test_a_name_of_a_place_takes_up_to_16_bytes(mid: str, has_place: bool) -> None:
    values, _, _ = header_extensions({TRANSPORT_WIDE: 1, MID: 2}, mid)
    assert values[4:7] == b"\x10\0\0" or values[4] == 0x11
    assert (mid.encode() in values) if has_place else len(values) == 8
    assert len(values) % 4 == 0


async def test_reports_name_the_moment_of_capture(make_call: MakeCall) -> None:
    """A picture's is in its time stamp; sound's is what the microphone said."""
    ends = Ends(await speaking(make_call()), make_call())
    await ends.connected()
    await until(lambda: frames(ends.callee) > 10 and sounds(ends.callee) > 40)
    connection = ends.caller._connection  # pyright: ignore[reportPrivateUsage]
    assert connection is not None
    ahead = time.time() - time.monotonic() + NTP_TO_UNIX_S
    for sender, rate in zip(connection.getSenders(), (48_000, 90_000), strict=True):
        assert isinstance(sender, SharingSender)
        assert isinstance(sender.track, VideoTrack | AudioTrack)
        named = getattr(sender, names.NTP_TIMESTAMP) / NTP_SECOND - ahead
        ticks = (getattr(sender, names.RTP_TIMESTAMP) - sender._origin) & 0xFFFFFFFF  # pyright: ignore[reportPrivateUsage]
        captured = sender.track.captured_at(ticks / rate)
        assert captured is not None
        around = (1 << 32) / rate
        off = (named - captured + around / 2) % around - around / 2
        assert abs(off) < 0.005
        assert 0 < time.monotonic() - named < 1
