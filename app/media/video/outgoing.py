"""Our picture on its way out: captured once, encoded once, handed to every peer.

``VideoOut`` takes pictures in the capture thread, shows the newest to the self view, and encodes it in a thread of
its own for all who watch, once for each codec that somebody takes; a picture that comes while the last is still being
encoded replaces it. A peer's ``VideoTrack`` lives as long as its connection, and simply has nothing to give while the
camera is off. A peer that agreed on a codec that is none of ours gets the pictures themselves and is encoded for by
aiortc.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections import deque
from fractions import Fraction
from typing import Any

from aiortc import MediaStreamTrack
from aiortc.mediastreams import MediaStreamError
from av import VideoFrame
from av.packet import Packet

from app.media.slot import FrameSlot
from app.media.video.codecs import CAMERA, Encoders
from app.media.video.encoder import CLOCK, Encoder
from app.media.video.scale import TileScaler

log = logging.getLogger(__name__)

QUEUE = 15
"""Packets that may wait for one peer: half a second. Beyond, it starts over with a key frame."""
KEY_INTERVAL_S = 0.3
"""Requests for key frames that come closer together than this are answered by one."""


class _Encoding:
    """Our picture in one codec."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self.limit: int | None = None
        """Bits a second that all who take it can take."""
        self.key_wanted = False
        self._key_at = float("-inf")

    def takes_key(self, now: float) -> bool:
        """Whether the next picture is to be a key frame."""
        if not self.key_wanted or now - self._key_at < KEY_INTERVAL_S:
            return False
        self.key_wanted = False
        self._key_at = now
        return True


class VideoOut:
    def __init__(self, fps: int, encoders: Encoders = CAMERA) -> None:
        self.self_view = FrameSlot()
        self._loop = asyncio.get_running_loop()
        self._scaler = TileScaler()
        self._tracks: set[VideoTrack] = set()
        self.codecs = tuple(encoders)
        """Names of those that we encode in, the first preferred."""
        self._encodings = {codec: _Encoding(make(fps)) for codec, make in encoders.items()}
        self._wanted: tuple[str | None, ...] = ()
        """Codecs that somebody takes; None: the pictures themselves."""
        self._news = threading.Condition()
        self._newest: VideoFrame | None = None
        self._closing = False
        self._thread: threading.Thread | None = None

    @property
    def is_watched(self) -> bool:
        """Somebody takes what comes. Any thread."""
        return bool(self._tracks)

    @property
    def is_encoding(self) -> bool:
        """There is an encoder at work."""
        return self._thread is not None

    def bitrate(self, codec: str) -> int:
        """Bits a second that this encoder is set to; 0 before it is at work."""
        return self._encodings[codec].encoder.bitrate

    def limit(self, codec: str) -> int | None:
        """Bits a second that everybody who takes ``codec`` can take; None: nobody has said."""
        return self._encodings[codec].limit

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
            if any(self._wanted) and not self._closing:
                self._newest = frame
                self._news.notify()
                if self._thread is None:
                    self._thread = threading.Thread(target=self._run, name="video-encoder", daemon=True)
                    self._thread.start()
            shares_pictures = None in self._wanted
        if shares_pictures:
            self._tell(frame, None)

    # ---- loop

    def track(self) -> VideoTrack:
        """A new peer's track."""
        return VideoTrack(self)

    def watch(self, track: VideoTrack) -> None:
        """``track`` is connected and wants what comes."""
        self._tracks.add(track)
        self._look_who_watches()
        self.request_key_frame(track.codec)

    def unwatch(self, track: VideoTrack) -> None:
        self._tracks.discard(track)
        self._look_who_watches()

    def request_key_frame(self, codec: str | None) -> None:
        with self._news:
            if codec in self._encodings:
                self._encodings[codec].key_wanted = True

    def reconsider_limits(self) -> None:
        """Somebody said how much they can take: the tightest rules, since there is one encoding for all."""
        for codec, encoding in self._encodings.items():
            limits = [one.limit for one in self._tracks if one.codec == codec and one.limit is not None]
            encoding.limit = min(limits, default=None)

    def _look_who_watches(self) -> None:
        with self._news:
            self._wanted = tuple({one.codec for one in self._tracks})
        self.reconsider_limits()

    async def close(self) -> None:
        with self._news:
            self._closing = True
            self._newest = None
            self._news.notify()
        if self._thread is not None:
            await asyncio.to_thread(self._thread.join)

    # ---- encoder thread

    def _run(self) -> None:
        while (frame := self._next()) is not None:
            for codec in self._wanted:
                if codec is not None:
                    self._encode(frame, codec)

    def _encode(self, frame: VideoFrame, codec: str) -> None:
        encoding = self._encodings[codec]
        with self._news:
            key = encoding.takes_key(time.monotonic())
        try:
            packet = encoding.encoder.encode(frame, encoding.limit, key=key)
        except Exception:
            log.exception("a picture could not be encoded")
            return
        if packet is not None:
            self._tell(packet, codec)

    def _next(self) -> VideoFrame | None:
        with self._news:
            while self._newest is None and not self._closing:
                self._news.wait()
            frame, self._newest = self._newest, None
            return frame

    # ---- to the loop

    def _tell(self, content: VideoFrame | Packet[Any], codec: str | None) -> None:
        try:
            self._loop.call_soon_threadsafe(self._share, content, codec)
        except RuntimeError:
            log.debug("a picture came after the loop was closed")

    def _share(self, content: VideoFrame | Packet[Any], codec: str | None) -> None:
        for track in tuple(self._tracks):
            if track.codec == codec:
                track.put(content)


class VideoTrack(MediaStreamTrack):
    """One peer's end of our picture."""

    kind = "video"

    def __init__(self, out: VideoOut) -> None:
        super().__init__()
        self.offered = out.codecs
        """Names of the codecs that we would send in, the first preferred."""
        self._codec: str | None = out.codecs[0]
        self.limit: int | None = None
        """Bits a second that the peer said it can take (REMB)."""
        self._out = out
        self._watching = False
        self._queue: deque[VideoFrame | Packet[Any]] = deque()
        self._arrived = asyncio.Event()
        self._needs_key = True

    @property
    def codec(self) -> str | None:
        """What it is sent in; None: the peer agreed on what we do not encode for all, and gets the pictures."""
        return self._codec

    def agree(self, codec: str) -> None:
        """The peer takes ``codec`` (its name in SDP). Called before the first ``recv``."""
        self._codec = codec if codec in self._out.codecs else None

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
        self._out.request_key_frame(self._codec)

    def set_limit(self, bits_per_second: int) -> None:
        self.limit = bits_per_second
        self._out.reconsider_limits()

    def stop(self) -> None:
        super().stop()
        self._out.unwatch(self)

    def _admits(self, packet: Packet[Any]) -> bool:
        """Pictures build on each other: after a gap only a key frame makes sense."""
        if len(self._queue) >= QUEUE:
            self._queue.clear()
            self._needs_key = True
            self._out.request_key_frame(self._codec)
        if self._needs_key and not packet.is_keyframe:
            return False
        self._needs_key = False
        return True
