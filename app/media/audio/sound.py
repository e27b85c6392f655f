"""What sound looks like inside: 48 kHz, frames of 20 ms; 16 bit at both ends, floating point between them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

RATE = 48_000
FRAME = 960
"""20 ms: what one packet usually holds."""
MS = RATE // 1000

Stereo = npt.NDArray[np.int16]
"""(samples, 2) at 48 kHz."""
Mono = npt.NDArray[np.int16]
"""(samples,) at 48 kHz."""
Played = npt.NDArray[np.int16]
"""(samples, channels) at 48 kHz, where one channel is for both ears."""
Sound = npt.NDArray[np.float32]
"""(samples, channels) at 48 kHz, on the scale of 16 bit: what is decoded and mixed. A voice has one channel as a rule,
and costs half as much; one and two channels add up by numpy's broadcasting."""


def silence(samples: int) -> Stereo:
    return np.zeros((samples, 2), np.int16)


@lru_cache(32)
def stillness(samples: int) -> Sound:
    """Silence, not to be changed."""
    still = np.zeros((samples, 1), np.float32)
    still.flags.writeable = False
    return still


def is_still(sound: Sound) -> bool:
    """Whether ``sound`` is what ``stillness`` gave, or a part of it: cheaper than to look, and need not be mixed."""
    return not sound.flags.writeable


def joined(parts: Sequence[Sound]) -> Sound:
    """One after the other, with as many channels as any of them has."""
    channels = max(part.shape[1] for part in parts)
    return np.concatenate([np.broadcast_to(part, (len(part), channels)) for part in parts])


def blend(old: Sound, new: Sound) -> Sound:
    """From ``old`` to ``new``, both equally long, along half a cosine."""
    return (old + (new - old) * rising(len(new))[:, None]).astype(np.float32, copy=False)


@lru_cache(32)
def rising(samples: int) -> npt.NDArray[np.float32]:
    """From just above 0 to just below 1, half a cosine; not to be changed."""
    phase = (np.arange(samples, dtype=np.float32) + 0.5) * np.float32(np.pi / samples)
    rise = (0.5 - 0.5 * np.cos(phase)).astype(np.float32)
    rise.flags.writeable = False
    return rise
