"""A missing packet is asked for at once, again while it does not come, and not for ever."""

from __future__ import annotations

import pytest

from app.media.rtc.nacks import AGAIN_S, MOST, TRIES, Nacks
from app.media.rtc.receiver import ANSWERS


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


def test_what_was_missing_before_an_outage_is_not_asked_for_after_it() -> None:
    nacks = Nacks()
    nacks.add(1, 0.0)
    assert nacks.add(5, 0.0) == [2, 3, 4]
    nacks.add(300, 1.0)
    assert nacks.add(302, 1.0 + AGAIN_S) == [301]


def test_it_is_asked_again_when_an_answer_is_due() -> None:
    nacks = Nacks()
    nacks.add(0, 0.0)
    number, now = 0, 0.0
    for _ in range(30):  # every second packet is lost, and comes 200 ms after it was asked for
        now += 1.0
        assert nacks.add(number + 2, now) == [number + 1]
        assert nacks.add(number + 1, now + 0.2) == []
        number += 2
    assert nacks.round_trip_s is not None
    assert abs(nacks.round_trip_s - 0.2) < 0.01
    assert nacks.add(number + 2, 100.0) == [number + 1]
    assert nacks.add(number + 3, 100.2) == [], "the answer is still on its way"
    assert nacks.add(number + 4, 100.2 + AGAIN_S) == [number + 1]


def asked_over(round_trip_s: float, nacks: Nacks) -> list[int]:
    """How often each of 40 packets was asked for that are lost once, in a stream of 200 packets a second."""
    asked: dict[int, int] = {}
    answers: list[tuple[float, int]] = []

    def came(number: int, now: float) -> None:
        for due in nacks.add(number, now):
            asked[due] = asked.get(due, 0) + 1
            answers.append((now + round_trip_s, due))

    for number in range(40 * 100 + 99):
        now = number / 200
        while answers and answers[0][0] <= now:
            came(answers.pop(0)[1], now)
        if number % 100 or not number:
            came(number, now)
    return list(asked.values())


@pytest.mark.parametrize("round_trip_s", [0.12, 0.25, 0.6])
def test_a_path_longer_than_the_first_guess_is_learned(round_trip_s: float) -> None:
    """Also where the answer comes after the last question."""
    nacks = Nacks()
    asked_over(round_trip_s, nacks)
    assert nacks.round_trip_s == pytest.approx(round_trip_s, abs=0.01)


def test_over_a_long_path_each_loss_is_asked_for_once() -> None:
    asked = asked_over(0.25, Nacks())
    assert len(asked) == 40
    assert max(asked[:3]) > 1
    assert asked[3:] == [1] * 37


def test_a_path_that_becomes_longer_is_learned() -> None:
    nacks = Nacks()
    nacks.round_trip_s = 0.05
    asked_over(0.3, nacks)
    assert nacks.round_trip_s == pytest.approx(0.3, abs=0.01)


def test_a_packet_is_waited_for_until_the_third_answer() -> None:
    nacks = Nacks()
    nacks.round_trip_s = 0.2
    nacks.add(1, 0.0)
    questions = [step / 1000 for step in range(1000) if nacks.add(3 + step, step / 1000)]
    assert questions[2] + nacks.round_trip_s < ANSWERS * nacks.again_s
