"""When a browser whose picture comes small is offered once more what is agreed (``app.media.rtc.renewal``). Pure.

Decided once for each connection, by its first pictures: later it is the path that makes them small. Who does not answer
it, answers as another connection, or is lost soon after it, is not asked again: no connection is rebuilt and renewed in
turns without end.
"""

from __future__ import annotations

from app.media.figures import VideoFigures
from app.room.lifeline import Verdict

FULL_LINES = 720
"""A browser's picture with fewer is too small, unless its camera has no more."""
SETTLED_S = 0.15
"""After its first picture: by then a browser knows the path better than it guessed, if the path is good."""
STOOD_S = 10.0
"""A connection that is lost so soon after it was offered again may have been lost by that."""


class Renewals:
    """Of the connections to one participant, one after the other. Times are ``time.monotonic()``."""

    def __init__(self) -> None:
        self._decided: object | None = None
        """The connection of which it is decided."""
        self._agreed_at: float | None = None
        """When they agreed to what was offered again, until it is known what became of it."""
        self._may_ask = True

    def is_due(self, connection: object, video: VideoFigures, now: float) -> bool:
        """Whether to offer ``connection`` again, which works and whose pictures are ``video``; true once at most."""
        if connection is self._decided or not self._may_ask:
            return False
        if video.first_frame_at is None or now - video.first_frame_at < SETTLED_S:
            return False
        self._decided = connection
        return min(video.width, video.height) < FULL_LINES

    def is_of(self, connection: object) -> bool:
        """Whether it was ``connection`` that was to be offered again: it may have been replaced."""
        return connection is self._decided

    def asked(self) -> None:
        self._may_ask = False

    def agreed(self, now: float) -> None:
        self._agreed_at = now

    def replaced(self) -> None:
        """There is another connection, or none."""
        self._agreed_at = None

    def follow(self, verdict: Verdict, now: float) -> None:
        """Whoever agreed to it and goes on may be asked again, in the next connection."""
        if self._agreed_at is None:
            return
        if verdict is not Verdict.FINE:
            self._agreed_at = None
        elif now - self._agreed_at >= STOOD_S:
            self._may_ask, self._agreed_at = True, None
