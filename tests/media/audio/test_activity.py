"""Who speaks, who speaks into nothing, and what hears nothing."""

from __future__ import annotations

import math

import numpy as np
import pytest

from app.media.audio.activity import DIGITAL_SILENCE, SILENT_S, DeadMicrophone, TalkingWhileMuted, VoiceActivity
from app.media.audio.level import loudness
from app.media.audio.sound import FRAME, RATE, Mono
from tests.media.audio.signals import frames, speech

STEP = FRAME / RATE
NOISE = (np.random.default_rng(1).standard_normal(10 * RATE) * 100).astype(np.int16)


def active(sound: Mono) -> list[bool]:
    activity = VoiceActivity()
    return [activity.add(loudness(frame), index * STEP) for index, frame in enumerate(frames(sound))]


def test_speech_is_told_from_a_noisy_room() -> None:
    said = active(NOISE)[100:]
    assert not any(said)
    talk = NOISE.copy()
    talk[5 * RATE :] += speech(5)
    found = active(talk)
    assert not any(found[100 : 5 * 50])
    assert sum(found[5 * 50 :]) > 0.5 * 5 * 50


def test_silence_is_no_speech_and_the_end_is_not_cut() -> None:
    assert not any(active(np.zeros(RATE, np.int16)))
    activity = VoiceActivity()
    assert activity.add(-20.0, 0.0)
    assert activity.add(-math.inf, 0.2)
    assert not activity.add(-math.inf, 0.4)


def told(muted: bool, speaks: bool, seconds: float) -> list[float]:
    talk = TalkingWhileMuted()
    count = round(seconds / STEP)
    return [n * STEP for n in range(count) if talk.add(STEP, n * STEP, muted=muted, speaks=speaks)]


def test_who_speaks_while_muted_is_told_once_and_again_much_later() -> None:
    first, second = told(True, True, 30)
    assert 0.7 < first < 1.0
    assert second - first >= 19.9
    assert told(False, True, 10) == told(True, False, 10) == []


def test_a_cough_is_no_talk() -> None:
    talk = TalkingWhileMuted()
    assert not any(talk.add(STEP, n * STEP, muted=True, speaks=n % 300 < 20) for n in range(1000))


def test_what_was_said_before_the_mute_is_no_talk_into_it() -> None:
    talk = TalkingWhileMuted()
    for n in range(100):
        talk.add(STEP, n * STEP, muted=False, speaks=True)
    for n in range(100, 130):
        talk.add(STEP, n * STEP, muted=True, speaks=True)
    for n in range(130, 140):
        talk.add(STEP, n * STEP, muted=False, speaks=True)
    assert not any(talk.add(STEP, n * STEP, muted=True, speaks=n < 150) for n in range(140, 300))


def test_digital_silence_is_a_dead_microphone_until_it_sounds() -> None:
    dead, nothing = DeadMicrophone(), np.zeros(FRAME, np.int16)
    turns = [dead.add(nothing, -math.inf, STEP, muted=False) for _ in range(400)]
    assert turns.index(True) == round(SILENT_S / STEP) - 1
    assert turns.count(True) == 1
    assert dead.is_dead
    assert dead.add(NOISE[:FRAME], loudness(NOISE[:FRAME]), STEP, muted=False)
    assert not dead.is_dead


def test_a_muted_or_changed_microphone_is_not_dead() -> None:
    dead, nothing = DeadMicrophone(), np.zeros(FRAME, np.int16)
    assert not any(dead.add(nothing, -math.inf, STEP, muted=True) for _ in range(400))
    for _ in range(300):
        dead.add(nothing, -math.inf, STEP, muted=False)
    assert dead.forget()
    assert not dead.is_dead


def test_the_next_microphone_has_five_seconds_of_its_own() -> None:
    dead, nothing = DeadMicrophone(), np.zeros(FRAME, np.int16)
    for _ in range(round(SILENT_S / STEP) - 1):
        dead.add(nothing, -math.inf, STEP, muted=False)
    dead.forget()
    assert not any(dead.add(nothing, -math.inf, STEP, muted=False) for _ in range(round(SILENT_S / STEP) - 1))


@pytest.mark.parametrize("sample", [DIGITAL_SILENCE, -DIGITAL_SILENCE])
def test_the_least_noise_is_a_sign_of_life(sample: int) -> None:
    dead, faint = DeadMicrophone(), np.zeros(FRAME, np.int16)
    faint[7] = sample
    assert not any(dead.add(faint, loudness(faint), STEP, muted=False) for _ in range(400))
