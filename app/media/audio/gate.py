"""What is left of a room while nobody speaks is made quieter still: an expander behind the noise suppression.
And so is what is left of an echo; of a quiet room nothing is left. Pure."""

from __future__ import annotations

import numpy as np

from app.media.audio.limiter import limited
from app.media.audio.sound import MS, Mono, rising

VOICE = 1.0
CALM = 0.25
"""-12 dB: the room is still there, or a pause would sound like a dead line."""
ECHO = 0.05
"""-26 dB more: who speaks must not hear what the canceller has left of them."""
NOTHING = 0.0
FAINT_DB, AUDIBLE_DB = -60.0, -57.0
"""Of a room that is no louder than the first, nothing need be encoded or sent, until it is louder than the second:
libopus by itself takes the noise of a room for sound until somebody has spoken."""
FAINT_FRAMES = 10
"""Of the first 200 ms the end of a word may be a part."""
OPENS, CLOSES = 5 * MS, 20 * MS


class Gate:
    """Makes a voice as loud as is wanted, softly from what was wanted before, and no louder than full scale."""

    def __init__(self) -> None:
        self._loudness = VOICE

    def skip(self, wanted: float) -> None:
        """Nothing was let through that would have been ``wanted`` times as loud."""
        self._loudness = wanted

    def apply(self, sound: Mono, wanted: float) -> Mono:
        """``sound``, ``wanted`` times as loud."""
        begin, self._loudness = self._loudness, wanted
        if begin == wanted:
            return sound if wanted == VOICE else limited(sound * np.float32(wanted))
        glide = min(OPENS if wanted > begin else CLOSES, len(sound))
        loudness = np.full(len(sound), wanted, np.float32)
        loudness[:glide] = begin + (wanted - begin) * rising(glide)
        return limited(sound * loudness)


class QuietRoom:
    """Whether a room in which nobody speaks is so quiet that nobody would hear it."""

    def __init__(self) -> None:
        self._faint = 0
        """Frames in a row, up to now, in which nobody would hear anything."""

    def add(self, decibels: float, *, speaks: bool) -> bool:
        """After 20 ms more of this loudness (RMS in dBFS), before it is made even."""
        limit = AUDIBLE_DB if self._faint >= FAINT_FRAMES else FAINT_DB
        self._faint = 0 if speaks or decibels > limit else self._faint + 1
        return self._faint >= FAINT_FRAMES
