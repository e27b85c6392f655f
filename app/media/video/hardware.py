"""H.264 by the computer's own encoder: tried and measured once, in a thread, before it is trusted with anybody's face.

An encoder counts as good where it opens, gives a packet for every frame at once, starts with a key frame and makes one
when asked, in a picture like its source, and costs clearly less processor than x264. Drivers promise more than they
keep, so nothing of this is believed unseen; what fails during a call is not used again.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import log10
from statistics import fmean, median
from typing import Any

import numpy as np
from av import CodecContext, VideoFrame
from av.codec import codecs_available
from av.error import FFmpegError
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType

from app.media.video.encoder import CLOCK, context

log = logging.getLogger(__name__)

CANDIDATES = {
    "win32": ("h264_nvenc", "h264_qsv", "h264_amf", "h264_mf"),
    "darwin": ("h264_videotoolbox",),
}
OTHERWISE = ("h264_nvenc", "h264_qsv", "h264_amf")
OPTIONS = {
    "h264_nvenc": {"preset": "p2", "tune": "ull", "rc": "cbr", "zerolatency": "1", "delay": "0", "forced-idr": "1"},
    "h264_qsv": {"preset": "veryfast", "async_depth": "1", "low_power": "0", "forced_idr": "1", "bf": "0"},
    "h264_amf": {"usage": "ultralowlatency", "quality": "speed", "rc": "cbr", "forced_idr": "1"},
    "h264_mf": {"rate_control": "cbr", "scenario": "video_conference", "hw_encoding": "1"},
    "h264_videotoolbox": {"realtime": "1", "prio_speed": "1", "allow_sw": "0"},
}
WIDTH, HEIGHT, FPS, BITRATE = 1280, 720, 30, 1_500_000
FRAMES, MORE_FRAMES = 20, 60
"""More where the system counts a thread's time so coarsely (Windows: in ticks of 1/64 s) that single frames seem to
cost nothing: then their sum tells."""
KEY_AT = 10
LEAST_DB = 28.0
SLOWEST_S = 0.02
"""From a frame to its packet."""
CHEAPER = 0.7
"""Of x264's processor time: for less gain x264's even quality is the better choice."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of trying an encoder; seconds for a frame."""

    cpu_s: float = 0.0
    """Mean, of the thread that calls; what a driver does elsewhere is not known."""
    wall_s: float = 0.0
    """Median."""
    problem: str = ""
    """Why it is not to be used; "" where it works."""


class _Finding:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.thread: threading.Thread | None = None
        self.best: str | None = None
        self.failed: set[str] = set()


_finding = _Finding()


def look(software: Callable[[int, int, int, int], VideoCodecContext]) -> None:
    """Begin to try what this computer has against ``software`` (made from width, height, frames and bits a second).
    Harmless to repeat; until it is done ``best`` has nothing to offer."""
    with _finding.lock:
        if _finding.thread is None and candidates():
            _finding.thread = threading.Thread(target=_find, args=(software,), name="hardware-trial", daemon=True)
            _finding.thread.start()


def best() -> str | None:
    """FFmpeg's name of the encoder to use; None: x264."""
    with _finding.lock:
        return _finding.best


def give_up(name: str) -> None:
    """``name`` failed: it is not to be used any more."""
    with _finding.lock:
        _finding.failed.add(name)
        if _finding.best == name:
            _finding.best = None


def candidates(platform: str = sys.platform) -> tuple[str, ...]:
    """What this build of FFmpeg could use here, the best first."""
    return tuple(name for name in CANDIDATES.get(platform, OTHERWISE) if name in codecs_available)


def h264(name: str, width: int, height: int, fps: int, bitrate: int) -> VideoCodecContext:
    options = {"maxrate": str(bitrate), "bufsize": str(bitrate), **OPTIONS[name]}
    if name != "h264_mf":
        options["profile"] = "constrained_baseline" if name in ("h264_amf", "h264_videotoolbox") else "baseline"
    codec = context(name, width, height, fps, bitrate, options)
    codec.max_b_frames = 0
    return codec


def tried(codec: VideoCodecContext, used: Callable[[], float] = time.thread_time) -> Trial:
    """Encode a moving picture of ``WIDTH`` x ``HEIGHT`` with ``codec``, as in a call, and look at what comes of it.
    ``used`` is the processor time of this thread in seconds."""
    decoder = CodecContext.create("h264", "r")
    assert isinstance(decoder, VideoCodecContext)
    cpu: list[float] = []
    wall: list[float] = []
    for number in range(MORE_FRAMES):
        if number >= FRAMES and all(cpu):
            break
        wants_key = number in (0, KEY_AT)
        frame = _picture(number)
        frame.pict_type = PictureType.I if wants_key else PictureType.NONE
        began, before = time.perf_counter(), used()
        try:
            packets = codec.encode(frame)
        except FFmpegError as error:
            return Trial(problem=f"it does not work: {error}")
        cpu.append(used() - before)
        wall.append(time.perf_counter() - began)
        if len(packets) != 1:
            return Trial(problem=f"{len(packets)} packets for frame {number}")
        if packets[0].is_keyframe != wants_key:
            return Trial(problem=f"frame {number} should{'' if wants_key else ' not'} be a key frame")
        if not _resembles(decoder, packets[0], frame):
            return Trial(problem=f"frame {number} does not look like its source")
    # with the first the encoder is opened, which may cost as much as all the rest
    return Trial(fmean(cpu[1:]), median(wall))


def choose(trials: Mapping[str, Trial], software: Trial) -> str | None:
    """The cheapest of what works, is quick and costs clearly less than ``software``; None: there is none."""
    good = {
        name: trial
        for name, trial in trials.items()
        if not trial.problem and trial.wall_s <= SLOWEST_S and trial.cpu_s < CHEAPER * software.cpu_s
    }
    return min(good, key=lambda name: good[name].cpu_s, default=None)


def _find(software: Callable[[int, int, int, int], VideoCodecContext]) -> None:
    size = WIDTH, HEIGHT, FPS, BITRATE
    trials = {name: _attempt(lambda name=name: h264(name, *size)) for name in candidates()}
    working = {name: trial for name, trial in trials.items() if not trial.problem}
    chosen = choose(working, _attempt(lambda: software(*size))) if working else None
    log.info("hardware encoders: %s; %s is used", trials, chosen or "x264")
    with _finding.lock:
        if chosen not in _finding.failed:
            _finding.best = chosen


def _attempt(make: Callable[[], VideoCodecContext]) -> Trial:
    try:
        return tried(make())
    except Exception as error:  # noqa: BLE001 - whatever a driver does, the call goes on without it
        return Trial(problem=f"{type(error).__name__}: {error}")


def _picture(number: int) -> VideoFrame:
    """Waves that wander: neither flat nor noise."""
    across, down = np.arange(WIDTH), np.arange(HEIGHT)[:, None]
    luma = 128 + 50 * np.sin((across + 3 * number) / 23) + 50 * np.cos((down - 2 * number) / 17)
    chroma = np.full((HEIGHT // 2, WIDTH), 128)
    frame = VideoFrame.from_ndarray(np.vstack((luma, chroma)).astype(np.uint8), format="yuv420p")
    frame.pts, frame.time_base = number * CLOCK // FPS, Fraction(1, CLOCK)
    return frame


def _resembles(decoder: VideoCodecContext, packet: Packet[Any], source: VideoFrame) -> bool:
    shown = decoder.decode(packet)
    if len(shown) != 1 or (shown[0].width, shown[0].height) != (WIDTH, HEIGHT):
        return False
    one, other = (frame.to_ndarray().astype(np.float32) for frame in (shown[0], source))
    wrong = float(np.square(one - other).mean())
    return wrong == 0 or 10 * log10(255**2 / wrong) >= LEAST_DB
