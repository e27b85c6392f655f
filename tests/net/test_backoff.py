from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.net.backoff import DELAYS_S, JITTER, delay


@pytest.mark.parametrize(("attempt", "seconds"), [(0, 1), (1, 2), (2, 4), (3, 8), (4, 15), (5, 15), (1_000, 15)])
def test_without_jitter_the_delays_are_those_that_people_are_told(attempt: int, seconds: float) -> None:
    assert delay(attempt, 0.5) == seconds


@given(attempt=st.integers(-5, 10_000), randomness=st.floats(0, 1))
def test_jitter_never_leaves_its_share(attempt: int, randomness: float) -> None:
    middle = delay(attempt, 0.5)
    assert abs(delay(attempt, randomness) - middle) <= JITTER * middle * 1.000001


@given(attempt=st.integers(0, 100), randomness=st.floats(0, 1))
def test_a_later_try_never_waits_less(attempt: int, randomness: float) -> None:
    assert delay(attempt, randomness) <= delay(attempt + 1, randomness)


def test_two_apps_do_not_come_back_at_once() -> None:
    assert len({delay(0, share / 10) for share in range(11)}) == 11
    assert delay(0, -1) == delay(0, 0)
    assert delay(0, 2) == delay(0, 1) == (1 + JITTER) * DELAYS_S[0]
