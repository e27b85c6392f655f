"""A buffer that runs empty once is left alone; one that does so again and again is too small."""

from __future__ import annotations

from app.media.audio.starving import PATIENCE_S, TIMES, WITHIN_S, Starvation

FETCH_S = 0.005


def steps(starvation: Starvation, waiting_s: float, begin: float, seconds: float) -> list[int]:
    """What is wished for while fetches find ``waiting_s``."""
    found = [starvation.fetched(waiting_s, begin + turn * FETCH_S) for turn in range(round(seconds / FETCH_S))]
    return [step for step in found if step]


def test_a_buffer_that_is_never_empty_is_deep_enough() -> None:
    assert steps(Starvation(), 0.002, 0.0, PATIENCE_S - 1) == []


def test_again_and_again_is_too_often() -> None:
    starvation = Starvation()
    assert [starvation.fetched(0.0, second) for second in range(TIMES)] == [0] * (TIMES - 1) + [1]
    assert starvation.fetched(0.0, float(TIMES)) == 0, "it counts anew"


def test_now_and_then_is_not() -> None:
    starvation = Starvation()
    assert not any(starvation.fetched(0.0, turn * WITHIN_S) for turn in range(10))


def test_filling_it_again_is_one_time() -> None:
    assert steps(Starvation(), 0.0, 0.0, 0.05) == []


def test_after_a_calm_time_less_is_tried_and_later_where_that_was_too_early() -> None:
    starvation = Starvation()
    assert steps(starvation, 0.002, 0.0, PATIENCE_S + 1) == [-1]
    starvation.was_too_early()
    begin = PATIENCE_S + 1
    assert steps(starvation, 0.002, begin, PATIENCE_S + 10) == []
    assert steps(starvation, 0.002, begin + PATIENCE_S + 10, PATIENCE_S) == [-1]
