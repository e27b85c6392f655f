"""What there is to tell of the sessions that somebody awaits, and that they are still awaited after a restart."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.ui.sessions.wishes import FILE, MOST, Event, News, WishFile, holds, look, outdated
from protocol.rest import Session
from tests.ui.own_desk import session


def now() -> datetime:
    return datetime.now(UTC)


def told(event: Event, one: Session, at: datetime | None = None) -> News | None:
    news = look({one.id: event}, [session("other"), one], at or now(), "omar")
    assert len(news) < 2
    return news[0] if news else None


@pytest.mark.parametrize(
    ("begins", "words"),
    [(6, None), (4.5, "“Linear algebra” begins in 5 min. You can go in now."), (-1, "“Linear algebra” has begun.")],
)
def test_a_start_is_told_when_one_may_go_in(begins: float, words: str | None) -> None:
    news = told(Event.START, session("1", begins=begins))
    assert (news and news.words) == words
    assert news is None or (news.can_join and news.awaits is None)


def test_a_place_is_told_when_it_is_free() -> None:
    assert told(Event.PLACE, session("1", people=8)) is None
    free = told(Event.PLACE, session("1", people=7))
    assert free is not None and (free.words, free.can_join) == ("A place is free in “Linear algebra”.", True)
    later = told(Event.PLACE, session("1", begins=90, people=7))
    assert later is not None and not later.can_join


def test_a_start_without_a_place_goes_on_being_awaited() -> None:
    news = told(Event.START, session("1", people=8))
    assert news is not None and (news.can_join, news.awaits) == (False, Event.PLACE)
    assert "it is full" in news.words


def test_a_cancelled_session_is_told_and_one_that_is_over_is_not() -> None:
    cancelled = told(Event.START, session("1", status="cancelled"))
    assert cancelled is not None and cancelled.words == "“Linear algebra” was cancelled."
    assert told(Event.PLACE, session("1", people=7), now() + timedelta(days=1)) is None


def test_what_is_over_gone_or_joined_is_awaited_no_more() -> None:
    wishes: dict[str, Event] = dict.fromkeys(("alive", "over", "joined", "deleted"), Event.PLACE)
    sessions = [session("alive", people=8), session("over", begins=-90, ends=-30), session("joined", people=8)]
    assert outdated(wishes, sessions, now(), "p3") == {"alive", "over", "joined", "deleted"}
    assert outdated(wishes, sessions[:2], now(), "omar") == {"over", "joined", "deleted"}


@pytest.mark.parametrize(
    ("event", "then", "later", "still"),
    [
        (Event.PLACE, {"people": 7}, {"people": 6}, True),
        (Event.PLACE, {"people": 7}, {"people": 8}, False),
        (Event.PLACE, {"people": 7}, {"people": 7, "status": "cancelled"}, False),
        (Event.START, {"begins": 4}, {"begins": -1}, True),
        (Event.START, {"begins": 4}, {"begins": 600, "ends": 660}, False),
        (Event.START, {}, {"begins": -90, "ends": -1}, False),
        (Event.START, {"people": 8}, {"people": 8}, True),
        (Event.START, {"people": 8}, {"people": 7}, False),
        (Event.START, {"status": "cancelled"}, {"status": "cancelled"}, True),
        (Event.START, {"status": "cancelled"}, {}, False),
    ],
)
def test_what_was_told_holds_for_as_long_as_it_is_so(
    event: Event, then: dict[str, Any], later: dict[str, Any], still: bool
) -> None:
    news = told(event, session("1", **then))
    assert news is not None
    assert holds(news, [session("other"), session("1", **later)], now(), "omar") is still


def test_what_was_told_of_a_session_that_was_joined_or_deleted_holds_no_more() -> None:
    news = told(Event.PLACE, session("1", people=7))
    assert news is not None
    assert not holds(news, [news.session], now(), "p0")
    assert not holds(news, [session("other")], now(), "omar")


def test_each_person_has_their_own_wishes_after_a_restart(tmp_path: Path) -> None:
    WishFile(tmp_path).write("a ann", {"1": Event.START, "2": Event.PLACE})
    WishFile(tmp_path).write("a omar", {"3": Event.PLACE})
    WishFile(tmp_path).write("a omar", {})
    assert WishFile(tmp_path).read("a ann") == {"1": Event.START, "2": Event.PLACE}
    assert WishFile(tmp_path).read("a omar") == {}


def test_only_the_newest_are_kept(tmp_path: Path) -> None:
    WishFile(tmp_path).write("a", {str(number): Event.START for number in range(MOST + 3)})
    assert list(WishFile(tmp_path).read("a")) == [str(number) for number in range(3, MOST + 3)]


@pytest.mark.parametrize("content", ["", "[]", '{"a": 3}', '{"a": {"1": "never", "2": 5}}'])
def test_a_broken_file_is_no_wish(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE).write_text(content)
    assert WishFile(tmp_path).read("a") == {}
