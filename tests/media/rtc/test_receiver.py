"""The receiver in a real call: a lost key frame is asked for again, and a poisonous packet ends nothing."""

from __future__ import annotations

import time
from unittest.mock import patch

import pytest
from aiortc import RTCRtpReceiver
from aiortc.rtp import RtpPacket

from app.media.rtc.receiver import PLI_INTERVAL_S, DirectReceiver
from tests.media.calls import Ends, frames, sounds, speaking, until
from tests.media.conftest import MakeCall


async def test_a_key_frame_that_is_lost_is_asked_for_until_it_comes(
    make_call: MakeCall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A network that swallows all video of the first moments, retransmissions too."""
    deaf_until = time.monotonic() + 1.0
    handle = DirectReceiver._handle_rtp_packet  # pyright: ignore[reportPrivateUsage]

    async def lossy(self: DirectReceiver, packet: RtpPacket, arrival_time_ms: int) -> None:
        if self.track.kind == "audio" or time.monotonic() > deaf_until:
            await handle(self, packet, arrival_time_ms)

    monkeypatch.setattr(DirectReceiver, "_handle_rtp_packet", lossy)
    ends = Ends(await speaking(make_call()), make_call())
    await ends.connected()
    await until(lambda: frames(ends.callee) > 3, 6)


async def test_plis_are_not_sent_too_often(make_call: MakeCall, monkeypatch: pytest.MonkeyPatch) -> None:
    ends = Ends(await speaking(make_call()), make_call())
    await ends.connected()
    await until(lambda: frames(ends.callee) > 3)
    sent: list[float] = []

    async def count(self: RTCRtpReceiver, media_ssrc: int) -> None:
        sent.append(time.monotonic())

    monkeypatch.setattr(RTCRtpReceiver, "_send_rtcp_pli", count)
    receiver = next(one for one in ends.callee.receivers() if one.track.kind == "video")
    end = time.monotonic() + PLI_INTERVAL_S * 1.5
    while time.monotonic() < end:
        await receiver._send_rtcp_pli(1)  # pyright: ignore[reportPrivateUsage]
    assert 1 <= len(sent) <= 2


async def test_a_packet_that_trips_the_code_ends_nothing(make_call: MakeCall) -> None:
    ends = Ends(await speaking(make_call()), make_call())
    await ends.connected()
    await until(lambda: sounds(ends.callee) > 3)
    with patch("aiortc.rtcrtpreceiver.depayload", side_effect=IndexError("a short payload")) as tripped:
        await until(lambda: tripped.call_count > 3)
    heard = sounds(ends.callee)
    await until(lambda: sounds(ends.callee) > heard + 10)
