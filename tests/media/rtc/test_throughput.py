"""What goes in and what comes out, over the last half second of arrivals."""

from __future__ import annotations

import pytest

from app.media.rtc.reports import MEMORY, Fate
from app.media.rtc.throughput import LEAST_S, Throughput


def fed(through: Throughput, start: float, seconds: float, *, stretched: float = 1.0, every_lost: int = 0) -> None:
    """1000 bytes each 10 ms."""
    for number in range(round(seconds * 100)):
        at = start + number / 100
        is_lost = every_lost and number % every_lost == every_lost - 1
        arrived = None if is_lost else 50 + start + (at - start) * stretched
        through.add(Fate(at, arrived, 1000, is_dated=True))
    through.count()


def test_too_little_is_not_judged() -> None:
    through = Throughput()
    fed(through, 0.0, LEAST_S * 0.9)
    assert through.arriving == through.sending == 0


def test_all_comes_out_as_it_went_in() -> None:
    through = Throughput()
    fed(through, 0.0, 3.0)
    assert through.arriving == pytest.approx(800_000, rel=0.03)
    assert through.sending == pytest.approx(800_000, rel=0.03)


def test_half_of_it_comes_out_in_the_time() -> None:
    through = Throughput()
    fed(through, 0.0, 3.0, stretched=2.0)
    assert through.arriving == pytest.approx(400_000, rel=0.05)
    assert through.sending == pytest.approx(800_000, rel=0.05)


def test_what_is_lost_went_in_all_the_same() -> None:
    through = Throughput()
    fed(through, 0.0, 3.0, every_lost=2)
    assert through.arriving == pytest.approx(400_000, rel=0.05)
    assert through.sending == pytest.approx(800_000, rel=0.05)


def test_what_is_forgotten_does_not_count() -> None:
    through = Throughput()
    fed(through, 0.0, 3.0, stretched=2.0)
    through.forget()
    fed(through, 100.0, 1.0)
    assert through.arriving == pytest.approx(800_000, rel=0.03)


def test_what_is_lost_after_the_newest_arrival_does_not_add_up_for_ever() -> None:
    through = Throughput()
    fed(through, 0.0, 1.0)
    for number in range(3 * MEMORY):
        through.add(Fate(1 + number / 1000, None, 1000, is_dated=True))
        through.count()
        assert len(through._known) <= MEMORY  # pyright: ignore[reportPrivateUsage]
    fed(through, 100.0, 3.0)
    assert through.arriving == pytest.approx(800_000, rel=0.03)
    assert through.sending == pytest.approx(800_000, rel=0.03)
