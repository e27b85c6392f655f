"""Sounds for tests: speech-like ones that are the same everywhere, and what a trace of packets makes of them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from app.media.audio.sound import FRAME, RATE, Mono

Wave = npt.NDArray[np.float64]


def speech(seconds: float, seed: int = 1, pitch: float = 120.0) -> Mono:
    """Something that codecs, echo cancellers and ears take for speech: a gliding voice through three formants, in
    syllables of a quarter of a second with pauses between them.
    """
    random = np.random.default_rng(seed)
    count = round(seconds * RATE)
    at = np.arange(count) / RATE
    glide = pitch * (1 + 0.15 * np.sin(2 * np.pi * 0.7 * at + seed))
    phase = np.cumsum(glide) / RATE
    voice = np.zeros(count)
    formants = np.interp(
        at, np.arange(0, seconds + 1, 0.25), random.uniform(350, 800, len(np.arange(0, seconds + 1, 0.25)))
    )
    for harmonic in range(1, 30):
        frequency = harmonic * glide
        gain = sum(
            strength / (1 + ((frequency - centre) / 120) ** 2)
            for centre, strength in ((formants, 1.0), (formants * 2.4, 0.5), (2900.0, 0.2))
        )
        voice += gain * np.sin(2 * np.pi * harmonic * phase)
    voice += 0.02 * random.standard_normal(count)
    syllable = np.clip(1.3 * np.sin(2 * np.pi * 2.1 * at + seed) + 0.4, 0, 1)
    pauses = (np.sin(2 * np.pi * 0.31 * at + seed) > -0.6).astype(float)
    loud = voice * np.convolve(syllable * pauses, np.ones(480) / 480, "same")
    return (loud / np.abs(loud).max() * 12_000).astype(np.int16)


def tone(seconds: float, frequency: float = 440.0, peak: float = 10_000.0) -> Mono:
    at = np.arange(round(seconds * RATE)) / RATE
    return (peak * np.sin(2 * np.pi * frequency * at)).astype(np.int16)


def frames(sound: Mono) -> list[Mono]:
    return [sound[start : start + FRAME] for start in range(0, len(sound) - FRAME + 1, FRAME)]
