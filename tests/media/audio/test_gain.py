"""Those who speak are alike loud, however faint their microphones are, and a room is not made louder by it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.media.audio.activity import VoiceActivity
from app.media.audio.gain import MOST_DB, NOISE_DB, START_DB, TARGET_DB, GainControl
from app.media.audio.gate import Gate
from app.media.audio.level import loudness
from app.media.audio.sound import FRAME, RATE, Mono
from tests.media.audio.rooms import power_db
from tests.media.audio.signals import Wave, frames, speech

SECONDS = 8.0
FULL_DB = 20 * math.log10(32768)


def talk(decibels: float, seconds: float = SECONDS) -> Wave:
    """Speech of this loudness."""
    said = speech(seconds).astype(float)
    return said * 10 ** ((decibels + FULL_DB - power_db(said, 0, seconds)) / 20)


def evened(captured: Wave) -> Mono:
    control, activity, gate = GainControl(), VoiceActivity(), Gate()
    sent: list[Mono] = []
    for index, frame in enumerate(frames(np.clip(np.rint(captured), -32768, 32767).astype(np.int16))):
        decibels = loudness(frame)
        speaks = activity.add(decibels, index * FRAME / RATE)
        sent.append(gate.apply(frame, control.add(decibels, speaks=speaks, floor=activity.floor)))
    return np.concatenate(sent)


@pytest.mark.parametrize("decibels", [-50.0, -40.0, -30.0])
def test_a_faint_voice_is_as_loud_as_others_after_two_seconds(decibels: float) -> None:
    sent = evened(talk(decibels))
    for second in range(2, round(SECONDS) - 2):
        assert abs(power_db(sent, second, second + 2) - FULL_DB - TARGET_DB) < 4


def test_who_comes_nearer_is_soon_no_louder() -> None:
    sent = evened(np.concatenate((talk(-45), talk(-22))))
    assert abs(power_db(sent, 13, 16) - power_db(sent, 5, 8)) < 4
    assert np.abs(sent.astype(int)).max() <= 32767
    shouted = sent[8 * RATE : 9 * RATE]
    assert (np.abs(shouted.astype(int)) > 32000).mean() < 0.01, "bent, not cut off"


def test_a_loud_voice_stays_as_it_is() -> None:
    said = talk(-18)
    assert abs(power_db(evened(said), 2, SECONDS) - power_db(said, 2, SECONDS)) < 0.5


def test_a_room_in_which_nobody_has_spoken_is_not_learnt() -> None:
    control = GainControl()
    for _ in range(500):
        control.add(-58.0, speaks=False, floor=-60.0)
    assert control.decibels == START_DB


def test_what_is_always_there_stays_faint() -> None:
    control = GainControl()
    for _ in range(500):
        control.add(-45.0, speaks=True, floor=-62.0)
    assert -62.0 + control.decibels == pytest.approx(NOISE_DB)


@given(st.lists(st.tuples(st.floats(-90, 3) | st.just(-math.inf), st.booleans(), st.floats(-90, 0)), max_size=300))
def test_it_never_attenuates_and_never_exceeds_itself(heard: list[tuple[float, bool, float]]) -> None:
    control = GainControl()
    for decibels, speaks, floor in heard:
        times = control.add(decibels, speaks=speaks, floor=floor)
        assert 1.0 <= times <= 10 ** (MOST_DB / 20) * 1.0001
        assert decibels + control.decibels <= max(-11.9, decibels)
