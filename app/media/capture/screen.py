"""Pictures of a screen or a window: readable, at most so many a second, and hardly any while nothing changes.

Promises: full resolution up to the format's box, scaled smoothly beyond it; a changed picture goes on at the format's
rate, an unchanged one ``STILL_FPS`` times a second, which is enough for whoever comes late and costs next to nothing.
Captured through Qt where Qt runs on a desktop (only it knows windows, and on Wayland the way to ask), else by FFmpeg.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Generator, Iterator

import numpy as np
from av import VideoFrame
from av.video.reformatter import VideoReformatter

from app.errors import DeviceError, DeviceKind, DeviceProblem
from app.media.capture import opening, producers
from app.media.capture.opening import open_first
from app.media.capture.reading import packets
from app.media.capture.worker import Item, Produce
from app.media.sources import SourceKind, SourceSpec, VideoFormat
from app.media.video.pace import Decimator

PATIENCE_S = 60.0
"""Some desktops ask the person which screen it may be, and the answer takes its time."""
STILL_FPS = 5


def pictures(spec: SourceSpec, wanted: VideoFormat) -> Produce:
    """The producer for a shared ``spec``: a screen or a window, or what a camera could also be."""
    if spec.kind is SourceKind.FILE:
        return producers.clips(spec.name, frozenset({DeviceKind.CAMERA}), wanted)
    if spec.kind not in (SourceKind.SCREEN, SourceKind.WINDOW):
        return producers.pictures(spec, wanted)

    def produce(stopping: threading.Event) -> Generator[Item, None, None]:
        by_qt = _by_qt(spec, wanted, stopping)
        return _shaped(by_qt if by_qt is not None else by_ffmpeg(spec, wanted, stopping), wanted)

    return produce


def _by_qt(spec: SourceSpec, wanted: VideoFormat, stopping: threading.Event) -> Iterator[VideoFrame] | None:
    """None where no Qt runs that could."""
    if "PySide6.QtGui" not in sys.modules:
        return None
    from app.media.capture import qt_screen

    return qt_screen.frames(spec, wanted, stopping) if qt_screen.is_usable() else None


def by_ffmpeg(spec: SourceSpec, wanted: VideoFormat, stopping: threading.Event) -> Iterator[VideoFrame]:
    """Pictures of a screen as FFmpeg has them.

    Raises:
        DeviceError: it is a window, or does not open.
    """
    if spec.kind is SourceKind.WINDOW:
        raise DeviceError(DeviceKind.SCREEN, DeviceProblem.FAILED, "single windows can be shared from the app only")
    with open_first(DeviceKind.SCREEN, opening.camera(spec, wanted)) as container:
        for packet in packets(container, container.streams.video[0], stopping):
            yield from packet.decode()


def _shaped(frames: Iterator[VideoFrame], wanted: VideoFormat) -> Generator[Item, None, None]:
    decimator = Decimator(wanted.fps)
    scaler = ScreenScaler(wanted.width, wanted.height)
    stillness = Stillness()
    for frame in frames:
        at = time.monotonic()
        if decimator.passes(at):
            shaped = scaler.frame(frame)
            if stillness.passes(shaped, at):
                yield Item(shaped, at)


class ScreenScaler:
    """Into a box as yuv420p: never larger than the source, sides even, and smaller only without jagged letters.

    Belongs to one thread.
    """

    def __init__(self, width: int, height: int) -> None:
        self._box = width, height
        self._reformatter = VideoReformatter()

    def frame(self, frame: VideoFrame) -> VideoFrame:
        ratio = min(self._box[0] / frame.width, self._box[1] / frame.height, 1.0)
        width, height = (max(2, round(side * ratio / 2) * 2) for side in (frame.width, frame.height))
        smooth = "AREA" if ratio <= 0.5 else "BICUBIC"
        return self._reformatter.reformat(frame, width, height, "yuv420p", interpolation=smooth, threads=1)


class Stillness:
    """Holds back most pictures that are the same as the one before."""

    def __init__(self) -> None:
        self._last: VideoFrame | None = None
        self._passed_at = float("-inf")

    def passes(self, frame: VideoFrame, at: float) -> bool:
        """``frame`` is yuv420p and not changed afterwards; ``at`` is any clock in seconds that rises."""
        if self._last is not None and _same(self._last, frame) and at - self._passed_at < 1 / STILL_FPS:
            return False
        self._last, self._passed_at = frame, at
        return True


def _same(one: VideoFrame, other: VideoFrame) -> bool:
    if (one.width, one.height) != (other.width, other.height):
        return False
    pairs = zip(one.planes, other.planes, strict=True)
    return all(np.array_equal(np.frombuffer(a, np.uint8), np.frombuffer(b, np.uint8)) for a, b in pairs)
