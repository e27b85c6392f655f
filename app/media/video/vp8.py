"""VP8 in real time, for those who cannot take H.264, and for screens.

Settings follow libwebrtc's on a desktop: constant bit rate, no look-ahead, one token partition. Unlike aiortc's own
encoder it drops the denoiser, which costs a third more time and makes a clean picture worse.
"""

from __future__ import annotations

from av import VideoFrame
from av.video.codeccontext import VideoCodecContext

from app.media.video.encoder import LOWEST_SCREEN_BITRATE, SteadyEncoder, context, screen_bitrate

CPU_USED = -12
"""libvpx's speed: -10 costs a fifth more for 0.7 dB; -16 saves a twelfth and loses 5.5 dB."""
COARSEST = 56
COARSEST_SCREEN = 42
"""Of VP8's quantisers 0 to 63: beyond, small text falls apart."""
DROP_BELOW = 30
"""Per cent of the rate control's buffer: emptier, a picture of a screen is left out."""


class Vp8Encoder(SteadyEncoder):
    """For a camera."""

    def _create(self, width: int, height: int, bitrate: int) -> VideoCodecContext:
        return vp8(width, height, self.fps, bitrate, COARSEST, {})


class Vp8ScreenEncoder(SteadyEncoder):
    """For a screen: letters stay sharp, and the rate gives way in time rather than in sharpness.

    Unlike a camera's, a screen's picture is mostly still and must be readable: the quantiser has a limit that keeps
    text legible, libvpx's screen content mode skips what did not change, and where a change is too much for the bit
    rate a frame is left out and the next one tried. Measured on a page of 14 px text at 1080p and 2 Mbit/s: 35 dB from
    the first picture on (a camera's settings: 29 dB, and 32 dB only after two thirds of a second), 15 ms a frame.
    """

    lowest = LOWEST_SCREEN_BITRATE

    def _natural(self, frame: VideoFrame) -> int:
        return screen_bitrate(frame.width, frame.height)

    def _create(self, width: int, height: int, bitrate: int) -> VideoCodecContext:
        more = {"drop-threshold": str(DROP_BELOW), "screen-content-mode": "1"}
        return vp8(width, height, self.fps, bitrate, COARSEST_SCREEN, more)


def vp8(width: int, height: int, fps: int, bitrate: int, coarsest: int, more: dict[str, str]) -> VideoCodecContext:
    """libvpx for pictures of this size; ``more`` are options beside or in place of the usual ones."""
    options = {
        "bufsize": str(bitrate),
        "cpu-used": str(CPU_USED),
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
    codec = context("libvpx", width, height, fps, bitrate, options | more)
    codec.qmin, codec.qmax = 2, coarsest
    return codec
