"""Counts what was decoded: frame rate, freezes, latency, and what was held. Pure: every moment is an argument.

Freezes follow W3C webrtc-stats (freezeCount, totalFreezesDuration): a gap between two frames that is longer than
max(3 × average, average + 150 ms) of the last 30 gaps; a gap of 5 s or more is a pause (somebody switched the camera
off).
"""

from __future__ import annotations

from collections import deque

import numpy as np

from app.media.figures import VideoFigures

GAPS = 30
PAUSE_S = 5.0
SAMPLES = 3_600
"""Kept of what percentiles are taken of: two minutes at 30 fps."""
SORTED_S = 1.0
"""They are taken so often at most: the room looks at the figures of everybody several times a second, for other things,
and two minutes of frames take 0.14 ms."""


class VideoMeter:
    def __init__(self) -> None:
        self._width = 0
        self._height = 0
        self._frames = 0
        self._freezes = 0
        self._freeze_s = 0.0
        self._first_at: float | None = None
        self._last_at: float | None = None
        self._gaps: deque[float] = deque(maxlen=GAPS)
        self._latencies = _Spread()
        self._held = _Spread()

    def add(self, at: float, width: int, height: int, latency: float | None = None) -> None:
        """A frame was decoded at ``at`` (monotonic seconds), ``latency`` seconds after it was captured."""
        if self._last_at is None:
            self._first_at = at
        else:
            self._add_gap(at - self._last_at)
        self._last_at = at
        self._frames += 1
        self._width, self._height = width, height
        if latency is not None:
            self._latencies.add(latency)

    def shown(self, held: float) -> None:
        """A frame was given to the tile ``held`` seconds after it was decoded."""
        self._held.add(held)

    def figures(self, now: float) -> VideoFigures:
        first = self._first_at
        elapsed = now - first if first is not None else 0.0
        return VideoFigures(
            width=self._width,
            height=self._height,
            fps=(self._frames - 1) / elapsed if elapsed > 0 else 0.0,
            frames=self._frames,
            freezes=self._freezes,
            freeze_ms=self._freeze_s * 1000,
            latency_ms=self._latencies.percentiles_ms(now),
            held_ms=self._held.percentiles_ms(now),
            first_frame_at=first,
        )

    def _add_gap(self, gap: float) -> None:
        if gap >= PAUSE_S:
            self._gaps.clear()
            return
        if self._gaps:
            average = sum(self._gaps) / len(self._gaps)
            if gap > max(3 * average, average + 0.150):
                self._freezes += 1
                self._freeze_s += gap
        self._gaps.append(gap)


class _Spread:
    """How far some durations lie apart."""

    def __init__(self) -> None:
        self._seconds: deque[float] = deque(maxlen=SAMPLES)
        self._found: tuple[float, float] | None = None
        self._found_at = float("-inf")

    def add(self, seconds: float) -> None:
        self._seconds.append(seconds)

    def percentiles_ms(self, now: float) -> tuple[float, float] | None:
        """p50 and p95 as they were ``SORTED_S`` ago at the earliest; None where there is nothing."""
        if self._seconds and now - self._found_at >= SORTED_S:
            p50, p95 = np.percentile(np.array(self._seconds), (50, 95))
            self._found, self._found_at = (float(p50) * 1000, float(p95) * 1000), now
        return self._found
