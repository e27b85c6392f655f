"""Heard and read back, ours and the seed's: one list, nothing lost, nothing doubled."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.room import merging, steps
from app.room.state import Delivery, Me, Message, MessageKind, RoomState, SessionInfo
from protocol.events import ChatMessage
from protocol.rest import StoredChat

START = datetime(2026, 11, 23, 10, tzinfo=UTC)
EMPTY = RoomState(me=Me("me", "Me"), session=SessionInfo("s1"))


def heard(text: str, *, who: str = "ann", at: float = 0.0, id: str = "1", key: str | None = None) -> ChatMessage:
    return ChatMessage(
        id=id,
        session_id="s1",
        user_id=who,
        user_name=who,
        message=text,
        timestamp=START + timedelta(seconds=at),
        client_message_id=key,
    )


def stored(text: str, *, who: str = "ann", at: float = 0.0, id: str = "1", key: str | None = None) -> StoredChat:
    return StoredChat(
        id=id,
        session_id="s1",
        user_id=who,
        user_name=who,
        message=text,
        timestamp=START + timedelta(seconds=at),
        client_message_id=key,
    )


def pending(text: str, key: str, at: float = 0.0) -> Message:
    moment = START + timedelta(seconds=at)
    return Message(key, "me", "Me", text, MessageKind.TEXT, moment, mine=True, delivery=Delivery.PENDING)


def texts(state: RoomState) -> list[str]:
    return [one.text for one in state.messages]


def test_what_was_heard_and_stands_in_the_history_is_one_line() -> None:
    state, _ = merging.merged(EMPTY, [heard("one", id="1"), heard("two", id="2", at=1)])
    state, _ = merging.merged(
        state, [stored("one", id="1"), stored("two", id="2", at=1), stored("three", id="3", at=2)]
    )
    assert texts(state) == ["one", "two", "three"]


def test_our_own_is_settled_by_its_key_wherever_it_comes_from() -> None:
    state = steps.messages_added(EMPTY, [pending("mine", "k1", at=5)])
    after, settled = merging.merged(state, [heard("mine", who="me", id="7", key="k1", at=6)])
    assert settled == ("k1",)
    assert [(one.delivery, one.id) for one in after.messages] == [(Delivery.SENT, "7")]
    again, settled = merging.merged(after, [stored("mine", who="me", id="7", key="k1", at=6)])
    assert settled == ()
    assert again is after


def test_somebody_elses_key_settles_nothing_of_ours() -> None:
    state = steps.messages_added(EMPTY, [pending("mine", "k1")])
    after, settled = merging.merged(state, [heard("theirs", who="eve", id="7", key="k1")])
    assert settled == ()
    assert [(one.text, one.delivery) for one in after.messages] == [
        ("theirs", Delivery.SENT),
        ("mine", Delivery.PENDING),
    ]


def test_nobody_is_us_by_their_own_word() -> None:
    state = steps.messages_added(EMPTY, [pending("mine", "k1")])
    claimed = heard("theirs", who="me", id="7", key="k1").model_copy(update={"verified": False})
    after, settled = merging.merged(state, [claimed])
    assert settled == ()
    assert [(one.text, one.mine, one.verified, one.delivery) for one in after.messages] == [
        ("theirs", False, False, Delivery.SENT),
        ("mine", True, True, Delivery.PENDING),
    ]


def test_the_seeds_history_does_not_double_what_was_heard() -> None:
    state = merging.seed_heard(EMPTY, heard("ok", at=0), "heard:1")
    state = merging.seed_heard(state, heard("ok", at=0), "heard:2")  # the same id within a millisecond, and still two
    assert texts(state) == ["ok", "ok"]
    page = [stored("ok", id="a", at=0.2), stored("ok", id="b", at=0.3), stored("ok", id="c", at=90)]
    state, _ = merging.merged_seed_history(state, page)
    assert texts(state) == ["ok", "ok", "ok"]
    again, _ = merging.merged_seed_history(state, page)
    assert again is state


def test_two_who_say_the_same_are_two_lines() -> None:
    state = merging.seed_heard(EMPTY, heard("ok", who="ann"), "heard:1")
    state, _ = merging.merged_seed_history(state, [stored("ok", who="ben", id="b", at=1)])
    assert [one.user_id for one in state.messages] == ["ann", "ben"]
    state = merging.seed_heard(state, heard("ok", who="eve", at=1), "heard:2")
    assert len(state.messages) == 3


def test_the_same_words_two_hours_later_are_another_line() -> None:
    later = stored("ok", id="b", at=7_200)
    state, _ = merging.merged_seed_history(merging.seed_heard(EMPTY, heard("ok"), "heard:1"), [later])
    assert texts(state) == ["ok", "ok"]
    state, _ = merging.merged_seed_history(EMPTY, [later])
    assert texts(merging.seed_heard(state, heard("ok"), "heard:1")) == ["ok", "ok"]


def test_the_seeds_history_settles_what_was_said_before_the_loss() -> None:
    state = steps.messages_added(EMPTY, [pending("mine", "k1", at=0), pending("mine", "k2", at=1)])
    state, settled = merging.merged_seed_history(state, [stored("mine", who="me", id="a", at=0.5)])
    assert settled == ("k1",)
    assert [(one.key, one.delivery) for one in state.messages] == [("k1", Delivery.SENT), ("k2", Delivery.PENDING)]


def test_a_server_whose_clock_is_behind_ours_settles_what_was_said() -> None:
    state = steps.messages_added(EMPTY, [pending("mine", "k1", at=100)])
    assert merging.merged_seed_history(state, [stored("mine", who="me", id="a", at=60)])[1] == ("k1",)


def test_an_older_line_of_ours_settles_no_newer_one() -> None:
    state = steps.messages_added(EMPTY, [pending("ok", "k1", at=3_600)])
    state, settled = merging.merged_seed_history(state, [stored("ok", who="me", id="a", at=0)])
    assert settled == ()
    assert [one.delivery for one in state.messages] == [Delivery.SENT, Delivery.PENDING]


def test_what_the_history_showed_first_is_not_doubled_by_its_echo() -> None:
    state, _ = merging.merged_seed_history(EMPTY, [stored("hi", id="a", at=1)])
    assert merging.seed_heard(state, heard("hi", at=0.9), "heard:1") is state
    assert texts(merging.seed_heard(state, heard("hi", at=60), "heard:2")) == ["hi", "hi"]


def test_a_time_without_zone_is_utc() -> None:
    assert merging.aware(datetime(2026, 1, 1)) == datetime(2026, 1, 1, tzinfo=UTC)  # noqa: DTZ001


words = st.sampled_from(["ok", "yes", "no"])
lines = st.lists(st.tuples(words, st.sampled_from(["ann", "ben"])), max_size=12)


@given(lines, st.data())
def test_our_history_in_any_pieces_and_orders_is_the_same_list(
    said: list[tuple[str, str]], data: st.DataObject
) -> None:
    whole = [stored(text, who=who, at=index, id=str(index)) for index, (text, who) in enumerate(said)]
    state = EMPTY
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(whole)))
        state, _settled = merging.merged(state, whole[start : data.draw(st.integers(start, len(whole)))])
    state, _settled = merging.merged(state, whole)
    assert [(one.text, one.user_id) for one in state.messages] == said


@given(lines, st.integers(0, 12))
def test_the_seeds_history_and_what_was_heard_of_it_are_one_list(said: list[tuple[str, str]], since: int) -> None:
    """We came in at ``since``, heard the rest, and read the whole history afterwards."""
    state = EMPTY
    for index, (text, who) in enumerate(said):
        if index >= since:
            state = merging.seed_heard(state, heard(text, who=who, at=index * 200, id="1"), f"heard:{index}")
    page = [stored(text, who=who, at=index * 200 + 0.5, id=str(index)) for index, (text, who) in enumerate(said)]
    state, _ = merging.merged_seed_history(state, page)
    assert [(one.text, one.user_id) for one in state.messages] == said
