"""The newest-wins hand-over of pictures from a decoder's thread to the tile that shows them.

Promises: ``put`` never waits and never queues; ``take`` gives the newest picture once; while nobody looks (``hide``,
and from the start) no picture is made at all. Every method may be called from any thread.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Fit(StrEnum):
    COVER = "cover"
    """Fill the tile; what sticks out is cut off evenly."""
    CONTAIN = "contain"
    """Show all of it; the picture may be smaller than the tile in one direction."""


@dataclass(frozen=True, slots=True)
class Picture:
    """BGRA pixels, already scaled for the tile.

    Row y starts at byte ``y * stride`` of ``data``; ``stride`` may be larger than ``4 * width``. ``data`` keeps the
    frame alive.
    """

    data: memoryview
    width: int
    height: int
    stride: int


@dataclass(frozen=True, slots=True)
class Look:
    """What the tile wants: device pixels and how to fit."""

    width: int
    height: int
    fit: Fit


class FrameSlot:
    def __init__(self) -> None:
        self.on_ready: Callable[[], None] | None = None
        """Called from the decoder's thread when the slot goes from empty to full."""
        self._lock = threading.Lock()
        self._look: Look | None = None
        self._picture: Picture | None = None
        self.was_shown = False
        """Somebody has looked at it at some time: there is a window."""

    @property
    def look(self) -> Look | None:
        """What is wanted, or None while nobody looks."""
        return self._look

    def show(self, width: int, height: int, fit: Fit = Fit.COVER) -> None:
        if width < 1 or height < 1:
            self.hide()
            return
        self.was_shown = True
        self._look = Look(width, height, fit)

    def hide(self) -> None:
        with self._lock:
            self._look = None
            self._picture = None

    def put(self, picture: Picture) -> None:
        with self._lock:
            if self._look is None:
                return
            was_empty = self._picture is None
            self._picture = picture
        on_ready = self.on_ready
        if was_empty and on_ready is not None:
            on_ready()

    def take(self) -> Picture | None:
        with self._lock:
            picture, self._picture = self._picture, None
            return picture
