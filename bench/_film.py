"""Pictures in time for the interface's benchmarks: decoded once, before anything is measured, and played by threads."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import av
from av import VideoFrame

FPS = 15
"""Few enough that nine tiles painted in any way keep up with it."""
FRAMES = 30
SIZE = (1280, 720)
_CLIP = Path(__file__).resolve().parent.parent / "resources" / "demo" / "priya.webm"


def decoded() -> list[VideoFrame]:
    """The beginning of a clip as a decoder gives it: 1280x720, yuv420p."""
    with av.open(str(_CLIP)) as container:
        return [frame.reformat(*SIZE, "yuv420p") for frame in islice(container.decode(video=0), FRAMES)]


class Player:
    """A thread of its own that hands a frame to ``show`` ``FPS`` times a second, as a decoder's does."""

    def __init__(self, frames: list[VideoFrame], show: Callable[[VideoFrame], None], offset: float) -> None:
        self._frames = frames
        self._show = show
        self._offset = offset
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._end.set()
        self._thread.join()

    def _run(self) -> None:
        at = time.monotonic() + self._offset
        number = 0
        while not self._end.wait(max(0.0, at - time.monotonic())):
            self._show(self._frames[number % len(self._frames)])
            number += 1
            at += 1 / FPS
