from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.room.state import Link, Me, Message, MessageKind, Participant, RoomState, SessionInfo
from app.store import Store
from app.study.attendance import Attendance
from app.study.stays import Mate, Outcome


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def room() -> Store[RoomState]:
    return Store(RoomState(me=Me("u-lena", "Lena"), session=SessionInfo("s1", "Algebra")))


def there(room: Store[RoomState], *names: str, link: Link = Link.ONLINE) -> None:
    people = tuple(Participant(f"c-{one}", f"s-{one}", f"u-{one}", one.title()) for one in names)
    room.set(replace(room.state, link=link, participants=people))


def test_minutes_begin_when_the_room_lets_us_in(room: Store[RoomState], clock: Clock) -> None:
    attendance = Attendance(room, goal=" Sheet 4 ", clock=clock)
    clock.now += 600
    assert attendance.stay() is None
    there(room)
    clock.now += 600
    there(room, link=Link.RECONNECTING)
    clock.now += 600
    stay = attendance.stay()
    assert stay is not None
    assert (stay.minutes, stay.session_id, stay.title, stay.goal) == (20, "s1", "Algebra", "Sheet 4")
    clock.now += 60
    there(room, link=Link.LEFT)
    clock.now += 6000
    ended = attendance.end()
    assert ended is not None
    assert (ended.minutes, ended.key) == (21, stay.key)


def test_what_the_computer_slept_through_does_not_count_and_the_end_is_when_it_was(
    room: Store[RoomState], clock: Clock
) -> None:
    times = [datetime(2026, 5, 14, 12, tzinfo=UTC)]
    attendance = Attendance(room, clock=clock, wall=lambda: times[-1])
    there(room)
    clock.now += 1800
    times.append(times[0] + timedelta(hours=2))  # its lid was closed for one and a half of them
    going_on = attendance.stay()
    there(room, link=Link.LEFT)
    times.append(times[0] + timedelta(hours=9))
    for stay in (going_on, attendance.end()):
        assert stay is not None
        assert (stay.minutes, stay.ended) == (30, times[1])


def test_a_clock_that_is_put_back_makes_no_stay_shorter(room: Store[RoomState], clock: Clock) -> None:
    began = datetime(2026, 5, 14, 12, tzinfo=UTC)
    times = [began]
    attendance = Attendance(room, clock=clock, wall=lambda: times[-1])
    there(room)
    clock.now += 1800
    times.append(began - timedelta(hours=3))
    stay = attendance.end()
    assert stay is not None
    assert (stay.minutes, stay.ended) == (30, began + timedelta(minutes=30))


def test_a_goal_may_change_during_the_stay_and_be_answered(room: Store[RoomState], clock: Clock) -> None:
    attendance = Attendance(room, goal="Sheet 4", clock=clock)
    there(room)
    attendance.answer(Outcome.DONE)
    stay = attendance.stay()
    assert stay is not None and (stay.goal, stay.outcome) == ("Sheet 4", Outcome.DONE)
    attendance.change_goal(" Sheet 5 ")
    stay = attendance.end()
    assert stay is not None and (stay.goal, stay.outcome) == ("Sheet 5", Outcome.OPEN)


def test_a_room_that_would_not_have_us_was_no_stay(room: Store[RoomState], clock: Clock) -> None:
    attendance = Attendance(room, clock=clock)
    there(room, link=Link.REFUSED)
    assert attendance.end() is None


def test_company_is_added_up_over_coming_and_going(room: Store[RoomState], clock: Clock) -> None:
    attendance = Attendance(room, clock=clock)
    there(room, "omar")
    clock.now += 60
    there(room, "omar", "yuki", "lena")
    clock.now += 60
    there(room, "yuki")
    clock.now += 300
    there(room, "omar", "yuki")
    clock.now += 30
    # Leaving empties the room for us.
    there(room, link=Link.LEFT)
    stay = attendance.end()
    assert stay is not None
    assert stay.mates == (Mate("u-yuki", "Yuki", 390), Mate("u-omar", "Omar", 150))


def test_only_what_was_said_meanwhile_by_people_is_of_the_stay(room: Store[RoomState], clock: Clock) -> None:
    def message(text: str, minutes: float, kind: MessageKind = MessageKind.TEXT) -> Message:
        return Message(text, "u1", "Omar", text, kind, datetime.now(UTC) + timedelta(minutes=minutes))

    attendance = Attendance(room, clock=clock)
    said = (message("last week", -9000), message("hello", 1), message("joined", 1, MessageKind.SYSTEM))
    room.set(replace(room.state, link=Link.ONLINE, messages=said))
    there(room, link=Link.LEFT)
    assert [one.text for one in attendance.said] == ["hello"]
