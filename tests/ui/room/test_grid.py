from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.room.grid import GAP, MAX_TILES, NARROWEST, WIDEST, Cell, cells, choose

sides = st.integers(min_value=200, max_value=3000)


def apart(one: Cell, other: Cell) -> bool:
    return (
        one.x + one.width + GAP <= other.x
        or other.x + other.width + GAP <= one.x
        or one.y + one.height + GAP <= other.y
        or other.y + other.height + GAP <= one.y
    )


@given(st.integers(min_value=1, max_value=MAX_TILES), sides, sides)
def test_tiles_have_one_size_keep_apart_and_stay_inside(count: int, width: int, height: int) -> None:
    placed = cells(count, width, height)
    assert len(placed) == count
    assert len({(cell.width, cell.height) for cell in placed}) == 1
    assert all(apart(one, other) for one, other in combinations(placed, 2))
    assert all(cell.x >= 0 and cell.x + cell.width <= width for cell in placed)
    assert all(cell.y >= 0 and cell.y + cell.height <= height for cell in placed)


@given(st.integers(min_value=1, max_value=MAX_TILES), sides, sides)
def test_no_tile_is_narrower_or_wider_than_a_face_can_bear(count: int, width: int, height: int) -> None:
    cell = cells(count, width, height)[0]
    assert NARROWEST - 0.1 <= cell.width / cell.height <= WIDEST + 0.1


@pytest.mark.parametrize(
    ("count", "width", "height", "rows"),
    [(1, 1056, 752, 1), (2, 1056, 752, 2), (2, 1416, 500, 1), (4, 1056, 752, 2), (5, 1416, 752, 2), (9, 944, 500, 3)],
)
def test_rows_for_usual_stages(count: int, width: int, height: int, rows: int) -> None:
    assert len({cell.y for cell in cells(count, width, height)}) == rows


def test_an_unfinished_last_row_is_centred() -> None:
    first, second, last = cells(3, 1056, 752)
    assert abs((first.x + second.x + second.width) / 2 - (last.x + last.width / 2)) <= 1


def test_nobody_and_no_room() -> None:
    assert cells(0, 100, 100) == ()
    assert cells(2, 0, 100) == ()


def test_all_are_shown_where_all_fit() -> None:
    shown = choose("abc", (), (), 3)
    assert (shown.ids, shown.more) == (("a", "b", "c"), 0)


def test_one_place_is_for_those_who_do_not_fit() -> None:
    shown = choose("abcde", (), (), 4)
    assert (shown.ids, shown.more) == (("a", "b", "c"), 2)


def test_a_speaker_takes_the_last_silent_place_and_nobody_else_moves() -> None:
    shown = choose("abcde", {"c", "e"}, ("a", "b", "c"), 4)
    assert shown.ids == ("a", "e", "c")


def test_who_was_shown_stays_when_the_speaker_falls_silent() -> None:
    assert choose("abcde", (), ("a", "e", "c"), 4).ids == ("a", "e", "c")


@given(
    st.lists(st.text("abcdefghijklmnop", min_size=1, max_size=1), unique=True),
    st.sets(st.text("abcdefghijklmnop", min_size=1, max_size=1)),
    st.lists(st.text("abcdefghijklmnop", min_size=1, max_size=1), unique=True),
    st.integers(min_value=2, max_value=9),
)
def test_everybody_is_shown_or_counted(everybody: list[str], speaking: set[str], before: list[str], limit: int) -> None:
    shown = choose(everybody, speaking, before, limit)
    assert len(set(shown.ids)) == len(shown.ids)
    assert set(shown.ids) <= set(everybody)
    assert len(shown.ids) + shown.more == len(everybody)
    assert len(shown.ids) + (1 if shown.more else 0) <= limit
