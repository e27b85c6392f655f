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

    def passes(self, at: float) -> bool:
        """Whether a picture of this moment is to be sent; else it is one too many."""
        return self._decimator.passes(at)

    def scaled(self, frame: VideoFrame) -> VideoFrame:
        """``frame`` as it is sent."""
        return self._scaler.frame(frame)

    def shape(self, frame: VideoFrame, at: float) -> VideoFrame | None:
        """``frame`` as it is sent, or None where it is one too many."""
        return self.scaled(frame) if self.passes(at) else None


class Chunker:
    """Cuts sound into 20 ms of mono at 48 kHz, whatever it comes in."""

    def __init__(self) -> None:
        self._resampler = AudioResampler(format="s16", layout="mono", rate=RATE)
        self._parts: list[Sound] = []
        """(samples, channels) of what is not handed on yet, all with as many channels."""
        self._waiting = 0
        self.samples = 0
        """Taken in since the start, at 48 kHz."""

    def cut(self, frame: AudioFrame) -> Iterator[Sound]:
        if frame.format.name == "s16" and frame.sample_rate == RATE:
            # what microphones deliver, hundreds of times a second: joined first, mixed down once in 20 ms
            channels = len(frame.layout.channels)
            samples = np.frombuffer(frame.planes[0], np.int16, frame.samples * channels)  # pyright: ignore[reportArgumentType, reportCallIssue] - planes are buffers
            yield from self._add(samples.reshape(-1, channels).copy())
            return
        frame.pts = None  # a clip that starts over would look like a jump back in time
        for resampled in self._resampler.resample(frame):
            yield from self.add(resampled.to_ndarray().reshape(-1).astype(np.int16, copy=False))

    def add(self, samples: Sound) -> Iterator[Sound]:
        """One channel at 48 kHz."""
        yield from self._add(samples.reshape(-1, 1))

    def _add(self, samples: Sound) -> Iterator[Sound]:
        if self._parts and self._parts[0].shape[1] != samples.shape[1]:
            self._parts = [_mono(np.concatenate(self._parts)).reshape(-1, 1)]
            samples = _mono(samples).reshape(-1, 1)
        self._parts.append(samples)
        self.samples += len(samples)
        self._waiting += len(samples)
        if self._waiting < SAMPLES:
            return
        whole = np.concatenate(self._parts)
        count = len(whole) // SAMPLES
        self._parts, self._waiting = [whole[count * SAMPLES :]], len(whole) - count * SAMPLES
        for index in range(count):
            yield _mono(whole[index * SAMPLES : (index + 1) * SAMPLES])


def _mono(samples: Sound) -> Sound:
    """The mean of all channels."""
    if samples.shape[1] == 1:
        return samples[:, 0]
    return (samples.sum(axis=1, dtype=np.int32) // samples.shape[1]).astype(np.int16)
