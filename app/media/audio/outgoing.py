"""Our voice on its way out: captured once, encoded once, handed to every peer, 50 times a second for as long as the
call lives.

A thread takes 20 ms from the microphone, or makes silence where there is no microphone, it is late, or it is muted, and
encodes it as Opus. So packets keep flowing, and the other end can tell a quiet room from a dead network.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections import deque
from fractions import Fraction
from typing import Any

import av
import numpy as np
from aiortc import MediaStreamTrack
from aiortc.mediastreams import MediaStreamError
from av import AudioFrame
from av.audio.codeccontext import AudioCodecContext
from av.packet import Packet

from app.media.audio.level import LevelMeter
from app.media.capture.shaping import RATE, SAMPLES
from app.media.capture.worker import Sound

log = logging.getLogger(__name__)

PERIOD_S = SAMPLES / RATE
LATE_S = 0.06
"""A microphone that is this late is filled in for."""
QUEUE = 10
"""Frames that may wait for one peer, or from the microphone: 200 ms; the oldest goes first."""
BITRATE = 48_000
SILENCE: Sound = np.zeros(SAMPLES, np.int16)


class AudioOut:
    def __init__(self) -> None:
        self.level = LevelMeter()
        """Of what is sent."""
        self._loop = asyncio.get_running_loop()
        self._tracks: set[AudioTrack] = set()
        self._encoder = _opus_encoder()
        self._news = threading.Condition()
        self._captured: deque[Sound] = deque(maxlen=QUEUE)
        self._has_source = False
        self._muted = True
        self._closing = False
        self._sent = 0
        self._thread: threading.Thread | None = None

    @property
    def muted(self) -> bool:
        return self._muted

    # ---- capture thread

    def put(self, sound: Sound, at: float) -> None:
        """20 ms from the microphone, captured at ``at``."""
        del at  # the voice has no stamp
        with self._news:
            self._captured.append(sound)
            self._news.notify()

    # ---- loop

    def track(self) -> AudioTrack:
        """A new peer's track."""
        return AudioTrack(self)

    def set_muted(self, muted: bool) -> None:
        """Silence from this moment on: what was said before and not sent yet is not sent."""
        with self._news:
            self._muted = muted
            self._captured.clear()
        if muted:
            for track in self._tracks:
                track.forget()

    def set_has_source(self, has_source: bool) -> None:
        """Whether there is a microphone to wait for."""
        with self._news:
            self._has_source = has_source
            self._captured.clear()

    def watch(self, track: AudioTrack) -> None:
        self._tracks.add(track)
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="audio-encoder", daemon=True)
            self._thread.start()

    def unwatch(self, track: AudioTrack) -> None:
        self._tracks.discard(track)

    async def close(self) -> None:
        with self._news:
            self._closing = True
            self._news.notify()
        if self._thread is not None:
            await asyncio.to_thread(self._thread.join)

    # ---- encoder thread

    def _run(self) -> None:
        due = time.monotonic()
        while not self._closing:
            sound = self._next(due)
            now = time.monotonic()
            due = min(max(due + PERIOD_S, now - QUEUE * PERIOD_S), now + LATE_S)
            self.level.add(sound, now)
            frame = AudioFrame.from_ndarray(sound.reshape(1, -1), format="s16", layout="mono")
            frame.sample_rate = RATE
            frame.time_base = Fraction(1, RATE)
            frame.pts = self._sent
            self._sent += SAMPLES
            if self._tracks:
                packets = self._encoder.encode(frame)
                self._tell(frame, packets)

    def _next(self, due: float) -> Sound:
        """The microphone's next 20 ms, or silence where there are none in time."""
        with self._news:
            while not self._closing:
                if self._captured:
                    sound = self._captured.popleft()
                    return SILENCE if self._muted else sound
                patience = LATE_S if self._has_source else 0.0
                wait = due + patience - time.monotonic()
                if wait <= 0:
                    break
                self._news.wait(wait)
        return SILENCE

    def _tell(self, frame: AudioFrame, packets: list[Packet[Any]]) -> None:
        try:
            self._loop.call_soon_threadsafe(self._share, frame, packets)
        except RuntimeError:
            log.debug("sound came after the loop was closed")

    def _share(self, frame: AudioFrame, packets: list[Packet[Any]]) -> None:
        for track in tuple(self._tracks):
            for content in packets if track.wants_packets else [frame]:
                track.put(content)


class AudioTrack(MediaStreamTrack):
    """One peer's end of our voice."""

    kind = "audio"

    def __init__(self, out: AudioOut) -> None:
        super().__init__()
        self.wants_packets = True
        """False where the peer agreed on another codec than Opus. Set before the first ``recv``."""
        self._out = out
        self._watching = False
        self._queue: deque[AudioFrame | Packet[Any]] = deque(maxlen=QUEUE)
        self._arrived = asyncio.Event()

    def put(self, content: AudioFrame | Packet[Any]) -> None:
        self._queue.append(content)
        self._arrived.set()

    def forget(self) -> None:
        """What waits must not be heard any more."""
        self._queue.clear()

    async def recv(self) -> AudioFrame | Packet[Any]:
        if self.readyState != "live":
            raise MediaStreamError
        if not self._watching:
            self._watching = True
            self._out.watch(self)
        while not self._queue:
            self._arrived.clear()
            await self._arrived.wait()
        return self._queue.popleft()

    def stop(self) -> None:
        super().stop()
        self._out.unwatch(self)


def _opus_encoder() -> AudioCodecContext:
    """One voice: mono, tuned for speech, with in-band error correction for the receivers that can use it."""
    codec = av.CodecContext.create("libopus", "w")
    codec.format = "s16"
    codec.layout = "mono"
    codec.sample_rate = RATE
    codec.bit_rate = BITRATE
    codec.time_base = Fraction(1, RATE)
    codec.options = {"application": "voip", "frame_duration": "20", "fec": "1", "packet_loss": "5"}
    return codec
