"""Echo and noise go, the voice stays: WebRTC's real module in a simulated room, faster than real time."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from app.media.audio import processing
from app.media.audio.processing import Processor, processor
from app.media.audio.settings import SoundSettings
from app.media.audio.sound import RATE, Mono
from tests.media.audio.rooms import at_the_microphone, echo_of, power_db
from tests.media.audio.signals import speech

LEVEL = SoundSettings(gain_control=False)
ECHO_ONLY = SoundSettings(noise_suppression=False, gain_control=False, high_pass=False)
DELAY_S = 0.06
SECONDS = 10.0


def made(settings: SoundSettings) -> Processor:
    one = processor(settings)
    assert one is not None
    return one


def hiss(seconds: float) -> np.ndarray:
    return np.random.default_rng(9).standard_normal(round(seconds * RATE)) * 3


@pytest.mark.parametrize("settings", [SoundSettings(), LEVEL], ids=["as usual", "without gain control"])
@pytest.mark.parametrize(("seed", "pitch"), [(1, 120.0), (3, 180.0)])
def test_the_echo_is_gone_after_two_seconds(settings: SoundSettings, seed: int, pitch: float) -> None:
    played = speech(SECONDS, seed=seed, pitch=pitch)
    captured = echo_of(played, DELAY_S) + hiss(SECONDS)
    left = at_the_microphone(settings, played, captured, DELAY_S)
    assert power_db(captured, 2, SECONDS) - power_db(left, 2, SECONDS) >= 35


def test_what_is_left_of_an_echo_is_not_made_louder_where_noise_is_left_alone() -> None:
    played = speech(SECONDS)
    captured = echo_of(played, DELAY_S) + hiss(SECONDS)
    left = at_the_microphone(replace(ECHO_ONLY, gain_control=True), played, captured, DELAY_S)
    assert power_db(captured, 2, SECONDS) - power_db(left, 2, SECONDS) >= 45


@pytest.mark.parametrize("settings", [SoundSettings(), LEVEL], ids=["as usual", "without gain control"])
def test_a_jump_in_the_delay_is_found_within_a_second(settings: SoundSettings) -> None:
    played = speech(SECONDS)
    jump = 6.0
    before, after = echo_of(played, DELAY_S), echo_of(played, DELAY_S + 0.02)
    captured = np.where(np.arange(len(played)) < jump * RATE, before, after) + hiss(SECONDS)
    left = at_the_microphone(settings, played, captured, DELAY_S)
    assert power_db(captured, jump + 1, SECONDS) - power_db(left, jump + 1, SECONDS) >= 30


@pytest.mark.parametrize("loudness", [0.7, 0.25])
def test_who_speaks_at_the_same_time_is_not_taken_for_an_echo(loudness: float) -> None:
    played, near = speech(SECONDS), speech(SECONDS, seed=4, pitch=210).astype(np.float64) * loudness
    captured = echo_of(played, DELAY_S) + near + hiss(SECONDS)
    left = at_the_microphone(LEVEL, played, captured, DELAY_S)
    assert abs(power_db(near, 3, SECONDS) - power_db(left, 3, SECONDS)) <= 9


def test_who_speaks_at_the_same_time_is_heard() -> None:
    played, near = speech(SECONDS), speech(SECONDS, seed=4, pitch=210).astype(np.float64) * 0.7
    captured = echo_of(played, DELAY_S) + near + hiss(SECONDS)
    left = at_the_microphone(ECHO_ONLY, played, captured, DELAY_S)
    assert abs(power_db(near, 3, SECONDS) - power_db(left, 3, SECONDS)) <= 9


def test_noise_in_pauses_is_taken_down() -> None:
    noise = np.random.default_rng(2).standard_normal(round(6 * RATE)) * 200
    quiet = np.zeros(len(noise), np.int16)
    settings = SoundSettings(echo_cancellation=False, gain_control=False, high_pass=False)
    left = at_the_microphone(settings, quiet, noise, 0.0)
    assert power_db(noise, 3, 6) - power_db(left, 3, 6) >= 20


def test_a_quiet_voice_becomes_louder() -> None:
    faint = speech(SECONDS).astype(np.float64) * 0.05
    without, given = (
        at_the_microphone(one, np.zeros(len(faint), np.int16), faint, 0.0) for one in (LEVEL, SoundSettings())
    )
    assert power_db(given, 6, SECONDS) - power_db(without, 6, SECONDS) > 6


def test_rumble_is_taken_out() -> None:
    settings = SoundSettings(echo_cancellation=False, noise_suppression=False, gain_control=False)
    rumble = np.sin(2 * np.pi * 30 * np.arange(2 * RATE) / RATE) * 5000
    left = at_the_microphone(settings, np.zeros(len(rumble), np.int16), rumble, 0.0)
    assert power_db(rumble, 1, 2) - power_db(left, 1, 2) > 10


def test_with_headphones_no_echo_is_looked_for() -> None:
    settings = SoundSettings(noise_suppression=False, gain_control=False, high_pass=False, headphones=True)
    assert processor(settings) is None, "nothing is left to do"
    played = speech(3)
    captured = echo_of(played, DELAY_S)
    gentle = SoundSettings(noise_suppression=False, gain_control=False, headphones=True)
    left = at_the_microphone(gentle, played, captured, DELAY_S)
    assert power_db(captured, 2, 3) - power_db(left, 2, 3) < 3


def test_without_livekit_the_voice_is_sent_as_it_is(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def missing(settings: SoundSettings) -> Processor:
        raise ImportError("no livekit here")

    monkeypatch.setattr(processing, "WebRtcProcessor", missing)
    assert processor(SoundSettings()) is None
    assert "no livekit here" in caplog.text


def test_nothing_is_loaded_before_a_microphone_is_opened() -> None:
    code = (
        "import sys, threading, app.media.call; "
        "print('livekit' in sys.modules, threading.active_count(), 'google.protobuf' in sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["False", "1", "False"]


def test_any_size_of_mix_is_taken() -> None:
    one = made(ECHO_ONLY)
    sound: Mono = speech(1)
    for begin in range(0, len(sound), 777):
        one.heard(np.repeat(sound[begin : begin + 777, None], 2, axis=1))
    assert one.process(sound[:960], -20.0, 0.0).shape == (960,)
