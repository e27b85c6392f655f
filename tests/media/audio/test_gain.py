"""Those who speak are alike loud, however faint their microphones are, and a room is not made louder by it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.media.audio.activity import VoiceActivity
from app.media.audio.gain import MOST_DB, NOISE_DB, PEAK_DB, START_DB, TARGET_DB, WHISPERED_DB, GainControl
from app.media.audio.gate import Gate
from app.media.audio.level import loudness
from app.media.audio.sound import FRAME, RATE, Mono
from app.media.audio.voicing import is_voiced
from tests.media.audio.rooms import power_db
from tests.media.audio.signals import Wave, frames, speech

SECONDS = 8.0
FULL_DB = 20 * math.log10(32768)
VOWEL = (8000 * np.sign(np.sin(2 * np.pi * 140 * np.arange(FRAME) / RATE))).astype(np.int16)


def talk(decibels: float, seconds: float = SECONDS) -> Wave:
    """Speech of this loudness."""
    said = speech(seconds).astype(float)
    return said * 10 ** ((decibels + FULL_DB - power_db(said, 0, seconds)) / 20)


def noise(decibels: float, seconds: float) -> Wave:
    """Hiss of this loudness."""
    return np.random.default_rng(1).normal(0, 10 ** ((decibels + FULL_DB) / 20), round(seconds * RATE))


def evened(captured: Wave) -> Mono:
    control, activity, gate = GainControl(), VoiceActivity(), Gate()
    sent: list[Mono] = []
    for index, frame in enumerate(frames(np.clip(np.rint(captured), -32768, 32767).astype(np.int16))):
        decibels = loudness(frame)
        speaks = activity.add(decibels, index * FRAME / RATE)
        sent.append(gate.apply(frame, control.add(frame, decibels, speaks=speaks, floor=activity.floor)))
    return np.concatenate(sent)


@pytest.mark.parametrize("decibels", [-50.0, -40.0, -30.0])
def test_a_faint_voice_is_as_loud_as_others_after_two_seconds(decibels: float) -> None:
    sent = evened(talk(decibels))
    for second in range(2, round(SECONDS) - 2):
        assert -8 < power_db(sent, second, second + 2) - FULL_DB - TARGET_DB < -1, "a voice with its pauses"


def test_who_comes_nearer_is_soon_no_louder() -> None:
    sent = evened(np.concatenate((talk(-45), talk(-27))))
    assert abs(power_db(sent, 13, 16) - power_db(sent, 5, 8)) < 4
    shouted = sent[8 * RATE : 9 * RATE]
    assert (np.abs(shouted.astype(int)) > 32000).mean() < 0.01, "bent, not cut off"


def test_a_loud_voice_stays_as_it_is() -> None:
    said = talk(-18)
    assert abs(power_db(evened(said), 2, SECONDS) - power_db(said, 2, SECONDS)) < 0.5


def test_one_loud_moment_passes() -> None:
    said = talk(-42, 16.0)
    said[6 * RATE : 6 * RATE + RATE // 7] += noise(-12, 1.0)[: RATE // 7]
    sent = evened(said)
    assert abs(power_db(sent, 8, 10) - power_db(sent, 4, 6)) < 4


def test_keys_on_a_keyboard_are_no_voice() -> None:
    typing = noise(-72, SECONDS)
    key = noise(-12, 1.0)[: RATE // 66] * np.exp(-np.arange(RATE // 66) / (0.003 * RATE))
    for begin in range(0, len(typing) - RATE, RATE // 5):
        typing[begin : begin + len(key)] += key
    assert power_db(evened(typing), 4, SECONDS) - power_db(typing, 4, SECONDS) < START_DB + 0.5


def test_whispering_is_made_louder_but_not_as_loud_as_a_voice() -> None:
    whispered = noise(-72, SECONDS) + noise(-50, SECONDS) * (np.arange(round(SECONDS * RATE)) // (RATE // 4) % 3 > 0)
    assert power_db(evened(whispered), 4, SECONDS) - power_db(whispered, 4, SECONDS) == pytest.approx(
        WHISPERED_DB, abs=1
    )


def test_a_room_in_which_nobody_has_spoken_is_not_learnt() -> None:
    control = GainControl()
    for frame in frames(speech(5)):
        control.add(frame, -58.0, speaks=False, floor=-80.0)
    assert control.decibels == START_DB


def test_a_room_that_becomes_louder_is_made_less_loud() -> None:
    control = GainControl()
    said = frames(speech(10))
    for frame in said:
        control.add(frame, -45.0, speaks=True, floor=-80.0)
    assert control.decibels > 20
    for frame in said:
        control.add(frame, -62.0, speaks=False, floor=-62.0)
    assert -62.0 + control.decibels == pytest.approx(NOISE_DB)


def test_a_microphone_that_begins_with_digital_silence_is_soon_known() -> None:
    room = noise(-45, 20.0)
    room[: RATE // 4] = 0
    assert power_db(evened(room), 17, 20) - power_db(room, 17, 20) < 1


def test_it_is_as_before_soon_after_something_loud() -> None:
    control = GainControl()
    control.add(VOWEL, -8.0, speaks=True, floor=-80.0)
    assert control.decibels < START_DB - 3
    for _ in range(50):
        control.add(VOWEL, -70.0, speaks=False, floor=-80.0)
    assert control.decibels == START_DB


@given(st.lists(st.tuples(st.floats(-90, 3) | st.just(-math.inf), st.booleans(), st.floats(-90, 0)), max_size=300))
def test_it_never_attenuates_and_never_exceeds_itself(heard: list[tuple[float, bool, float]]) -> None:
    control = GainControl()
    for decibels, speaks, floor in heard:
        times = control.add(VOWEL, decibels, speaks=speaks, floor=floor)
        assert 1.0 <= times <= 10 ** (MOST_DB / 20) * 1.0001
        assert decibels + control.decibels <= max(-PEAK_DB + 0.1, decibels)


def test_vowels_have_a_pitch_and_noise_has_none() -> None:
    assert is_voiced(VOWEL)
    assert not any(map(is_voiced, frames(noise(-30, 4.0).astype(np.int16))))
    assert not is_voiced(np.zeros(FRAME, np.int16))
