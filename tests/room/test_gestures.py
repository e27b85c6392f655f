"""Raised hands and reactions: our own, others', and their order."""

from __future__ import annotations

from app.room import steps
from app.room.gestures import BURST, MAX_REACTION, REFILL_S, Gestures
from app.room.state import ME, Me, Participant, RoomState, SessionInfo
from app.store import Store
from protocol.events import ParticipantStateBody
from tests.fakes.house import House
from tests.fakes.waiting import until

EMPTY = RoomState(me=Me("me", "Me"), session=SessionInfo("s1"))


def room(*names: str) -> RoomState:
    state = EMPTY
    for name in names:
        state = steps.participant_joined(state, Participant(id=name, sid=name, user_id=name, name=name))
    return state


def hand(order: int | None = None) -> ParticipantStateBody:
    return ParticipantStateBody(hand=True, hand_order=order)


def test_hands_stand_in_the_order_in_which_they_went_up() -> None:
    state = steps.participant_gestured(room("a", "b"), "b", hand(1))
    state = steps.i_raised(state, True)
    state = steps.participant_gestured(state, "a", hand(3))
    assert state.hands == ("b", ME, "a")
    assert [one.kind for one in state.notices] == ["hand", "hand"]
    state = steps.participant_gestured(state, "b", ParticipantStateBody())
    assert state.hands == (ME, "a")
    assert steps.participant_left(state, "a").hands == (ME,)
    assert not steps.i_raised(state, False).hand


def test_a_late_joiner_learns_the_order_from_the_server_without_a_word() -> None:
    state = steps.participant_showed(room("a", "b", "c"), "a", hand(7))
    state = steps.participant_showed(state, "b", hand(2))
    state = steps.participant_showed(state, "c", hand(5))
    assert state.hands == ("b", "c", "a")
    assert state.notices == ()


def test_a_reaction_is_told_once() -> None:
    state = steps.participant_showed(room("a"), "a", ParticipantStateBody(reaction="👍", reactions=4))
    assert state.notices == ()
    body = ParticipantStateBody(reaction="🎉", reactions=5)
    state = steps.participant_gestured(state, "a", body)
    again = steps.participant_gestured(state, "a", body)
    assert [(one.kind, one.name, one.detail) for one in again.notices] == [("reaction", "a", "🎉")]
    assert again is state


def test_reactions_are_few_at_once() -> None:
    store, told, now = Store(EMPTY), list[int](), [0.0]
    gestures = Gestures(store, lambda: told.append(1), lambda: now[0])
    assert [gestures.react("👍") for _ in range(BURST + 2)] == [True] * BURST + [False] * 2
    now[0] += REFILL_S
    assert gestures.react("🎉")
    assert not gestures.react("🎉")
    assert (store.state.reaction, store.state.reactions, len(told)) == ("🎉", BURST + 1, BURST + 1)
    now[0] += 60
    assert not gestures.react("x" * (MAX_REACTION + 1))
    assert not gestures.react("")


def test_raising_twice_says_it_once() -> None:
    store, told = Store(EMPTY), list[int]()
    gestures = Gestures(store, lambda: told.append(1))
    gestures.raise_hand(True)
    gestures.raise_hand(True)
    assert (store.state.hands, len(told)) == ((ME,), 1)


async def test_hands_and_reactions_reach_the_others_and_who_comes_later(house: House) -> None:
    ada, ben = await house.enter("Ada", silent=True), await house.enter("Ben", silent=True)
    await ben.room.raise_hand(True)
    await until(lambda: len(ada.state.hands) == 1)
    await ada.room.raise_hand(True)
    await ada.room.react("🎉")
    await until(lambda: ben.other("Ada").reactions == 1)
    assert [one.detail for one in ben.state.notices if one.kind == "reaction"] == ["🎉"]
    cleo = await house.enter("Cleo", silent=True)
    await until(lambda: len(cleo.state.hands) == 2)
    names = [one.name for key in cleo.state.hands if (one := cleo.state.participant(key))]
    assert names == ["Ben", "Ada"]
    assert not [one for one in cleo.state.notices if one.kind in ("hand", "reaction")]
    await ben.room.raise_hand(False)
    await until(lambda: len(cleo.state.hands) == 1)
