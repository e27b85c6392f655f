"""Runs of study days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.streaks import streaks

TODAY = date(2026, 3, 1)


def days(*back: int) -> list[date]:
    return [TODAY - timedelta(days=number) for number in back]


@pytest.mark.parametrize(
    ("back", "current", "longest"),
    [
        ((), 0, 0),
        ((0,), 1, 1),
        ((1,), 1, 1),
        ((2,), 0, 1),
        ((0, 1, 2), 3, 3),
        ((1, 2, 3), 3, 3),
        ((0, 2, 3, 4, 5), 1, 4),
        ((2, 3, 10, 11, 12), 0, 3),
        ((-1, 0), 1, 1),
    ],
)
def test_streaks(back: tuple[int, ...], current: int, longest: int) -> None:
    result = streaks(days(*back), TODAY)
    assert (result.current_streak, result.longest_streak) == (current, longest)


@pytest.mark.parametrize(("today", "current"), [(date.min, 1), (date(1, 1, 2), 1), (date.max, 0)])
def test_the_calendar_ends_and_the_count_does_not(today: date, current: int) -> None:
    result = streaks([date.min], today)
    assert (result.current_streak, result.longest_streak) == (current, 1)
    assert streaks([], today).longest_streak == 0


@settings(deadline=None)
@given(st.sets(st.integers(min_value=0, max_value=40)))
def test_a_plain_count_agrees(back: set[int]) -> None:
    runs, run = [0], 0
    for number in range(42):
        run = run + 1 if number in back else 0
        runs.append(run)
    result = streaks(days(*back), TODAY)
    assert result.longest_streak == max(runs)
    assert result.current_streak <= result.longest_streak
    assert (result.current_streak > 0) == bool(back & {0, 1})
