"""The pure steps: what each changes, and what must hold after any of them in any order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import DeviceProblem
from app.room import steps
from app.room.state import (
    Delivery,
    Link,
    Me,
    Message,
    MessageKind,
    Participant,
    Phase,
    Quality,
    RoomState,
    SessionInfo,
)
from protocol.events import ParticipantStateBody

START = datetime(2026, 11, 23, 10, tzinfo=UTC)
EMPTY = RoomState(me=Me("me", "Me"), session=SessionInfo("s1"))


def person(number: int) -> Participant:
    return Participant(id=f"p{number}", sid=f"sid{number}", user_id=f"u{number}", name=f"Person {number}")


def line(number: int, *, delivery: Delivery = Delivery.SENT, at: float | None = None) -> Message:
    return Message(
        key=f"k{number}",
        user_id="me" if delivery is not Delivery.SENT else "u1",
        user_name="Somebody",
        text=f"line {number}",
        kind=MessageKind.TEXT,
        at=START + timedelta(seconds=number if at is None else at),
        mine=delivery is not Delivery.SENT,
        delivery=delivery,
    )


ROOM = steps.participant_joined(steps.participant_joined(steps.joined(EMPTY), person(1)), person(2))


def test_the_link_goes_and_comes_back() -> None:
    lost = steps.link_lost(ROOM, 1, 5.0)
    assert (lost.link, lost.link_attempt, lost.link_lost_at) == (Link.RECONNECTING, 1, 5.0)
    longer = steps.link_lost(lost, 2, 9.0)
    assert (longer.link_attempt, longer.link_lost_at) == (2, 5.0)
    back = steps.joined(longer)
    assert (back.link, back.link_attempt, back.link_lost_at) == (Link.ONLINE, 0, None)
    assert back.participants == ROOM.participants


def test_before_the_first_join_it_is_joining_and_not_reconnecting() -> None:
    assert steps.link_lost(EMPTY, 1, 5.0).link is Link.JOINING


def test_what_is_over_stays_over() -> None:
    gone = steps.left(ROOM)
    assert gone.participants == ()
    assert steps.link_lost(gone, 1, 5.0) is gone
    assert steps.refused(gone, "full", "") is gone
    out = steps.refused(ROOM, "ended", "It has ended.")
    assert out.refusal is not None
    assert (out.link, out.refusal.code, out.refusal.message) == (Link.REFUSED, "ended", "It has ended.")
    assert steps.link_lost(out, 1, 5.0) is out


def test_who_comes_again_is_the_same_person_at_another_socket() -> None:
    again = steps.participant_joined(ROOM, replace(person(1), sid="new"))
    assert [(one.id, one.sid) for one in again.participants] == [("p1", "new"), ("p2", "sid2")]


def test_what_somebody_shows_is_taken_over_whole() -> None:
    body = ParticipantStateBody(audio=True, video=False, hand=True, screen=True, status="reading", speaking=True)
    shown = steps.participant_showed(ROOM, "p2", body).participant("p2")
    assert shown is not None
    assert (shown.audio, shown.video, shown.hand, shown.screen, shown.status) == (True, False, True, True, "reading")
    assert not shown.speaking  # that is ours to hear


def test_who_mutes_speaks_no_more() -> None:
    speaking = steps.peer_observed(ROOM, "p1", speaking=True, has_picture=True, quality=Quality.GOOD)
    muted = steps.audio_toggled(speaking, "p1", False).participant("p1")
    assert muted is not None
    assert not muted.speaking
    assert muted.has_picture


@pytest.mark.parametrize(
    "step",
    [
        lambda state: steps.participant_left(state, "nobody"),
        lambda state: steps.participant_moved(state, "nobody", "x"),
        lambda state: steps.audio_toggled(state, "nobody", True),
        lambda state: steps.peer_changed(state, "nobody", Phase.FAILED, 3),
        lambda state: steps.peer_observed(state, "p1", speaking=False, has_picture=False, quality=Quality.UNKNOWN),
        lambda state: steps.participant_moved(state, "p1", "sid1"),
        lambda state: steps.i_spoke(state, False),
        lambda state: steps.message_failed(state, "nothing"),
        lambda state: steps.message_discarded(state, "nothing"),
        lambda state: steps.messages_added(state, ()),
    ],
)
def test_what_changes_nothing_returns_the_very_state(step: Callable[[RoomState], RoomState]) -> None:
    assert step(ROOM) is ROOM


def test_a_switch_tells_wish_from_fact() -> None:
    wished = steps.switch_wished(EMPTY, "camera", True)
    assert (wished.camera.desired, wished.camera.actual) == (True, False)
    failed = steps.switch_settled(wished, "camera", False, DeviceProblem.BUSY)
    assert (failed.camera.desired, failed.camera.actual, failed.camera.problem) == (True, False, DeviceProblem.BUSY)
    again = steps.switch_wished(failed, "camera", True)
    assert again.camera.problem is None
    assert steps.switch_settled(again, "camera", True).camera.actual
    assert again.microphone == EMPTY.microphone


def test_a_muted_microphone_ends_our_speaking() -> None:
    speaking = steps.i_spoke(steps.switch_settled(EMPTY, "microphone", True), True)
    assert not steps.switch_settled(speaking, "microphone", False).speaking


def test_what_is_on_its_way_stands_at_the_end() -> None:
    state = steps.messages_added(EMPTY, [line(1, delivery=Delivery.PENDING), line(5), line(3)])
    assert [one.key for one in state.messages] == ["k3", "k5", "k1"]
    settled = steps.message_settled(state, "k1", "id", START + timedelta(seconds=4))
    assert [(one.key, one.delivery) for one in settled.messages] == [
        ("k3", Delivery.SENT),
        ("k1", Delivery.SENT),
        ("k5", Delivery.SENT),
    ]


def test_sent_is_for_good() -> None:
    sent = steps.message_settled(steps.messages_added(EMPTY, [line(1, delivery=Delivery.PENDING)]), "k1", "id", START)
    assert steps.message_failed(sent, "k1") is sent
    assert steps.message_pending(sent, "k1") is sent
    assert steps.message_discarded(sent, "k1") is sent
    assert steps.message_settled(sent, "k1", None, None) is sent


def test_a_failed_message_may_be_tried_again_or_thrown_away() -> None:
    failed = steps.message_failed(steps.messages_added(EMPTY, [line(1, delivery=Delivery.PENDING)]), "k1")
    assert failed.messages[0].delivery is Delivery.FAILED
    assert steps.message_pending(failed, "k1").messages[0].delivery is Delivery.PENDING
    assert steps.message_discarded(failed, "k1").messages == ()
    assert steps.message_settled(failed, "k1", "id", None).messages[0].delivery is Delivery.SENT


def test_only_so_much_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "MESSAGES", 3)
    state = steps.messages_added(EMPTY, [line(number) for number in range(5)])
    assert [one.key for one in state.messages] == ["k2", "k3", "k4"]
    assert state.has_earlier_messages


def test_what_was_fetched_by_scrolling_up_is_held_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "MESSAGES", 3)
    monkeypatch.setattr(steps, "PAGED", 6)
    state = steps.messages_added(EMPTY, [line(number) for number in range(10, 14)])
    for page, keys in (([8, 9], "k8 k9 k11 k12 k13"), ([14], "k9 k11 k12 k13 k14"), ([6, 7], "k7 k9 k11 k12 k13 k14")):
        state = steps.messages_added(state, [line(number) for number in page])
        assert [one.key for one in state.messages] == keys.split()


def test_notices_are_counted_and_few() -> None:
    state = EMPTY
    for number in range(50):
        state = steps.noticed(state, "joined", f"Person {number}")
    assert [one.number for one in state.notices] == list(range(51 - steps.NOTICES, 51))


keys = st.integers(0, 8)
people = st.integers(0, 4).map(lambda number: f"p{number}")
any_step = st.one_of(
    st.builds(
        lambda n, sid: lambda state: steps.participant_joined(state, replace(person(n), sid=sid)),
        st.integers(0, 4),
        st.text(max_size=3),
    ),
    st.builds(lambda who: lambda state: steps.participant_left(state, who), people),
    st.builds(lambda who, on: lambda state: steps.audio_toggled(state, who, on), people, st.booleans()),
    st.builds(
        lambda who, phase: lambda state: steps.peer_changed(state, who, phase, 1), people, st.sampled_from(Phase)
    ),
    st.builds(
        lambda n, delivery, at: lambda state: steps.messages_added(state, [line(n, delivery=delivery, at=at)]),
        keys,
        st.sampled_from(Delivery),
        st.floats(0, 100),
    ),
    st.builds(
        lambda n, at: lambda state: steps.message_settled(state, f"k{n}", f"id{n}", START + timedelta(seconds=at)),
        keys,
        st.floats(0, 100),
    ),
    st.builds(lambda n: lambda state: steps.message_failed(state, f"k{n}"), keys),
    st.builds(lambda n: lambda state: steps.message_pending(state, f"k{n}"), keys),
    st.builds(lambda n: lambda state: steps.message_discarded(state, f"k{n}"), keys),
    st.builds(lambda at: lambda state: steps.link_lost(state, 1, at), st.floats(0, 100)),
    st.just(steps.joined),
)


@given(st.lists(any_step, max_size=40))
def test_after_any_steps_the_room_makes_sense(trace: list[Callable[[RoomState], RoomState]]) -> None:
    state = EMPTY
    for step in trace:
        sent = {one.key for one in state.messages if one.delivery is Delivery.SENT}
        state = step(state)
        assert sent <= {one.key for one in state.messages if one.delivery is Delivery.SENT}
    ids = [one.id for one in state.participants]
    assert len(ids) == len(set(ids))
    assert len({one.key for one in state.messages}) == len(state.messages)
    on_the_way = [one.delivery is not Delivery.SENT for one in state.messages]
    assert on_the_way == sorted(on_the_way)
    times = [one.at for one in state.messages if one.delivery is Delivery.SENT]
    assert times == sorted(times)
    assert state.link is not Link.ONLINE or state.link_lost_at is None
