"""How late sound comes, how much is lost, and how unevenly it is fetched."""

from __future__ import annotations

import pytest

from app.media.audio.delays import MOST_SLACK, WINDOW, Arrivals, Losses, Pulls
from app.media.audio.sound import FRAME, MS, RATE


@pytest.mark.parametrize(("every", "share"), [(1, 0.0), (2, 1 - 50 / 99), (4, 1 - 50 / 197)])
def test_the_share_that_is_lost_is_told_from_the_numbers_that_came(every: int, share: float) -> None:
    losses = Losses()
    for number in range(50):
        losses.add(7 + number * every)
    assert losses.share == pytest.approx(share)
    losses.clear()
    assert losses.share == 0


def test_what_was_lost_is_forgotten() -> None:
    losses = Losses()
    for number in [*range(0, 100, 2), *range(100, 100 + WINDOW)]:
        losses.add(number)
    assert losses.share == 0


def arrive(arrivals: Arrivals, first: int, count: int, late_ms: tuple[int, ...], every_s: float = 0.02) -> None:
    """Packets of ``every_s`` from number ``first`` on, late by each of ``late_ms`` in turn."""
    for number in range(first, first + count):
        at = number * every_s
        arrivals.add(round(at * RATE), at + late_ms[number % len(late_ms)] / 1000)


@pytest.mark.parametrize(
    ("late_ms", "base_ms", "spread_ms"),
    [((30,), 30, 0), ((30, 80), 30, 50), (tuple([30] * 9 + [90]), 30, 60), (tuple([30] * 99 + [500]), 30, 0)],
)
def test_all_but_the_slowest_few_are_waited_for(late_ms: tuple[int, ...], base_ms: int, spread_ms: int) -> None:
    arrivals = Arrivals()
    arrive(arrivals, 0, 200, late_ms)
    assert arrivals.base == pytest.approx(base_ms * MS, abs=1)
    assert arrivals.spread == pytest.approx(spread_ms * MS, abs=1)


def test_in_a_pause_too_what_was_late_is_forgotten_within_seconds() -> None:
    arrivals = Arrivals()
    arrive(arrivals, 0, 60, (0, 50))
    assert arrivals.spread > 40 * MS
    arrive(arrivals, 6, 15, (0,), every_s=0.4)
    assert arrivals.spread <= 1


def fetched(at_once: int, pending: int = 0) -> int:
    """The slack where the speaker fetches ``at_once`` frames in a row, and waits for as long."""
    pulls = Pulls()
    for number in range(100):
        pulls.add(FRAME, number // at_once * at_once * 0.02)
        pulls.decided(pending)
    return pulls.slack


@pytest.mark.parametrize(("at_once", "pending_ms", "slack_ms"), [(1, 0, 0), (1, 15, 15), (3, 0, 20), (3, 15, 35)])
def test_who_fetches_unevenly_needs_packets_earlier(at_once: int, pending_ms: int, slack_ms: int) -> None:
    assert fetched(at_once, pending_ms * MS) == pytest.approx(slack_ms * MS, abs=1.1 * MS)


def test_there_is_a_most_that_is_waited_for_the_speaker() -> None:
    assert fetched(20) == MOST_SLACK
