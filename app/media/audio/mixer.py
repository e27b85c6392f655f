"""What is heard: everybody's sound with each one's volume, and the room's chimes, bent softly where it would clip.

``pull`` is called on the speaker's clock, in the speaker's thread; it never waits for anything but a short lock.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from app.media.audio.incoming import AudioIn
from app.media.audio.sound import Stereo, silence

KNEE = 0.7
"""Up to this share of full scale the mix is left as it is; above, it is bent towards full scale."""
FULL = 32767.0
DUCKED = 0.5
"""Voices are this loud while a chime sounds."""
GLIDE = 4800
"""Samples from one loudness to another."""
CHIMES = 4
"""That may wait; more at once are noise."""

Mix = npt.NDArray[np.float32]


class Mixer:
    def __init__(self, on_played: Callable[[Stereo], None] = lambda mix: None) -> None:
        """``on_played`` gets all that goes to the speaker, in its thread."""
        self.deafened = False
        """Nobody is heard; chimes are."""
        self._on_played = on_played
        self._lock = threading.Lock()
        self._voices: tuple[AudioIn, ...] = ()
        self._chimes: deque[Stereo] = deque(maxlen=CHIMES)
        self._chime: Stereo | None = None
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
        mix = self._ducked(mix, samples, DUCKED if chime is not None else 1.0)
        if chime is not None:
            mix = chime if mix is None else np.add(mix, chime, dtype=np.float32)
        played = silence(samples) if mix is None else limit(mix)
        self._on_played(played)
        return played

    def _voices_mixed(self, samples: int) -> Mix | None:
        mix: Mix | None = None
        for voice in self._voices:
            sound = voice.take(samples)
            if sound is None or voice.volume <= 0 or self.deafened:
                continue
            scaled = sound.astype(np.float32)
            if voice.volume != 1.0:
                scaled *= np.float32(voice.volume)
            mix = scaled if mix is None else np.add(mix, scaled, dtype=np.float32)
        return mix

    def _next_of_chime(self, samples: int) -> Mix | None:
        if self._chime is None:
            if not self._chimes:
                return None
            self._chime = self._chimes.popleft()
        piece = self._chime[:samples].astype(np.float32)
        self._chime = self._chime[samples:] if len(self._chime) > samples else None
        return piece if len(piece) == samples else np.pad(piece, ((0, samples - len(piece)), (0, 0)))

    def _ducked(self, mix: Mix | None, samples: int, wanted: float) -> Mix | None:
        begin = self._loudness
        if begin == wanted == 1.0:
            return mix
        step = (wanted - begin) * min(1.0, samples / GLIDE) if abs(wanted - begin) > 0.01 else wanted - begin
        self._loudness = begin + step
        if mix is None:
            return None
        return mix * np.linspace(begin, self._loudness, samples, dtype=np.float32)[:, None]


def limit(mix: Mix) -> Stereo:
    """Bend what is above the knee by a hyperbolic tangent, so that loud moments do not crackle."""
    if max(float(mix.max()), -float(mix.min())) <= KNEE * FULL:
        return np.rint(mix).astype(np.int16)
    level = mix / FULL
    size = np.abs(level)
    over = size > KNEE
    bent = KNEE + (1 - KNEE) * np.tanh((size[over] - KNEE) / (1 - KNEE))
    level[over] = np.copysign(bent, level[over])
    return np.rint(level * FULL).astype(np.int16)
