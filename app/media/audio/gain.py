"""Makes a faint voice louder, as much as it needs: the loudness of those who speak is to be alike. Pure.

After the adaptive digital gain of WebRTC's AGC2 (modules/audio_processing/agc2), with two differences: it starts from
little, so that a room is not lifted before anybody has spoken, and in return it learns the first words quickly.
WebRTC's own would be a second module, behind the one that takes the echo out, and a tenth of all that sound costs.
"""

from __future__ import annotations

import math

TARGET_DB = -22.0
"""RMS of speech in dBFS, its short pauses included."""
START_DB, MOST_DB = 6.0, 30.0
NOISE_DB = -50.0
"""What is always there is not made louder than this."""
STEP_DB, FIRST_STEP_DB = 0.12, 0.5
"""For each 20 ms of speech: 6 dB a second, and 25 while the voice is not known yet."""
FIRST, REMEMBERED = 50, 150
"""Frames of speech: a second until a voice is known, and three seconds of which the loudness is the mean."""
PEAK_DB = 12.0
"""So far above its RMS a frame of speech may have a peak: as much is left below full scale."""
RECOVERY_DB = 0.4
"""For each 20 ms: 20 dB a second after something loud."""


class GainControl:
    """For frames of 20 ms."""

    def __init__(self) -> None:
        self.decibels = START_DB
        """What is added to the frame that was added last."""
        self._slow = START_DB
        """The same, but for what is loud for a moment."""
        self._power = 0.0
        """Mean of speech; 1 is full scale."""
        self._frames = 0
        """Of speech, until ``REMEMBERED``."""
        self._less = 0.0
        """dB by which the gain is lower for a moment."""

    def add(self, decibels: float, *, speaks: bool, floor: float) -> float:
        """How many times as loud a frame of this loudness is to be.

        ``decibels``: RMS in dBFS, -inf for silence. ``speaks``: it belongs to speech; only then is anything learnt.
        ``floor``: loudness of what is always there, in dBFS.
        """
        if speaks:
            self._learn(decibels, floor)
        self._less = max(self._less - RECOVERY_DB, decibels + self._slow + PEAK_DB, 0.0)
        self.decibels = max(0.0, self._slow - self._less)
        return 10 ** (self.decibels / 20)

    def _learn(self, decibels: float, floor: float) -> None:
        is_known = self._frames >= FIRST
        self._frames = min(self._frames + 1, REMEMBERED)
        self._power += (10 ** (decibels / 10) - self._power) / self._frames
        if self._power <= 0:
            return
        wanted = min(max(TARGET_DB - 10 * math.log10(self._power), 0.0), MOST_DB)
        step = STEP_DB if is_known else FIRST_STEP_DB
        if wanted < self._slow:
            self._slow = max(wanted, self._slow - step)
        else:
            self._slow = max(self._slow, min(wanted, self._slow + step, NOISE_DB - floor))
