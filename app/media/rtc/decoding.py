"""Decodes what one receiver got, in that receiver's own thread, and gives the frames to a sink there.

aiortc starts a thread per receiver that takes encoded frames from a queue without limit, decodes them, and sends each
through the loop to a track whose queue has no limit either. ``DecoderInput`` stands in for the first queue: its
``get`` is called in that thread and does not come back before the receiver stops, so the frame goes from the decoder
straight to the sink; nobody has to drain the track, and one peer's decoder is never behind another's. While it waits
for more, the thread calls the sink back when a picture that it holds is due.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Protocol

from aiortc.codecs.base import Decoder
from aiortc.jitterbuffer import JitterFrame
from aiortc.rtcrtpparameters import RTCRtpCodecParameters
from av.error import FFmpegError
from av.frame import Frame

from app.media.rtc.decoders import decoder_for
from app.media.rtc.frames import FrameRun

log = logging.getLogger(__name__)

LENGTH = 30
"""Encoded frames that may wait: a second of video at 30 fps."""


class FrameSink(Protocol):
    """Takes decoded frames, in the decoder's thread."""

    def frame(self, frame: Frame, *, more: bool) -> None:
        """``more``: another one is waiting already, so this one need not be shown."""
        ...

    def due(self) -> float | None:
        """When (monotonic seconds) ``show`` is to be called; None: nothing is held."""
        ...

    def show(self) -> None:
        """What was held until now is due."""
        ...


class DecoderInput:
    """``put`` is called on the loop, ``get`` in the decoder's thread."""

    def __init__(self, failed: threading.Event, on_dropped: Callable[[], None]) -> None:
        """``failed`` is set when a frame would not decode; ``on_dropped`` is called when frames were dropped, so that
        only a key frame may follow."""
        self.sink: FrameSink | None = None
        """None: what comes is thrown away undecoded."""
        self.is_paused: Callable[[], bool] = _never
        """Whether nobody looks just now: then what comes is thrown away, each time."""
        self._failed = failed
        self._on_dropped = on_dropped
        self._news = threading.Condition()
        self._waiting: deque[tuple[RTCRtpCodecParameters, bytes, int]] = deque()
        self._closed = False

    def put(self, item: tuple[RTCRtpCodecParameters, JitterFrame] | None) -> None:
        overflowed = False
        if item is not None and self.is_paused():
            self._on_dropped()
            return
        with self._news:
            if item is None:
                self._closed = True
                self._waiting.clear()
            elif self.sink is not None:
                codec, encoded = item
                frames = encoded.run() if isinstance(encoded, FrameRun) else [(encoded.data, encoded.timestamp)]
                self._waiting.extend((codec, data, timestamp) for data, timestamp in frames)
                overflowed = len(self._waiting) > LENGTH
                if overflowed:
                    self._waiting.clear()
            self._news.notify()
        if overflowed:
            self._on_dropped()

    def get(self) -> None:
        """Decode until the receiver stops."""
        decoder: Decoder | None = None
        name = ""
        while (waiting := self._next()) is not None:
            codec, data, timestamp = waiting
            if decoder is None or codec.name != name:
                decoder, name = decoder_for(codec), codec.name
            try:
                frames = decoder.decode(JitterFrame(data, timestamp))
            except FFmpegError as error:
                log.info("a %s frame could not be decoded: %s", name, error)
                self._failed.set()
                continue
            self._hand_on(frames)

    def _next(self) -> tuple[RTCRtpCodecParameters, bytes, int] | None:
        while True:
            due = None if self.sink is None else self.sink.due()
            with self._news:
                self._wait(due)
                if self._closed:
                    return None
                if due is None or due > time.monotonic():
                    return self._waiting.popleft()
            self._show()

    def _wait(self, due: float | None) -> None:
        """For something to decode, or until ``due``."""
        while not self._waiting and not self._closed:
            left = None if due is None else due - time.monotonic()
            if left is not None and left <= 0:
                return
            self._news.wait(left)

    def _show(self) -> None:
        assert self.sink is not None
        try:
            self.sink.show()
        except Exception:
            log.exception("a held picture could not be shown")

    def _hand_on(self, frames: list[Frame]) -> None:
        sink = self.sink
        if sink is None:
            return
        for frame in frames:
            try:
                sink.frame(frame, more=bool(self._waiting))
            except Exception:
                log.exception("a decoded frame could not be used")


def _never() -> bool:
    return False
