"""From what a source delivers to what is sent: pictures no larger or faster than wanted, sound in 20 ms of mono."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from av import AudioFrame, AudioResampler, VideoFrame

from app.media.capture.worker import Sound
from app.media.video.pace import Decimator
from app.media.video.scale import SendScaler

RATE = 48_000
SAMPLES = 960
"""20 ms."""


class Shaper:
    """Pictures of a source, scaled into the format's box."""

    def __init__(self, width: int, height: int, fps: int) -> None:
        self._decimator = Decimator(fps)
        self._scaler = SendScaler(width, height)

    def shape(self, frame: VideoFrame, at: float) -> VideoFrame | None:
        """``frame`` as it is sent, or None where it is one too many."""
        return self._scaler.frame(frame) if self._decimator.passes(at) else None


class Chunker:
    """Cuts sound into 20 ms of mono at 48 kHz, whatever it comes in."""

    def __init__(self) -> None:
        self._resampler = AudioResampler(format="s16", layout="mono", rate=RATE)
        self._rest: Sound = np.zeros(0, np.int16)
        self.samples = 0
        """Taken in since the start, at 48 kHz."""

    def cut(self, frame: AudioFrame) -> Iterator[Sound]:
        frame.pts = None  # a clip that starts over would look like a jump back in time
        for resampled in self._resampler.resample(frame):
            yield from self.add(resampled.to_ndarray().reshape(-1).astype(np.int16, copy=False))

    def add(self, samples: Sound) -> Iterator[Sound]:
        self.samples += len(samples)
        whole = np.concatenate((self._rest, samples))
        count = len(whole) // SAMPLES
        self._rest = whole[count * SAMPLES :]
        for index in range(count):
            yield whole[index * SAMPLES : (index + 1) * SAMPLES]
