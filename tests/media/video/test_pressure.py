"""What is sent gives way to pressure step by step, not to a hiccup, and comes back with care."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.media.video.pressure import (
    BAD_S,
    BUSY,
    GOOD_S,
    LATE_S,
    LATEST,
    LONGEST_GOOD_S,
    LOST,
    Load,
    Pressure,
    Step,
    Toll,
)

GOOD, BAD, BETWEEN = Load(), Load(late_s=2 * LATE_S), Load(late_s=0.8 * LATE_S)


class Clock:
    """Feeds one load a second."""

    def __init__(self) -> None:
        self.pressure = Pressure()
        self.now = 0.0
        self.changes: list[tuple[float, Step]] = []

    def pass_(self, load: Load, seconds: float) -> None:
        for _ in range(round(seconds)):
            self.now += 1.0
            if self.pressure.feel(load, self.now):
                self.changes.append((self.now, self.pressure.step))


@pytest.mark.parametrize("load", [BAD, Load(lost=LOST + 0.1), Load(busy=BUSY + 0.01)])
def test_each_sign_of_trouble_takes_fewer_pictures_first_then_smaller_ones(load: Load) -> None:
    clock = Clock()
    clock.pass_(load, 4 * BAD_S + 10)
    assert [step for _, step in clock.changes] == [Step.FEWER, Step.SMALLER, Step.SMALLEST]
    assert all(later - earlier >= BAD_S for (earlier, _), (later, _) in pairwise(clock.changes))


def test_a_hiccup_changes_nothing() -> None:
    clock = Clock()
    for _ in range(20):
        clock.pass_(BAD, BAD_S - 1)
        clock.pass_(GOOD, 1)
    assert not clock.changes


def test_it_comes_back_to_all_when_the_pressure_ends() -> None:
    clock = Clock()
    clock.pass_(BAD, 3 * BAD_S + 5)
    clock.pass_(GOOD, 3 * GOOD_S + 10)
    assert clock.pressure.step is Step.ALL
    assert [step for _, step in clock.changes][-3:] == [Step.SMALLER, Step.FEWER, Step.ALL]


def test_between_bad_and_good_it_stays_where_it_is() -> None:
    clock = Clock()
    clock.pass_(BAD, BAD_S + 2)
    clock.pass_(BETWEEN, 300)
    assert [step for _, step in clock.changes] == [Step.FEWER]


def test_a_step_that_was_taken_back_too_soon_is_tried_less_often() -> None:
    """Full rate is too much, half of it is easy: without patience it would change every quarter of a minute."""
    clock = Clock()
    for _ in range(1200):
        clock.pass_(BAD if clock.pressure.step is Step.ALL else GOOD, 1)
    tries = [at for at, step in clock.changes if step is Step.ALL]
    gaps = [later - earlier for earlier, later in pairwise(tries)]
    assert gaps[-1] > LONGEST_GOOD_S / 2
    assert len(tries) < 25


def test_what_was_bad_before_a_pause_does_not_add_up() -> None:
    clock = Clock()
    clock.pass_(BAD, BAD_S - 1)
    clock.pressure.forget()
    clock.now += 30
    clock.pass_(BAD, 1)
    assert not clock.changes


def test_each_step_back_takes_good_seconds_of_its_own() -> None:
    clock = Clock()
    clock.pass_(BAD, 3 * BAD_S + 5)
    clock.changes.clear()
    clock.pass_(GOOD, 1.5 * GOOD_S)
    assert [step for _, step in clock.changes] == [Step.SMALLER]


@pytest.mark.parametrize(("held", "patience"), [(3 * GOOD_S, 4 * GOOD_S), (6 * GOOD_S, GOOD_S)])
def test_how_long_a_step_back_held_says_how_soon_the_next_is_tried(held: float, patience: float) -> None:
    """``held``: good seconds after the step back, which had been taken in vain once before."""
    clock = Clock()
    for seconds in (GOOD_S + 1, 2 * GOOD_S + 1 + held):
        clock.pass_(BAD, BAD_S + 1)
        clock.pass_(GOOD, seconds)
        assert clock.pressure.step is Step.ALL
    clock.pass_(BAD, BAD_S + 1)
    lowered_at, _ = clock.changes[-1]
    clock.pass_(GOOD, 5 * GOOD_S)
    raised_at, step = clock.changes[-1]
    assert step is Step.ALL
    assert raised_at - lowered_at == pytest.approx(patience, abs=2)


def test_two_steps_down_in_a_row_are_one_lesson() -> None:
    clock = Clock()
    clock.pass_(BAD, BAD_S + 1)
    clock.pass_(GOOD, GOOD_S + 1)
    clock.pass_(BAD, 2 * BAD_S + 2)
    lowered_at, step = clock.changes[-1]
    assert step is Step.SMALLER
    clock.pass_(GOOD, 3 * GOOD_S)
    raised_at, _ = clock.changes[-1]
    assert raised_at - lowered_at == pytest.approx(2 * GOOD_S, abs=2), "and not twice as many seconds again"


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1)), max_size=300))
def test_any_trace_goes_one_step_at_a_time(trace: list[tuple[float, float, float]]) -> None:
    pressure = Pressure()
    before = pressure.step
    for now, (late, lost, busy) in enumerate(trace):
        changed = pressure.feel(Load(late, lost, busy), float(now))
        assert abs(pressure.step - before) == int(changed)
        before = pressure.step


def test_a_load_is_the_latest_output_and_what_all_lost() -> None:
    tolls = [Toll(30, 0, [0.01, 0.02, 0.03]), Toll(10, 8, [0.1, 0.3, 0.2]), Toll()]
    assert Load.of(tolls, 0.5) == Load(0.2, 0.2, 0.5)
    assert Load.of([], 0.0) == Load()


def test_a_toll_that_nobody_takes_keeps_the_newest_only() -> None:
    toll = Toll()
    for number in range(3 * LATEST):
        toll.late.append(float(number))
    assert list(toll.late) == [float(number) for number in range(2 * LATEST, 3 * LATEST)]
    assert Load.of([toll], 0.0).late_s == 2.5 * LATEST - 0.5
