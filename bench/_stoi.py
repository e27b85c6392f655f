"""How well speech can be understood after what was done to it, from 0 to 1.

STOI: C. Taal, R. Hendriks, R. Heusdens, J. Jensen: "An Algorithm for Intelligibility Prediction of Time-Frequency
Weighted Noisy Speech", IEEE Transactions on Audio, Speech and Language Processing 19 (2011). The envelopes in 15 third
octaves from 150 Hz are compared over 384 ms at a time; pauses do not count. Both sounds must lie over each other.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from app.media.audio.sound import RATE, Mono

SAMPLED = 10_000
WINDOW, HOP, SIZE = 256, 128, 512
"""25.6 ms, half of it, and the length of the transform."""
BANDS, LOWEST = 15, 150.0
SEGMENT = 30
CLIPPED = 1 + 10 ** (15 / 20)
"""Lower bound of the ratio of signal to distortion: -15 dB."""
DYNAMIC_DB = 40.0
"""Frames that are so much quieter than the loudest are a pause."""
TINY = np.finfo(np.float64).eps

Wave = npt.NDArray[np.float64]


def intelligibility(clean: Mono, heard: Mono) -> float:
    """Of ``heard``, which is ``clean`` as it arrived: equally long, at 48 kHz.

    Raises:
        ValueError: there is less than 0.4 s of speech in ``clean``.
    """
    x, y = _without_pauses(_resampled(clean), _resampled(heard))
    first, second = _envelopes(x), _envelopes(y)
    count = first.shape[1] - SEGMENT + 1
    if count < 1:
        raise ValueError("too little speech to judge")
    total = 0.0
    for begin in range(count):
        total += _likeness(first[:, begin : begin + SEGMENT], second[:, begin : begin + SEGMENT])
    return total / count


def _likeness(x: Wave, y: Wave) -> float:
    """Mean correlation of the bands' envelopes, those of ``y`` made as loud and bounded."""
    gain = np.linalg.norm(x, axis=1, keepdims=True) / (np.linalg.norm(y, axis=1, keepdims=True) + TINY)
    bounded = np.minimum(y * gain, x * CLIPPED)
    return float(np.mean(np.sum(_normalised(x) * _normalised(bounded), axis=1)))


def _normalised(rows: Wave) -> Wave:
    rows = rows - rows.mean(axis=1, keepdims=True)
    return rows / (np.linalg.norm(rows, axis=1, keepdims=True) + TINY)


def _resampled(sound: Mono) -> Wave:
    """At 10 kHz, by way of the spectrum."""
    count = len(sound) * SAMPLED // RATE
    spectrum = np.fft.rfft(sound.astype(np.float64))[: count // 2 + 1]
    return np.fft.irfft(spectrum, count) * (count / len(sound))


def _frames(sound: Wave) -> Wave:
    window = np.hanning(WINDOW + 2)[1:-1]
    pieces = np.lib.stride_tricks.sliding_window_view(sound, WINDOW)[:-1:HOP]
    return pieces * window


def _without_pauses(clean: Wave, heard: Wave) -> tuple[Wave, Wave]:
    x, y = _frames(clean), _frames(heard)
    loudness = 20 * np.log10(np.linalg.norm(x, axis=1) + TINY)
    spoken = loudness > loudness.max() - DYNAMIC_DB
    return _overlapped(x[spoken]), _overlapped(y[spoken])


def _overlapped(frames: Wave) -> Wave:
    sound = np.zeros((len(frames) - 1) * HOP + WINDOW)
    for index, frame in enumerate(frames):
        sound[index * HOP : index * HOP + WINDOW] += frame
    return sound


def _envelopes(sound: Wave) -> Wave:
    """(bands, frames)."""
    power = np.abs(np.fft.rfft(_frames(sound), SIZE, axis=1)) ** 2
    return np.sqrt(_bands() @ power.T)


def _bands() -> Wave:
    """(bands, bins): 1 where the bin belongs to the third octave."""
    bins = np.linspace(0, SAMPLED, SIZE + 1)[: SIZE // 2 + 1]
    centres = LOWEST * 2.0 ** (np.arange(BANDS) / 3)
    found = np.zeros((BANDS, len(bins)))
    for row, centre in zip(found, centres, strict=True):
        low = int(np.argmin((bins - centre * 2 ** (-1 / 6)) ** 2))
        high = int(np.argmin((bins - centre * 2 ** (1 / 6)) ** 2))
        row[low:high] = 1
    return found
