"""Everybody's sound as one: summed with each peer's volume, and bent softly where it would clip.

``pull`` is called on the speaker's clock, in the speaker's thread; it never waits for anything but a short lock.
"""

from __future__ import annotations

import threading

import numpy as np
import numpy.typing as npt

from app.media.audio.incoming import AudioIn
from app.media.audio.sound import Stereo

KNEE = 0.7
"""Up to this share of full scale the mix is left as it is; above, it is bent towards full scale."""
FULL = 32767.0


class Mixer:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._voices: tuple[AudioIn, ...] = ()

    def add(self, voice: AudioIn) -> None:
        with self._lock:
            self._voices = (*self._voices, voice)

    def remove(self, voice: AudioIn) -> None:
        with self._lock:
            self._voices = tuple(one for one in self._voices if one is not voice)

    def pull(self, samples: int) -> Stereo:
        """The next ``samples`` of the mix, stereo at 48 kHz."""
        mix: npt.NDArray[np.float32] | None = None
        for voice in self._voices:
            sound = voice.take(samples)
            if sound is None or voice.volume <= 0:
                continue
            scaled = sound.astype(np.float32) * np.float32(voice.volume)
            mix = scaled if mix is None else np.add(mix, scaled, dtype=np.float32)
        if mix is None:
            return np.zeros((samples, 2), np.int16)
        return limit(mix)


def limit(mix: npt.NDArray[np.float32]) -> Stereo:
    """Bend what is above the knee by a hyperbolic tangent, so that loud moments do not crackle."""
    level = mix / FULL
    size = np.abs(level)
    over = size > KNEE
    if over.any():
        bent = KNEE + (1 - KNEE) * np.tanh((size[over] - KNEE) / (1 - KNEE))
        level[over] = np.copysign(bent, level[over])
    return np.rint(level * FULL).astype(np.int16)
