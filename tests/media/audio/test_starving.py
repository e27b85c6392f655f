"""A buffer that runs empty once is left alone; one that does so again and again is too small."""

from __future__ import annotations

from app.media.audio.starving import TIMES, WITHIN_S, Starvation


def test_a_buffer_that_is_never_empty_is_deep_enough() -> None:
    starvation = Starvation()
    assert not any(starvation.fetched(0.002, turn * 0.005) for turn in range(1000))


def test_again_and_again_is_too_often() -> None:
    starvation = Starvation()
    assert [starvation.fetched(0.0, second) for second in range(TIMES)] == [False] * (TIMES - 1) + [True]
    assert not starvation.fetched(0.0, float(TIMES)), "it counts anew"


def test_now_and_then_is_not() -> None:
    starvation = Starvation()
    assert not any(starvation.fetched(0.0, turn * WITHIN_S) for turn in range(10))


def test_filling_it_again_is_one_time() -> None:
    starvation = Starvation()
    assert not any(starvation.fetched(0.0, turn * 0.005) for turn in range(10))
