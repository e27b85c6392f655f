"""Pauses become quieter, words do not, and nothing clicks."""

from __future__ import annotations

import numpy as np

from app.media.audio.gate import CALM, VOICE, PauseGate
from app.media.audio.sound import FRAME

STEADY = np.full(FRAME, 4000, np.int16)


def test_it_closes_and_opens_without_a_step() -> None:
    gate = PauseGate()
    turns = [True, True, False, False, True, True]
    out = np.concatenate([gate.apply(STEADY, VOICE if speaks else CALM) for speaks in turns]).astype(int)
    assert (out[: 2 * FRAME] == 4000).all()
    assert (out[3 * FRAME : 4 * FRAME] == 4000 * CALM).all()
    assert (out[5 * FRAME :] == 4000).all()
    assert np.abs(np.diff(out)).max() < 25
