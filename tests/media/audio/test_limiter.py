"""Loud moments are bent, quiet ones left as they are."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.media.audio.limiter import FULL, KNEE, limited


@given(st.floats(-200_000, 200_000, width=32))
def test_loud_moments_are_bent_and_never_wrap(value: float) -> None:
    ((out,),) = limited(np.array([[value]], np.float32))
    assert abs(int(out)) <= FULL
    if abs(value) <= KNEE * FULL:
        assert abs(int(out) - value) <= 0.51
    else:
        assert np.sign(out) == np.sign(value)
        assert abs(int(out)) >= KNEE * FULL - 1
