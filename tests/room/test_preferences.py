"""What is shown is told at once when more is wanted, later when less is, and never where there is no window."""

from __future__ import annotations

import pytest

from app.room.preferences import SETTLE_S, STEP, UNLIMITED, Wish, Wishes, seed_height


def test_without_a_window_nothing_is_said() -> None:
    wishes = Wishes()
    assert [wishes.news(None, None, at) for at in (0.0, 1.0, 60.0)] == [None] * 3


def test_less_is_told_when_it_lasts_and_more_at_once() -> None:
    wishes = Wishes()
    assert wishes.news(170, None, 0.0) is None, "a layout may still be changing"
    assert wishes.news(170, None, SETTLE_S) == Wish(180, UNLIMITED)
    assert wishes.news(700, None, SETTLE_S + 0.1) == Wish(720, UNLIMITED)
    assert wishes.news(None, None, 2.0) is None
    assert wishes.news(700, None, 2.1) is None, "it was back in time"
    assert wishes.news(None, None, 3.0) is None
    assert wishes.news(None, None, 3.0 + SETTLE_S) == Wish(None, UNLIMITED)
    assert wishes.news(300, None, 4.0) == Wish(300, UNLIMITED)


def test_a_screen_that_grows_is_told_at_once() -> None:
    wishes = Wishes()
    wishes.news(None, 170, 0.0)
    assert wishes.news(None, 170, SETTLE_S) == Wish(UNLIMITED, 180)
    assert wishes.news(None, 700, SETTLE_S + 0.1) == Wish(UNLIMITED, 720)


def test_one_that_goes_on_shrinking_is_told_when_it_is_done() -> None:
    wishes = Wishes()
    assert wishes.news(400, None, 0.0) is None
    assert wishes.news(170, None, 0.8 * SETTLE_S) is None
    assert wishes.news(170, None, 1.2 * SETTLE_S) is None
    assert wishes.news(170, None, 1.8 * SETTLE_S) == Wish(180, UNLIMITED)


def test_a_few_pixels_are_not_worth_a_word() -> None:
    wishes = Wishes()
    wishes.news(STEP * 3, None, 0.0)
    assert wishes.news(STEP * 3, None, 1.0) is not None
    assert wishes.news(STEP * 3 - 5, None, 2.0) is None
    assert wishes.news(STEP * 3 - 5, None, 9.0) is None


def test_after_a_new_socket_it_is_told_again() -> None:
    wishes = Wishes()
    wishes.news(170, None, 0.0)
    told = wishes.news(170, None, 1.0)
    wishes.forget()
    wishes.news(170, None, 1.1)
    assert wishes.news(170, None, 3.0) == told


@pytest.mark.parametrize(("others", "height"), [(1, UNLIMITED), (2, UNLIMITED), (3, 360), (5, 360), (6, 180)])
def test_the_seeds_clients_show_less_of_us_in_larger_rooms(others: int, height: int) -> None:
    assert seed_height(others) == height
