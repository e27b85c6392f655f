"""Which layout is shown, who stands where, and that nothing overlaps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.room.state import ME
from app.ui.room.layouts import (
    Choice,
    Layout,
    Plan,
    next_speaker,
    places_in,
    places_of,
    plan,
    screen_of,
    sharer_of,
)

PEOPLE = ["a", "b", "c", "d"]


def planned(choice: Choice, *, screens: tuple[str, ...] = (), speaker: str | None = None, **known: object) -> Plan:
    return plan(
        choice,
        everybody=known.get("everybody", PEOPLE),  # type: ignore[arg-type]
        speaking=(),
        speaker=speaker,
        screens=screens,
        before=(),
        shows_self=bool(known.get("shows_self", True)),
        places=int(known.get("places", 8)),  # type: ignore[call-overload]
    )


def test_the_grid_has_everybody_and_us_last() -> None:
    assert planned(Choice()).order == (*PEOPLE, ME)
    assert planned(Choice(), shows_self=False).order == tuple(PEOPLE)


def test_the_speaker_is_large_and_we_are_first_in_the_filmstrip() -> None:
    made = planned(Choice(Layout.SPEAKER), speaker="c")
    assert (made.main, made.rest) == ("c", (ME, "a", "b", "d"))
    assert planned(Choice(Layout.SPEAKER)).main == "a"
    assert planned(Choice(Layout.SPEAKER), everybody=[]).order == (ME,)


def test_a_shared_screen_is_large_by_itself_and_everybody_in_the_filmstrip() -> None:
    made = planned(Choice(), screens=("b",))
    assert (made.layout, made.main, made.rest) == (Layout.SHARE, screen_of("b"), (ME, *PEOPLE))
    assert sharer_of(screen_of("b")) == "b"
    assert sharer_of("b") is None


def test_a_pin_wins_over_a_shared_screen() -> None:
    made = planned(Choice().with_pin("d"), screens=("b",))
    assert (made.main, made.rest[0]) == ("d", screen_of("b"))
    assert planned(Choice().with_pin(ME)).main == ME


def test_who_turns_away_from_a_screen_sees_it_in_the_grid_until_the_next_one() -> None:
    away = Choice().stepped(1, ["b"])
    assert planned(away, screens=("b",)).order == (screen_of("b"), *PEOPLE, ME)
    assert away.settled(PEOPLE, ["b"]).layout_of(["b"]) is Layout.GRID
    assert away.settled(PEOPLE, []).layout_of(["c"]) is Layout.SHARE


def test_the_layouts_go_round() -> None:
    there = [choice := Choice().stepped(1, []), choice.stepped(1, [])]
    assert [one.layout_of([]) for one in there] == [Layout.SPEAKER, Layout.GRID]
    assert Choice().stepped(-1, ["b"]).layout_of(["b"]) is Layout.SPEAKER


def test_a_pin_ends_with_who_is_pinned_and_by_pinning_again() -> None:
    pinned = Choice().with_pin("d")
    assert pinned.settled(["a"], []).pinned is None
    assert pinned.with_pin("d").pinned is None
    assert pinned.settled(["d"], []) == pinned


def test_too_many_for_the_filmstrip_are_counted() -> None:
    made = planned(Choice(Layout.SPEAKER), places=3)
    assert (made.main, made.rest, made.more) == ("a", (ME, "b"), 2)


@pytest.mark.parametrize(
    ("before", "speaking", "after"),
    [
        (None, set[str](), None),
        (None, {"b"}, "b"),
        ("a", {"a", "b"}, "a"),
        ("a", set[str](), "a"),
        ("a", {"b"}, "b"),
        ("gone", {"c"}, "c"),
        ("gone", set[str](), None),
    ],
)
def test_the_large_place_does_not_flicker(before: str | None, speaking: set[str], after: str | None) -> None:
    assert next_speaker(before, PEOPLE, speaking) == after


@given(count=st.integers(1, 9), width=st.integers(700, 2600), height=st.integers(380, 1500), extra=st.integers(0, 1))
def test_the_filmstrip_stays_inside_and_overlaps_nobody(count: int, width: int, height: int, extra: int) -> None:
    rest = tuple(str(one) for one in range(min(count, places_in(width) - 1)))
    made = Plan(Layout.SPEAKER, "x", rest)
    cells = places_of(made, width, height, extra)
    assert len(cells) == 1 + len(rest) + extra
    for cell in cells:
        assert 0 <= cell.x <= cell.x + cell.width <= width
        assert 0 <= cell.y <= cell.y + cell.height <= height
    for index, one in enumerate(cells):
        for other in cells[index + 1 :]:
            apart = one.x + one.width <= other.x or one.y + one.height <= other.y
            assert apart, (one, other)
    assert cells[0].height > 2 * max((cell.height for cell in cells[1:]), default=0)
