"""A clock drawn into the picture, so that latency is measured from the camera to the decoded frame.

``draw`` writes the time as black and white luma blocks into the top left corner; ``read`` finds it again after coding
and scaling, in another process of the same machine too (``time.monotonic`` is one clock per machine). A checksum
keeps a picture that merely looks like blocks from being read.

Layout: two rows of 24 blocks, each block 1/64 of the width by 1/36 of the height; 32 bits of milliseconds (mod 2^32),
then CRC-16/CCITT of them, most significant bit first.
"""

from __future__ import annotations

import binascii
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from av import VideoFrame

COLUMNS, ROWS = 24, 2
ACROSS, DOWN = 64, 36
DARK, LIGHT = 32, 224
MIDDLE = (DARK + LIGHT) // 2
SMALLEST = (160, 90)
"""Below this a block is under three pixels and cannot be read."""

Luma = npt.NDArray[np.uint8]


def draw(frame: VideoFrame, seconds: float) -> None:
    """Write ``seconds`` (monotonic) into ``frame``, which must be yuv420p and writable."""
    if frame.width < SMALLEST[0] or frame.height < SMALLEST[1]:
        return
    milliseconds = int(seconds * 1000) & 0xFFFFFFFF
    word = milliseconds.to_bytes(4, "big")
    word += binascii.crc_hqx(word, 0xFFFF).to_bytes(2, "big")
    bits = np.unpackbits(np.frombuffer(word, np.uint8)).reshape(ROWS, COLUMNS)
    levels = np.where(bits, LIGHT, DARK).astype(np.uint8)
    luma = _luma(frame)
    ys, xs = _edges(frame.height, DOWN, ROWS), _edges(frame.width, ACROSS, COLUMNS)
    luma[: ys[-1], : xs[-1]] = np.repeat(np.repeat(levels, np.diff(ys), axis=0), np.diff(xs), axis=1)


def read(frame: VideoFrame) -> float | None:
    """The stamp in ``frame`` in seconds mod 2^32 ms, or None where there is none."""
    if (
        frame.width < SMALLEST[0]
        or frame.height < SMALLEST[1]
        or not frame.format.name.startswith(("yuv420p", "yuvj420p"))
    ):
        return None
    blocks = _luma(frame)[_middles(frame.width, frame.height)]
    word = np.packbits((blocks > MIDDLE).ravel()).tobytes()
    if binascii.crc_hqx(word[:4], 0xFFFF) != int.from_bytes(word[4:], "big"):
        return None
    return int.from_bytes(word[:4], "big") / 1000


def age(stamp: float, now: float) -> float:
    """Seconds from ``stamp`` to ``now`` (monotonic), minding that the stamp wraps after 49 days."""
    whole = int(now * 1000) - round(stamp * 1000)
    wrapped = (whole + 0x80000000) % 0x100000000 - 0x80000000
    return wrapped / 1000


def _luma(frame: VideoFrame) -> Luma:
    plane = frame.planes[0]
    flat: npt.NDArray[Any] = np.frombuffer(plane, np.uint8)  # pyright: ignore[reportArgumentType] - planes are buffers
    return flat[: plane.line_size * frame.height].reshape(frame.height, plane.line_size)


@lru_cache(maxsize=16)  # every decoded frame is read
def _middles(width: int, height: int) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Rows and columns of the blocks' middles, as an index of the luma."""
    ys, xs = _edges(height, DOWN, ROWS), _edges(width, ACROSS, COLUMNS)
    return ((ys[:-1] + ys[1:]) // 2)[:, None], ((xs[:-1] + xs[1:]) // 2)[None, :]


def _edges(size: int, parts: int, count: int) -> npt.NDArray[np.intp]:
    return (np.arange(count + 1) * size / parts).round().astype(np.intp)
