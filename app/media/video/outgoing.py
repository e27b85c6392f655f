"""Our picture on its way out: captured once, encoded once, handed to every peer.

``VideoOut`` takes pictures in the capture thread, shows the newest to the self view, and encodes it in a thread of
its own for all who watch; a picture that comes while the last is still being encoded replaces it. A peer's
``VideoTrack`` lives as long as its connection, and simply has nothing to give while the camera is off. A peer that
asked for another codec than VP8 gets the pictures themselves and is encoded for by aiortc.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from fractions import Fraction
from typing import Any, Protocol

from aiortc import MediaStreamTrack
from aiortc.mediastreams import MediaStreamError
from av import VideoFrame
from av.packet import Packet

from app.media.slot import FrameSlot
from app.media.video.encoder import CLOCK, Vp8Encoder
from app.media.video.scale import TileScaler

log = logging.getLogger(__name__)

QUEUE = 15
"""Packets that may wait for one peer: half a second. Beyond, it starts over with a key frame."""
KEY_INTERVAL_S = 0.3
"""Requests for key frames that come closer together than this are answered by one."""


class Encoder(Protocol):
    """Belongs to the encoder thread."""

    @property
    def bitrate(self) -> int:
        """Bits a second; 0 before the first frame."""
        ...

    def encode(self, frame: VideoFrame, limit: int | None, *, key: bool) -> Packet[Any] | None:
        """One packet for one frame, in the frame's time base; None where the rate control left the frame out."""
        ...


class VideoOut:
    def __init__(self, fps: int, make_encoder: Callable[[int], Encoder] = Vp8Encoder) -> None:
        self.self_view = FrameSlot()
        self._loop = asyncio.get_running_loop()
        self._scaler = TileScaler()
        self._tracks: set[VideoTrack] = set()
        self._encode = False
        """Somebody wants VP8."""
        self._shares_pictures = False
        """Somebody wants the pictures themselves."""
        self._encoder = make_encoder(fps)
        self._news = threading.Condition()
        self._newest: VideoFrame | None = None
        self._closing = False
        self._key_wanted = False
        self.limit: int | None = None
        """Bits a second that everybody can take."""
        self._thread: threading.Thread | None = None

    @property
    def is_watched(self) -> bool:
        """Somebody takes what comes. Any thread."""
        return bool(self._tracks)

    @property
    def is_encoding(self) -> bool:
        """There is an encoder at work."""
        return self._thread is not None

    @property
    def bitrate(self) -> int:
        """Bits a second that the encoder is set to; 0 before it is at work."""
        return self._encoder.bitrate

    # ---- capture thread

    def put(self, frame: VideoFrame, at: float) -> None:
        """Send ``frame`` (yuv420p, already of the right size), captured at ``at`` (monotonic). One thread at a time."""
        look = self.self_view.look
        if look is not None:
            self.self_view.put(self._scaler.picture(frame, look))
        if not self._tracks:
            return
        frame.pts = int(at * CLOCK)  # one clock for all, so that a track may follow another picture
        frame.time_base = Fraction(1, CLOCK)
        with self._news:
            if self._encode and not self._closing:
                self._newest = frame
                self._news.notify()
                if self._thread is None:
                    self._thread = threading.Thread(target=self._run, name="video-encoder", daemon=True)
                    self._thread.start()
            shares_pictures = self._shares_pictures
        if shares_pictures:
            self._tell(frame)

    # ---- loop

    def track(self) -> VideoTrack:
        """A new peer's track."""
        return VideoTrack(self)

    def watch(self, track: VideoTrack) -> None:
        """``track`` is connected and wants what comes."""
        self._tracks.add(track)
        self._look_who_watches()
        self.reconsider_limit()
        self.request_key_frame()

    def unwatch(self, track: VideoTrack) -> None:
        self._tracks.discard(track)
        self._look_who_watches()
        self.reconsider_limit()

    def request_key_frame(self) -> None:
        with self._news:
            self._key_wanted = True

    def _look_who_watches(self) -> None:
        with self._news:
            self._encode = any(one.wants_packets for one in self._tracks)
            self._shares_pictures = not all(one.wants_packets for one in self._tracks)

    def reconsider_limit(self) -> None:
        """Somebody said how much they can take: the tightest rules, since there is one encoding for all."""
        limits = [track.limit for track in self._tracks if track.limit is not None]
        self.limit = min(limits, default=None)

    async def close(self) -> None:
        with self._news:
            self._closing = True
            self._newest = None
            self._news.notify()
        if self._thread is not None:
            await asyncio.to_thread(self._thread.join)

    # ---- encoder thread

    def _run(self) -> None:
        key_at = float("-inf")
        while (frame := self._next()) is not None:
            now = time.monotonic()
            with self._news:
                key = self._key_wanted and now - key_at >= KEY_INTERVAL_S
                if key:
                    self._key_wanted = False
                    key_at = now
            try:
                packet = self._encoder.encode(frame, self.limit, key=key)
            except Exception:
                log.exception("a picture could not be encoded")
                continue
            if packet is not None:
                self._tell(packet)

    def _next(self) -> VideoFrame | None:
        with self._news:
            while self._newest is None and not self._closing:
                self._news.wait()
            frame, self._newest = self._newest, None
            return frame

    # ---- to the loop

    def _tell(self, content: VideoFrame | Packet[Any]) -> None:
        try:
            self._loop.call_soon_threadsafe(self._share, content)
        except RuntimeError:
            log.debug("a picture came after the loop was closed")

    def _share(self, content: VideoFrame | Packet[Any]) -> None:
        for track in tuple(self._tracks):
            if track.wants_packets == isinstance(content, Packet):
                track.put(content)


class VideoTrack(MediaStreamTrack):
    """One peer's end of our picture."""

    kind = "video"

    def __init__(self, out: VideoOut) -> None:
        super().__init__()
        self.wants_packets = True
        """False where the peer agreed on another codec than VP8. Set before the first ``recv``."""
        self.limit: int | None = None
        """Bits a second that the peer said it can take (REMB)."""
        self._out = out
        self._watching = False
        self._queue: deque[VideoFrame | Packet[Any]] = deque()
        self._arrived = asyncio.Event()
        self._needs_key = True

    def put(self, content: VideoFrame | Packet[Any]) -> None:
        """A packet waits its turn; a picture replaces the one before."""
        if not isinstance(content, Packet):
            self._queue.clear()
        elif not self._admits(content):
            return
        self._queue.append(content)
        self._arrived.set()

    async def recv(self) -> VideoFrame | Packet[Any]:
        if self.readyState != "live":
            raise MediaStreamError
        if not self._watching:
            self._watching = True
            self._out.watch(self)
        while not self._queue:
            self._arrived.clear()
            await self._arrived.wait()
        return self._queue.popleft()

    def follow(self, out: VideoOut) -> None:
        """Send what ``out`` has from now on, from a key frame of its own onwards."""
        if out is self._out:
            return
        self._out.unwatch(self)
        self._out = out
        self._queue.clear()
        self._needs_key = True
        self.limit = None  # it was found with the other picture's rate
        if self._watching and self.readyState == "live":
            out.watch(self)

    def request_key_frame(self) -> None:
        self._out.request_key_frame()

    def set_limit(self, bits_per_second: int) -> None:
        self.limit = bits_per_second
        self._out.reconsider_limit()

    def stop(self) -> None:
        super().stop()
        self._out.unwatch(self)

    def _admits(self, packet: Packet[Any]) -> bool:
        """Pictures build on each other: after a gap only a key frame makes sense."""
        if len(self._queue) >= QUEUE:
            self._queue.clear()
            self._needs_key = True
            self._out.request_key_frame()
        if self._needs_key and not packet.is_keyframe:
            return False
        self._needs_key = False
        return True
