"""Their voice on its way in, in the decoder's thread: counted, measured for the speaking ring, stored for the mixer."""

from __future__ import annotations

import time

import numpy as np
from av import AudioFrame, AudioResampler
from av.frame import Frame

from app.media.audio.fifo import SoundFifo
from app.media.audio.level import LevelMeter
from app.media.capture.shaping import RATE, SAMPLES
from app.media.figures import AudioFigures


class AudioIn:
    """A ``FrameSink``."""

    def __init__(self) -> None:
        self.fifo = SoundFifo()
        self.level = LevelMeter()
        self.volume = 1.0
        """0 to 2."""
        self._resampler = AudioResampler(format="s16", layout="stereo", rate=RATE)
        self._received = 0
        self._first_at: float | None = None

    def frame(self, frame: Frame, *, more: bool) -> None:
        del more  # sound is never skipped
        if not isinstance(frame, AudioFrame):
            return
        now = time.monotonic()
        if self._first_at is None:
            self._first_at = now
        timestamp = round((frame.pts or 0) * RATE / frame.sample_rate)
        for resampled in self._resampler.resample(frame):
            sound = resampled.to_ndarray().reshape(-1, 2).astype(np.int16, copy=False)
            self._received += len(sound)
            self.level.add(sound[:, 0], now)
            self.fifo.add(sound, timestamp)
            timestamp += len(sound)

    def figures(self) -> AudioFigures:
        return AudioFigures(
            frames_received=self._received // SAMPLES,
            frames_played=max(0, self.fifo.played) // SAMPLES,
            frames_concealed=self.fifo.concealed // SAMPLES,
            seconds=0.0 if self._first_at is None else time.monotonic() - self._first_at,
        )
