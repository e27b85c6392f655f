from __future__ import annotations

import pytest

from bench import _arithmetic as arithmetic


def test_a_median_is_of_what_was_measured() -> None:
    assert arithmetic.middle([5, None, 1, 2]) == 2
    assert arithmetic.middle([1, 2]) == 1.5
    assert arithmetic.middle([None, None]) is None


def test_a_ratio_is_median_by_median() -> None:
    assert arithmetic.ratio([1, 9, 2], [4, 8, 4]) == 0.5
    assert arithmetic.ratio([1], [3]) == 0.333


@pytest.mark.parametrize("theirs", [[], [None], [0.0]])
def test_there_is_no_ratio_to_nothing(theirs: list[float | None]) -> None:
    assert arithmetic.ratio([1.0], theirs) is None


def test_a_difference_is_median_minus_median() -> None:
    assert arithmetic.difference([38.5, 30, 39], [38, 38, 50]) == 0.5
    assert arithmetic.difference([38.5], [None]) is None


def test_a_mean_of_nothing_is_nothing() -> None:
    assert arithmetic.mean([1, 2, 6]) == 3
    assert arithmetic.mean([]) is None


def test_percentiles_lie_between_the_values() -> None:
    assert arithmetic.percentile([1, 2, 3, 4, 5], 50) == 3
    assert arithmetic.percentile([0, 10], 95) == 9.5
    assert arithmetic.percentile([], 50) is None


def test_the_cost_of_one_more_is_the_slope() -> None:
    assert arithmetic.slope([(1, 0.32), (3, 0.36), (7, 0.44)]) == 0.02
    assert arithmetic.slope([(3, 0.1), (3, 0.2)]) is None


def test_the_first_full_second_counts() -> None:
    slow = [index / 10 for index in range(20)]
    fast = [2 + index / 30 for index in range(60)]
    assert arithmetic.sustained_from(slow + fast, 28) == pytest.approx(2.0, abs=0.11)
    assert arithmetic.sustained_from(slow, 28) is None
    assert arithmetic.sustained_from([], 28) is None


def test_a_frame_is_matched_with_its_latest_showing() -> None:
    """The clip starts over every two seconds here, so number 7 is sent at 1, 3 and 5."""
    sent = [(7, 1.0), (8, 1.1), (7, 3.0), (7, 5.0)]
    seen = [(7, 3.02), (7, 5.03), (8, 1.05), (9, 1.2)]
    assert arithmetic.matched(sent, seen, 1.5) == pytest.approx([0.02, 0.03])


def test_a_frame_that_comes_too_late_is_lost() -> None:
    assert arithmetic.matched([(1, 0.0)], [(1, 2.5)], 2.0) == []
