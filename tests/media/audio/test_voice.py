"""What is sent of a voice and of a room, whatever happens meanwhile."""

from __future__ import annotations

import numpy as np
import pytest

from app.media.audio import voice
from app.media.audio.gain import GainControl
from app.media.audio.processing import WebRtcProcessor
from app.media.audio.settings import SoundSettings
from app.media.audio.sound import FRAME, RATE, Mono
from app.media.audio.voice import Voice
from tests.media.audio.signals import frames, speech


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


def test_settings_may_change_while_a_frame_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    made = Voice(lambda: None, lambda _: None)

    class Meanwhile(GainControl):
        def add(self, sound: Mono, decibels: float, *, speaks: bool, floor: float) -> float:
            made.use(None, evens=False)
            return super().add(sound, decibels, speaks=speaks, floor=floor)

    monkeypatch.setattr(voice, "GainControl", Meanwhile)
    made.use(None, evens=True)
    assert len(made.sent(np.ones(FRAME, np.int16), 0.0, 0.0, muted=False)) == FRAME


def test_what_was_learnt_while_muted_is_no_burst_afterwards() -> None:
    faint, loud = speech(6).astype(float) * 0.01, speech(16).astype(float) * 1.5
    made = Voice(lambda: None, lambda _: None)
    made.use(None, evens=True)
    now = 0.0
    sent: list[Mono] = []
    for said, muted in ((faint, False), (loud, True), (loud, False)):
        for sound in frames(said.astype(np.int16)):
            now += FRAME / RATE
            sent.append(made.sent(sound, now, now, muted=muted))
    assert np.abs(sent[300 + 800].astype(int)).max() < 1.3 * np.abs(loud[:FRAME]).max()


def test_the_ring_shows_an_evened_voice() -> None:
    levels: list[float] = []
    for evens in (False, True):
        made = Voice(lambda: None, lambda _: None)
        made.use(None, evens=evens)
        highest = 0.0
        for index, sound in enumerate(frames((speech(6).astype(float) * 0.01).astype(np.int16))):
            made.sent(sound, index * FRAME / RATE, index * FRAME / RATE, muted=False)
            highest = max(highest, made.level.at(index * FRAME / RATE))
        levels.append(highest)
    assert levels[1] > levels[0] + 0.2
