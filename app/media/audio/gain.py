"""Makes a faint voice louder, as much as it needs: the loudness of those who speak is to be alike. Pure.

After the adaptive digital gain of WebRTC's AGC2 (modules/audio_processing/agc2), with two differences: it starts from
little, so that a room is not lifted before anybody has spoken, and in return it learns the first words quickly.
WebRTC's own would have to be a second module, behind the one that takes the echo out.
"""

from __future__ import annotations

import math

from app.media.audio.sound import Mono
from app.media.audio.voicing import is_voiced

TARGET_DB = -21.0
"""RMS in dBFS of what is learnt from: the vowels; with the rest a voice comes to 1 or 2 dB less."""
START_DB, WHISPERED_DB, MOST_DB = 6.0, 15.0, 30.0
"""The second is the most for somebody of whom nothing is known but whispering, which may be noise."""
NOISE_DB = -50.0
"""What is always there is not made louder than this."""
STEP_DB, FIRST_STEP_DB = 0.12, 0.5
"""For each 20 ms: 6 dB a second, and 25 while the voice is not known yet."""
ABOVE_DB = 9.0
"""So much louder than what is always there is what is learnt from."""
VOICED, UNVOICED = 3, 8
"""Loud frames in a row after which a vowel, or whispering, is learnt from. A key on a keyboard is over sooner."""
FIRST, REMEMBERED = 40, 60
"""Frames of vowels: one or two seconds of speech until a voice is known, and three of which it is the mean."""
BUMP = 8.0
"""A frame counts as no more than so many times the mean: a cough must not make the voice faint for seconds."""
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
        """Mean of what was learnt from; 1 is full scale."""
        self._frames = 0
        """That were learnt from, until ``REMEMBERED``."""
        self._loud = 0
        """Frames in a row, up to now, that are louder than what is always there."""
        self._less = 0.0
        """dB by which the gain is lower for a moment."""

    def add(self, sound: Mono, decibels: float, *, speaks: bool, floor: float) -> float:
        """How many times as loud ``sound`` is to be.

        ``decibels``: its RMS in dBFS, -inf for silence. ``speaks``: it may belong to speech; only then is anything
        learnt. ``floor``: loudness of what is always there, in dBFS.
        """
        if speaks:
            self._listen(sound, decibels, floor)
        self._slow = max(min(self._slow, max(NOISE_DB - floor, 0.0)), self._slow - STEP_DB)
        self._less = max(self._less - RECOVERY_DB, decibels + self._slow + PEAK_DB, 0.0)
        self.decibels = max(0.0, self._slow - self._less)
        return 10 ** (self.decibels / 20)

    def _listen(self, sound: Mono, decibels: float, floor: float) -> None:
        self._loud = self._loud + 1 if decibels > floor + ABOVE_DB else 0
        if self._loud >= VOICED and is_voiced(sound):
            self._learn(decibels)
        elif self._loud >= UNVOICED and self._frames < FIRST:
            wanted = min(TARGET_DB - decibels, WHISPERED_DB)
            self._slow = max(self._slow, min(wanted, self._slow + FIRST_STEP_DB))

    def _learn(self, decibels: float) -> None:
        is_known = self._frames >= FIRST
        self._frames = min(self._frames + 1, REMEMBERED)
        power = 10 ** (decibels / 10)
        if is_known:
            power = min(power, BUMP * self._power)
        self._power += (power - self._power) / self._frames
        wanted = min(max(TARGET_DB - 10 * math.log10(self._power), 0.0), MOST_DB)
        step = STEP_DB if is_known else FIRST_STEP_DB
        self._slow = min(max(wanted, self._slow - step), self._slow + step)
