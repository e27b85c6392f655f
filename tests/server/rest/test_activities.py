"""Study days and streaks over REST."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.server.harness import Hall, HandClock


@pytest.fixture
def clock() -> HandClock:
    return HandClock(datetime(2026, 3, 1, 23, 30, tzinfo=UTC))


async def test_studying_adds_one_to_today(hall: Hall) -> None:
    ada, ben = await hall.register("Ada"), await hall.register("Ben")
    for count in (1, 2):
        reply = await ada.ask("POST", "/api/activities")
        assert (reply.status, reply.body) == (200, {"userId": ada.id, "date": "2026-03-01", "count": count})
    assert (await ada.ask("GET", "/api/activities")).body == [{"userId": ada.id, "date": "2026-03-01", "count": 2}]
    assert (await ben.ask("GET", "/api/activities")).body == []


async def test_today_may_be_the_clients(hall: Hall) -> None:
    """East of Greenwich it is tomorrow already."""
    ada = await hall.register("Ada")
    for said in ("2026-03-02", "2026-03-02T00:30:00.000Z"):
        assert (await ada.ask("POST", "/api/activities", json={"date": said})).body["date"] == "2026-03-02"
    assert (await ada.ask("POST", "/api/activities", json={"date": "2026-03-03"})).status == 400
    assert (await ada.ask("POST", "/api/activities", json={"date": "yesterday"})).status == 400
    assert (await ada.ask("GET", "/api/activities?date=2026-03-01")).body == []
    assert len((await ada.ask("GET", "/api/activities?date=2026-03-02")).body) == 1


async def test_the_first_day_there_is_counts_like_any_other(hall: Hall) -> None:
    ada = await hall.register("Ada")
    assert (await ada.ask("GET", "/api/activities/streaks?date=0001-01-01")).status == 200
    assert (await ada.ask("POST", "/api/activities", json={"date": "0001-01-01"})).status == 200
    assert (await ada.ask("GET", "/api/activities/streaks")).body == {"currentStreak": 0, "longestStreak": 1}


async def test_streaks_grow_and_break(hall: Hall, clock: HandClock) -> None:
    ada = await hall.register("Ada")
    assert (await ada.ask("GET", "/api/activities/streaks")).body == {"currentStreak": 0, "longestStreak": 0}
    for _ in range(3):
        await ada.ask("POST", "/api/activities")
        clock.turn(timedelta(days=1))
    assert (await ada.ask("GET", "/api/activities/streaks")).body == {"currentStreak": 3, "longestStreak": 3}
    clock.turn(timedelta(days=1))
    assert (await ada.ask("GET", "/api/activities/streaks")).body == {"currentStreak": 0, "longestStreak": 3}
