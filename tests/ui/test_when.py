"""Moments in words, in local time."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QLocale

from app.ui.language import day_format
from app.ui.sessions import when

pytestmark = pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows cannot change the zone of a process")

NOW = datetime(2026, 5, 14, 12, 50, tzinfo=UTC)


@pytest.fixture(autouse=True)
def berlin() -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = "Europe/Berlin"
    time.tzset()
    locale = QLocale()
    QLocale.setDefault(QLocale.c())
    yield
    QLocale.setDefault(locale)
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 5, day, hour, minute, tzinfo=UTC)


def test_local_times_are_shown() -> None:
    assert when.span(at(14, 12), at(14, 14), NOW) == "Since 14:00 · until 16:00"
    assert when.span(at(14, 13), at(14, 14, 30), NOW) == "15:00 – 16:30"
    assert when.span(at(15, 14, 30), at(15, 16), NOW) == "Fri 15 May, 16:30 – 18:00"


def test_a_day_of_another_year_says_its_year() -> None:
    later = at(15, 14, 30).replace(year=NOW.year + 1)
    assert str(later.year) in when.span(later, later, NOW)
    assert when.nearness(later, NOW).endswith(str(later.year))


def test_a_german_day_has_its_points() -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.German, QLocale.Country.Germany))
    try:
        assert when.day(at(15, 12), NOW).startswith("Fr., 15. Mai")
        assert day_format("dddd d MMMM") == "dddd, d. MMMM" and day_format("d MMM") == "d. MMM"
    finally:
        QLocale.setDefault(before)
    assert day_format("d MMM") == "d MMM"


def test_a_session_over_midnight_says_so() -> None:
    assert when.span(at(14, 21), at(14, 23), NOW) == "23:00 – Fri 15 May, 01:00"


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (at(14, 13), "Soon"),
        (at(14, 15), "Later today"),
        (at(14, 17), "Tonight"),
        (at(15, 8), "Tomorrow"),
        (at(17, 8), "Sun 17 May"),
    ],
)
def test_nearness(start: datetime, words: str) -> None:
    assert when.nearness(start, NOW) == words


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (at(14, 12, 51), "Starts in 1 min"),
        (at(14, 13, 2), "Starts in 12 min"),
        (at(14, 13, 50), ""),
        (at(15, 8), ""),
    ],
)
def test_countdown(start: datetime, words: str) -> None:
    assert when.countdown(start, NOW) == words


def test_the_countdown_never_promises_too_early() -> None:
    assert when.countdown(at(14, 12, 51), NOW.replace(second=1)) == "Starts in 1 min"
    assert when.countdown(at(14, 12, 52), NOW.replace(second=1)) == "Starts in 2 min"
