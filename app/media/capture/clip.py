"""Plays a clip in real time and over again, its picture and its sound from one thread so that they stay together.

The clip starts over at the end of its *decoded* streams, the longer of the two (the container's header may say more,
for the codec's padding); meanwhile the shorter one is silent, or holds its last picture.
"""

from __future__ import annotations

import heapq
import threading
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path

from av import VideoFrame
from av.container import InputContainer

from app.errors import DeviceError, DeviceKind, DeviceProblem
from app.media.capture.opening import Input, open_input
from app.media.capture.pacing import Pace
from app.media.capture.shaping import RATE, SAMPLES, Chunker, Shaper
from app.media.capture.worker import Item, Sound
from app.media.sources import VideoFormat


@dataclass(slots=True)
class _Due:
    """Something of the clip and its place in the clip, in seconds."""

    place: float
    content: VideoFrame | Sound


def play(
    path: str, kinds: frozenset[DeviceKind], wanted: VideoFormat, stopping: threading.Event
) -> Generator[Item, None, None]:
    """Picture, sound or both of the clip at ``path``, each when it is due.

    Raises:
        DeviceError: there is no such clip, it cannot be read, or it has no sound (or no picture) to give.
    """
    pictures = _Pictures(path, wanted) if DeviceKind.CAMERA in kinds else None
    sounds = _Sounds(path) if DeviceKind.MICROPHONE in kinds else None
    try:
        pace, begun = Pace(stopping), 0.0
        while not stopping.is_set():
            streams = [stream.run() for stream in (pictures, sounds) if stream is not None]
            is_empty = True
            for due in heapq.merge(*streams, key=lambda due: due.place):
                if not pace.waits(begun + due.place):
                    return
                is_empty = False
                yield Item(due.content, time.monotonic())
            if is_empty:
                raise DeviceError(min(kinds), DeviceProblem.FAILED, f"nothing in {Path(path).name} can be played")
            length = max(stream.length for stream in (pictures, sounds) if stream is not None)
            begun += length
            if not pace.waits(begun):
                return
    finally:
        for stream in (pictures, sounds):
            if stream is not None:
                stream.close()


class _Stream:
    """One stream of the clip; each has the file open for itself, so that neither waits for the other's packets."""

    def __init__(self, kind: DeviceKind, path: str) -> None:
        if not Path(path).is_file():
            raise DeviceError(kind, DeviceProblem.ABSENT, f"there is no file {path}")
        self.container: InputContainer = open_input(kind, Input(path))
        self.length = 0.0
        """Seconds up to the end of what was decoded."""

    def rewind(self) -> None:
        if self.length:
            self.container.seek(0)

    def close(self) -> None:
        self.container.close()


class _Pictures(_Stream):
    def __init__(self, path: str, wanted: VideoFormat) -> None:
        super().__init__(DeviceKind.CAMERA, path)
        if not self.container.streams.video:
            self.close()
            raise DeviceError(DeviceKind.CAMERA, DeviceProblem.FAILED, f"{Path(path).name} has no picture")
        self._stream = self.container.streams.video[0]
        self._stream.codec_context.thread_count = 1
        self._shaper = Shaper(wanted.width, wanted.height, wanted.fps)
        self._offset = 0.0

    def run(self) -> Iterator[_Due]:
        self.rewind()
        interval = 1 / float(self._stream.average_rate or 30)
        first: float | None = None
        for frame in self.container.decode(self._stream):
            place = frame.time or 0.0
            first = place if first is None else first
            place -= first
            self.length = max(self.length, place + interval)
            shaped = self._shaper.shape(frame, self._offset + place)
            if shaped is not None:
                yield _Due(place, shaped)
        self._offset += self.length


class _Sounds(_Stream):
    def __init__(self, path: str) -> None:
        super().__init__(DeviceKind.MICROPHONE, path)
        if not self.container.streams.audio:
            self.close()
            raise DeviceError(DeviceKind.MICROPHONE, DeviceProblem.NO_SOUND, f"{Path(path).name} has no sound")
        self._stream = self.container.streams.audio[0]
        self._chunker = Chunker()
        self._cut = 0
        """Samples handed out since the start."""

    def run(self) -> Iterator[_Due]:
        self.rewind()
        before = self._chunker.samples
        for frame in self.container.decode(self._stream):
            for sound in self._chunker.cut(frame):
                self._cut += SAMPLES
                yield _Due((self._cut - before) / RATE, sound)  # as from a microphone: when its last sample was said
        self.length = (self._chunker.samples - before) / RATE
