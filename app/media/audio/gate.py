"""What is left of a room while nobody speaks is made quieter still: an expander behind the noise suppression. Pure."""

from __future__ import annotations

import numpy as np

from app.media.audio.sound import MS, Mono, rising

CALM = 0.25
"""-12 dB: the room is still there, or a pause would sound like a dead line."""
OPENS, CLOSES = 5 * MS, 20 * MS


class PauseGate:
    def __init__(self) -> None:
        self._gain = 1.0

    def apply(self, sound: Mono, *, speaks: bool) -> Mono:
        """``sound``, quieter unless it ``speaks``."""
        begin, wanted = self._gain, 1.0 if speaks else CALM
        if begin == wanted:
            return sound if wanted == 1.0 else (sound * np.float32(wanted)).astype(np.int16)
        self._gain = wanted
        glide = min(OPENS if speaks else CLOSES, len(sound))
        gain = np.full(len(sound), wanted, np.float32)
        gain[:glide] = begin + (wanted - begin) * rising(glide)
        return (sound * gain).astype(np.int16)
