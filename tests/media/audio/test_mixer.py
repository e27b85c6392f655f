"""Everybody is heard, as loud as wanted, and nothing wraps around."""

from __future__ import annotations

import numpy as np
import pytest

from app.media.audio.chimes import Chime, sound_of
from app.media.audio.incoming import AudioIn
from app.media.audio.mixer import CHIMES, DUCKED, Mixer
from app.media.audio.sound import Played, Sound


class Plain(AudioIn):
    """Somebody whose sound is the same number all the time."""

    def __init__(self, value: int, volume: float = 1.0, sides: tuple[float, ...] = (1.0,)) -> None:
        super().__init__()
        self._sides = np.array(sides, np.float32)
        self.volume = volume
        self.taken = 0
        self._value = value

    def take(self, count: int) -> Sound | None:
        self.taken += count
        return np.full((count, 1), self._value, np.float32) * self._sides


class Broken(AudioIn):
    """Somebody whose sound cannot be made."""

    def take(self, count: int) -> Sound | None:
        raise ValueError("no sound")


def test_one_whose_sound_cannot_be_made_silences_nobody_else(caplog: pytest.LogCaptureFixture) -> None:
    mixer = Mixer()
    for one in (Broken(), Plain(1000)):
        mixer.add(one)
    assert [bool((mixer.pull(480) == 1000).all()) for _ in range(3)] == [True] * 3
    assert [record.message for record in caplog.records] == ["somebody's sound could not be made"]
    caplog.clear()


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


def test_who_sounds_on_both_sides_differently_is_heard_so_among_others() -> None:
    mixer = Mixer()
    for one in (Plain(1000), Plain(400, sides=(1.0, 0.5)), Plain(50)):
        mixer.add(one)
    assert (mixer.pull(480) == (1450, 1250)).all()


def test_two_who_are_loud_at_once_do_not_wrap_around() -> None:
    mixer = Mixer()
    for one in (Plain(30_000), Plain(30_000)):
        mixer.add(one)
    assert mixer.pull(480).min() > 30_000


def test_who_is_deaf_hears_nobody_and_they_flow_on() -> None:
    mixer, one = Mixer(), Plain(1000)
    mixer.add(one)
    mixer.deafened = True
    assert not mixer.pull(480).any()
    assert one.taken == 480
    mixer.chime(np.full((480, 2), 700, np.int16))
    assert mixer.pull(480).any()


def test_voices_step_back_for_a_chime_and_come_back_without_a_step() -> None:
    mixer = Mixer()
    mixer.add(Plain(8000))
    mixer.chime(np.zeros((24_000, 2), np.int16))
    loudness = np.concatenate([mixer.pull(480) for _ in range(150)])[:, 0].astype(int)
    assert loudness.min() == pytest.approx(8000 * DUCKED, abs=100)
    assert loudness[-1] == 8000
    assert np.abs(np.diff(loudness)).max() < 20


def test_voices_step_back_for_a_chime_little_by_little() -> None:
    mixer = Mixer()
    mixer.add(Plain(8000))
    mixer.chime(np.zeros((24_000, 2), np.int16))
    begin, end = mixer.pull(480)[[0, -1], 0]
    assert begin == 8000
    assert 8000 > end > 8000 * (1 + 3 * DUCKED) / 4, "of ten times as long a way"


def test_a_chime_is_heard_to_its_end_and_of_many_a_few() -> None:
    mixer = Mixer()
    for _ in range(CHIMES + 3):
        mixer.chime(np.full((700, 2), 1000, np.int16))
    heard = np.concatenate([mixer.pull(480) for _ in range(4 * CHIMES)])
    assert np.count_nonzero(heard[:, 0]) == 700 * CHIMES


def test_what_is_played_is_told_chimes_and_all() -> None:
    told: list[Played] = []
    mixer = Mixer(told.append)
    mixer.chime(sound_of(Chime.JOINED))
    played = [mixer.pull(777) for _ in range(5)]
    assert all(np.array_equal(one, other) for one, other in zip(told, played, strict=True))
    assert any(one.any() for one in played)


@pytest.mark.parametrize("chime", Chime)
def test_every_chime_is_soft_and_ends(chime: Chime) -> None:
    sound = sound_of(chime).astype(int)
    assert 1000 < np.abs(sound).max() <= 0.13 * 32767
    assert np.abs(sound[0]).max() < 10
    assert np.abs(sound[-1]).max() < 50
    assert len(sound) < 2 * 48_000


def test_silence_where_nobody_is() -> None:
    assert not Mixer().pull(960).any()
