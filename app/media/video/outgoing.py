"""Our picture on its way out: captured once, encoded once, handed to every peer.

``VideoOut`` takes pictures in the capture thread, shows the newest to the self view, and encodes it in a thread of
its own for all who watch, once for each codec and rate (full, or half and less) that somebody takes; a picture that
comes while the last is still being encoded replaces it. A peer's ``VideoTrack`` lives as long as its connection, and
simply has nothing to give while the camera is off. A peer that agreed on a codec that is none of ours gets the pictures
themselves and is encoded for by aiortc.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from aiortc import MediaStreamTrack
from aiortc.mediastreams import MediaStreamError
from av import VideoFrame
from av.packet import Packet

from app.media.slot import FrameSlot
from app.media.video.codecs import CAMERA, Encoders
from app.media.video.encoder import CLOCK, Encoder
from app.media.video.pace import Decimator
from app.media.video.pressure import Toll
from app.media.video.scale import TileScaler

log = logging.getLogger(__name__)

QUEUE = 15
"""Packets that may wait for one peer: half a second. Beyond, it starts over with a key frame."""
FASTEST = 120
"""Pictures a second: nobody wants more."""
SLOWEST_HALVED = 20
"""Pictures a second: what is slower has no half rate."""
KEY_INTERVAL_S = 0.3
"""Requests for key frames that come closer together than this are answered by one."""

type TakePicture = Callable[[Packet[Any]], None]
"""Told of an encoded picture."""


@dataclass(frozen=True, slots=True)
class Stream:
    """What a track takes. All tracks that take the same share one encoding."""

    codec: str | None
    """Its name in SDP; None: the pictures themselves."""
    is_slow: bool = False
    """At half the rate, or less."""


class _Encoding:
    """Our picture in one stream. Where nobody wants all pictures of it, it is as fast as the one who wants most."""

    def __init__(self, encoder: Encoder | None) -> None:
        self.encoder = encoder
        self.limit: int | None = None
        """Bits a second that all who take it can take."""
        self.key_wanted = False
        self._key_at = float("-inf")
        self._pace: Decimator | None = None

    def set_fps(self, fps: int, natural: int) -> None:
        if fps >= natural:
            self._pace = None
        elif self._pace is None or self._pace.fps != fps:
            self._pace = Decimator(fps)

    def passes(self, at: float) -> bool:
        return self._pace is None or self._pace.passes(at)

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
        self.codecs = tuple(encoders)
        """Names of those that we encode in, the first preferred."""
        self._loop = asyncio.get_running_loop()
        self._scaler = TileScaler()
        self._tracks: set[VideoTrack] = set()
        self._fps = fps
        self._encoders = encoders
        self._encodings: dict[Stream, _Encoding] = {}
        """Of all that was ever taken."""
        self._wanted: tuple[Stream, ...] = ()
        """What somebody takes now."""
        self._news = threading.Condition()
        self._newest: VideoFrame | None = None
        self._toll = Toll()
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
        """Bits a second that this encoder, at the full rate, is set to; 0 before it is at work."""
        encoding = self._encodings.get(Stream(codec))
        return 0 if encoding is None or encoding.encoder is None else encoding.encoder.bitrate

    def limit(self, codec: str) -> int | None:
        """Bits a second that everybody who takes ``codec`` at the full rate can take; None: nobody has said."""
        encoding = self._encodings.get(Stream(codec))
        return None if encoding is None else encoding.limit

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
            as_they_are = [one for one in self._wanted if one.codec is None and self._encodings[one].passes(at)]
            if any(one.codec is not None for one in self._wanted) and not self._closing:
                self._toll.captured += 1
                self._toll.lost += self._newest is not None
                self._newest = frame
                self._news.notify()
                if self._thread is None:
                    self._thread = threading.Thread(target=self._run, name="video-encoder", daemon=True)
                    self._thread.start()
        for stream in as_they_are:
            self._tell(frame, stream)

    # ---- loop

    def track(self) -> VideoTrack:
        """A new peer's track."""
        return VideoTrack(self)

    def stream(self, codec: str | None, fps: int) -> Stream:
        """What somebody takes who agreed on ``codec`` and wants at most ``fps`` pictures a second."""
        return Stream(codec, self._fps >= SLOWEST_HALVED and fps <= self._fps // 2)

    def watch(self, track: VideoTrack) -> None:
        """``track`` is connected and wants what comes."""
        self._tracks.add(track)
        self.reconsider()
        self.request_key_frame(track.stream)

    def unwatch(self, track: VideoTrack) -> None:
        self._tracks.discard(track)
        self.reconsider()

    def request_key_frame(self, stream: Stream) -> None:
        with self._news:
            if stream in self._encodings:
                self._encodings[stream].key_wanted = True

    def begin_anew(self) -> None:
        """The next picture is one that needs no other, for everybody. Any thread."""
        for stream in self._wanted:
            self.request_key_frame(stream)

    def reconsider(self) -> None:
        """Somebody came or went, or said what they want or can take: the tightest limit rules, since there is one
        encoding for all."""
        with self._news:
            self._wanted = tuple({one.stream for one in self._tracks})
            for stream in self._wanted:
                encoding = self._encodings.get(stream)
                if encoding is None:
                    encoding = self._encodings[stream] = _Encoding(self._encoder(stream))
                encoding.set_fps(max(one.fps for one in self._tracks if one.stream == stream), self._natural(stream))
            for stream, encoding in self._encodings.items():
                limits = [one.limit for one in self._tracks if one.stream == stream and one.limit is not None]
                encoding.limit = min(limits, default=None)

    def take_toll(self) -> Toll:
        """What was captured and encoded since this was asked last."""
        with self._news:
            toll, self._toll = self._toll, Toll()
            return toll

    async def close(self) -> None:
        with self._news:
            self._closing = True
            self._newest = None
            self._news.notify()
        if self._thread is not None:
            await asyncio.to_thread(self._thread.join)

    def _encoder(self, stream: Stream) -> Encoder | None:
        if stream.codec is None:
            return None
        return self._encoders[stream.codec](self._fps // 2 if stream.is_slow else self._fps)

    def _natural(self, stream: Stream) -> int:
        """Pictures a second that ``stream`` is given undiminished: as a slow one always takes its part."""
        return FASTEST if stream.is_slow else self._fps

    # ---- encoder thread

    def _run(self) -> None:
        while (frame := self._next()) is not None:
            at = (frame.pts or 0) / CLOCK
            for stream in self._wanted:
                self._encode(frame, stream, at)
            with self._news:
                self._toll.late.append(time.monotonic() - at)

    def _encode(self, frame: VideoFrame, stream: Stream, at: float) -> None:
        with self._news:
            encoding = self._encodings[stream]
            encoder = encoding.encoder
            if encoder is None or not encoding.passes(at):
                return
            key = encoding.takes_key(time.monotonic())
        try:
            packet = encoder.encode(frame, encoding.limit, key=key)
        except Exception:
            log.exception("a picture could not be encoded")
            return
        if packet is not None:
            self._tell(packet, stream)

    def _next(self) -> VideoFrame | None:
        with self._news:
            while self._newest is None and not self._closing:
                self._news.wait()
            frame, self._newest = self._newest, None
            return frame

    # ---- to the loop

    def _tell(self, content: VideoFrame | Packet[Any], stream: Stream) -> None:
        try:
            self._loop.call_soon_threadsafe(self._share, content, stream)
        except RuntimeError:
            log.debug("a picture came after the loop was closed")

    def _share(self, content: VideoFrame | Packet[Any], stream: Stream) -> None:
        for track in tuple(self._tracks):
            if track.stream == stream:
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
        self.fps = FASTEST
        """Pictures a second that the peer wants at most."""
        self._out = out
        self._stream = out.stream(self._codec, self.fps)
        self._watching = False
        self._taker: TakePicture | None = None
        self._queue: deque[VideoFrame | Packet[Any]] = deque()
        self._arrived = asyncio.Event()
        self._needs_key = True

    @property
    def stream(self) -> Stream:
        """What it takes."""
        return self._stream

    def agree(self, codec: str) -> bool:
        """The peer takes ``codec`` (its name in SDP); whether that is one that we encode in for all, else aiortc does
        for it. Called before the first ``recv``."""
        self._codec = codec if codec in self._out.codecs else None
        self._stream = self._out.stream(self._codec, self.fps)
        return self._codec is not None

    def put(self, content: VideoFrame | Packet[Any]) -> None:
        """A packet waits its turn; a picture replaces the one before."""
        if not isinstance(content, Packet):
            self._queue.clear()
        elif not self._admits(content):
            return
        elif self._taker is not None:
            self._taker(content)
            return
        self._queue.append(content)
        self._arrived.set()

    async def recv(self) -> VideoFrame | Packet[Any]:
        if self.readyState != "live":
            raise MediaStreamError
        self._watch()
        while not self._queue:
            self._arrived.clear()
            await self._arrived.wait()
        return self._queue.popleft()

    def hand_to(self, taker: TakePicture | None) -> None:
        """Give every packet to ``taker`` at once, on the loop, and keep none for ``recv``; None: no more. Where nothing
        is encoded for all there are none."""
        self._taker = taker
        if taker is not None:
            self._watch()

    def captured_at(self, place: float) -> float:
        """When (monotonic seconds) the picture of ``place`` seconds was captured: its time stamp says just that."""
        return place

    def follow(self, out: VideoOut) -> None:
        """Send what ``out`` has from now on, from a key frame of its own onwards."""
        if out is self._out:
            return
        self.limit = None  # it was found with the other picture's rate
        self._turn_to(out)

    def want(self, fps: int) -> None:
        """The peer shows no more than ``fps`` of our pictures a second."""
        if fps == self.fps:
            return
        self.fps = fps
        if self._out.stream(self._codec, fps) == self._stream:
            self._out.reconsider()
        else:
            self._turn_to(self._out)

    def request_key_frame(self) -> None:
        self._out.request_key_frame(self._stream)

    def set_limit(self, bits_per_second: int) -> None:
        self.limit = bits_per_second
        self._out.reconsider()

    def _turn_to(self, out: VideoOut) -> None:
        self._out.unwatch(self)
        self._out = out
        self._stream = out.stream(self._codec, self.fps)
        self._queue.clear()
        self._needs_key = True
        if self._watching and self.readyState == "live":
            out.watch(self)

    def stop(self) -> None:
        super().stop()
        self._out.unwatch(self)

    def _watch(self) -> None:
        if not self._watching:
            self._watching = True
            self._out.watch(self)

    def _admits(self, packet: Packet[Any]) -> bool:
        """Pictures build on each other: after a gap only a key frame makes sense."""
        if len(self._queue) >= QUEUE:
            self._queue.clear()
            self._needs_key = True
            self._out.request_key_frame(self._stream)
        if self._needs_key and not packet.is_keyframe:
            return False
        self._needs_key = False
        return True
