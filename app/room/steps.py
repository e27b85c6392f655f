"""One pure step per thing that happens: the old state in, the new state out, nothing else touched.

A step that changes nothing returns the very state it was given, so that nobody is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from datetime import datetime
from typing import Literal

from app.errors import DeviceProblem
from app.room.state import (
    ME,
    Delivery,
    Link,
    Message,
    Notice,
    Participant,
    Phase,
    Quality,
    Refusal,
    RoomState,
    Sources,
    Switch,
)
from protocol.events import ParticipantStateBody

NOTICES = 20
"""As many are kept; the window shows each once, by its number."""
MESSAGES = 2_000
"""As many are held: for each new one the oldest goes. Who scrolls up fetches older ones again, which are held as well,
up to ``PAGED`` in all."""
PAGED = 20_000

Resource = Literal["microphone", "camera", "sharing"]
Changed = Callable[[Participant], Participant]
MessageChanged = Callable[[Message], Message]

# ---- the way to the server ---------------------------------------------------------------------------------------


def link_opened(state: RoomState, sid: str, connection_id: str) -> RoomState:
    """The socket is there, the room is not joined yet."""
    return replace(state, me=replace(state.me, sid=sid, connection_id=connection_id))


def joined(state: RoomState) -> RoomState:
    return replace(state, link=Link.ONLINE, link_attempt=0, link_lost_at=None, refusal=None)


def link_lost(state: RoomState, attempt: int, now: float) -> RoomState:
    """The server is away; try number ``attempt`` comes next. Before the first join it goes on being "joining"."""
    if state.link in (Link.LEFT, Link.REFUSED):
        return state
    link = Link.JOINING if state.link is Link.JOINING else Link.RECONNECTING
    lost_at = state.link_lost_at if state.link_lost_at is not None else now
    return replace(state, link=link, link_attempt=attempt, link_lost_at=lost_at)


def refused(state: RoomState, code: str, message: str) -> RoomState:
    if state.link is Link.LEFT:
        return state
    return replace(state, link=Link.REFUSED, link_lost_at=None, refusal=Refusal(code, message))


def left(state: RoomState) -> RoomState:
    return replace(state, link=Link.LEFT, link_lost_at=None, participants=(), hands=())


# ---- who is there ------------------------------------------------------------------------------------------------


def participant_joined(state: RoomState, newcomer: Participant) -> RoomState:
    """Somebody new; a known id changes places instead (``participant_moved``)."""
    if state.participant(newcomer.id) is not None:
        return participant_moved(state, newcomer.id, newcomer.sid)
    return replace(state, participants=(*state.participants, newcomer))


def participant_moved(state: RoomState, participant_id: str, sid: str) -> RoomState:
    """The same stay over a new socket."""
    return _change(state, participant_id, lambda one: replace(one, sid=sid))


def participant_left(state: RoomState, participant_id: str) -> RoomState:
    if state.participant(participant_id) is None:
        return state
    remaining = tuple(one for one in state.participants if one.id != participant_id)
    return _without_hand(replace(state, participants=remaining), participant_id)


def audio_toggled(state: RoomState, participant_id: str, enabled: bool) -> RoomState:
    return _change(state, participant_id, lambda one: replace(one, audio=enabled, speaking=one.speaking and enabled))


def video_toggled(state: RoomState, participant_id: str, enabled: bool) -> RoomState:
    return _change(state, participant_id, lambda one: replace(one, video=enabled))


def participant_showed(state: RoomState, participant_id: str, body: ParticipantStateBody) -> RoomState:
    """The whole of what they show about themselves. ``speaking`` is ours to measure."""
    after = _change(
        state,
        participant_id,
        lambda one: replace(
            one,
            audio=body.audio,
            video=body.video,
            screen=body.screen,
            hand=body.hand,
            hand_order=body.hand_order,
            reaction=body.reaction,
            reactions=body.reactions,
            status=body.status,
            body_double=body.body_double,
            speaking=one.speaking and body.audio,
        ),
    )
    return _with_hand(after, participant_id) if body.hand else _without_hand(after, participant_id)


def participant_gestured(state: RoomState, participant_id: str, body: ParticipantStateBody) -> RoomState:
    """As ``participant_showed``, at the moment it happens: a hand that goes up and a reaction are worth a word."""
    before = state.participant(participant_id)
    state = participant_showed(state, participant_id, body)
    if before is None:
        return state
    if body.hand and not before.hand:
        state = noticed(state, "hand", before.name)
    if body.reaction and body.reactions > before.reactions:
        state = noticed(state, "reaction", before.name, body.reaction)
    return state


def i_raised(state: RoomState, up: bool) -> RoomState:
    """Our own hand."""
    return _with_hand(state, ME) if up else _without_hand(state, ME)


def i_reacted(state: RoomState, emoji: str) -> RoomState:
    return replace(state, reaction=emoji, reactions=state.reactions + 1)


def peer_changed(state: RoomState, participant_id: str, phase: Phase, attempt: int) -> RoomState:
    return _change(state, participant_id, lambda one: replace(one, phase=phase, attempt=attempt))


def peer_observed(
    state: RoomState, participant_id: str, *, speaking: bool, has_picture: bool, quality: Quality
) -> RoomState:
    return _change(
        state,
        participant_id,
        lambda one: replace(one, speaking=speaking, has_picture=has_picture, quality=quality),
    )


def _with_hand(state: RoomState, who: str) -> RoomState:
    """A hand goes up: behind all others, unless the server saw it before some of them."""
    one = state.participant(who)
    if who in state.hands or (one is None and who != ME):
        return state
    order = None if one is None else one.hand_order
    at = len(state.hands)
    for index, other in enumerate(state.hands if order is not None else ()):
        known = state.participant(other)
        if known is not None and known.hand_order is not None and known.hand_order > (order or 0):
            at = index
            break
    return replace(state, hands=(*state.hands[:at], who, *state.hands[at:]))


def _without_hand(state: RoomState, who: str) -> RoomState:
    if who not in state.hands:
        return state
    return replace(state, hands=tuple(one for one in state.hands if one != who))


def _change(state: RoomState, participant_id: str, step: Changed) -> RoomState:
    before = state.participant(participant_id)
    if before is None:
        return state
    after = step(before)
    if after == before:
        return state
    return replace(state, participants=tuple(after if one is before else one for one in state.participants))


# ---- our own devices ---------------------------------------------------------------------------------------------


def switch_wished(state: RoomState, resource: Resource, on: bool) -> RoomState:
    """A wish; an old problem is forgotten with it."""
    return _switch(state, resource, replace(switch_of(state, resource), desired=on, problem=None))


def switch_settled(state: RoomState, resource: Resource, on: bool, problem: DeviceProblem | None = None) -> RoomState:
    """What came of it. The wish stands, so that the button cannot lie."""
    after = _switch(state, resource, replace(switch_of(state, resource), actual=on, problem=problem))
    return replace(after, speaking=False) if resource == "microphone" and not on and after.speaking else after


def i_spoke(state: RoomState, speaking: bool) -> RoomState:
    return state if state.speaking == speaking else replace(state, speaking=speaking)


def switch_given_up(state: RoomState, resource: Resource) -> RoomState:
    """A wish that could not be fulfilled is taken back; why it could not be still stands."""
    return _switch(state, resource, replace(switch_of(state, resource), desired=False))


def source_chosen(state: RoomState, part: str, source: str) -> RoomState:
    """``part`` is "camera", "microphone" or "speaker"."""
    sources = Sources(**{**asdict(state.sources), part: source})
    return state if sources == state.sources else replace(state, sources=sources)


def body_doubled(state: RoomState, on: bool) -> RoomState:
    """Our own mode."""
    return state if state.body_double == on else replace(state, body_double=on)


def deafened(state: RoomState, on: bool) -> RoomState:
    return state if state.deafened == on else replace(state, deafened=on)


def microphone_died(state: RoomState, dead: bool) -> RoomState:
    return state if state.microphone_dead == dead else replace(state, microphone_dead=dead)


def switch_of(state: RoomState, resource: Resource) -> Switch:
    return {"microphone": state.microphone, "camera": state.camera, "sharing": state.sharing}[resource]


def _switch(state: RoomState, resource: Resource, switch: Switch) -> RoomState:
    match resource:
        case "microphone":
            return replace(state, microphone=switch)
        case "camera":
            return replace(state, camera=switch)
        case "sharing":
            return replace(state, sharing=switch)


# ---- chat --------------------------------------------------------------------------------------------------------


def messages_added(state: RoomState, messages: Iterable[Message]) -> RoomState:
    """Messages with keys that are not there yet; a known key stays as it is.

    Sent ones stand in the order of their time, what is on its way stands at the end.
    """
    known = {one.key for one in state.messages}
    new: list[Message] = []
    for message in messages:
        if message.key not in known:
            known.add(message.key)
            new.append(message)
    return _with_messages(state, (*state.messages, *new)) if new else state


def message_settled(state: RoomState, key: str, server_id: str | None, at: datetime | None) -> RoomState:
    """It is stored, or the room heard it. A later word of the same may add the server's id and time, never take them
    away."""

    def settle(one: Message) -> Message:
        return replace(
            one, delivery=Delivery.SENT, id=one.id or server_id, at=at if at is not None and one.id is None else one.at
        )

    return _change_message(state, key, settle)


def message_failed(state: RoomState, key: str) -> RoomState:
    """It was refused, or nobody answered in time. What is sent stays sent."""
    return _change_message(
        state, key, lambda one: one if one.delivery is Delivery.SENT else replace(one, delivery=Delivery.FAILED)
    )


def message_pending(state: RoomState, key: str) -> RoomState:
    """A failed one is tried again."""
    return _change_message(
        state, key, lambda one: replace(one, delivery=Delivery.PENDING) if one.delivery is Delivery.FAILED else one
    )


def message_discarded(state: RoomState, key: str) -> RoomState:
    remaining = tuple(one for one in state.messages if one.key != key or one.delivery is Delivery.SENT)
    return state if len(remaining) == len(state.messages) else replace(state, messages=remaining)


def history_loaded(state: RoomState, *, has_earlier: bool) -> RoomState:
    return replace(state, history_loaded=True, history_problem="", has_earlier_messages=has_earlier)


def history_caught_up(state: RoomState) -> RoomState:
    """What was missed while the server was away is here."""
    return replace(state, history_problem="")


def history_failed(state: RoomState, problem: str) -> RoomState:
    return replace(state, history_problem=problem)


def _change_message(state: RoomState, key: str, step: MessageChanged) -> RoomState:
    before = next((one for one in state.messages if one.key == key), None)
    if before is None:
        return state
    after = step(before)
    if after == before:
        return state
    return _with_messages(state, tuple(after if one is before else one for one in state.messages))


def _with_messages(state: RoomState, messages: tuple[Message, ...]) -> RoomState:
    ordered = sorted(messages, key=lambda one: (one.delivery is not Delivery.SENT, one.at))
    oldest = state.messages[0].key if state.messages else None
    older = next((index for index, one in enumerate(ordered) if one.key == oldest), 0)
    most = min(PAGED, max(MESSAGES, len(state.messages) + older))
    if len(ordered) > most:
        return replace(state, messages=tuple(ordered[-most:]), has_earlier_messages=True)
    return replace(state, messages=tuple(ordered))


# ---- what is worth a toast ---------------------------------------------------------------------------------------


def noticed(state: RoomState, kind: str, name: str = "", detail: str = "", gone: str = "") -> RoomState:
    number = state.notices[-1].number + 1 if state.notices else 1
    return replace(state, notices=(*state.notices, Notice(number, kind, name, detail, gone))[-NOTICES:])
