"""What is wrong with a session that is being written, and the repair that is offered."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.ui.sessions import when
from app.ui.sessions.draft import Part, Written, change, draft, next_half_hour, problems

NOW = datetime(2026, 5, 14, 12, 0, tzinfo=UTC)
GOOD = Written(
    title="Linear algebra",
    subject="Maths",
    description="",
    start=NOW + timedelta(hours=1),
    end=NOW + timedelta(hours=2),
    places=8,
)


def test_a_good_one_has_no_problems_and_becomes_a_draft() -> None:
    assert problems(GOOD, NOW) == {}
    made = draft(replace(GOOD, title="  Linear\u202e algebra ", description="one\r\ntwo "))
    assert (made.title, made.description, made.max_participants) == ("Linear algebra", "one\ntwo", 8)


def test_a_change_holds_what_was_changed_only() -> None:
    assert change(GOOD, GOOD).to_wire() == {}
    assert change(GOOD, replace(GOOD, title=" Optics ", places=9)).to_wire() == {
        "title": "Optics",
        "maxParticipants": 9,
    }
    later = change(GOOD, replace(GOOD, end=GOOD.end + timedelta(hours=1)))
    assert (later.start_time, later.end_time) == (None, GOOD.end + timedelta(hours=1))


@pytest.mark.parametrize(
    ("changed", "part"),
    [
        ({"title": " \u200b "}, Part.TITLE),
        ({"title": "x" * 81}, Part.TITLE),
        ({"subject": ""}, Part.SUBJECT),
        ({"subject": "x" * 41}, Part.SUBJECT),
        ({"description": "x" * 2001}, Part.DESCRIPTION),
    ],
)
def test_each_part_is_judged(changed: dict[str, str], part: Part) -> None:
    assert list(problems(replace(GOOD, **changed), NOW)) == [part]  # pyright: ignore[reportArgumentType]


def test_problems_stand_in_the_order_of_the_form() -> None:
    bad = replace(GOOD, title="", subject="", end=GOOD.start - timedelta(minutes=30))
    assert list(problems(bad, NOW)) == [Part.TITLE, Part.SUBJECT, Part.END]


def test_an_end_before_the_start_offers_a_better_one() -> None:
    found = problems(replace(GOOD, end=GOOD.start - timedelta(minutes=30)), NOW)[Part.END]
    assert found.words == "End is before start."
    assert found.better_end == GOOD.start + timedelta(minutes=90)
    assert found.repair.startswith("Use ")


def test_an_end_before_the_start_may_be_that_of_the_next_day() -> None:
    late = NOW.astimezone().replace(hour=23) + timedelta(days=1)
    found = problems(replace(GOOD, start=late, end=late - timedelta(hours=22)), NOW)[Part.END]
    assert (found.repair, found.next_day) == ("", f"Ends {when.day(late + timedelta(hours=2), NOW)}")
    over = replace(GOOD, start=late - timedelta(days=5), end=late - timedelta(days=5, hours=1))
    assert problems(over, NOW)[Part.END].next_day == ""


def test_where_there_is_no_later_time_that_day_one_of_the_next_is_offered() -> None:
    late = NOW.astimezone().replace(hour=23) + timedelta(days=1)
    found = problems(replace(GOOD, start=late, end=late), NOW)[Part.END]
    better = late + timedelta(minutes=90)
    assert (found.better_end, found.repair) == (better, f"Use {when.day(better, NOW)}, {when.clock(better)}")


def test_an_end_that_has_passed_is_wrong_too() -> None:
    past = replace(GOOD, start=NOW - timedelta(hours=2), end=NOW - timedelta(hours=1))
    found = problems(past, NOW)[Part.END]
    assert found.words == "That time is over already."
    assert found.better_end is not None
    assert found.better_end > NOW


def test_a_session_that_has_begun_may_be_opened() -> None:
    assert problems(replace(GOOD, start=NOW - timedelta(minutes=5)), NOW) == {}


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows cannot change the zone of a process")
@pytest.mark.parametrize(
    ("zone", "now", "starts"),
    [
        ("UTC", datetime(2026, 5, 14, 12, 0, tzinfo=UTC), "12:30 +0000"),
        ("UTC", datetime(2026, 5, 14, 12, 31, tzinfo=UTC), "13:00 +0000"),
        ("Asia/Kathmandu", datetime(2026, 11, 23, 12, 0, tzinfo=UTC), "18:00 +0545"),
        ("Europe/Berlin", datetime(2026, 3, 29, 0, 40, tzinfo=UTC), "03:00 +0200"),
    ],
)
def test_the_form_begins_at_the_next_half_hour_of_the_clocks_here(
    live_in: Callable[[str], None], zone: str, now: datetime, starts: str
) -> None:
    live_in(zone)
    assert next_half_hour(now).strftime("%H:%M %z") == starts
