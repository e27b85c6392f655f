"""How good a connection is, from what arrived and what had to be made up. Pure.

Judged over the last seconds: the share of sound that was concealed and of time in which the picture stood still. Better
than "good" is not told, since nobody hears a difference.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from app.media.figures import PeerFigures
from app.room.state import Quality

WINDOW_S = 5.0
STEP_S = 0.5
"""Samples are this far apart at least."""
LEAST_S = 2.0
"""Less is too short to judge."""
FAIR_CONCEALED, POOR_CONCEALED = 0.02, 0.08
"""Of the sound that was played. Gaps of 2 % are filled unheard, those of 8 % cost words."""
FAIR_FROZEN, POOR_FROZEN = 0.05, 0.2
"""Of the time."""
UNIT_S = 0.02
"""One frame of sound."""


@dataclass(frozen=True, slots=True)
class _Sample:
    at: float
    concealed: int
    freeze_ms: float


class QualityWatch:
    """One person's connection."""

    def __init__(self) -> None:
        self._samples: deque[_Sample] = deque(maxlen=round(WINDOW_S / STEP_S) + 1)

    def seen(self, figures: PeerFigures | None, now: float, *, has_sound: bool, has_picture: bool) -> Quality:
        """The verdict at ``now`` (monotonic seconds). What they do not send cannot be bad."""
        if figures is None or not (has_sound or has_picture):
            self._samples.clear()
            return Quality.UNKNOWN
        sample = _Sample(now, figures.audio.frames_concealed, figures.video.freeze_ms)
        last = self._samples[-1] if self._samples else None
        if last is not None and (sample.concealed < last.concealed or sample.freeze_ms < last.freeze_ms):
            self._samples.clear()  # another connection counts from nothing
        if not self._samples or now - self._samples[-1].at >= STEP_S:
            self._samples.append(sample)
        first = self._samples[0]
        seconds = now - first.at
        if seconds < LEAST_S:
            return Quality.UNKNOWN
        concealed = (sample.concealed - first.concealed) * UNIT_S / seconds if has_sound else 0.0
        frozen = (sample.freeze_ms - first.freeze_ms) / 1000 / seconds if has_picture else 0.0
        if concealed >= POOR_CONCEALED or frozen >= POOR_FROZEN:
            return Quality.POOR
        if concealed >= FAIR_CONCEALED or frozen >= FAIR_FROZEN:
            return Quality.FAIR
        return Quality.GOOD
