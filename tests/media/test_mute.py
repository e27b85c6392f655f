"""Mute is true: looked at on the wire, just before packets are encrypted."""

from __future__ import annotations

import asyncio
import re
import threading
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from aiortc.rtp import RtpPacket, is_rtcp

from app.media.audio.opus import OpusDecoder
from app.media.call import CallMedia
from app.media.rtc.transport import DirectTransport
from tests.media.audio.traces import libopus
from tests.media.calls import TEST, Ends, sounds, until
from tests.media.conftest import MakeCall

SILENT = 3
"""Opus makes so much of nothing."""


class Wire:
    """Everything that leaves this process as RTP in Opus, in order."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.payload_type = -1
        self.payloads: list[bytes] = []
        send = DirectTransport.send_now

        def noted(transport: DirectTransport, data: bytes) -> None:
            if not is_rtcp(data):
                packet = RtpPacket.parse(data)
                if packet.payload_type == self.payload_type:
                    self.payloads.append(packet.payload)
            send(transport, data)

        monkeypatch.setattr(DirectTransport, "send_now", noted)

    def loudest(self, begin: int) -> int:
        """Of the packets from number ``begin`` on."""
        decoder = OpusDecoder(libopus())
        sounds = [decoder.decode(payload) for payload in self.payloads[begin:]]
        return max((int(np.abs(sound.astype(int)).max()) for sound in sounds), default=0)


async def humming(make_call: MakeCall, wire: Wire) -> CallMedia:
    """One end of a call, whose microphone hums and is muted."""
    call = make_call()
    ends = Ends(call, make_call())
    offer = await ends.caller.offer()
    answer = await ends.callee.answer(offer.sdp, offer.streams)
    await ends.caller.accept(answer.sdp, answer.streams)
    known = re.search(r"^a=rtpmap:(\d+) opus/", answer.sdp, re.MULTILINE)
    assert known is not None
    wire.payload_type = int(known.group(1))
    await call.set_microphone(TEST)
    await until(lambda: sounds(ends.callee) > 10 and sounds(ends.caller) > 10)
    return call


async def test_after_mute_not_one_packet_with_sound_leaves(
    make_call: MakeCall, monkeypatch: pytest.MonkeyPatch
) -> None:
    wire = Wire(monkeypatch)
    call = await humming(make_call, wire)
    for _ in range(20):
        call.set_muted(False)
        begin = len(wire.payloads)
        await until(lambda begin=begin: wire.loudest(begin) > 300)  # unmuted it hums
        call.set_muted(True)
        begin = len(wire.payloads)
        await until(lambda begin=begin: len(wire.payloads) > begin + 12)
        assert wire.loudest(begin) <= SILENT


async def test_a_hundred_mutings_leave_nothing_behind(make_call: MakeCall, monkeypatch: pytest.MonkeyPatch) -> None:
    wire = Wire(monkeypatch)
    call = await humming(make_call, wire)
    before, tasks, files = threads(), len(asyncio.all_tasks()), descriptors()
    for turn in range(100):
        call.set_muted(turn % 2 == 1)
        begin = len(wire.payloads)
        await until(lambda begin=begin: len(wire.payloads) > begin)
    await until(lambda: threads() <= before and len(asyncio.all_tasks()) <= tasks and descriptors() <= files)


def threads() -> Counter[str]:
    return Counter(thread.name for thread in threading.enumerate())


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))
