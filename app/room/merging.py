"""How what is heard and what is read back become one list without doubles. Pure.

Our server's ids are unique and come with ``clientMessageId``: equal is equal. The seed's server says every message
twice under two ids (once over the socket, once in the history), and its socket ids repeat within a millisecond: there,
a line of the history and a line that was heard are the same if sender and text are and the times are near, each used
once, oldest first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from app.room import steps
from app.room.state import Delivery, Message, MessageKind, RoomState
from protocol.events import ChatMessage
from protocol.rest import StoredChat

NEAR = timedelta(seconds=60)
"""A server that stores slowly has stored by then what it has told."""
SKEW = timedelta(minutes=2)
"""Our clock and the server's may differ so much."""

Said = ChatMessage | StoredChat


def is_proven(said: Said) -> bool:
    """What is stored is proven, and what is told unless it says otherwise."""
    return not isinstance(said, ChatMessage) or said.verified is not False


def is_own(said: Said, user_id: str) -> bool:
    """Whether we said it. Nobody is us by their own word."""
    return said.user_id == user_id and is_proven(said)


def own_key(said: Said, user_id: str) -> str | None:
    """The key of ours that the server hands back, where it does and the message is ours."""
    return said.client_message_id if is_own(said, user_id) else None


def from_wire(said: Said, key: str, user_id: str, server_id: str | None) -> Message:
    return Message(
        key=key,
        user_id=said.user_id,
        user_name=said.user_name,
        text=said.message,
        kind=MessageKind(said.message_type),
        at=aware(said.timestamp),
        mine=is_own(said, user_id),
        verified=is_proven(said),
        id=server_id,
    )


def aware(moment: datetime) -> datetime:
    """In UTC; a server that names no zone means UTC."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def merged(state: RoomState, page: Iterable[Said]) -> tuple[RoomState, tuple[str, ...]]:
    """Messages of a server with unique ids, and the keys of ours that they settle."""
    by_id = {one.id: one.key for one in state.messages if one.id is not None}
    known = {one.key for one in state.messages}
    settled: list[tuple[str, Said]] = []
    new: list[Message] = []
    for said in page:
        key = own_key(said, state.me.user_id) or f"id:{said.id}"
        if said.id in by_id:
            continue
        if key in known:
            settled.append((key, said))
        else:
            known.add(key)
            new.append(from_wire(said, key, state.me.user_id, said.id))
        by_id[said.id] = key
    for key, said in settled:
        state = steps.message_settled(state, key, said.id, aware(said.timestamp))
    return steps.messages_added(state, new), tuple(key for key, _ in settled)


def merged_seed_history(state: RoomState, page: Sequence[StoredChat]) -> tuple[RoomState, tuple[str, ...]]:
    """History of the seed's server, and the keys of ours that it settles."""
    known = {one.id for one in state.messages if one.id is not None}
    open_ = [one for one in state.messages if one.id is None]
    settled: list[str] = []
    new: list[Message] = []
    for stored in page:
        server_id = f"{stored.id} {aware(stored.timestamp).isoformat()}"
        if server_id in known:
            continue
        known.add(server_id)
        same = next((one for one in open_ if _is_same(one, stored)), None)
        if same is None:
            new.append(from_wire(stored, f"stored:{server_id}", state.me.user_id, server_id))
            continue
        open_.remove(same)
        if same.delivery is not Delivery.SENT:
            settled.append(same.key)
        state = steps.message_settled(state, same.key, server_id, aware(stored.timestamp))
    return steps.messages_added(state, new), tuple(settled)


def seed_heard(state: RoomState, heard: ChatMessage, key: str) -> RoomState:
    """A line heard from the seed's server, under a ``key`` made here; a line that the history has already shown is not
    doubled."""
    at = aware(heard.timestamp)
    line = from_wire(heard, key, state.me.user_id, None)
    for one in state.messages:
        if one.key.startswith("stored:") and _same_words(one, heard) and timedelta(0) <= one.at - at <= NEAR:
            return state
    return steps.messages_added(state, (line,))


def _is_same(one: Message, stored: StoredChat) -> bool:
    if not _same_words(one, stored):
        return False
    at = aware(stored.timestamp)
    if one.delivery is Delivery.SENT:
        return abs(one.at - at) <= NEAR
    return at >= one.at - SKEW


def _same_words(one: Message, said: Said) -> bool:
    return one.user_id == said.user_id and one.text.strip() == said.message.strip() and one.kind == said.message_type


def first_id(state: RoomState) -> str | None:
    return next((one.id for one in state.messages if one.id is not None), None)
