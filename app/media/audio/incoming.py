"""Their voice on its way in: counted, measured for the speaking ring, kept until the mixer takes it."""

from __future__ import annotations

import time
from collections.abc import Callable

from aiortc.rtcrtpparameters import RTCRtpCodecParameters
from aiortc.rtp import RtpPacket

from app.media.audio.decoders import decoder_for, duration_by
from app.media.audio.jitter import Packet
from app.media.audio.level import LevelMeter
from app.media.audio.playout import Playout
from app.media.audio.sound import FRAME, MS, RATE, Sound
from app.media.figures import AudioFigures
from app.media.sync import Heard


class AudioIn:
    """A ``PacketSink``."""

    def __init__(self) -> None:
        self.level = LevelMeter()
        self.volume = 1.0
        """0 to 2."""
        self.playout = Playout(self.level.add_heard)
        self._codec: RTCRtpCodecParameters | None = None
        self._duration: Callable[[bytes], int] = len
        """Of a packet, in samples."""
        self._first_at: float | None = None

    # ---- on the loop

    def packet(self, packet: RtpPacket, codec: RTCRtpCodecParameters, now: float) -> None:
        """A packet came, in whatever order. ``now`` is ``time.monotonic()``."""
        payload = packet.payload
        if codec is not self._codec:
            self._change(codec)
        if self._first_at is None:
            self._first_at = now
        samples = self._duration(payload)
        self.playout.insert(
            Packet(packet.sequence_number, packet.timestamp, payload, samples, packet.ssrc, codec.clockRate), now
        )

    def _change(self, codec: RTCRtpCodecParameters) -> None:
        if self._codec is None or codec.name != self._codec.name:
            self.playout.decoder, self._duration = decoder_for(codec), duration_by(codec)
        self._codec = codec

    def figures(self) -> AudioFigures:
        buffer = self.playout.buffer
        return AudioFigures(
            frames_received=buffer.accepted + buffer.withheld // FRAME,
            frames_played=self.playout.played // FRAME,
            frames_concealed=self.playout.concealed // FRAME,
            seconds=0.0 if self._first_at is None else time.monotonic() - self._first_at,
            frames_recovered=self.playout.recovered // FRAME,
            delay_ms=buffer.delay / MS,
        )

    # ---- any thread

    def heard(self, speaker_delay: float) -> Heard | None:
        """What is heard, by a speaker that plays what it fetches ``speaker_delay`` seconds later; None: silence."""
        codec, cue = self._codec, self.playout.cue
        if codec is None or cue is None or self.volume <= 0 or self.level.at(time.monotonic()) <= 0:
            return None
        position, at = cue
        return Heard(position // (RATE // codec.clockRate) & 0xFFFFFFFF, codec.clockRate, at + speaker_delay)

    # ---- in the speaker's thread

    def take(self, count: int) -> Sound | None:
        """The next ``count`` samples, or None where there is nothing but silence."""
        return self.playout.take(count, time.monotonic())
