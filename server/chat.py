"""Chat: said once, stored once, seen once, whichever of the two calls (socket, ``POST /api/chat``) comes first.

A client of ours gives both calls the same ``clientMessageId``, and the database joins them by it. The seed's web
client gives none, and its two calls are joined here: by user, room, type and text, each half once, within
``PAIRING_S`` seconds.

A message is stored before anybody hears of it. There is one exception, which the seed's client needs: what an
anonymous socket says is shown at once under the id that it will have, and stored only when the ``POST`` that bears a
token follows, since nothing else proves whose words they are.

Order: the messages of one room are stored and told in the order of their ids, one after the other. When a session is
deleted, what was said in it goes, and nothing more is said in it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto

from protocol.errors import ErrorCode
from protocol.events import ChatMessage, MessageType
from protocol.rest import StoredChat
from server.clock import Clock
from server.errors import Refused, too_fast
from server.ids import IdSource, is_id
from server.limits import Buckets
from server.outlet import Locks, Outlet
from server.presence import Doors
from server.rooms import Identity
from server.store.interface import Kept, Message, Store

PAIRING_S = 30.0
MAX_HALVES = 2_000
"""Calls that may wait for their other half; the oldest are forgotten first."""
MAX_TIMES = 10_000
"""Rooms of which is known when something was last said."""
DEFAULT_PAGE = 100
MAX_PAGE = 500


class Call(Enum):
    """Which of the two calls a message came by."""

    SOCKET = auto()
    POST = auto()

    @property
    def other(self) -> Call:
        return Call.POST if self is Call.SOCKET else Call.SOCKET


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody wants to say."""

    session_id: str
    text: str
    kind: MessageType = "text"
    client_message_id: str | None = None


class Chat:
    def __init__(
        self,
        store: Store,
        doors: Doors,
        outlet: Outlet,
        ids: IdSource,
        clock: Clock,
        buckets: Buckets,
        monotonic: Callable[[], float],
    ) -> None:
        self._store = store
        self._doors = doors
        self._outlet = outlet
        self._ids = ids
        self._clock = clock
        self._buckets = buckets
        self._turns = Locks()
        self._halves = Halves(monotonic)
        self._latest: OrderedDict[str, datetime] = OrderedDict()
        """When something was last said in each room; of rooms that are quiet for longest it is forgotten first."""

    async def say(self, who: Identity, words: Words, call: Call) -> Kept:
        """Store ``words`` once and tell the room once; ``is_new`` is False where an earlier call had done so.

        Raises:
            Refused: rate-limited, or not-found where there is no such room.
        """
        wait = self._buckets.take(f"{who.verified}:{who.user_id}")
        if wait:
            raise too_fast(wait)
        async with self._turns[words.session_id]:
            # whoever was inside when the session was deleted still sits there
            await self._doors.require(words.session_id)
            if not who.verified:
                return await self._show(who, words, call)
            if words.client_message_id is not None:
                return await self._say_keyed(who, words)
            return await self._say_unkeyed(who, words, call)

    async def history(self, session_id: str, limit: int, before: str | None, after: str | None) -> Sequence[Message]:
        """A page of what was said, oldest first (``Store.messages``).

        Raises:
            Refused: bad-payload, for a malformed cursor.
        """
        for cursor in (before, after):
            if cursor is not None and not is_id(cursor):
                raise Refused(ErrorCode.BAD_PAYLOAD, "before and after must be ids of messages.")
        return await self._store.messages(session_id, min(limit, MAX_PAGE), before=before, after=after)

    async def delete_session(self, session_id: str) -> None:
        """Delete it and what was said in it; a message on its way is stored before that, or not at all."""
        async with self._turns[session_id]:
            await self._store.delete_session(session_id)

    async def _say_keyed(self, who: Identity, words: Words) -> Kept:
        kept = await self._store.keep_message(self._compose(who, words))
        if kept.is_new:
            await self._tell(kept.message)
        return kept

    async def _say_unkeyed(self, who: Identity, words: Words, call: Call) -> Kept:
        twin = self._halves.take(who.user_id, words, call.other)
        if twin is not None:
            return Kept(await self._proven(twin, who), is_new=False)
        message = self._compose(who, words)
        await self._store.keep_message(message)
        self._halves.wait(Half(message, call, is_unproven=False), words)
        await self._tell(message)
        return Kept(message, is_new=True)

    async def _proven(self, twin: Half, who: Identity) -> Message:
        """What was told before, stored by now; by the name of who is proven, not by one that was claimed."""
        if not twin.is_unproven:
            return twin.message
        message = replace(twin.message, user_name=who.name)
        await self._store.keep_message(message)
        return message

    async def _show(self, who: Identity, words: Words, call: Call) -> Kept:
        """Nothing proves who says it: tell the room, and keep it for the call that does."""
        twin = self._halves.take(who.user_id, words, call.other)
        if twin is not None:
            return Kept(twin.message, is_new=False)
        message = self._compose(who, words)
        self._halves.wait(Half(message, call, is_unproven=True), words)
        await self._outlet.tell(message.session_id, as_event(message).model_copy(update={"verified": False}))
        return Kept(message, is_new=True)

    def _compose(self, who: Identity, words: Words) -> Message:
        now = self._now(words.session_id)
        return Message(
            id=self._ids.next(),
            session_id=words.session_id,
            user_id=who.user_id,
            user_name=who.name,
            message=words.text,
            message_type=words.kind,
            created_at=now,
            updated_at=now,
            client_message_id=words.client_message_id,
        )

    def _now(self, session_id: str) -> datetime:
        """The time, never earlier than that of a message before it in the room, even if the clock is set back: clients
        order chat by it. Other rooms are not held up by that.
        """
        now = self._clock()
        self._latest[session_id] = now = max(now, self._latest.pop(session_id, now))
        if len(self._latest) > MAX_TIMES:
            self._latest.popitem(last=False)
        return now

    async def _tell(self, message: Message) -> None:
        await self._outlet.tell(message.session_id, as_event(message))


@dataclass(frozen=True, slots=True)
class Half:
    """A message whose other call may still come. ``is_unproven``: it was told, but not stored."""

    message: Message
    call: Call
    is_unproven: bool


class Halves:
    """The calls without ``clientMessageId`` that wait for their other half, oldest first."""

    def __init__(self, monotonic: Callable[[], float], max_halves: int = MAX_HALVES) -> None:
        self._monotonic = monotonic
        self._max_halves = max_halves
        self._waiting: OrderedDict[str, tuple[tuple[str, ...], Half, float]] = OrderedDict()

    def wait(self, half: Half, words: Words) -> None:
        self._waiting[half.message.id] = (_sameness(half.message.user_id, words), half, self._monotonic())
        if len(self._waiting) > self._max_halves:
            self._waiting.popitem(last=False)

    def take(self, user_id: str, words: Words, call: Call) -> Half | None:
        """The oldest of these words that came by ``call``; it waits no longer."""
        self._forget_old()
        wanted = _sameness(user_id, words)
        for key, (sameness, half, _) in self._waiting.items():
            if sameness == wanted and half.call is call:
                del self._waiting[key]
                return half
        return None

    def _forget_old(self) -> None:
        now = self._monotonic()
        while self._waiting:
            _, _, since = next(iter(self._waiting.values()))
            if now - since <= PAIRING_S:
                return
            self._waiting.popitem(last=False)


def _sameness(user_id: str, words: Words) -> tuple[str, ...]:
    return user_id, words.session_id, words.kind, words.text


def as_event(message: Message) -> ChatMessage:
    return ChatMessage(
        id=message.id,
        session_id=message.session_id,
        user_id=message.user_id,
        user_name=message.user_name,
        message=message.message,
        message_type=message.message_type,
        timestamp=message.created_at,
        client_message_id=message.client_message_id,
    )


def as_body(message: Message) -> StoredChat:
    return StoredChat(
        id=message.id,
        session_id=message.session_id,
        user_id=message.user_id,
        user_name=message.user_name,
        message=message.message,
        message_type=message.message_type,
        timestamp=message.created_at,
        created_at=message.created_at,
        updated_at=message.updated_at,
        client_message_id=message.client_message_id,
    )
