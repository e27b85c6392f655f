"""Everybody is heard, as loud as wanted, and nothing wraps around."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.media.audio.incoming import AudioIn
from app.media.audio.mixer import FULL, KNEE, Mixer, limit
from app.media.audio.sound import Stereo


class Plain(AudioIn):
    """Somebody whose sound is the same number all the time."""

    def __init__(self, value: int, volume: float = 1.0) -> None:
        super().__init__()
        self.volume = volume
        self.taken = 0
        self._value = value

    def take(self, count: int) -> Stereo | None:
        self.taken += count
        return np.full((count, 2), self._value, np.int16)


def test_voices_add_up_with_their_volumes() -> None:
    mixer = Mixer()
    voices = [Plain(1000), Plain(300, 2.0), Plain(5000, 0.0)]
    for one in voices:
        mixer.add(one)
    mix = mixer.pull(480)
    assert mix.shape == (480, 2)
    assert mix.dtype == np.int16
    assert (mix == 1600).all()
    mixer.remove(voices[0])
    assert (mixer.pull(480) == 600).all()
    assert voices[2].taken == 960, "who is turned down keeps flowing"


def test_silence_where_nobody_is() -> None:
    assert not Mixer().pull(960).any()


@given(st.floats(-200_000, 200_000, width=32))
def test_loud_moments_are_bent_and_never_wrap(value: float) -> None:
    (out,) = limit(np.array([value], np.float32))
    assert abs(int(out)) <= FULL
    if abs(value) <= KNEE * FULL:
        assert abs(int(out) - value) <= 0.51
    else:
        assert np.sign(out) == np.sign(value)
        assert abs(int(out)) >= KNEE * FULL - 1
