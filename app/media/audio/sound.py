"""What sound looks like inside: 48 kHz, 16 bit, frames of 20 ms."""

from __future__ import annotations

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


def silence(samples: int) -> Stereo:
    return np.zeros((samples, 2), np.int16)


def blend(old: Stereo, new: Stereo) -> Stereo:
    """From ``old`` to ``new``, both equally long, along half a cosine."""
    rise = rising(len(new))[:, None]
    return np.rint(old * (1 - rise) + new * rise).astype(np.int16)


def rising(samples: int) -> npt.NDArray[np.float32]:
    """From just above 0 to just below 1, half a cosine."""
    phase = (np.arange(samples, dtype=np.float32) + 0.5) * np.float32(np.pi / samples)
    return (0.5 - 0.5 * np.cos(phase)).astype(np.float32)
