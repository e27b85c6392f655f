"""Chat: said once, stored once, seen once.

A message of ours is written to the outbox, shown as pending, and said by socket and by POST; the first of
acknowledgement, 201 and echo makes it sent. Messages are said one after the other, so that they are stored in the
order in which they were written. What is pending while the server is away waits, and is said again with the same
``clientMessageId`` when we are back in the room.

The seed's server has neither acknowledgements nor ``clientMessageId``, and its ids are not unique: its echo is matched
by our user id and the text, oldest first, and its history by who, what and about when (``merging``).
"""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from typing import Any, Literal

from app.errors import DeskmatesError, MessageProblem, MessageRefused, ServerRefused, ServerUnreachable, SignedOut
from app.net.rest import PAGE, RestClient
from app.net.signaling import NOTICED_S, Signaling
from app.room import merging, steps
from app.room.outbox import Outbox, Place, Waiting
from app.room.state import Delivery, Message, MessageKind, RoomState
from app.store import Store
from protocol.errors import BadPayload, ErrorCode
from protocol.events import ChatMessage, SendChat
from protocol.model import MAX_TEXT, read
from protocol.rest import ChatDraft, StoredChat

log = logging.getLogger(__name__)

PATIENCE_S = NOTICED_S + 5.0
"""A message that was said and of which nothing is heard for so long has failed. Where the network has died, that is
noticed first, and the message stays pending."""
POSTS = 8
"""As many POSTs may be on their way; the next message waits."""
SEED_PAGE = 1_000
"""The seed's server gives the *oldest* so many, so many are asked for."""
CATCH_UP_PAGES = 20
"""After a long absence no more pages than this are fetched; scrolling up fetches the rest."""
LATER = (ErrorCode.NOT_IN_ROOM, ErrorCode.FAILED)
"""Refusals over the socket that do not mean the message: its POST, or the next join, may still bring it there."""
RATE_PAUSE_S = 1.0
"""After having been too fast."""


class Chat:
    """The messages of one room. ``signed_out`` is called when the server does not accept our token."""

    def __init__(
        self,
        *,
        store: Store[RoomState],
        rest: RestClient,
        signaling: Signaling,
        outbox: Outbox,
        place: Place,
        signed_out: Callable[[SignedOut], None],
    ) -> None:
        self._store = store
        self._rest = rest
        self._signaling = signaling
        self._outbox = outbox
        self._place = place
        self._signed_out = signed_out
        self._is_ours = False
        self._online = asyncio.Event()
        self._wake = asyncio.Event()
        self._settling: dict[str, asyncio.Event] = {}
        self._echoes: list[tuple[str, str]] = []
        self._heard = 0
        self._heard_up_to: str | None = None
        """Our server's id up to which nothing was missed, as the socket and the pages tell in order. Our own POST may
        be answered while the socket is dead and hears nobody else, so its id does not count."""
        self._has_gap = True
        """Something may have been missed since, until we have caught up."""
        self._losses = 0
        self._post_lane = asyncio.Lock()
        self._posts = asyncio.Semaphore(POSTS)
        self._tasks: set[asyncio.Task[Any]] = set()
        self._sender: asyncio.Task[None] | None = None

    # ---- life ----------------------------------------------------------------------------------------------------

    async def restore(self) -> None:
        """Show what an earlier stay left unsent, and begin to work."""
        me = self._store.state.me
        waiting = await self._outbox.waiting(self._place)
        self._store.apply(
            lambda state: steps.messages_added(state, (_shown(one, me.user_id, me.name) for one in waiting))
        )
        self._sender = asyncio.create_task(self._send_all(), name="chat")

    def online(self, *, is_ours: bool) -> None:
        """We are in the room: fetch what was missed, say what is pending."""
        self._is_ours = is_ours
        self._spawn(self._catch_up())

    def offline(self) -> None:
        self._has_gap = True
        self._losses += 1
        self._online.clear()
        self._echoes.clear()
        for waiting in self._settling.values():
            waiting.set()

    async def close(self) -> None:
        tasks = [*self._tasks, *([self._sender] if self._sender else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    # ---- intents -------------------------------------------------------------------------------------------------

    async def say(self, text: str, kind: MessageKind) -> None:
        """Raises ``MessageRefused``, see ``RoomSession.say``."""
        text = text.strip()
        if not text:
            raise MessageRefused(MessageProblem.BLANK)
        if len(text) > MAX_TEXT:
            raise MessageRefused(MessageProblem.TOO_LONG, length=len(text))
        waiting = Waiting(str(uuid.uuid4()), text, kind, datetime.now(UTC))
        await self._outbox.add(self._place, waiting)
        me = self._store.state.me
        self._store.apply(lambda state: steps.messages_added(state, (_shown(waiting, me.user_id, me.name),)))
        self._wake.set()

    async def retry(self, key: str) -> None:
        await self._outbox.mark(key, failed=False)
        self._store.apply(lambda state: steps.message_pending(state, key))
        self._wake.set()

    async def discard(self, key: str) -> None:
        self._store.apply(lambda state: steps.message_discarded(state, key))
        await self._outbox.remove(key)

    async def load_earlier(self) -> None:
        state = self._store.state
        if not state.history_loaded or (self._has_gap and state.history_problem):
            await self._fetch_missed()
            return
        before = merging.first_id(state)
        if not self._is_ours or before is None or not state.has_earlier_messages:
            return
        page = await self._page(before=before)
        if page is not None:
            self._merge(page)
            self._store.apply(lambda state: steps.history_loaded(state, has_earlier=len(page) >= PAGE))

    # ---- hearing -------------------------------------------------------------------------------------------------

    def hear(self, event: ChatMessage) -> None:
        if event.session_id != self._place.session_id:
            return
        if self._is_ours or event.client_message_id is not None:
            self._merge((event,))
            if not self._has_gap:
                self._heard_up_to = event.id
            return
        echo = self._echo_of(event)
        if echo is not None:
            self._settle(echo, None, None)
            return
        self._heard += 1
        key = f"heard:{self._heard}"
        self._store.apply(lambda state: merging.seed_heard(state, event, key))

    def _echo_of(self, event: ChatMessage) -> str | None:
        """The oldest of ours that this may be the seed's echo of."""
        if event.user_id != self._place.user_id:
            return None
        for index, (key, text) in enumerate(self._echoes):
            if text == event.message.strip():
                del self._echoes[index]
                return key
        return None

    def _merge(self, page: tuple[ChatMessage | StoredChat, ...]) -> None:
        state, settled = merging.merged(self._store.state, page)
        self._store.set(state)
        for key in settled:
            self._forget(key)

    # ---- history -------------------------------------------------------------------------------------------------

    async def _catch_up(self) -> None:
        """What was missed. Our server knows a message said twice, so nobody waits for it; on the seed's what was said
        before the loss must be seen in the history first."""
        if self._is_ours:
            self._may_say()
        await self._fetch_missed()
        if not self._is_ours:
            self._may_say()

    async def _fetch_missed(self) -> None:
        losses = self._losses
        is_here = await (self._fetch_ours() if self._is_ours else self._fetch_seeds())
        if is_here and losses == self._losses:
            self._has_gap = False

    async def _fetch_seeds(self) -> bool:
        """The whole history. True: nothing is missing any more."""
        page = await self._page(limit=SEED_PAGE)
        if page is None:
            return False
        state, settled = merging.merged_seed_history(self._store.state, page)
        self._store.set(steps.history_loaded(state, has_earlier=False))
        for key in settled:
            self._forget(key)
        return True

    async def _fetch_ours(self) -> bool:
        """The newest page, or all pages after what is here. True: nothing is missing any more."""
        if self._heard_up_to is None:
            page = await self._page()
            if page is None:
                return False
            self._merge_in_order(page)
            self._store.apply(lambda state: steps.history_loaded(state, has_earlier=len(page) >= PAGE))
            return True
        for _ in range(CATCH_UP_PAGES):
            page = await self._page(after=self._heard_up_to)
            if page is None:
                return False
            self._merge_in_order(page)
            if len(page) < PAGE:
                self._store.apply(steps.history_caught_up)
                return True
        log.warning("missed more than %d messages", CATCH_UP_PAGES * PAGE)
        return False

    def _merge_in_order(self, page: tuple[StoredChat, ...]) -> None:
        self._merge(page)
        if page:
            self._heard_up_to = page[-1].id

    async def _page(
        self, *, before: str | None = None, after: str | None = None, limit: int = PAGE
    ) -> tuple[StoredChat, ...] | None:
        try:
            return await self._rest.messages(self._place.session_id, before=before, after=after, limit=limit)
        except SignedOut as error:
            self._signed_out(error)
        except DeskmatesError as error:
            problem = str(error)
            log.warning("the history cannot be fetched: %s", problem)
            self._store.apply(lambda state: steps.history_failed(state, problem))
        return None

    # ---- saying --------------------------------------------------------------------------------------------------

    def _may_say(self) -> None:
        if self._signaling.connected:
            self._online.set()
            self._wake.set()

    async def _send_all(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._online.is_set():
                message = next((one for one in self._store.state.messages if one.delivery is Delivery.PENDING), None)
                if message is None:
                    break
                await self._send(message)

    async def _send(self, message: Message) -> None:
        """Say one message and wait until it is sent, has failed, or the server is lost (then it stays pending)."""
        key = message.key
        done = self._settling[key] = asyncio.Event()
        if not self._is_ours and all(key != awaited for awaited, _ in self._echoes):
            self._echoes.append((key, message.text))
        await self._posts.acquire()
        post = self._spawn(self._post(message))
        post.add_done_callback(lambda _: self._posts.release())
        self._spawn(self._tell(message))
        try:
            async with asyncio.timeout(PATIENCE_S):
                await done.wait()
        except TimeoutError:
            self._fail(key, "no answer")
        finally:
            del self._settling[key]

    async def _tell(self, message: Message) -> None:
        """The socket call."""
        me = self._store.state.me
        event = SendChat(
            session_id=self._place.session_id,
            message=message.text,
            user_id=me.user_id,
            user_name=me.name,
            message_type=_kind(message.kind),
            client_message_id=message.key,
        )
        while message.key in self._settling:
            try:
                answer = await self._signaling.request(event)
            except SignedOut as error:
                self._signed_out(error)
            except ServerUnreachable:
                log.debug("the server went while %s was said", message.key)
            except ServerRefused as refusal:
                log.info("the server refuses a message: %s", refusal)
                if refusal.code == ErrorCode.RATE_LIMITED:
                    await asyncio.sleep(RATE_PAUSE_S)
                    continue
                if refusal.code not in LATER:
                    self._fail(message.key, str(refusal))
            else:
                if answer is not None:
                    self._settle_by(message.key, answer)
            return

    def _settle_by(self, key: str, answer: object) -> None:
        try:
            stored = read(StoredChat, answer, "chat-message")
        except BadPayload as bad:
            log.warning("acknowledged in words that we cannot read: %s", bad)
            self._settle(key, None, None)
        else:
            self._settle(key, stored.id, stored.timestamp)

    async def _post(self, message: Message) -> None:
        """The REST call. Where it fails, the socket's echo or acknowledgement may still come."""
        draft = ChatDraft(
            session_id=self._place.session_id,
            message=message.text,
            message_type=_kind(message.kind),
            client_message_id=message.key,
        )
        async with self._post_lane:
            try:
                stored = await self._rest.post_chat(draft)
            except SignedOut as error:
                self._signed_out(error)
                return
            except DeskmatesError as error:
                log.info("the message is not stored by POST: %s", error)
                return
        if self._is_ours or stored.client_message_id == message.key:
            self._settle(message.key, stored.id, stored.timestamp)
        else:
            self._settle(message.key, f"{stored.id} {merging.aware(stored.timestamp).isoformat()}", stored.timestamp)

    def _settle(self, key: str, server_id: str | None, at: datetime | None) -> None:
        moment = None if at is None else merging.aware(at)
        self._store.apply(lambda state: steps.message_settled(state, key, server_id, moment))
        self._forget(key)

    def _forget(self, key: str) -> None:
        """It is sent: nobody waits for it any more, and the disk need not know it."""
        done = self._settling.get(key)
        if done is not None:
            done.set()
        self._spawn(self._outbox.remove(key))

    def _fail(self, key: str, problem: str) -> None:
        before = self._store.state
        self._store.apply(lambda state: steps.message_failed(state, key))
        done = self._settling.get(key)
        if done is not None:
            done.set()
        if self._store.state is not before:
            self._store.apply(lambda state: steps.noticed(state, "message-failed", detail=problem))
            self._spawn(self._outbox.mark(key, failed=True))

    def _spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _shown(waiting: Waiting, user_id: str, name: str) -> Message:
    return Message(
        key=waiting.key,
        user_id=user_id,
        user_name=name,
        text=waiting.text,
        kind=waiting.kind,
        at=waiting.written,
        mine=True,
        delivery=Delivery.FAILED if waiting.failed else Delivery.PENDING,
    )


def _kind(kind: MessageKind) -> Literal["text", "emoji"]:
    return "emoji" if kind is MessageKind.EMOJI else "text"
