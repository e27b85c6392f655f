"""What is sent of a voice and of a room, whatever happens meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count

import numpy as np
import pytest

from app.media.audio import gate, voice
from app.media.audio.gain import GainControl
from app.media.audio.level import loudness
from app.media.audio.processing import WebRtcProcessor
from app.media.audio.settings import SoundSettings
from app.media.audio.sound import FRAME, RATE, Mono, Played
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


@dataclass
class Plain:
    """Takes nothing out of the voice, and says of it what it is told to."""

    calms_pauses: bool = False
    was_only_echo: bool = False
    left_db: float = 0.0
    delays: list[float] = field(default_factory=list)

    def heard(self, mix: Played) -> None: ...

    def process(self, sound: Mono, captured_db: float, delay_s: float) -> Mono:
        self.left_db = captured_db
        self.delays.append(delay_s)
        return sound


class Broken(Plain):
    def process(self, sound: Mono, captured_db: float, delay_s: float) -> Mono:
        raise RuntimeError("no library")


def noise(seconds: float) -> Mono:
    return np.random.default_rng(1).normal(0, 600, round(seconds * RATE)).astype(np.int16)


def rms(sound: Mono) -> float:
    return float(np.sqrt(np.mean(sound.astype(float) ** 2)))


def test_the_canceller_is_told_the_whole_way_of_an_echo() -> None:
    processor, made = Plain(), Voice(lambda: None, lambda _: None)
    made.speaker_delay = lambda: 0.1
    made.use(processor, evens=False)
    made.sent(noise(0.02), 4.97, 5.0, muted=False)
    assert processor.delays == [pytest.approx(0.1 + 0.03 + 0.02)]


@pytest.mark.parametrize("only_echo", [True, False])
@pytest.mark.parametrize("evens", [True, False])
def test_an_echo_is_hardly_heard_and_is_nobodys_voice(only_echo: bool, evens: bool) -> None:
    told: list[str] = []
    made = Voice(lambda: told.append("talks while muted"), lambda _: None)
    made.use(Plain(was_only_echo=only_echo), evens=evens)
    said = frames(speech(4))
    clock = count()
    rings: list[float] = []
    sent: list[Mono] = []
    for sound in said:
        now = next(clock) * FRAME / RATE
        sent.append(made.sent(sound, now, now, muted=False))
        rings.append(made.level.at(now))
    for sound in said:
        now = next(clock) * FRAME / RATE
        made.sent(sound, now, now, muted=True)
    if only_echo:
        assert rms(np.concatenate(sent[2:])) < 1.1 * gate.ECHO * rms(np.concatenate(said[2:]))
        assert (max(rings), told) == (0.0, [])
    else:
        assert rms(np.concatenate(sent)) > 0.9 * rms(np.concatenate(said))
        assert max(rings) > 0.5
        assert told


def test_where_pauses_are_calmed_a_voice_stays_as_it_is() -> None:
    made = Voice(lambda: None, lambda _: None)
    made.use(Plain(calms_pauses=True), evens=False)
    sent: list[Mono] = []
    said = frames(np.concatenate((noise(20), speech(4))))
    for index, sound in enumerate(said):
        sent.append(made.sent(sound, index * FRAME / RATE, index * FRAME / RATE, muted=False))
    before, loud = said[950:1000], [n for n in range(1000, len(said)) if loudness(said[n]) > -20]
    assert rms(np.concatenate(sent[950:1000])) == pytest.approx(gate.CALM * rms(np.concatenate(before)), rel=0.01)
    assert len(loud) > 20
    assert all(np.array_equal(sent[n], said[n]) for n in loud[1:])


def ring(processor: Plain | None, sound: Mono, *, muted: bool) -> float:
    """After ``sound``."""
    made = Voice(lambda: None, lambda _: None)
    made.use(processor, evens=False)
    now = 0.0
    for now, one in enumerate(frames(sound)):
        made.sent(one, now * FRAME / RATE, now * FRAME / RATE, muted=muted)
    return made.level.at(now * FRAME / RATE)


def test_the_ring_shows_what_is_sent_and_of_a_processed_room_nothing() -> None:
    assert ring(None, noise(20), muted=False) > 0.2
    assert ring(Plain(), noise(20), muted=False) == 0
    assert ring(None, noise(20), muted=True) == 0


def test_a_processor_that_fails_is_done_without(caplog: pytest.LogCaptureFixture) -> None:
    made = Voice(lambda: None, lambda _: None)
    made.use(Broken(), evens=False)
    for sound in frames(noise(0.1)):
        assert np.array_equal(made.sent(sound, 0.0, 0.0, muted=False), sound)
    assert [record.message for record in caplog.records] == [
        "the voice could not be processed and is sent as it is from now on"
    ]
    caplog.clear()
