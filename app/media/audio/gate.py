"""What is left of a room while nobody speaks is made quieter still: an expander behind the noise suppression.
And so is what is left of an echo. Pure."""

from __future__ import annotations

import numpy as np

from app.media.audio.sound import MS, Mono, rising

VOICE = 1.0
CALM = 0.25
"""-12 dB: the room is still there, or a pause would sound like a dead line."""
ECHO = 0.05
"""-26 dB: who speaks must not hear what the canceller has left of them."""
OPENS, CLOSES = 5 * MS, 20 * MS


class PauseGate:
    def __init__(self) -> None:
        self._gain = 1.0

    def apply(self, sound: Mono, wanted: float) -> Mono:
        """``sound`` as loud as VOICE, CALM or ECHO, softly from what was wanted before."""
        begin = self._gain
        if begin == wanted:
            return sound if wanted == VOICE else (sound * np.float32(wanted)).astype(np.int16)
        self._gain = wanted
        glide = min(OPENS if wanted > begin else CLOSES, len(sound))
        gain = np.full(len(sound), wanted, np.float32)
        gain[:glide] = begin + (wanted - begin) * rising(glide)
        return (sound * gain).astype(np.int16)
