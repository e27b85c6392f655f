"""Passes audio packets on as they come: they are put in order, and decoded, when the speaker wants them.

Reason: aiortc's own buffer waits for a lost packet until 16 others are there (aiortc issue 543), and decodes what it
has at once, so that nothing can be concealed. What it hands to aiortc's decoder is nothing, ever.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

from aiortc.jitterbuffer import JitterBuffer
from aiortc.rtcrtpparameters import RTCRtpCodecParameters
from aiortc.rtp import RtpPacket


class PacketSink(Protocol):
    def packet(self, packet: RtpPacket, codec: RTCRtpCodecParameters, now: float) -> None:
        """``packet`` came at ``now`` (monotonic seconds). Called on the loop; never waits for long."""
        ...


class AudioBuffer(JitterBuffer):
    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(capacity=16)
        self.sink: PacketSink | None = None
        """None: what comes is thrown away."""
        self.codecs: dict[int, RTCRtpCodecParameters] = {}
        """By payload type, from the negotiation."""
        self._clock = clock

    def add(self, packet: RtpPacket) -> tuple[bool, None]:
        """False (sound has no key frames), and no frame for aiortc to decode."""
        codec = self.codecs.get(packet.payload_type)
        if self.sink is not None and codec is not None:
            self.sink.packet(packet, codec, self._clock())
        return False, None
