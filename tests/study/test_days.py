from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.study.days import StudyDay, merged, on, streaks, weeks, within_year
from protocol.rest import Activity
from tests.study.people import stay

TODAY = date(2026, 5, 14)
DAY = timedelta(days=1)


def counted(day: date, count: int = 1) -> Activity:
    return Activity(user_id="u", date=day, count=count)


def days(*back: int) -> list[StudyDay]:
    return [StudyDay(TODAY - one * DAY, 30, 1) for one in back]


def test_what_the_server_counted_and_what_this_computer_knows_are_one_day() -> None:
    made = merged(
        [counted(TODAY, 3), counted(TODAY - DAY), counted(TODAY - 3 * DAY, 0)],
        [
            stay("a", TODAY, 50, is_counted=True),
            stay("b", TODAY, 25),
            stay("c", TODAY - 2 * DAY, 10),
            stay("d", TODAY - 5 * DAY, 0.5),
        ],
    )
    assert made == (
        StudyDay(TODAY - 2 * DAY, 10, 1),
        StudyDay(TODAY - DAY, 0, 1),
        StudyDay(TODAY, 75, 4),
    )


def test_a_day_that_the_server_names_twice_is_one() -> None:
    assert merged([counted(TODAY, 3), counted(TODAY)], []) == (StudyDay(TODAY, 0, 4),)


def test_a_server_that_lost_its_count_does_not_lose_ours() -> None:
    assert merged([], [stay("a", TODAY, 5, is_counted=True)]) == (StudyDay(TODAY, 5, 1),)


@pytest.mark.parametrize(
    ("back", "current", "longest"),
    [
        ((), 0, 0),
        ((0,), 1, 1),
        ((1,), 1, 1),
        ((2,), 0, 1),
        ((1, 2, 3), 3, 3),
        ((0, 2, 3, 4, 5), 1, 4),
        ((-1, 0), 1, 1),
    ],
)
def test_streaks(back: tuple[int, ...], current: int, longest: int) -> None:
    made = streaks(days(*back), TODAY)
    assert (made.current_streak, made.longest_streak) == (current, longest)


@pytest.mark.parametrize(
    ("minutes", "sessions", "level"),
    [(0, 0, 0), (1, 1, 1), (29, 9, 1), (30, 1, 2), (60, 1, 3), (119, 1, 3), (120, 1, 4), (0, 2, 2), (0, 9, 4)],
)
def test_a_day_weighs_by_its_minutes_and_else_by_its_sessions(minutes: int, sessions: int, level: int) -> None:
    assert StudyDay(TODAY, minutes, sessions).level == level


def test_weeks_begin_on_monday_and_none_is_left_out() -> None:
    # The 14th of May 2026 is a Thursday.
    made = weeks(days(0, 3, 4, 20), TODAY, 3)
    assert [(one.monday, one.minutes, one.days) for one in made] == [
        (date(2026, 4, 27), 0, 0),
        (date(2026, 5, 4), 30, 1),
        (date(2026, 5, 11), 60, 2),
    ]


def test_a_year_has_365_days() -> None:
    assert [one.date for one in within_year(days(365, 364, 0, -1), TODAY)] == [TODAY - 364 * DAY, TODAY]


def test_a_day_without_study_is_empty() -> None:
    assert on(days(1), TODAY) == StudyDay(TODAY, 0, 0)
    assert on(days(0), TODAY).minutes == 30
