"""Whether somebody speaks, and whether they should be told something about it. Pure; the time is an argument."""

from __future__ import annotations

import math
from collections import deque

from app.media.audio.sound import Mono

ABOVE_DB = 9.0
"""Speech is so much louder than what is always there."""
QUIETEST_DB = -60.0
"""What is fainter is no speech."""
STILLEST_DB = -80.0
"""No room is: a microphone that begins with digital silence must not make a voice of the room."""
RISE_DB_PER_S = 2.0
"""So fast what is always there may be found to be louder."""
HANGOVER_S = 0.3
"""A pause between words is no end."""

TALKING_S, WITHIN_S, AGAIN_S = 0.8, 2.0, 20.0
SILENT_S = 5.0
DIGITAL_SILENCE = 2
"""A microphone that is there has at least this much noise."""
HEARD_DB = -80.0
"""What is louder has samples above that (-84 dBFS): they need not be looked for."""


class VoiceActivity:
    """Louder than the room has been: after noise suppression that is enough to tell speech from the rest."""

    def __init__(self) -> None:
        self.floor = QUIETEST_DB
        """Loudness of what is always there, in dBFS."""
        self._at: float | None = None
        self._until = -math.inf

    def add(self, decibels: float, now: float) -> bool:
        """Whether sound of this loudness (RMS in dBFS), which ended at ``now``, belongs to speech."""
        level = max(decibels, STILLEST_DB)
        passed = 0.0 if self._at is None else min(max(now - self._at, 0.0), 1.0)
        self._at = now
        self.floor = min(level, self.floor + RISE_DB_PER_S * passed)
        if level > max(self.floor + ABOVE_DB, QUIETEST_DB):
            self._until = now + HANGOVER_S
        return now <= self._until


class TalkingWhileMuted:
    """Tells once, and not again for a while, that somebody speaks whom nobody hears."""

    def __init__(self) -> None:
        self._spoken: deque[tuple[float, float]] = deque(maxlen=200)
        """When, and for how long."""
        self._told_at = -math.inf

    def add(self, seconds: float, now: float, *, muted: bool, speaks: bool) -> bool:
        """Whether to say "you are muted" now, after ``seconds`` more of the microphone."""
        if not muted:
            self._spoken.clear()
            return False
        if speaks:
            self._spoken.append((now, seconds))
        while self._spoken and self._spoken[0][0] < now - WITHIN_S:
            self._spoken.popleft()
        if now - self._told_at < AGAIN_S or sum(length for _, length in self._spoken) < TALKING_S:
            return False
        self._told_at = now
        return True


class DeadMicrophone:
    """Digital silence for five seconds while unmuted: the wrong microphone, or one with a switch of its own."""

    def __init__(self) -> None:
        self._silent_s = 0.0
        self.is_dead = False

    def add(self, sound: Mono, decibels: float, seconds: float, *, muted: bool) -> bool:
        """Whether ``is_dead`` has just changed, after ``seconds`` more like ``sound``, of this RMS in dBFS."""
        if (
            decibels > HEARD_DB
            or int(sound.max(initial=0)) >= DIGITAL_SILENCE
            or int(sound.min(initial=0)) <= -DIGITAL_SILENCE
        ):
            self._silent_s = 0.0
        elif not muted:
            self._silent_s += seconds
        return self._become(self._silent_s >= SILENT_S - 1e-6)

    def forget(self) -> bool:
        """Another microphone. Whether ``is_dead`` has just changed."""
        self._silent_s = 0.0
        return self._become(False)

    def _become(self, dead: bool) -> bool:
        changed, self.is_dead = dead is not self.is_dead, dead
        return changed
