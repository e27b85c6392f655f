from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.ui.room.flow import Flow

heights = st.lists(st.integers(min_value=1, max_value=500), max_size=30)


@given(heights, st.integers(min_value=-10, max_value=20_000))
def test_the_row_at_a_place_is_the_one_that_covers_it(given_heights: list[int], y: int) -> None:
    flow = Flow()
    flow.insert(0, given_heights)
    assert flow.total == sum(given_heights)
    row = flow.row_at(y)
    if not given_heights:
        assert row == -1
    elif 0 <= y < flow.total:
        assert flow.top(row) <= y < flow.top(row) + flow.height(row)
    else:
        assert row == (0 if y < 0 else len(given_heights) - 1)


@given(heights, st.integers(min_value=0, max_value=5000), st.integers(min_value=1, max_value=800))
def test_all_rows_that_show_are_named(given_heights: list[int], top: int, size: int) -> None:
    flow = Flow()
    flow.insert(0, given_heights)
    shown = [row for row in range(len(flow)) if flow.top(row) < top + size and flow.top(row) + flow.height(row) > top]
    assert list(flow.between(top, top + size)) == shown


def test_measuring_moves_what_is_below() -> None:
    flow = Flow()
    flow.insert(0, [10, 10, 10])
    assert not flow.is_measured(1)
    flow.measure(1, 50)
    assert flow.is_measured(1)
    assert (flow.top(2), flow.total) == (60, 70)
    flow.forget(1)
    assert not flow.is_measured(1)
    assert flow.height(1) == 50


def test_rows_come_and_go() -> None:
    flow = Flow()
    flow.insert(0, [10, 20])
    flow.measure(1, 25)
    flow.insert(0, [5])
    assert [flow.height(row) for row in range(3)] == [5, 10, 25]
    assert flow.is_measured(2)
    flow.remove(1, 2)
    assert (len(flow), flow.total) == (2, 30)
