"""A missing packet is asked for at once, again while it does not come, and not for ever."""

from __future__ import annotations

from app.media.rtc.nacks import AGAIN_S, MOST, TRIES, Nacks


def test_nothing_is_asked_for_while_nothing_is_missing() -> None:
    nacks = Nacks()
    assert [nacks.add(number & 0xFFFF, 0.0) for number in range(65530, 65550)] == [[]] * 20


def test_a_gap_is_asked_for_at_once_and_what_comes_is_not_asked_for_again() -> None:
    nacks = Nacks()
    nacks.add(65534, 0.0)
    assert nacks.add(1, 0.0) == [65535, 0]
    assert nacks.add(65535, AGAIN_S / 2) == []
    assert nacks.add(2, AGAIN_S) == [0], "the question may have been lost"


def test_after_some_tries_it_is_given_up() -> None:
    nacks = Nacks()
    nacks.add(1, 0.0)
    asked = [nacks.add(3 + step, step * AGAIN_S * 1.01) for step in range(TRIES + 3)]
    assert asked == [[2]] * TRIES + [[]] * 3


def test_an_outage_is_no_gap() -> None:
    nacks = Nacks()
    nacks.add(1, 0.0)
    assert nacks.add(MOST + 3, 0.0) == []
    assert nacks.add(MOST + 5, 0.0) == [MOST + 4]
