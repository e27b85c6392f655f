"""Their picture on its way in, in the decoder's thread: always counted, scaled to the tile while somebody looks."""

from __future__ import annotations

import threading
import time

from av import VideoFrame
from av.frame import Frame

from app.media.figures import VideoFigures
from app.media.slot import FrameSlot
from app.media.video import stamp
from app.media.video.meter import VideoMeter
from app.media.video.scale import TileScaler


class VideoIn:
    """A ``FrameSink``."""

    def __init__(self, slot: FrameSlot) -> None:
        self._slot = slot
        self._scaler = TileScaler()
        self._meter = VideoMeter()
        self._lock = threading.Lock()

    def frame(self, frame: Frame, *, more: bool) -> None:
        if not isinstance(frame, VideoFrame):
            return
        now = time.monotonic()
        stamped = stamp.read(frame)
        latency = None if stamped is None else stamp.age(stamped, now)
        with self._lock:
            self._meter.add(now, frame.width, frame.height, latency)
        look = self._slot.look
        if look is not None and not more:
            self._slot.put(self._scaler.picture(frame, look))

    def is_paused(self) -> bool:
        """It was looked at, and is not any more: nothing needs to be decoded."""
        return self._slot.was_shown and self._slot.look is None

    def figures(self) -> VideoFigures:
        with self._lock:
            return self._meter.figures(time.monotonic())
