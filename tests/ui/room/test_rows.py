from __future__ import annotations

from datetime import UTC, datetime, timedelta

from app.room.state import Delivery, Message, MessageKind
from app.ui.room.rows import Row, row_at, unread
from tests.ui.room.own_room import LENA, message

NOON = datetime(2026, 5, 14, 12, 0, tzinfo=UTC)


def at(minute: float, text: str = "x", sender: str = "Priya Nair", **known: object) -> Message:
    return message(text, sender, at=NOON + timedelta(minutes=minute), **known)


def laid_out(*messages: Message, now: datetime = NOON) -> list[Row]:
    return [row_at(messages, index, now, UTC) for index in range(len(messages))]


def test_one_sender_within_five_minutes_stands_together() -> None:
    first, second, third = laid_out(at(0), at(2), at(6.9))
    assert (first.is_first, first.is_last) == (True, False)
    assert (second.is_first, second.is_last) == (False, False)
    assert (third.is_first, third.is_last) == (False, True)
    assert first.has_header and not second.has_header
    assert third.has_picture and not second.has_picture


def test_a_pause_another_sender_and_a_system_message_end_a_group() -> None:
    assert [one.is_first for one in laid_out(at(0), at(5), at(6, sender="Omar Said"))] == [True, True, True]
    told = laid_out(at(0), at(1, "Omar joined", kind=MessageKind.SYSTEM), at(2))
    assert [one.is_first for one in told] == [True, True, True]
    assert not told[1].has_header and not told[1].has_picture


def test_our_own_bear_their_delivery_below_the_last() -> None:
    rows = laid_out(
        at(0, sender=LENA.name),
        at(1, sender=LENA.name),
        at(2, sender=LENA.name, delivery=Delivery.PENDING),
        at(3, sender=LENA.name, delivery=Delivery.FAILED),
    )
    assert [one.has_footer for one in rows] == [False, True, True, True]
    assert not any(one.has_header or one.has_picture for one in rows)


def test_days_are_named_where_they_begin() -> None:
    yesterday, before_midnight, after = laid_out(at(-24 * 60), at(-24 * 60 + 1), at(0))
    assert yesterday.day == datetime(2026, 5, 13, tzinfo=UTC)
    assert before_midnight.day is None
    assert after.day == datetime(2026, 5, 14, tzinfo=UTC)
    assert laid_out(at(0))[0].day is None


def test_a_name_that_changes_begins_a_new_group() -> None:
    rows = laid_out(at(0), message("y", "Priya Nair-Smith", user_id="u-priya", at=NOON))
    assert [one.has_header for one in rows] == [True, True]


def test_who_only_claims_a_name_stands_in_no_group_of_its_owner() -> None:
    rows = laid_out(at(0), at(1, verified=False), at(2, verified=False), at(3))
    assert [one.has_header for one in rows] == [True, True, False, True]


def test_unread_are_those_of_others_after_the_newest_that_was_seen() -> None:
    old, seen, first, mine, told, last = (
        at(0),
        at(1),
        at(2),
        at(3, sender=LENA.name),
        at(4, kind=MessageKind.SYSTEM),
        at(5),
    )
    assert unread([old, seen, first, mine, told, last], {seen.key}) == 2
    assert unread([old, seen], {seen.key}) == 0
    assert unread([], set()) == 0
