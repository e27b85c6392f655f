"""The socket to the server: connects, connects again, and puts everything that is heard into one inbox, in order.

Promises: a handler only decodes and enqueues, so events cannot overtake each other; a payload that does not decode is
logged once per event name and dropped; the inbox is bounded, and a server that floods it loses the socket, which
fetches the whole state anew; after a loss the socket is opened again for ever (1, 2, 4, 8, 15 s …) until ``close`` or
until the server will not have our token. WebSocket first, long-polling where that does not work.
"""

from __future__ import annotations

import asyncio
import json
import logging
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp

from app.errors import DeskmatesError, ServerRefused, ServerUnreachable, SignedOut
from app.net.backoff import delay
from app.net.host import host_of
from app.net.sio import socketio
from protocol.errors import BadPayload, ErrorCode
from protocol.events import TO_CLIENT, ErrorAck, Event, decode, encode
from protocol.model import read

log = logging.getLogger(__name__)

INBOX = 1_000
"""Events that may wait for the room. It works off thousands a second."""
MAX_PAYLOAD = 200_000
"""Bytes of one event sent. A server drops the socket over its own limit (1 MB by default), so ours comes first."""
MAX_INCOMING = 1_000_000
CONNECT_S = 6
HEARTBEAT_S = 10.0
"""A server that has said nothing for so long is asked for a sign of life (RFC 6455, 5.5.2), and given up when half as
long brings none. Engine.IO alone takes 45 s to see that a network died without a word."""
NOTICED_S = 1.5 * HEARTBEAT_S
"""By then a WebSocket over such a network is given up."""
ACK_S = 5.0
STABLE_S = 5.0
"""A connection that lasted so long starts the delays from the beginning."""
CLOSE_S = 1.0


@dataclass(frozen=True, slots=True)
class Up:
    """The socket is open; ``sid`` is its new id. No room has been joined yet."""

    sid: str


@dataclass(frozen=True, slots=True)
class Down:
    """The socket is lost or could not be opened. Try number ``attempt`` (from 1) follows in ``delay_s``."""

    attempt: int
    delay_s: float
    error: DeskmatesError


@dataclass(frozen=True, slots=True)
class Refused:
    """The server will not have us; no further try is made."""

    error: SignedOut


@dataclass(frozen=True, slots=True)
class Heard:
    event: Event


@dataclass(frozen=True, slots=True)
class Answered:
    """The acknowledgement of ``event``, as it came. The seed's server never sends one."""

    event: Event
    answer: object


Incoming = Up | Down | Refused | Heard | Answered


class Signaling:
    """One server, one token, and one socket at a time. Used on one loop."""

    def __init__(self, server: str, token: str | None, *, randomness: Callable[[], float] = random.random) -> None:
        self.server = server.rstrip("/")
        self.inbox: asyncio.Queue[Incoming] = asyncio.Queue(INBOX + 16)
        self._token = token
        self._randomness = randomness
        self._socket: socketio.AsyncClient | None = None
        self._lost = asyncio.Event()
        self._hurried = asyncio.Event()
        self._refusal: object = None
        self._complained: set[str] = set()
        self._running: asyncio.Task[None] | None = None
        self._was_up = False

    # ---- life ----------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin to connect; what becomes of it is in the inbox."""
        if self._running is None:
            self._running = asyncio.create_task(self._run(), name="signaling")

    def hurry(self) -> None:
        """Try again now instead of after the delay."""
        self._hurried.set()

    def restart(self) -> None:
        """Give up the present socket and open another after the usual delay."""
        self._lost.set()

    @property
    def connected(self) -> bool:
        return self._socket is not None and self._socket.connected

    async def close(self) -> None:
        running, self._running = self._running, None
        if running is not None:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    # ---- saying --------------------------------------------------------------------------------------------------

    async def send(self, event: Event) -> None:
        """Say ``event``; it is lost where there is no connection just now.

        Raises:
            ServerRefused: it is larger than any server would take.
        """
        await self._emit(event, None)

    async def ask(self, event: Event) -> None:
        """Say ``event``; its acknowledgement comes through the inbox, in order with what else is heard.

        Raises:
            ServerRefused: it is larger than any server would take.
        """

        def answered(*answer: object) -> None:
            self._take(Answered(event, answer[0] if answer else None))

        await self._emit(event, answered)

    async def request(self, event: Event, timeout_s: float = ACK_S) -> object | None:
        """Say ``event`` and wait for its acknowledgement. None: there came none, as from the seed's server.

        Raises:
            ServerUnreachable: there is no connection, or it was lost meanwhile.
            ServerRefused: the server answered ``{error}``, or the event is too large.
        """
        if not self.connected:
            raise ServerUnreachable(host_of(self.server), "not connected")
        answered: asyncio.Future[object] = asyncio.get_running_loop().create_future()

        def settle(*answer: object) -> None:
            if not answered.done():
                answered.set_result(answer[0] if answer else None)

        lost = asyncio.ensure_future(self._lost.wait())
        try:
            await self._emit(event, settle)
            await asyncio.wait({answered, lost}, timeout=timeout_s, return_when=asyncio.FIRST_COMPLETED)
        finally:
            lost.cancel()
        if answered.done():
            refuse_error(event, answered.result())
            return answered.result()
        if self._lost.is_set():
            raise ServerUnreachable(host_of(self.server), "the connection was lost")
        return None

    async def _emit(self, event: Event, callback: Callable[..., None] | None) -> None:
        name, payload = encode(event)
        size = len(json.dumps(payload).encode())
        if size > MAX_PAYLOAD:
            raise ServerRefused(0, ErrorCode.TOO_LARGE, f"{name} is too large to be sent ({size} bytes).")
        socket = self._socket
        if socket is None or not socket.connected:
            log.debug("%s is not sent: no connection", name)
            return
        try:
            await socket.emit(name, payload, callback=callback)
        except socketio.exceptions.SocketIOError as error:
            log.debug("%s is not sent: %s", name, error)

    # ---- connecting ----------------------------------------------------------------------------------------------

    async def _run(self) -> None:
        attempt = 0
        while True:
            began = time.monotonic()
            try:
                error = await self._live_once()
            except SignedOut as refusal:
                await self.inbox.put(Refused(refusal))
                return
            if time.monotonic() - began >= STABLE_S and self._was_up:
                attempt = 0
            pause = delay(attempt, self._randomness())
            attempt += 1
            self._hurried.clear()
            await self.inbox.put(Down(attempt, pause, error))
            try:
                await asyncio.wait_for(self._hurried.wait(), pause)
            except TimeoutError:
                continue

    async def _live_once(self) -> DeskmatesError:
        """Open one socket and stay with it to its end; why it ended.

        Raises:
            SignedOut: the server will not have our token.
        """
        self._was_up = False
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
            socket = self._new_socket(http)
            try:
                await self._open(socket)
                self._was_up = True
                self._socket = socket
                await self.inbox.put(Up(socket.get_sid() or ""))
                await self._lost.wait()
                return ServerUnreachable(host_of(self.server), "the connection was lost")
            except ServerUnreachable as error:
                return error
            finally:
                self._socket = None
                await _close(socket)

    def _new_socket(self, http: aiohttp.ClientSession) -> socketio.AsyncClient:
        self._lost = lost = asyncio.Event()
        self._refusal = None
        socket = socketio.AsyncClient(
            reconnection=False,
            handle_sigint=False,
            http_session=http,
            request_timeout=CONNECT_S,
            websocket_extra_options={"max_msg_size": MAX_INCOMING, "heartbeat": HEARTBEAT_S},
        )

        def disconnected(*_: object) -> None:
            lost.set()

        def refused(*data: object) -> None:
            self._refusal = data[0] if data else "refused"

        def heard(name: object, *arguments: object) -> None:
            if not lost.is_set():
                self._hear(str(name), arguments[0] if arguments else None)

        socket.on("disconnect", disconnected)
        socket.on("connect_error", refused)
        socket.on("*", heard)
        return socket

    async def _open(self, socket: socketio.AsyncClient) -> None:
        """Connect by WebSocket, else by polling.

        Raises:
            SignedOut: the server will not have our token.
            ServerUnreachable: neither worked.
        """
        problem = ""
        for transport in ("websocket", "polling"):
            try:
                async with asyncio.timeout(CONNECT_S * 2):
                    await socket.connect(
                        self.server,
                        auth={"token": self._token} if self._token else None,
                        transports=[transport],
                        wait_timeout=CONNECT_S,
                    )
                return
            except Exception as error:  # noqa: BLE001 - a broken handshake comes out of the libraries as anything at all
                problem = str(error) or type(error).__name__
            if is_signed_out(self._refusal):
                raise SignedOut(0, ErrorCode.UNAUTHORISED, "The server does not accept this sign-in any more.")
        raise ServerUnreachable(host_of(self.server), problem)

    # ---- hearing -------------------------------------------------------------------------------------------------

    def _hear(self, name: str, payload: object) -> None:
        try:
            event = decode(TO_CLIENT, name, payload)
        except BadPayload as bad:
            if name not in self._complained:
                self._complained.add(name)
                log.warning("the server said what we cannot read: %s", bad)
            return
        if event is not None:
            self._take(Heard(event))

    def _take(self, item: Heard | Answered) -> None:
        if self.inbox.qsize() >= INBOX:
            if not self._lost.is_set():
                log.error("the server says more than can be heard: starting over")
                self._lost.set()
            return
        self.inbox.put_nowait(item)


async def _close(socket: socketio.AsyncClient) -> None:
    try:
        async with asyncio.timeout(CLOSE_S):
            await socket.disconnect()
    except (TimeoutError, socketio.exceptions.SocketIOError, aiohttp.ClientError, OSError) as error:
        log.debug("the socket did not close cleanly: %s", error)


def refuse_error(event: Event, answer: object) -> None:
    """Raise what an ``{error: {code, message}}`` acknowledgement says; any other answer is none of its business.

    Raises:
        SignedOut, ServerRefused: the answer is an error.
    """
    if not isinstance(answer, Mapping) or "error" not in answer:
        return
    try:
        error = read(ErrorAck, answer, event.name).error
    except BadPayload as bad:
        raise ServerRefused(0, ErrorCode.FAILED, f"The server refused, and we cannot read why: {bad}") from bad
    kind = SignedOut if error.code == ErrorCode.UNAUTHORISED else ServerRefused
    raise kind(0, error.code, error.message[:300])


def is_signed_out(refusal: object) -> bool:
    """Whether a refused handshake (``connect_error``) says that the token is the reason, wherever the code stands in
    it."""
    if isinstance(refusal, str):
        return refusal.lower() in ("unauthorised", "unauthorized")
    if isinstance(refusal, Mapping):
        data: Mapping[Any, Any] = refusal
        return any(is_signed_out(data.get(key)) for key in ("code", "error", "data", "message"))
    return False
