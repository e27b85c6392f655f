from __future__ import annotations

import pytest

from tests.study.people import stay


@pytest.mark.parametrize(("minutes", "counted"), [(0.99, 0), (1, 1), (50.9, 50), (479, 479), (3000, 480)])
def test_a_stay_counts_from_one_minute_to_eight_hours(minutes: float, counted: int) -> None:
    assert stay("a", minutes=minutes).minutes == counted
