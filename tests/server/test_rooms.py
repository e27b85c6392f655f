"""The rules of membership, without a server; and what holds after any sequence of comings and goings."""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from protocol.errors import ErrorCode
from protocol.events import ParticipantStateBody
from server.errors import Refused
from server.rooms import MAX_PAST_SEATS, MAX_ROOMS_PER_SOCKET, Identity, Rooms, Seat

ADA = Identity("ada", "Ada", is_tutor=True, verified=True)
BEN = Identity("ben", "Ben", is_tutor=False, verified=True)
FALSE_ADA = Identity("ada", "Ada", is_tutor=False, verified=False)


def code_of(refusal: pytest.ExceptionInfo[Refused]) -> ErrorCode:
    return refusal.value.code


def test_others_are_in_order_of_arrival() -> None:
    rooms = Rooms()
    for sid in ("1", "2", "3"):
        joined = rooms.join("room", Seat(sid, ADA), 9)
    assert [seat.sid for seat in joined.others] == ["1", "2"]
    assert not joined.was_inside
    assert rooms.join("room", Seat("1", ADA), 9).was_inside


def test_capacity_counts_people_and_a_claim_is_not_the_person() -> None:
    rooms = Rooms()
    rooms.join("room", Seat("1", ADA), 1)
    rooms.join("room", Seat("2", ADA), 1)
    for stranger in (BEN, FALSE_ADA):
        with pytest.raises(Refused) as refusal:
            rooms.join("room", Seat("3", stranger), 1)
        assert code_of(refusal) is ErrorCode.FULL
    assert rooms.rooms_of("3") == ()


def test_a_stay_is_taken_over_by_the_same_person_only_and_keeps_its_state() -> None:
    rooms = Rooms()
    rooms.join("room", Seat("1", ADA, "c1"), 9)
    rooms.remember("room", "1", ParticipantStateBody(hand=True))
    for stranger in (BEN, FALSE_ADA):
        joined = rooms.join("room", Seat(f"not {stranger}", stranger, "c1"), 9)
        assert joined.taken_over is None
        assert joined.seat.connection_id is None
    joined = rooms.join("room", Seat("2", ADA, "c1"), 9)
    assert joined.taken_over is not None
    assert joined.taken_over.sid == "1"
    assert joined.seat.state == ParticipantStateBody(hand=True, hand_order=1)
    assert rooms.rooms_of("1") == ()


def test_hands_are_numbered_by_the_server_in_the_order_in_which_they_went_up() -> None:
    rooms = Rooms()
    for sid, who in (("1", ADA), ("2", BEN)):
        rooms.join("room", Seat(sid, who), 9)
    up = ParticipantStateBody(hand=True, hand_order=99)
    assert rooms.remember("room", "2", up).hand_order == 1
    assert rooms.remember("room", "1", up).hand_order == 2
    assert rooms.remember("room", "2", up).hand_order == 1
    assert rooms.remember("room", "2", ParticipantStateBody(hand_order=5)).hand_order is None
    assert rooms.remember("room", "2", up).hand_order == 3


def test_a_connection_id_stays_its_owners_when_the_seat_is_gone() -> None:
    for go in (Rooms.lose, Rooms.leave):
        rooms = Rooms()
        rooms.join("room", Seat("1", ADA, "c1"), 9)
        go(rooms, "room", "1")
        for stranger in (BEN, FALSE_ADA):
            assert rooms.join("room", Seat(f"not {stranger}", stranger, "c1"), 9).seat.connection_id is None
        assert rooms.join("elsewhere", Seat("2", BEN, "c1"), 9).seat.connection_id == "c1"
        assert rooms.join("room", Seat("3", ADA, "c1"), 9).seat.connection_id == "c1"


def test_past_seats_are_forgotten_one_day_the_oldest_first() -> None:
    rooms = Rooms()
    for number in range(MAX_PAST_SEATS + 1):
        rooms.join("room", Seat("1", ADA, f"c{number}"), 9)
        rooms.lose("room", "1")
    assert rooms.join("room", Seat("2", BEN, "c1"), 9).seat.connection_id is None
    assert rooms.join("room", Seat("3", BEN, "c0"), 9).seat.connection_id == "c0"


def test_a_raised_hand_keeps_its_place_while_its_owner_is_away_and_not_when_they_left() -> None:
    rooms = Rooms()
    for sid, who in (("1", ADA), ("2", BEN)):
        rooms.join("room", Seat(sid, who, f"c{sid}"), 9)
    up = ParticipantStateBody(hand=True)
    assert rooms.remember("room", "1", up).hand_order == 1
    rooms.lose("room", "1")
    assert rooms.remember("room", "2", up).hand_order == 2
    back = rooms.join("room", Seat("3", ADA, "c1"), 9).seat
    assert back.state == ParticipantStateBody(hand=True, hand_order=1)
    assert rooms.remember("room", "3", up).hand_order == 1
    rooms.leave("room", "3")
    assert rooms.join("room", Seat("4", ADA, "c1"), 9).seat.state is None
    assert rooms.remember("room", "4", up).hand_order == 3


def test_the_last_to_leave_ends_the_room() -> None:
    rooms = Rooms()
    rooms.join("room", Seat("1", ADA), 9)
    assert not rooms.is_empty("room")
    assert rooms.leave("room", "1") is not None
    assert rooms.leave("room", "1") is None
    assert rooms.is_empty("room")


def test_a_socket_is_in_a_few_rooms_at_most() -> None:
    rooms = Rooms()
    for number in range(MAX_ROOMS_PER_SOCKET):
        rooms.join(f"room {number}", Seat("1", ADA), 9)
    with pytest.raises(Refused):
        rooms.join("one more", Seat("1", ADA), 9)
    assert rooms.is_empty("one more")


def test_who_has_left_cannot_speak_show_or_reach_anybody() -> None:
    rooms = Rooms()
    for sid in ("1", "2"):
        rooms.join("room", Seat(sid, ADA), 9)
    rooms.require_common_room("1", "2")
    rooms.leave("room", "1")
    for refused in (
        lambda: rooms.require_common_room("1", "2"),
        lambda: rooms.require_common_room("2", "1"),
        lambda: rooms.require_common_room("2", "2"),
        lambda: rooms.seat("room", "1"),
        lambda: rooms.remember("room", "1", ParticipantStateBody()),
    ):
        with pytest.raises(Refused):
            refused()


@pytest.mark.parametrize("attempt", [None, 1])
def test_candidates_are_counted_per_peer_and_attempt(attempt: int | None) -> None:
    rooms = Rooms()
    for sid in ("1", "2", "3"):
        rooms.join("room", Seat(sid, ADA), 9)
    for _ in range(50):
        rooms.count_candidate("1", "2", attempt)
    with pytest.raises(Refused) as refusal:
        rooms.count_candidate("1", "2", attempt)
    assert code_of(refusal) is ErrorCode.TOO_LARGE
    rooms.count_candidate("1", "3", attempt)
    rooms.count_candidate("2", "1", attempt)
    rooms.begin_attempt("1", "2", None if attempt is None else attempt + 1)
    rooms.count_candidate("1", "2", None if attempt is None else attempt + 1)


def test_candidates_before_their_offer_count_to_its_attempt() -> None:
    rooms = Rooms()
    for sid in ("1", "2"):
        rooms.join("room", Seat(sid, ADA), 9)
    for _ in range(30):
        rooms.count_candidate("1", "2", 1)
    rooms.begin_attempt("1", "2", 1)
    for _ in range(20):
        rooms.count_candidate("1", "2", 1)
    with pytest.raises(Refused):
        rooms.count_candidate("1", "2", 1)


SIDS = st.sampled_from([f"s{number}" for number in range(6)])
ROOMS = st.sampled_from(["x", "y"])
PEOPLE = st.sampled_from([ADA, BEN, FALSE_ADA])
CAPACITY = 2


class Comings(RuleBasedStateMachine):
    """A model as plain as can be: which (room, sid) pairs sit, and as whom; and whose connection ids are."""

    seats = Bundle("seats")

    def __init__(self) -> None:
        super().__init__()
        self.rooms = Rooms()
        self.model: dict[tuple[str, str], Seat] = {}
        self.owners: dict[tuple[str, str], Identity] = {}

    @rule(room=ROOMS, sid=SIDS, who=PEOPLE, connection=st.sampled_from([None, "c1", "c2"]))
    def join(self, room: str, sid: str, who: Identity, connection: str | None) -> None:
        before = [seat for (where, _), seat in self.model.items() if where == room]
        try:
            joined = self.rooms.join(room, Seat(sid, who, connection), CAPACITY)
        except Refused as refused:
            assert refused.code is ErrorCode.FULL
            assert len({seat.who.person for seat in before}) == CAPACITY
            return
        if joined.taken_over is not None:
            assert joined.taken_over.who.person == who.person
            del self.model[room, joined.taken_over.sid]
        if joined.was_inside:
            assert (room, sid) in self.model
        elif connection is not None:
            is_own = self.owners.setdefault((room, connection), who).person == who.person
            assert joined.seat.connection_id == (connection if is_own else None)
        self.model[room, sid] = joined.seat
        others = [seat for (where, other), seat in self.model.items() if where == room and other != sid]
        assert {seat.sid for seat in joined.others} == {seat.sid for seat in others}

    @rule(room=ROOMS, sid=SIDS)
    def leave(self, room: str, sid: str) -> None:
        assert (self.rooms.leave(room, sid) is None) == (self.model.pop((room, sid), None) is None)

    @rule(room=ROOMS, sid=SIDS)
    def lose(self, room: str, sid: str) -> None:
        assert (self.rooms.lose(room, sid) is None) == (self.model.pop((room, sid), None) is None)

    @rule(first=SIDS, second=SIDS)
    def reach(self, first: str, second: str) -> None:
        shared = {room for room, sid in self.model if sid == first} & {
            room for room, sid in self.model if sid == second
        }
        try:
            self.rooms.require_common_room(first, second)
        except Refused:
            assert not shared or first == second
        else:
            assert shared

    @invariant()
    def rooms_hold_no_more_people_than_they_may(self) -> None:
        for room in ("x", "y"):
            inside = [seat for (where, _), seat in self.model.items() if where == room]
            assert len({seat.who.person for seat in inside}) <= CAPACITY
            held = [seat.connection_id for seat in inside if seat.connection_id is not None]
            assert len(held) == len(set(held))
            assert self.rooms.is_empty(room) == (not inside)

    @invariant()
    def every_socket_knows_its_rooms(self) -> None:
        for number in range(6):
            sid = f"s{number}"
            assert set(self.rooms.rooms_of(sid)) == {room for room, other in self.model if other == sid}


TestComings = Comings.TestCase
TestComings.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
