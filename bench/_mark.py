"""The number of a frame, drawn into the clip before anybody plays it: it names the frame wherever it arrives.

Twelve bits and their inverse, most significant first, as dark and light blocks of luma: one row of 24 blocks in the
left of the picture's fourth row of 36 (the app's own clock, ``app/media/video/stamp.py``, has the first two). Each
block is 1/64 of the width by 1/36 of the height. ``bench/page/bench.js`` reads the same.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

BITS = 12
ACROSS, DOWN, ROW = 64, 36, 3
DARK, LIGHT = 32, 224
MIDDLE = (DARK + LIGHT) // 2
NUMBERS = 1 << BITS

KEEP_EACH = 12
"""Frames whose number this divides are compared with their source: the same ones on both sides."""

Luma = npt.NDArray[np.uint8]


def draw(luma: Luma, number: int) -> None:
    """Write ``number`` (0 … 4095) into ``luma`` (height, width)."""
    if not 0 <= number < NUMBERS:
        raise ValueError(f"{number} does not fit into {BITS} bits")
    bits = [number >> place & 1 for place in reversed(range(BITS))]
    bits += [1 - bit for bit in bits]
    xs, (top, bottom) = _columns(luma.shape[1]), _rows(luma.shape[0])
    for index, bit in enumerate(bits):
        luma[top:bottom, xs[index] : xs[index + 1]] = LIGHT if bit else DARK


def read(luma: Luma) -> int | None:
    """The number in ``luma``, or None where there is none."""
    xs, (top, bottom) = _columns(luma.shape[1]), _rows(luma.shape[0])
    bits = luma[(top + bottom) // 2, (xs[:-1] + xs[1:]) // 2] > MIDDLE
    number, inverse = bits[:BITS], bits[BITS:]
    if np.any(number == inverse):
        return None
    return int(number @ (1 << np.arange(BITS)[::-1]))


def _columns(width: int) -> npt.NDArray[np.intp]:
    return (np.arange(2 * BITS + 1) * width / ACROSS).round().astype(np.intp)


def _rows(height: int) -> tuple[int, int]:
    return round(height * ROW / DOWN), round(height * (ROW + 1) / DOWN)
