"""How loud somebody speaks just now, 0 to 1, for the ring around their tile."""

from __future__ import annotations

import math

import numpy as np

from app.media.audio.sound import Mono, Sound

QUIETEST_DB, LOUDEST_DB = -50.0, -10.0
"""dBFS of 0 and 1."""
FULL_DB = 20 * math.log10(32768)
FALL_PER_S = 4.0
"""It rises at once and falls from 1 to 0 in a quarter of a second, so that a pause between words does not flicker."""


def loudness(sound: Mono) -> float:
    """RMS in dBFS, -inf for silence. Every fourth sample tells as much."""
    some = sound[::4].astype(np.float32)
    power = float(some.dot(some))
    return 10 * math.log10(power / len(some)) - FULL_DB if power > 0 else -math.inf


class LevelMeter:
    """One thread adds, any thread reads."""

    def __init__(self) -> None:
        self._state = (0.0, 0.0)
        """The level and when it was reached."""

    def add(self, sound: Mono, now: float) -> None:
        self.add_loudness(loudness(sound), now)

    def add_heard(self, sound: Sound, now: float) -> None:
        """Of its first channel."""
        wave = sound[:, 0]
        power = float(wave.dot(wave))
        self.add_loudness(10 * math.log10(power / len(wave)) - FULL_DB if power > 0 else -math.inf, now)

    def add_loudness(self, decibels: float, now: float) -> None:
        """Of sound that ended at ``now``, in dBFS."""
        level = (decibels - QUIETEST_DB) / (LOUDEST_DB - QUIETEST_DB)
        if level < 1:
            level = max(self.at(now), level)
        self._state = (min(level, 1.0), now)

    def at(self, now: float) -> float:
        level, when = self._state
        return max(0.0, level - FALL_PER_S * max(0.0, now - when))
