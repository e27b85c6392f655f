"""The receiver in a real call: a lost key frame is asked for again, and a poisonous packet ends nothing."""

from __future__ import annotations

import asyncio
import struct
import time
from unittest.mock import patch

import pytest
from aiortc.rtp import (
    RTCP_PSFB_PLI,
    RtcpByePacket,
    RtcpPacket,
    RtcpPsfbPacket,
    RtcpReceiverInfo,
    RtcpRrPacket,
    RtcpRtpfbPacket,
    RtcpSenderInfo,
    RtcpSrPacket,
)

from app.media.rtc import names
from app.media.rtc.packets import Arrived
from app.media.rtc.receiver import PLI_INTERVAL_S, SOURCES, DirectReceiver
from tests.media.calls import Ends, frames, sounds, speaking, until
from tests.media.conftest import MakeCall


async def test_a_key_frame_that_is_lost_is_asked_for_until_it_comes(
    make_call: MakeCall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A network that swallows all video of the first moments, retransmissions too."""
    deaf_until = time.monotonic() + 1.0
    take = DirectReceiver.take

    def lossy(self: DirectReceiver, packet: Arrived, now: float) -> None:
        if self.track.kind == "audio" or now > deaf_until:
            take(self, packet, now)

    monkeypatch.setattr(DirectReceiver, "take", lossy)
    ends = Ends(await speaking(make_call()), make_call())
    await ends.connected()
    await until(lambda: frames(ends.callee) > 3, 6)


async def test_plis_are_not_sent_too_often(make_call: MakeCall, monkeypatch: pytest.MonkeyPatch) -> None:
    ends = Ends(await speaking(make_call()), make_call())
    await ends.connected()
    await until(lambda: frames(ends.callee) > 3)
    sent: list[RtcpPsfbPacket] = []

    def count(self: DirectReceiver, packet: RtcpPsfbPacket) -> None:
        sent.append(packet)

    monkeypatch.setattr(DirectReceiver, "_say", count)
    receiver = next(one for one in ends.callee.receivers() if one.track.kind == "video")
    start = time.monotonic() + PLI_INTERVAL_S
    for step in range(30):
        receiver._ask_for_key_frame(1, start + step * PLI_INTERVAL_S / 20)  # pyright: ignore[reportPrivateUsage]
    assert [packet.fmt for packet in sent] == [RTCP_PSFB_PLI] * 2


async def test_while_nobody_looks_no_key_frame_is_asked_for_and_then_at_once(
    make_call: MakeCall, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends = Ends(await speaking(make_call()), make_call())
    await ends.connected()
    await until(lambda: frames(ends.callee) > 3)
    receiver = next(one for one in ends.callee.receivers() if one.track.kind == "video")
    (stream,) = (one for ssrc, one in receiver._streams.items() if ssrc not in receiver._repeats)  # pyright: ignore[reportPrivateUsage]
    asked = 0
    say = DirectReceiver._say  # pyright: ignore[reportPrivateUsage]

    def count(self: DirectReceiver, packet: RtcpPsfbPacket | RtcpRtpfbPacket) -> None:
        nonlocal asked
        asked += packet.fmt == RTCP_PSFB_PLI and isinstance(packet, RtcpPsfbPacket)
        say(self, packet)

    monkeypatch.setattr(DirectReceiver, "_say", count)
    is_hidden = True
    receiver._input.is_paused = lambda: is_hidden  # pyright: ignore[reportPrivateUsage]
    came = stream.packets_received
    await until(lambda: stream.packets_received > came + 20)
    seen = frames(ends.callee)
    assert asked == 0
    is_hidden = False
    await until(lambda: frames(ends.callee) > seen + 3)
    assert asked


async def test_a_packet_that_trips_the_code_ends_nothing(make_call: MakeCall) -> None:
    ends = Ends(await speaking(make_call()), make_call())
    await ends.connected()
    await until(lambda: sounds(ends.callee) > 3)
    with patch("app.media.rtc.receiver.body", side_effect=IndexError("a short payload")) as tripped:
        await until(lambda: tripped.call_count > 3)
    heard = sounds(ends.callee)
    await until(lambda: sounds(ends.callee) > heard + 10)


async def test_sender_reports_are_handed_on(make_call: MakeCall) -> None:
    """Which time stamp belongs to which moment: of each stream by itself."""
    ends = Ends(await speaking(make_call()), make_call())
    await ends.connected()
    told: dict[str, tuple[int, int, float]] = {}
    for receiver in ends.callee.receivers():
        kind = receiver.track.kind
        receiver.on_report = lambda *report, kind=kind: told.update({kind: report})
    started = time.monotonic()
    await until(lambda: all(told.get(kind, (0,))[0] for kind in ("audio", "video")))
    connection = ends.caller._connection  # pyright: ignore[reportPrivateUsage]
    assert connection is not None
    for sender in connection.getSenders():
        ntp, timestamp, at = told[sender.kind]
        assert started <= at <= time.monotonic()
        newest = getattr(sender, names.NTP_TIMESTAMP) - ntp, getattr(sender, names.RTP_TIMESTAMP) - timestamp
        rate = 90_000 if sender.kind == "video" else 48_000
        assert newest[1] % 2**32 / rate == pytest.approx(newest[0] / 2**32, abs=0.05), "both go on alike"


async def test_a_source_that_says_goodbye_does_not_end_the_picture(make_call: MakeCall) -> None:
    """Browsers say so of each source that they stop, also when another one takes its place."""
    ends = Ends(await speaking(make_call()), make_call())
    await ends.connected()
    await until(lambda: frames(ends.callee) > 3)
    receiver = next(one for one in ends.callee.receivers() if one.track.kind == "video")
    ((_, media),) = receiver._repeats.items()  # pyright: ignore[reportPrivateUsage]
    await receiver._handle_rtcp_packet(RtcpByePacket([media]))  # pyright: ignore[reportPrivateUsage]
    seen = frames(ends.callee)
    await until(lambda: frames(ends.callee) > seen + 5)


async def test_a_peer_with_any_number_of_sources_gets_reports_and_ends(make_call: MakeCall) -> None:
    """Upstream: the report of all of them is too long to be sent, and ``stop`` then waits for ever."""
    ends = Ends(await speaking(make_call()), make_call())
    await ends.connected()
    receiver = next(one for one in ends.callee.receivers() if one.track.kind == "video")
    payload_type = next(iter(receiver._codecs))  # pyright: ignore[reportPrivateUsage]
    for ssrc in range(1000, 1000 + 70):
        receiver.take(Arrived(payload_type, 1, 1, 1, ssrc, b"\x10\x01"), time.monotonic())
    told: list[RtcpRrPacket] = []
    send = receiver.transport._send_rtp  # pyright: ignore[reportPrivateUsage]

    async def heard(data: bytes) -> None:
        told.extend(one for one in RtcpPacket.parse(data) if isinstance(one, RtcpRrPacket))
        await send(data)

    receiver.transport._send_rtp = heard  # type: ignore[method-assign]
    await until(lambda: any(report.ssrc == receiver.rtcp_ssrc for report in told))
    (report,) = (report for report in told if report.ssrc == receiver.rtcp_ssrc)
    assert {one.ssrc for one in report.reports} >= set(range(1070 - SOURCES + 2, 1070)), "the newest are told of"
    await asyncio.wait_for(receiver.stop(), 15)


async def test_a_report_that_cannot_be_sent_ends_nothing(make_call: MakeCall) -> None:
    ends = Ends(make_call(), make_call())
    await ends.connected()
    receiver = next(one for one in ends.callee.receivers() if one.track.kind == "video")
    block = RtcpReceiverInfo(ssrc=1, fraction_lost=0, packets_lost=0, highest_sequence=0, jitter=2**32, lsr=0, dlsr=0)
    with pytest.raises(struct.error):
        bytes(block)
    await receiver._send_rtcp(RtcpRrPacket(1, [block]))  # pyright: ignore[reportPrivateUsage]


async def test_reports_of_retransmissions_and_other_rtcp_are_not(make_call: MakeCall) -> None:
    ends = Ends(await speaking(make_call()), make_call())
    await ends.connected()
    await until(lambda: frames(ends.callee) > 3)
    receiver = next(one for one in ends.callee.receivers() if one.track.kind == "video")
    told: list[tuple[int, int, float]] = []
    receiver.on_report = lambda *report: told.append(report)
    ((repeats, media),) = receiver._repeats.items()  # pyright: ignore[reportPrivateUsage]
    info = RtcpSenderInfo(ntp_timestamp=7, rtp_timestamp=8, packet_count=0, octet_count=0)
    for packet in (RtcpSrPacket(repeats, info), RtcpByePacket([media ^ 1]), RtcpSrPacket(media, info)):
        await receiver._handle_rtcp_packet(packet)  # pyright: ignore[reportPrivateUsage]
    assert [report[:2] for report in told if report[0] == 7] == [(7, 8)]
