"""How loud somebody speaks just now, 0 to 1, for the ring around their tile."""

from __future__ import annotations

import math

import numpy as np

from app.media.audio.sound import Mono

QUIETEST_DB, LOUDEST_DB = -50.0, -10.0
"""dBFS of 0 and 1."""
FALL_PER_S = 4.0
"""It rises at once and falls from 1 to 0 in a quarter of a second, so that a pause between words does not flicker."""


def loudness(sound: Mono) -> float:
    """RMS in dBFS, -inf for silence. Every fourth sample tells as much."""
    some = sound[::4].astype(np.float32)
    power = float(np.dot(some, some)) / len(some) if len(some) else 0.0
    return 10 * math.log10(power / 32768**2) if power > 0 else -math.inf


class LevelMeter:
    """One thread adds, any thread reads."""

    def __init__(self) -> None:
        self._state = (0.0, 0.0)
        """The level and when it was reached."""

    def add(self, sound: Mono, now: float) -> None:
        self.add_loudness(loudness(sound), now)

    def add_loudness(self, decibels: float, now: float) -> None:
        """Of sound that ended at ``now``, in dBFS."""
        level = (decibels - QUIETEST_DB) / (LOUDEST_DB - QUIETEST_DB)
        self._state = (max(self.at(now), min(1.0, level), 0.0), now)

    def at(self, now: float) -> float:
        level, when = self._state
        return max(0.0, level - FALL_PER_S * max(0.0, now - when))
