"""One encoder for everybody who watches: what the codecs have in common.

An encoder keeps its context through small changes of the bit rate, since a new context starts with a key frame, which
costs as much as ten other pictures. Which codec, and why its settings are what they are: ``h264.py`` and ``vp8.py``,
measured by ``bench/codecs.py``.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from fractions import Fraction
from typing import Any, Protocol

import av
from av import VideoFrame
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType

CLOCK = 90_000
LOWEST_BITRATE = 150_000
LEAST_BITRATE = 50_000
"""Where a path carries no more: a small picture that moves, if coarsely (``app.media.thinning``)."""
HIGHEST_BITRATE = 2_500_000
BITS_PER_PIXEL = 0.055
"""Of a 720p frame; smaller pictures need more for each pixel."""
REFERENCE_PIXELS = 1280 * 720
LOWEST_SCREEN_BITRATE = 300_000
SCREEN_BITS_PER_PIXEL = 1.2
"""A second, however many pictures that is: a still one is refined, then costs nothing."""
RAISE_BY = 1.3
LOWER_BY = 0.85
"""A new bit rate costs a key frame, so it must be worth it."""
GROUP = 3000
"""Pictures after which there is a key frame even if nobody asks for one."""


def fitting_bitrate(width: int, height: int, fps: int) -> int:
    """Bits a second that a talking head of this size deserves."""
    pixels = width * height
    rate = BITS_PER_PIXEL * pixels * fps * (REFERENCE_PIXELS / pixels) ** 0.25
    return round(max(LOWEST_BITRATE, min(rate, HIGHEST_BITRATE)))


def screen_bitrate(width: int, height: int) -> int:
    """Bits a second that a screen of this size may take while it changes."""
    return round(max(LOWEST_SCREEN_BITRATE, min(SCREEN_BITS_PER_PIXEL * width * height, HIGHEST_BITRATE)))


class Encoder(Protocol):
    """Belongs to one thread."""

    @property
    def bitrate(self) -> int:
        """Bits a second that it is set to; 0 before the first frame."""
        ...

    def encode(self, frame: VideoFrame, limit: int | None, *, key: bool) -> Packet[Any] | None:
        """One packet for one frame (yuv420p), in the frame's time base; None where the rate control left the frame out.

        ``limit`` is the most bits a second that the receivers can take, None where they have not said.
        """
        ...


class SteadyEncoder(ABC):
    """An ``Encoder`` that makes a context of FFmpeg's for the size and the rate, and keeps it while they fit."""

    lowest = LEAST_BITRATE
    """Bits a second that are not gone below, whatever the limit."""

    def __init__(self, fps: int) -> None:
        self.fps = fps
        self._codec: VideoCodecContext | None = None

    @property
    def bitrate(self) -> int:
        return (self._codec.bit_rate or 0) if self._codec is not None else 0

    def encode(self, frame: VideoFrame, limit: int | None, *, key: bool) -> Packet[Any] | None:
        bitrate = self._natural(frame)
        if limit is not None:
            bitrate = max(self.lowest, min(bitrate, limit))
        codec = self._codec
        if codec is None or (codec.width, codec.height) != (frame.width, frame.height) or _worth(codec, bitrate):
            codec = self._codec = self._create(frame.width, frame.height, bitrate)
        frame.pict_type = PictureType.I if key else PictureType.NONE
        return next(iter(codec.encode(frame)), None)

    def _natural(self, frame: VideoFrame) -> int:
        """Bits a second where nobody limits them."""
        return fitting_bitrate(frame.width, frame.height, self.fps)

    @abstractmethod
    def _create(self, width: int, height: int, bitrate: int) -> VideoCodecContext: ...


def context(name: str, width: int, height: int, fps: int, bitrate: int, options: dict[str, str]) -> VideoCodecContext:
    """FFmpeg's encoder ``name``, in the thread that calls it. It is opened by its first frame.

    Raises:
        UnknownCodecError: this build has none.
    """
    codec = av.CodecContext.create(name, "w")
    assert isinstance(codec, VideoCodecContext)
    codec.width, codec.height = width, height
    codec.pix_fmt = "yuv420p"
    codec.time_base = Fraction(1, CLOCK)
    codec.framerate = Fraction(fps, 1)
    codec.bit_rate = bitrate
    codec.gop_size = GROUP
    codec.thread_count = 1
    codec.options = options
    return codec


def _worth(codec: VideoCodecContext, bitrate: int) -> bool:
    return not LOWER_BY < bitrate / (codec.bit_rate or 1) < RAISE_BY
