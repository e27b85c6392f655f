"""What is heard: everybody's sound with each one's volume, and the room's chimes, bent softly where it would clip.

``pull`` is called on the speaker's clock, in the speaker's thread; it never waits for anything but a short lock.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from weakref import WeakSet

import numpy as np

from app.media.audio.incoming import AudioIn
from app.media.audio.limiter import limited
from app.media.audio.sound import Played, Sound, Stereo, silence

log = logging.getLogger(__name__)

DUCKED = 0.5
"""Voices are this loud while a chime sounds."""
GLIDE = 4800
"""Samples from one loudness to another."""
CHIMES = 4
"""That may wait; more at once are noise."""


class Mixer:
    def __init__(self, on_played: Callable[[Played], None] = lambda mix: None) -> None:
        """``on_played`` gets all that goes to the speaker, in its thread."""
        self.deafened = False
        """Nobody is heard; chimes are."""
        self._on_played = on_played
        self._lock = threading.Lock()
        self._voices: tuple[AudioIn, ...] = ()
        self._chimes: deque[Stereo] = deque(maxlen=CHIMES)
        self._chime: Stereo | None = None
        self._failed = WeakSet[AudioIn]()
        """Of whom it was said already that their sound cannot be made."""
        self._loudness = 1.0
        """Of the voices, at the end of the last pull."""

    def add(self, voice: AudioIn) -> None:
        with self._lock:
            self._voices = (*self._voices, voice)

    def remove(self, voice: AudioIn) -> None:
        with self._lock:
            self._voices = tuple(one for one in self._voices if one is not voice)

    def chime(self, sound: Stereo) -> None:
        """Play ``sound`` over the voices, after those that wait. Any thread."""
        self._chimes.append(sound)

    def pull(self, samples: int) -> Stereo:
        """The next ``samples`` of the mix, stereo at 48 kHz."""
        mix = self._voices_mixed(samples)
        chime = self._next_of_chime(samples)
        if chime is not None or self._loudness != 1.0:
            mix = self._ducked(mix, samples, DUCKED if chime is not None else 1.0)
        if chime is not None:
            mix = chime if mix is None else mix + chime
        played = silence(samples) if mix is None else limited(mix)
        self._on_played(played)
        return played if played.shape[1] == 2 else _on_both_sides(played)

    def _voices_mixed(self, samples: int) -> Sound | None:
        mix: Sound | None = None
        for voice in self._voices:
            sound = self._taken(voice, samples)
            if sound is None or voice.volume <= 0 or self.deafened:
                continue
            if voice.volume != 1.0:
                sound = np.multiply(sound, voice.volume, dtype=np.float32)
            mix = sound if mix is None else mix + sound
        return mix

    def _taken(self, voice: AudioIn, samples: int) -> Sound | None:
        """Whatever becomes of one voice, the others are heard."""
        try:
            return voice.take(samples)
        except Exception:
            if voice not in self._failed:
                self._failed.add(voice)
                log.exception("somebody's sound could not be made")
            return None

    def _next_of_chime(self, samples: int) -> Sound | None:
        if self._chime is None:
            if not self._chimes:
                return None
            self._chime = self._chimes.popleft()
        piece: Sound = self._chime[:samples].astype(np.float32)
        self._chime = self._chime[samples:] if len(self._chime) > samples else None
        return piece if len(piece) == samples else np.pad(piece, ((0, samples - len(piece)), (0, 0)))

    def _ducked(self, mix: Sound | None, samples: int, wanted: float) -> Sound | None:
        begin = self._loudness
        step = (wanted - begin) * min(1.0, samples / GLIDE) if abs(wanted - begin) > 0.01 else wanted - begin
        self._loudness = begin + step
        if mix is None:
            return None
        return mix * np.linspace(begin, self._loudness, samples, dtype=np.float32)[:, None]


def _on_both_sides(mono: Played) -> Stereo:
    both = np.empty((len(mono), 2), np.int16)
    both[:, 0] = both[:, 1] = mono[:, 0]
    return both
