"""Shorter and longer without a click, and only where it fits."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from app.media.audio.sound import FRAME, MS, RATE, Mono, Sound
from app.media.audio.stretch import OVERLAP, SHORTEST_LAG, Haste, lengthen, shorten
from tests.media.audio.signals import speech, tone


def frame(mono: Mono, channels: int = 2) -> Sound:
    return np.repeat(mono[:FRAME, None].astype(np.float32), channels, axis=1)


@pytest.mark.parametrize(("change", "sign"), [(shorten, -1), (lengthen, 1)])
@pytest.mark.parametrize("frequency", [100, 150, 237, 440, 1000])
def test_a_tone_stays_a_tone(change: Callable[[Sound, int], Sound], sign: int, frequency: int) -> None:
    sound = frame(tone(0.02, frequency))
    changed = change(sound, 12 * MS)
    difference = sign * (len(changed) - FRAME)
    assert SHORTEST_LAG <= difference <= 12 * MS
    period = RATE / frequency
    assert abs(difference / period - round(difference / period)) < 0.05
    wave = changed[:, 0].astype(float)
    rest = wave[2:] - 2 * np.cos(2 * np.pi * frequency / RATE) * wave[1:-1] + wave[:-2]
    assert np.abs(rest).max() < 50, "no click"


@pytest.mark.parametrize("change", [shorten, lengthen])
def test_noise_is_left_alone_unless_it_is_urgent(change: Callable[..., Sound]) -> None:
    noise = frame(np.random.default_rng(1).integers(-9000, 9000, FRAME).astype(np.int16))
    assert change(noise, 12 * MS) is noise
    assert len(change(noise, 12 * MS, Haste.AT_ONCE)) != FRAME


def test_a_voice_waits_for_a_pause() -> None:
    voice, pause = frame(tone(0.02)), frame(np.zeros(FRAME, np.int16))
    assert shorten(voice, 12 * MS, Haste.WHEN_QUIET) is voice
    assert lengthen(voice, 12 * MS, Haste.WHEN_QUIET) is voice
    assert len(shorten(pause, 12 * MS, Haste.WHEN_QUIET)) == FRAME - 12 * MS


def test_silence_gives_all_that_is_wanted() -> None:
    quiet = frame(np.zeros(FRAME, np.int16))
    assert len(shorten(quiet, 10 * MS)) == FRAME - 10 * MS
    assert len(lengthen(quiet, 10 * MS)) == FRAME + 10 * MS
    assert len(shorten(quiet, 100 * MS)) == OVERLAP


def test_too_little_is_not_touched() -> None:
    short = frame(tone(0.02))[: OVERLAP + 10]
    assert shorten(short, 10 * MS) is short
    assert shorten(frame(tone(0.02)), SHORTEST_LAG - 1) is not None


def test_speech_can_often_be_changed() -> None:
    sound = speech(4)
    pieces = [frame(sound[start : start + FRAME]) for start in range(0, len(sound) - FRAME, FRAME)]
    assert sum(len(shorten(piece, 12 * MS)) < FRAME for piece in pieces) > len(pieces) / 3
