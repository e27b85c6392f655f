"""How close a picture that arrived is to the one that was sent: the peak signal-to-noise ratio."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt
from av import VideoFrame
from av.video.reformatter import Interpolation

PEAK = 255.0
MARKED = 4 / 36
"""The uppermost part of the picture, which holds the marks, is left out: a camera would not show it."""

Planes = tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8], npt.NDArray[np.uint8]]


def planes(frame: VideoFrame) -> Planes:
    """Y, Cb and Cr of a frame, (height, width) and (height / 2, width / 2), without the padding of its rows."""
    flat = frame.reformat(format="yuv420p").to_ndarray().astype(np.uint8, copy=False)
    return split(flat.reshape(-1), frame.width, frame.height)


def luma(frame: VideoFrame) -> npt.NDArray[np.uint8]:
    """Y of a yuv420p frame, (height, width): a view of the frame's own memory."""
    plane = frame.planes[0]
    flat: npt.NDArray[Any] = np.frombuffer(plane, np.uint8)  # pyright: ignore[reportArgumentType] - planes are buffers
    return flat[: plane.line_size * frame.height].reshape(frame.height, plane.line_size)[:, : frame.width]


def split(flat: npt.NDArray[np.uint8], width: int, height: int) -> Planes:
    """The planes of I420 samples, one after the other and without padding."""
    luma, chroma = width * height, (width // 2) * (height // 2)
    if flat.size != luma + 2 * chroma:
        raise ValueError(f"{flat.size} samples are no I420 picture of {width}x{height}")
    half = (height // 2, width // 2)
    return (
        flat[:luma].reshape(height, width),
        flat[luma : luma + chroma].reshape(half),
        flat[luma + chroma :].reshape(half),
    )


def psnr(arrived: Planes, source: Planes) -> float:
    """Decibels over all samples of the three planes below the marked band; infinite where they are equal.

    Raises:
        ValueError: they are not of the same size.
    """
    wrong, samples = 0.0, 0
    for one, other in zip(arrived, source, strict=True):
        if one.shape != other.shape:
            raise ValueError(f"{one.shape} cannot be compared with {other.shape}")
        top = round(one.shape[0] * MARKED)
        apart = one[top:].astype(np.int32) - other[top:]
        wrong += float(np.square(apart).sum())
        samples += apart.size
    return math.inf if wrong == 0 else 10 * math.log10(PEAK**2 * samples / wrong)


def scaled(picture: Planes, width: int, height: int) -> Planes:
    """``picture`` at another size, bicubic: what a sender made smaller is compared at the size it was asked for."""
    was_high, was_wide = picture[0].shape
    if (was_wide, was_high) == (width, height):
        return picture
    flat = np.concatenate([plane.reshape(-1) for plane in picture]).reshape(was_high * 3 // 2, was_wide)
    frame = VideoFrame.from_ndarray(flat, format="yuv420p")
    return planes(frame.reformat(width, height, interpolation=Interpolation.BICUBIC))
