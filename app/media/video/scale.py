"""Scaling, in the thread that has the frame: to the tile as BGRA without a copy, or to the format that is sent.

Each instance keeps its scaling context and belongs to one thread.
"""

from __future__ import annotations

import numpy as np
from av import VideoFrame
from av.video.plane import VideoPlane
from av.video.reformatter import ColorRange, VideoReformatter

from app.media.slot import Fit, Look, Picture

FREAK = 8
"""Beyond this difference of proportions a picture is not cut to fill the tile: most of it would be thrown away."""


class TileScaler:
    def __init__(self) -> None:
        self._sizes = VideoReformatter()
        self._colours = VideoReformatter()

    def picture(self, frame: VideoFrame, look: Look) -> Picture:
        """``frame`` as BGRA for the tile. Cutting off is a matter of where the rows start: nothing is copied.

        People are scaled as yuv420p and get their colours afterwards: bilinear that way costs what fast bilinear in
        one step does, and is 7 to 10 dB nearer to Lanczos. Screens keep the finer colours of one step, for their
        letters.
        """
        ratios = look.width / frame.width, look.height / frame.height
        ratio = max(ratios) if look.fit is Fit.COVER else min(ratios)
        if max(ratios) > FREAK * min(ratios):
            ratio = min(ratios)
        scaled_width = _even(frame.width * ratio)
        scaled_height = _even(frame.height * ratio)
        if look.fit is Fit.COVER:
            frame = self._sizes.reformat(
                frame, scaled_width, scaled_height, "yuv420p", interpolation="BILINEAR", threads=1
            )
        scaled = self._colours.reformat(frame, scaled_width, scaled_height, "bgra", interpolation="BILINEAR", threads=1)
        plane = scaled.planes[0]
        stride = plane.line_size
        width, height = min(scaled_width, look.width), min(scaled_height, look.height)
        start = (scaled_height - height) // 2 * stride + (scaled_width - width) // 2 * 4
        end = start + (height - 1) * stride + width * 4
        return Picture(memoryview(plane)[start:end], width, height, stride)


def _even(side: float) -> int:
    """``side`` or the even number above it: libswscale takes three times as long for odd ones."""
    return max(2, -(-round(side) // 2) * 2)


def copied(frame: VideoFrame) -> VideoFrame:
    """The pixels of ``frame`` in memory of their own, for another thread; no moment goes with them."""
    copy = VideoFrame(frame.width, frame.height, frame.format.name)
    for target, source in zip(copy.planes, frame.planes, strict=True):
        common = min(target.line_size, source.line_size)  # a decoder's rows may be longer than ours
        _rows(target)[:, :common] = _rows(source)[:, :common]
    return copy


def _rows(plane: VideoPlane) -> np.ndarray:
    return np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)


class SendScaler:
    """Into a box of ``width`` × ``height`` as yuv420p: proportions kept, never larger than the source, sides even.

    A camera's JPEGs, and some phones' clips, use all of 0 to 255 for their light. Nobody would be told so: VP8 has no
    word for it, and browsers go by it at most in H.264. Such pictures get the 16 to 235 that everybody expects.
    """

    def __init__(self, width: int, height: int) -> None:
        self._box = width, height
        self._reformatter = VideoReformatter()

    def frame(self, frame: VideoFrame) -> VideoFrame:
        """A frame of the right size and format; ``frame`` itself where it is right already."""
        ratio = min(self._box[0] / frame.width, self._box[1] / frame.height, 1.0)
        width, height = (max(2, round(side * ratio / 2) * 2) for side in (frame.width, frame.height))
        light = ColorRange.MPEG if frame.color_range == ColorRange.JPEG else None
        return self._reformatter.reformat(
            frame, width, height, "yuv420p", interpolation="FAST_BILINEAR", dst_color_range=light, threads=1
        )
