"""20 ms of sound made a little longer or shorter without a click and without changing its pitch.

WSOLA (W. Verhelst, M. Roelands: "An overlap-add technique based on waveform similarity for high quality time-scale
modification of speech", ICASSP 1993), as NetEq's Accelerate and PreemptiveExpand use it: the lag is found at which the
sound is most like itself, usually a period of the voice, and so much is left out or repeated under a cross-fade.
"""

from __future__ import annotations

import math
from enum import Enum

import numpy as np
import numpy.typing as npt

from app.media.audio.sound import MS, Sound, blend

OVERLAP = 8 * MS
SHORTEST_LAG = 5 * MS // 2
COARSE = 4
"""The lag is looked for at 12 kHz first."""
ALIKE = 0.85
"""Correlation from which on a repetition is not heard."""
QUIET = 100.0
"""RMS below which (-50 dBFS) nothing is heard anyway."""


class Haste(Enum):
    """How alike both sides of a cut must be in what is louder than QUIET."""

    WHEN_QUIET = math.inf
    """Not at all in a voice: the next pause will do."""
    WHERE_IT_FITS = ALIKE
    AT_ONCE = -math.inf


def shorten(sound: Sound, most: int, haste: Haste = Haste.WHERE_IT_FITS) -> Sound:
    """``sound`` without up to ``most`` samples; as it is where nothing fits."""
    lag = _lag(sound, most, haste)
    if lag == 0:
        return sound
    return np.concatenate((blend(sound[:OVERLAP], sound[lag : lag + OVERLAP]), sound[lag + OVERLAP :]))


def lengthen(sound: Sound, most: int, haste: Haste = Haste.WHERE_IT_FITS) -> Sound:
    """``sound`` with up to ``most`` of its samples repeated; as it is where nothing fits."""
    lag = _lag(sound, most, haste)
    if lag == 0:
        return sound
    return np.concatenate((sound[:lag], blend(sound[lag : lag + OVERLAP], sound[:OVERLAP]), sound[OVERLAP:]))


def _lag(sound: Sound, most: int, haste: Haste) -> int:
    """The lag up to ``most`` at which the sound's start comes again best; 0: none, or not well enough."""
    longest = min(most, len(sound) - OVERLAP)
    if longest < SHORTEST_LAG:
        return 0
    mono = sound[:, 0] if sound.shape[1] == 1 else sound.mean(axis=1, dtype=np.float32)
    if float(np.dot(mono, mono)) < QUIET**2 * len(mono):
        return longest
    if haste is Haste.WHEN_QUIET:
        return 0
    coarse = mono[: len(mono) // COARSE * COARSE].reshape(-1, COARSE).mean(axis=1)
    first, last = SHORTEST_LAG // COARSE, longest // COARSE
    likeness = _likeness(coarse[: OVERLAP // COARSE], coarse[first : last + OVERLAP // COARSE])
    middle = (first + int(likeness.argmax())) * COARSE
    low, high = max(SHORTEST_LAG, middle - COARSE), min(longest, middle + COARSE)
    likeness = _likeness(mono[:OVERLAP], mono[low : high + OVERLAP])
    best = int(likeness.argmax())
    return low + best if likeness[best] >= haste.value else 0


def _likeness(template: npt.NDArray[np.float32], within: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """The normalised correlation of ``template`` with each place in ``within``."""
    products = np.correlate(within, template, "valid")
    sums = np.concatenate((np.zeros(1, np.float64), np.cumsum(np.square(within, dtype=np.float64))))
    energies = (sums[len(template) :] - sums[: -len(template)]) * float(np.dot(template, template))
    return (products / np.sqrt(np.maximum(energies, 1.0))).astype(np.float32)
