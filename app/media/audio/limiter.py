"""Bends what is too loud instead of cutting it off."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

KNEE = 0.7
"""Up to this share of full scale sound is left as it is; above, it is bent towards full scale."""
FULL = 32767.0


def limited(sound: npt.NDArray[np.float32]) -> npt.NDArray[np.int16]:
    """``sound``, on the scale of 16 bit, of whatever shape. What is above the knee is bent by a hyperbolic tangent, so
    that loud moments do not crackle."""
    if sound.size and (sound.max() > KNEE * FULL or sound.min() < -KNEE * FULL):
        sound = _bent(sound)
    return np.rint(sound).astype(np.int16)


def _bent(sound: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    level = sound / FULL
    size = np.abs(level)
    over = size > KNEE
    bent = KNEE + (1 - KNEE) * np.tanh((size[over] - KNEE) / (1 - KNEE))
    level[over] = np.copysign(bent, level[over])
    return level * FULL
