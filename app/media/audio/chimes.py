"""The room's small sounds, made here: soft notes that fade, quieter than anybody who speaks."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

import numpy as np

from app.media.audio.sound import RATE, Stereo, rising

PEAK = 0.12 * 32767
ATTACK_S = 0.008


class Chime(StrEnum):
    JOINED = "joined"
    LEFT = "left"
    HAND = "hand"
    MESSAGE = "message"
    TIMER = "timer"


NOTES: dict[Chime, tuple[tuple[float, float, float], ...]] = {
    # Hz, begin and length in seconds
    Chime.JOINED: ((523.25, 0.0, 0.30), (783.99, 0.11, 0.45)),
    Chime.LEFT: ((783.99, 0.0, 0.30), (523.25, 0.11, 0.45)),
    Chime.HAND: ((659.25, 0.0, 0.25), (880.00, 0.08, 0.25), (1046.50, 0.16, 0.40)),
    Chime.MESSAGE: ((987.77, 0.0, 0.25),),
    Chime.TIMER: ((523.25, 0.0, 0.6), (659.25, 0.25, 0.6), (783.99, 0.5, 0.9)),
}


@cache
def sound_of(chime: Chime) -> Stereo:
    """Ready to be mixed; not to be changed."""
    length = max(begin + seconds for _, begin, seconds in NOTES[chime])
    whole = np.zeros(round(length * RATE))
    for frequency, begin, seconds in NOTES[chime]:
        at = np.arange(round(seconds * RATE)) / RATE
        note = np.sin(2 * np.pi * frequency * at) + 0.25 * np.sin(4 * np.pi * frequency * at)
        note *= np.exp(-5 * at / seconds)
        edge = round(ATTACK_S * RATE)
        note[:edge] *= rising(edge)
        note[-edge:] *= rising(edge)[::-1]
        first = round(begin * RATE)
        whole[first : first + len(note)] += note[: len(whole) - first]
    whole *= PEAK / np.abs(whole).max()
    return np.repeat(whole.astype(np.int16)[:, None], 2, axis=1)
