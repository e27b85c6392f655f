"""What turns our voice into packets."""

from __future__ import annotations

from fractions import Fraction
from typing import Protocol

import av
from av import AudioFrame

from app.media.audio import opus
from app.media.audio.sound import RATE, Mono

BITRATE = 48_000
EXPECTED_LOSS = 10
"""Percent. From 10 on the encoder repeats every voiced frame in the next packet, for a fifth more bits."""


class SoundEncoder(Protocol):
    def encode(self, sound: Mono) -> bytes:
        """One packet for 20 ms."""
        ...

    def set_bitrate(self, bitrate: int) -> None: ...

    def set_expected_loss(self, percent: int) -> None: ...

    def forget(self) -> None:
        """Nothing of what was encoded before is repeated or runs on in what comes."""
        ...


class AvEncoder:
    """PyAV's, where libopus is not found: with FEC, without DTX, and its bit rate stays."""

    def __init__(self) -> None:
        self._encoded = 0
        self.forget()

    def encode(self, sound: Mono) -> bytes:
        frame = AudioFrame.from_ndarray(sound.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate, frame.time_base, frame.pts = RATE, Fraction(1, RATE), self._encoded
        self._encoded += len(sound)
        return b"".join(bytes(packet) for packet in self._codec.encode(frame))

    def set_bitrate(self, bitrate: int) -> None:
        del bitrate

    def set_expected_loss(self, percent: int) -> None:
        del percent

    def forget(self) -> None:
        codec = av.CodecContext.create("libopus", "w")
        codec.format, codec.layout, codec.sample_rate = "s16", "mono", RATE
        codec.bit_rate, codec.time_base = BITRATE, Fraction(1, RATE)
        codec.options = {"application": "voip", "frame_duration": "20", "fec": "1", "packet_loss": str(EXPECTED_LOSS)}
        self._codec = codec


def new_encoder() -> SoundEncoder:
    lib = opus.library()
    if lib is None:
        return AvEncoder()
    return opus.OpusEncoder(lib, bitrate=BITRATE, expected_loss=EXPECTED_LOSS)
