"""What turns packets of sound into sound, for each codec that a call may agree on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import numpy as np
from aiortc.codecs import get_decoder
from aiortc.jitterbuffer import JitterFrame
from aiortc.rtcrtpparameters import RTCRtpCodecParameters
from av import AudioFrame, AudioResampler

from app.media.audio import opus
from app.media.audio.opus_packet import samples_of
from app.media.audio.sound import RATE, Sound, joined, stillness


class SoundDecoder(Protocol):
    def decode(self, payload: bytes) -> Sound:
        """
        Raises:
            OpusError or FFmpegError: ``payload`` is garbage.
        """
        ...

    def conceal(self, samples: int) -> Sound:
        """So much that goes on as it was before."""
        ...

    def recover(self, payload: bytes, samples: int) -> Sound | None:
        """The ``samples`` before ``payload``, where it repeats them; None where it does not."""
        ...


class AvDecoder:
    """PyAV's, by way of aiortc: for G.711, G.722, and Opus where libopus is not found. What is lost is silent."""

    def __init__(self, codec: RTCRtpCodecParameters) -> None:
        self._decoder = get_decoder(codec)
        self._resampler = AudioResampler(format="s16", layout="stereo", rate=RATE)
        self._decoded = 0

    def decode(self, payload: bytes) -> Sound:
        parts: list[Sound] = []
        for frame in self._decoder.decode(JitterFrame(payload, self._decoded)):
            assert isinstance(frame, AudioFrame)
            self._decoded += frame.samples
            frame.pts = None
            parts += [one.to_ndarray().reshape(-1, 2).astype(np.float32) for one in self._resampler.resample(frame)]
        return joined(parts) if parts else stillness(0)

    def conceal(self, samples: int) -> Sound:
        return stillness(samples)

    def recover(self, payload: bytes, samples: int) -> Sound | None:
        del payload, samples  # FFmpeg does not give it back
        return None


def decoder_for(codec: RTCRtpCodecParameters) -> SoundDecoder:
    lib = opus.library() if codec.name.lower() == "opus" else None
    return opus.OpusDecoder(lib) if lib is not None else AvDecoder(codec)


def duration_by(codec: RTCRtpCodecParameters) -> Callable[[bytes], int]:
    """What says how many samples at 48 kHz a packet of ``codec`` holds; 0 where it holds none."""
    return samples_of if codec.name.lower() == "opus" else _of_bytes


def _of_bytes(payload: bytes) -> int:
    return len(payload) * RATE // 8000  # G.711 has a byte a sample at 8 kHz, G.722 as many bytes for as long
