"""Their picture on its way in, in the decoder's thread: always counted, held until its sound is heard, and scaled to
the tile when it is shown, while somebody looks."""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass

from av import VideoFrame
from av.frame import Frame

from app.media.figures import VideoFigures
from app.media.slot import FrameSlot
from app.media.sync import LipSync
from app.media.video import stamp
from app.media.video.meter import VideoMeter
from app.media.video.scale import TileScaler

HELD = 6
"""Pictures that may be held: those of ``sync.MOST_S`` at 30 a second, and one. Beyond, the oldest is shown at once."""


@dataclass(frozen=True, slots=True)
class _Held:
    frame: VideoFrame
    decoded: float
    due: float


class VideoIn:
    """A ``FrameSink``."""

    def __init__(self, slot: FrameSlot, sync: LipSync | None = None) -> None:
        """``sync`` says until when a picture is held; None: nothing is."""
        self._slot = slot
        self._sync = sync
        self._held: deque[_Held] = deque()
        """As they were decoded: holding costs nothing but their memory."""
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
        if self._slot.look is None:
            self._held.clear()
            return
        due = now if self._sync is None or frame.pts is None else self._sync.due(frame.pts, now)
        if due > now or self._held:
            self._hold(_Held(frame, now, due))
        elif not more:
            self._show(_Held(frame, now, now), now)

    def due(self) -> float | None:
        return self._held[0].due if self._held else None

    def show(self) -> None:
        now = time.monotonic()
        newest: _Held | None = None
        while self._held and self._held[0].due <= now:
            newest = self._held.popleft()
        if newest is not None:
            self._show(newest, now)

    def is_paused(self) -> bool:
        """It was looked at, and is not any more: nothing needs to be decoded."""
        return self._slot.was_shown and self._slot.look is None

    def figures(self) -> VideoFigures:
        with self._lock:
            return self._meter.figures(time.monotonic())

    def _hold(self, picture: _Held) -> None:
        self._held.append(picture)
        if len(self._held) > HELD:
            self._show(self._held.popleft(), picture.decoded)

    def _show(self, picture: _Held, now: float) -> None:
        look = self._slot.look
        if look is None:
            return
        with self._lock:
            self._meter.shown(now - picture.decoded)
        self._slot.put(self._scaler.picture(picture.frame, look))
