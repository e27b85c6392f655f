"""Socket.IO: who may connect, one inbox per socket, and an acknowledgement for every event.

Promises: a sender is who its handshake token says, whatever a payload says; the events of one socket are worked off
in the order in which they came, its loss last; whatever a payload contains, the sender hears a result or ``{error:
{code, message}}``, and nothing that one socket sends ends another one's call. A token that expires during a call does
not end the call.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, cast

import socketio
from engineio.packet import NOOP, Packet
from socketio.exceptions import ConnectionRefusedError as Refusal

from protocol.errors import BadPayload, ErrorCode
from protocol.events import (
    TO_SERVER,
    Event,
    JoinSession,
    LeaveSession,
    SendAnswer,
    SendCandidate,
    SendChat,
    SendOffer,
    SendPreferences,
    SendState,
    ToggleAudio,
    ToggleVideo,
    decode,
)
from server.chat import Call, Words, as_body
from server.claims import claimed, fit_name, with_fit_claims
from server.desk import Desk
from server.errors import Refused, too_fast
from server.outlet import Emitter, Locks
from server.quiet import quieten
from server.rooms import Identity
from server.settings import ServerSettings
from server.store.interface import User

log = logging.getLogger(__name__)

MAX_MESSAGE_BYTES = 1_000_000
"""A larger message ends its connection; what is too large for us, but smaller than this, gets an answer."""

_LIBRARY_LOGS = ("server.socketio", "server.engineio")

Ack = dict[str, Any]
_DONE: Ack = {"ok": True}


def socket_server(settings: ServerSettings) -> socketio.AsyncServer:
    """The Socket.IO server itself, which nobody listens to yet (``Realtime``)."""
    origins = list(settings.allowed_origins)
    for name in _LIBRARY_LOGS:
        quieten(logging.getLogger(name))  # below warnings they write every packet down, tokens included
    return socketio.AsyncServer(
        async_mode="asgi",
        # None admits pages of the server's own origin; an empty list would switch the check off altogether
        cors_allowed_origins=origins or None,
        cors_credentials=False,
        max_http_buffer_size=MAX_MESSAGE_BYTES,
        # events are awaited where the socket is read, so one that floods us is read more slowly
        async_handlers=False,
        logger=cast("bool", logging.getLogger(_LIBRARY_LOGS[0])),
        engineio_logger=logging.getLogger(_LIBRARY_LOGS[1]),
    )


class Realtime:
    """Listens to ``sio`` on behalf of ``desk``."""

    def __init__(self, sio: socketio.AsyncServer, desk: Desk) -> None:
        self._desk = desk
        self._sio = sio
        self._people: dict[str, Identity | None] = {}
        """Who is connected; None for an anonymous socket that has not said who it claims to be."""
        self._inboxes = Locks()
        self._losses: set[asyncio.Task[None]] = set()
        """Sockets that are gone, of whom the rooms are being told."""
        self._handlers: dict[type[Event], Callable[[str, Any], Awaitable[Ack | None]]] = {
            JoinSession: self._join,
            LeaveSession: self._leave,
            SendChat: self._chat,
            SendOffer: desk.relays.offer,
            SendAnswer: desk.relays.answer,
            SendCandidate: desk.relays.candidate,
            SendPreferences: desk.relays.preferences,
            SendState: desk.presence.show,
            ToggleAudio: desk.presence.toggle,
            ToggleVideo: desk.presence.toggle,
        }
        sio.on("connect", self._connect)
        sio.on("disconnect", self._disconnect)
        for name in TO_SERVER:
            sio.on(name, self._listener(name))

    # ---- connections ----

    async def _connect(self, sid: str, *arguments: object) -> None:
        """``arguments`` are the environment and what the client sent to be known by.

        A client may send an *event* by this name, which python-socketio brings here as well: it changes nothing.
        """
        if sid in self._people:
            return
        try:
            who = await self._identify(arguments[-1])
        except Refused as refused:
            raise Refusal(refused.message, {"code": refused.code.value}) from None
        except Exception:
            log.exception("a handshake failed")
            raise Refusal("The server could not do that.", {"code": ErrorCode.FAILED.value}) from None
        socket = self._engine_socket(sid)
        if socket is None or socket.closed:  # nobody will say of it that it is gone: it is not connected yet
            raise Refusal("The connection was lost.", {"code": ErrorCode.FAILED.value})
        self._people[sid] = who

    def _engine_socket(self, sid: str) -> Any:
        return self._sio.eio.sockets.get(self._sio.manager.eio_sid_from_sid(sid, "/"))

    async def _identify(self, auth: object) -> Identity | None:
        token = cast("Mapping[str, object]", auth).get("token") if isinstance(auth, Mapping) else None
        if token is None or token == "":
            if self._desk.settings.allow_anonymous_sockets:
                return None
            raise Refused(ErrorCode.UNAUTHORISED, "Please sign in.")
        if not isinstance(token, str):
            raise Refused(ErrorCode.UNAUTHORISED, "The token must be text.")
        user = await self._desk.store.user(self._desk.tokens.user_id(token))
        if user is None:
            raise Refused(ErrorCode.UNAUTHORISED, "That account is gone. Please sign in again.")
        return identity(user)

    async def _disconnect(self, sid: str, *_: object) -> None:
        """Waits for nobody. Engine.IO finds out that a socket is dead when something is sent to it, and calls this
        before it goes on: whoever is just telling a room of something would wait for itself.
        """
        if self._sio.manager.is_connected(sid, "/"):
            return  # an event of that name, sent by a client that is still there
        _wake_poll(self._engine_socket(sid))
        losing = asyncio.create_task(self._lose(sid))
        self._losses.add(losing)
        losing.add_done_callback(self._losses.discard)

    async def _lose(self, sid: str) -> None:
        async with self._inboxes[sid]:
            self._people.pop(sid, None)
            try:
                await self._desk.presence.lose(sid)
            except Exception:
                log.exception("a lost socket could not be taken out of its rooms")

    async def close(self) -> None:
        """Once nobody is connected any more: see through what they left behind."""
        await asyncio.gather(*self._losses)

    # ---- events ----

    def _listener(self, name: str) -> Callable[..., Awaitable[Ack]]:
        async def listen(sid: str, *payloads: object) -> Ack:
            async with self._inboxes[sid]:
                return await self._answer(sid, name, payloads[0] if payloads else None)

        return listen

    async def _answer(self, sid: str, name: str, payload: object) -> Ack:
        try:
            wait = self._desk.throttles.events_by_socket.take(sid)
            if wait:
                raise too_fast(wait)
            event = decode(TO_SERVER, name, with_fit_claims(payload))
            handle = self._handlers[type(event)]  # type: ignore[index]
            return await handle(sid, event) or _DONE
        except BadPayload as error:
            return Refused(error.code, str(error)).ack.to_wire()
        except Refused as refused:
            return refused.ack.to_wire()
        except Exception:
            log.exception("%s failed", name)
            return Refused(ErrorCode.FAILED, "The server could not do that.").ack.to_wire()

    async def _present(self, who: Identity) -> Identity:
        """By the name of now, as REST has it: it may have changed since the handshake."""
        user = await self._desk.store.user(who.user_id) if who.verified else None
        return who if user is None else identity(user)

    async def _join(self, sid: str, event: JoinSession) -> Ack:
        who = await self._present(self._people[sid] or claimed(sid, event))
        ack = await self._desk.presence.join(sid, who, event)
        return ack.to_wire()

    async def _leave(self, sid: str, event: LeaveSession) -> None:
        await self._desk.presence.leave(sid, event.session_id)

    async def _chat(self, sid: str, event: SendChat) -> Ack:
        who = await self._present(self._desk.presence.who(event.session_id, sid))
        words = Words(event.session_id, event.message, event.message_type, event.client_message_id)
        said = await self._desk.chat.say(who, words, Call.SOCKET)
        return as_body(said.message).to_wire()


def identity(user: User) -> Identity:
    return Identity(user.id, fit_name(user.name), user.role == "tutor", verified=True)


def wake_polls(sio: socketio.AsyncServer) -> None:
    """Answer all polls that are waiting, so that the server can stop at once."""
    for socket in tuple(sio.eio.sockets.values()):
        _wake_poll(socket)


def _wake_poll(socket: Any) -> None:
    """Engine.IO leaves the poll of a client that says goodbye unanswered for 45 s, and the client waits for it."""
    if socket is not None and not socket.upgraded:
        socket.queue.put_nowait(Packet(NOOP))


def emitter(sio: socketio.AsyncServer) -> Emitter:
    return cast("Emitter", sio)
