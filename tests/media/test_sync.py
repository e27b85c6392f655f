"""Lips and words: pictures are held as long as their sound needs, no longer than allowed, and whatever the other end
says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.media.sync import (
    LEAD_S,
    MOST_S,
    NTP_SECOND,
    PICTURE_RATE,
    REPORT_AGE_S,
    SILENCE_S,
    SLEW,
    Heard,
    LipSync,
)

FPS = 30
PULL_S = 0.02
REPORT_EVERY_S = 1.0
SETTLED_S = 6.0
MASK32, MASK64 = (1 << 32) - 1, (1 << 64) - 1
EPSILON_S = 0.002
"""Time stamps are whole numbers."""

UNTIMED = settings(deadline=None)
"""A busy machine takes its time."""
numbers32 = st.one_of(st.integers(0, MASK32), st.integers(MASK32 - 200_000, MASK32))
numbers64 = st.one_of(st.integers(1, MASK64), st.integers(MASK64 - 5 * NTP_SECOND, MASK64))


@dataclass(frozen=True)
class Sender:
    """Somebody whose pictures and words arrive with delays of their own; times are seconds of our clock."""

    seen: float = 0.03
    """From capture until it is decoded."""
    heard: float = 0.1
    """From capture until it is heard."""
    ntp: int = 0xE9_0000_0000 << 24
    """What its clock shows at 0; the rest are time stamps at 0."""
    picture: int = 1234
    voice: int = 99
    rate: int = 48_000

    def ntp_at(self, at: float) -> int:
        return (self.ntp + round(at * NTP_SECOND)) & MASK64

    def picture_at(self, at: float) -> int:
        return (self.picture + round(at * PICTURE_RATE)) & MASK32

    def voice_at(self, at: float) -> int:
        return (self.voice + round(at * self.rate)) & MASK32

    def playing(self, now: float) -> Heard:
        """What a speaker that fetches 20 ms at a time, and plays it 40 ms later, says."""
        fetched = now // PULL_S * PULL_S
        return Heard(self.voice_at(fetched + 0.04 - self.heard), self.rate, fetched + 0.04)


class Stage:
    """Runs a sender through a ``LipSync``; what it changes in between goes on in the same streams."""

    def __init__(self, sender: Sender) -> None:
        self.sender = sender
        self.heard: Callable[[float], Heard | None] = lambda now: self.sender.playing(now)
        self.reports_voice = self.reports_pictures = True
        self.now = 0.0
        self.sync = LipSync(lambda: self.heard(self.now))
        self._shot = 1.0
        self._report_at = 0.0

    def run(self, seconds: float, late: Callable[[int], float] = lambda number: 0.0) -> list[float]:
        """How long each picture was held. ``late``: how much later than usual each is decoded."""
        return [due - decoded for _, decoded, due in self.pictures(seconds, late)]

    def pictures(
        self, seconds: float, late: Callable[[int], float] = lambda number: 0.0
    ) -> Iterator[tuple[float, float, float]]:
        """When each was captured, decoded, and is to be shown."""
        for number in range(round(seconds * FPS)):
            shot = self._shot
            self._shot += 1 / FPS
            self.now = max(self.now, shot + self.sender.seen + late(number))
            self._report()
            yield shot, self.now, self.sync.due(self.sender.picture_at(shot), self.now)

    def _report(self) -> None:
        if self.now < self._report_at:
            return
        self._report_at = self.now + REPORT_EVERY_S
        at = self.now - 0.05
        if self.reports_voice:
            self.sync.voice_reported(self.sender.ntp_at(at), self.sender.voice_at(at), self.now)
        if self.reports_pictures:
            self.sync.picture_reported(self.sender.ntp_at(at), self.sender.picture_at(at), self.now)


@UNTIMED
@given(
    seen=st.floats(0.005, 0.4),
    heard=st.floats(0.02, 0.4),
    ntp=numbers64,
    picture=numbers32,
    voice=numbers32,
    rate=st.sampled_from([8_000, 48_000]),
)
def test_pictures_come_to_lead_a_little_and_never_wait_without_need(
    seen: float, heard: float, ntp: int, picture: int, voice: int, rate: int
) -> None:
    """Whatever the clocks show, and where they wrap around."""
    stage = Stage(Sender(seen, heard, ntp, picture, voice, rate))
    stage.run(SETTLED_S)
    for held in stage.run(1.0):
        assert held == pytest.approx(min(max(heard - LEAD_S - seen, 0.0), MOST_S), abs=EPSILON_S)


@UNTIMED
@given(st.floats(0.005, 0.05), st.floats(0.0, 0.2))
def test_the_lead_changes_too_slowly_to_be_seen(seen: float, later: float) -> None:
    stage = Stage(Sender(seen, 0.05))
    held = stage.run(SETTLED_S)
    stage.sender = replace(stage.sender, heard=0.05 + later)  # the jitter buffer becomes deeper
    held += stage.run(SETTLED_S)
    stage.sender = replace(stage.sender, heard=0.05)
    held += stage.run(SETTLED_S)
    steps = [after - before for before, after in pairwise(held)]
    assert max(map(abs, steps)) <= SLEW / FPS + 1e-4
    assert held[0] == 0


@dataclass(frozen=True)
class Saying:
    """Seconds that pass, reports that come, what is heard, and the next picture's time stamp."""

    later: float
    voice: tuple[int, int] | None
    pictures: tuple[int, int] | None
    heard: tuple[int, float] | None
    timestamp: int


@st.composite
def sayings(draw: st.DrawFn) -> Saying:
    report = st.none() | st.tuples(st.integers(0, MASK64), numbers32)
    heard = st.none() | st.tuples(numbers32, st.floats(-2, 2))
    return Saying(draw(st.floats(0, 2)), draw(report), draw(report), draw(heard), draw(numbers32))


@UNTIMED
@given(st.lists(sayings(), max_size=12))
def test_whatever_the_other_end_says_no_picture_waits_long(said: list[Saying]) -> None:
    now, heard = 0.0, None
    sync = LipSync(lambda: heard)
    for one in said:
        now += one.later
        heard = None if one.heard is None else Heard(one.heard[0], 48_000, now + one.heard[1])
        if one.voice is not None:
            sync.voice_reported(*one.voice, now)
        if one.pictures is not None:
            sync.picture_reported(*one.pictures, now)
        assert now <= sync.due(one.timestamp, now) <= now + MOST_S


@pytest.mark.parametrize(("voice", "pictures"), [(False, True), (True, False), (False, False)])
def test_nothing_is_held_without_both_reports(voice: bool, pictures: bool) -> None:
    stage = Stage(Sender())
    stage.reports_voice, stage.reports_pictures = voice, pictures
    assert set(stage.run(SETTLED_S)) == {0}


def test_nothing_is_held_without_sound() -> None:
    stage = Stage(Sender())
    stage.heard = lambda now: None
    assert set(stage.run(SETTLED_S)) == {0}


def test_reports_from_before_anything_was_sent_are_none() -> None:
    """aiortc's first ones say 0 for everything."""
    sync = LipSync(lambda: Heard(0, 48_000, 0.0))
    sync.voice_reported(0, 0, 0.0)
    sync.picture_reported(0, 0, 0.0)
    stage = Stage(Sender())
    stage.sync = sync
    stage.reports_voice = stage.reports_pictures = False
    assert set(stage.run(1.0)) == {0}


@pytest.mark.parametrize("off", [-3_600.0, -1.2, 1.2, 3_600.0])
def test_streams_that_are_said_to_be_far_apart_are_shown_as_they_come(off: float) -> None:
    stage = Stage(Sender())
    wrong = replace(stage.sender, voice=stage.sender.voice_at(off))
    stage.heard = wrong.playing
    assert set(stage.run(SETTLED_S)) == {0}


def test_sound_that_ends_lets_pictures_come_as_they_are_again() -> None:
    stage = Stage(Sender())
    assert stage.run(SETTLED_S)[-1] == pytest.approx(0.04, abs=EPSILON_S)
    stage.heard = lambda now: None
    assert stage.run(SILENCE_S - 0.5)[-1] == pytest.approx(0.04, abs=EPSILON_S), "a short silence changes nothing"
    after = stage.run(3.0)
    assert after[-1] == 0
    assert all(0 <= before - later <= SLEW / FPS + EPSILON_S / 10 for before, later in pairwise(map(_rounded, after)))


def test_a_place_in_the_sound_that_is_not_new_any_more_is_not_believed() -> None:
    stage = Stage(Sender())
    stage.run(SETTLED_S)
    stuck = stage.sender.playing(stage.now)
    stage.heard = lambda now: stuck
    assert stage.run(SILENCE_S + 3.0)[-1] == 0


def test_reports_that_are_too_old_are_not_believed() -> None:
    stage = Stage(Sender())
    stage.run(SETTLED_S)
    stage.reports_pictures = False
    assert stage.run(REPORT_AGE_S - 2)[-1] == pytest.approx(0.04, abs=EPSILON_S)
    assert stage.run(2 + SILENCE_S + 3)[-1] == 0
    stage.reports_pictures = True
    stage.run(SETTLED_S)
    assert stage.run(1.0)[-1] == pytest.approx(0.04, abs=EPSILON_S)


def test_pictures_that_come_unevenly_are_shown_evenly() -> None:
    stage = Stage(Sender())
    stage.run(SETTLED_S)
    shown = [due - shot for shot, _, due in stage.pictures(2.0, lambda number: number % 4 * 0.01)]
    assert max(shown) - min(shown) < EPSILON_S
    assert shown[0] == pytest.approx(0.1 - LEAD_S, abs=EPSILON_S)


def test_a_picture_that_is_late_is_shown_at_once_and_makes_no_other_wait() -> None:
    stage = Stage(Sender())
    stage.run(SETTLED_S)
    held = stage.run(1.0, lambda number: 0.3 if number == 10 else 0.0)
    assert held[10] == 0
    assert max(held) < 0.04 + EPSILON_S


def test_a_stall_of_seconds_makes_nothing_wait_afterwards() -> None:
    stage = Stage(Sender())
    stage.run(SETTLED_S)
    held = stage.run(4.0, lambda number: 1.3 if number == 10 else 0.0)  # the next forty come late, and catch up
    assert max(held) < 0.04 + EPSILON_S


def test_a_camera_that_begins_anew_is_followed() -> None:
    stage = Stage(Sender())
    stage.run(SETTLED_S)
    stage.sender = replace(stage.sender, picture=777_777_777)
    begun = stage.run(REPORT_EVERY_S + SETTLED_S)
    assert max(begun) < 0.04 + EPSILON_S
    assert begun[-1] == pytest.approx(0.04, abs=EPSILON_S)


def test_a_clock_that_was_set_is_followed() -> None:
    stage = Stage(Sender())
    stage.run(SETTLED_S)
    stage.sender = replace(stage.sender, ntp=stage.sender.ntp_at(-7200.0))
    assert stage.run(SETTLED_S)[-1] == pytest.approx(0.04, abs=EPSILON_S)


def _rounded(seconds: float) -> float:
    return round(seconds, 6)


@pytest.mark.parametrize("ppm", [-200, 200])
def test_clocks_that_run_apart_are_followed(ppm: int) -> None:
    """The sound card's of the speaker: its time stamps fall behind, and their reports say so."""
    stage = Stage(Sender(rate=round(48_000 * (1 + ppm * 1e-6))))
    nominal = stage.sender.playing
    stage.heard = lambda now: replace(nominal(now), rate=48_000)
    stage.run(120.0)
    assert stage.run(1.0)[-1] == pytest.approx(0.04, abs=EPSILON_S)
