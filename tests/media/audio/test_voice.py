"""What is sent while nobody speaks: nothing of a quiet room, and a loud one made quieter."""

from __future__ import annotations

import numpy as np
import pytest

from app.media.audio.processing import WebRtcProcessor
from app.media.audio.settings import SoundSettings
from app.media.audio.sound import FRAME, RATE, Mono
from app.media.audio.voice import Voice
from tests.media.audio.signals import frames


def heard_of_noise(rms: float) -> Mono:
    """The last second of eight, in which the microphone hears nothing but noise."""
    noise = np.random.default_rng(1).normal(0, rms, 8 * RATE).astype(np.int16)
    voice = Voice(lambda: None, lambda _: None)
    voice.use(WebRtcProcessor(SoundSettings()), evens=True)
    now = 0.0
    sent: list[Mono] = []
    for sound in frames(noise):
        now += FRAME / RATE
        sent.append(voice.sent(sound, now, now, muted=False))
    return np.concatenate(sent[-RATE // FRAME :])


@pytest.mark.parametrize("rms", [3, 30])
def test_of_a_quiet_room_nothing_is_left(rms: float) -> None:
    assert not heard_of_noise(rms).any()


def test_a_loud_room_stays_to_be_heard_and_is_quieter() -> None:
    left = heard_of_noise(600).astype(float)
    assert 0 < np.sqrt(np.mean(left**2)) < 600 / 3
