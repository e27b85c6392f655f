"""The server's REST API as seen from here.

Promises: a method returns decoded models or raises a ``DeskmatesError`` (``ServerUnreachable``, ``SignedOut``,
``ServerRefused``) and nothing else; no answer is waited for longer than ``TIMEOUT_S`` or read beyond ``MAX_ANSWER``
bytes; one bad entry does not lose the list that it stands in. Works against the seed's server, whose answers have
fewer keys.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from app.errors import ServerRefused, ServerUnreachable, SignedOut
from app.net.host import host_of
from protocol.errors import BadPayload, ErrorCode
from protocol.model import Wire, read
from protocol.rest import (
    Activity,
    ActivityDraft,
    ChatDraft,
    Login,
    Profile,
    ProfileChange,
    Register,
    ServerInfo,
    Session,
    SessionChange,
    SessionDraft,
    SignedIn,
    StoredChat,
    Streaks,
)

if TYPE_CHECKING:
    import aiohttp

log = logging.getLogger(__name__)

TIMEOUT_S = 15.0
CONNECT_TIMEOUT_S = 6.0
MAX_ANSWER = 4 * 1024 * 1024
"""Bytes: a hundred messages of 4,000 characters are 0.4 to 1.6 MB."""
MAX_WORDS = 300
"""Characters of a server's own error message that are passed on."""
_MOVED = (301, 302, 303, 307, 308)
WRONG_PASSWORD = "wrong-password"
PAGE = 100
"""Messages in one page of history."""


class RestClient:
    """One server and one token. Used on one loop; ``close`` when done."""

    def __init__(self, base_url: str, token: str | None = None) -> None:
        self.base_url = base_url.rstrip("/")
        self.token = token
        self._http: aiohttp.ClientSession | None = None

    # ---- account -------------------------------------------------------------------------------------------------

    async def register(self, wish: Register) -> SignedIn:
        return self._one(SignedIn, await self._ask("POST", "auth/register", wish))

    async def login(self, wish: Login) -> SignedIn:
        """A 401 here is a wrong e-mail or password (code ``WRONG_PASSWORD``), and nobody has been signed out."""
        try:
            return self._one(SignedIn, await self._ask("POST", "auth/login", wish))
        except SignedOut as error:
            words = error.message or "The e-mail or the password is wrong."
            raise ServerRefused(401, WRONG_PASSWORD, words) from error

    async def profile(self) -> Profile:
        return self._one(Profile, await self._ask("GET", "users/profile"))

    async def change_profile(self, change: ProfileChange) -> Profile:
        return self._one(Profile, await self._ask("PUT", "users/profile", change))

    # ---- sessions ------------------------------------------------------------------------------------------------

    async def sessions(self) -> tuple[Session, ...]:
        """Everything on offer, in the server's order."""
        return self._many(Session, await self._ask("GET", "sessions"))

    async def session(self, session_id: str) -> Session:
        return self._one(Session, await self._ask("GET", f"sessions/{_part(session_id)}"))

    async def create(self, draft: SessionDraft) -> Session:
        return self._one(Session, await self._ask("POST", "sessions", draft))

    async def change(self, session_id: str, change: SessionChange) -> Session:
        return self._one(Session, await self._ask("PUT", f"sessions/{_part(session_id)}", change))

    async def delete(self, session_id: str) -> None:
        await self._ask("DELETE", f"sessions/{_part(session_id)}")

    async def join(self, session_id: str) -> Session:
        """Enrol in a session. To have joined before (400 ``Already joined`` on the seed's server) counts; a session
        that is full is refused with that code, which servers say in words only.
        """
        try:
            answer = await self._ask("POST", f"sessions/{_part(session_id)}/join")
        except ServerRefused as refusal:
            if refusal.status == 400 and "already joined" in refusal.message.lower():
                return await self.session(session_id)
            if refusal.status in (400, 409) and "full" in refusal.message.lower():
                raise ServerRefused(refusal.status, ErrorCode.FULL, refusal.message) from refusal
            raise
        try:
            return self._one(Session, answer)
        except ServerRefused:  # the seed's server may answer something else than the session
            return await self.session(session_id)

    async def leave(self, session_id: str) -> None:
        await self._ask("POST", f"sessions/{_part(session_id)}/leave")

    # ---- chat ----------------------------------------------------------------------------------------------------

    async def messages(
        self, session_id: str, *, before: str | None = None, after: str | None = None, limit: int = PAGE
    ) -> tuple[StoredChat, ...]:
        """One page, oldest first. ``before`` and ``after`` are message ids; the seed's server does not know them."""
        query = {"limit": str(limit)}
        if before is not None:
            query["before"] = before
        if after is not None:
            query["after"] = after
        return self._many(StoredChat, await self._ask("GET", f"chat/session/{_part(session_id)}", query=query))

    async def post_chat(self, draft: ChatDraft) -> StoredChat:
        return self._one(StoredChat, await self._ask("POST", "chat", draft))

    # ---- the rest ------------------------------------------------------------------------------------------------

    async def server_info(self) -> ServerInfo | None:
        """What the server says of itself; None where it is the seed's, which has no such address."""
        try:
            return self._one(ServerInfo, await self._ask("GET", "server"))
        except SignedOut:
            raise
        except ServerRefused as refusal:
            if refusal.status not in (200, 404):
                raise
            return None

    async def activities(self) -> tuple[Activity, ...]:
        return self._many(Activity, await self._ask("GET", "activities"))

    async def record_activity(self, draft: ActivityDraft) -> None:
        await self._ask("POST", "activities", draft)

    async def streaks(self) -> Streaks:
        return self._one(Streaks, await self._ask("GET", "activities/streaks"))

    async def close(self) -> None:
        http, self._http = self._http, None
        if http is not None:
            await http.close()

    # ---- how -----------------------------------------------------------------------------------------------------

    async def _ask(
        self, method: str, path: str, body: Wire | None = None, query: Mapping[str, str] | None = None
    ) -> object:
        """The decoded JSON of a 2xx answer.

        Raises:
            ServerUnreachable: no answer in time, or none at all.
            SignedOut: 401.
            ServerRefused: any other status, or an answer that is too long or no JSON.
        """
        import aiohttp  # a third of a second that the first window does not wait for

        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        try:
            async with self._client().request(
                method,
                f"{self.base_url}/api/{path}",
                headers=headers,
                json=None if body is None else body.to_wire(),
                params=query,
                allow_redirects=False,
            ) as response:
                status, raw = response.status, await _read_capped(response)
                elsewhere = _elsewhere(response)
        except aiohttp.InvalidURL as error:
            raise ServerUnreachable(host_of(self.base_url), "this is no address") from error
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise ServerUnreachable(host_of(self.base_url), _why(error)) from error
        if not 200 <= status < 300:
            raise _refusal(status, raw) if not elsewhere else ServerRefused(status, "", elsewhere)
        if raw is None:
            raise ServerRefused(status, ErrorCode.TOO_LARGE, "The server's answer is too long.")
        return _json(status, raw)

    def _client(self) -> aiohttp.ClientSession:
        if self._http is None or self._http.closed:
            import aiohttp

            self._http = aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=TIMEOUT_S, sock_connect=CONNECT_TIMEOUT_S),
                connector=aiohttp.TCPConnector(limit=6),
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self._http

    def _one[M: Wire](self, model: type[M], answer: object) -> M:
        try:
            return read(model, answer)
        except BadPayload as bad:
            log.warning("%s answered what we cannot read: %s", self.base_url, bad)
            raise ServerRefused(200, ErrorCode.BAD_PAYLOAD, f"The server's answer makes no sense here: {bad}") from bad

    def _many[M: Wire](self, model: type[M], answer: object) -> tuple[M, ...]:
        if not isinstance(answer, list):
            raise ServerRefused(200, ErrorCode.BAD_PAYLOAD, "The server's answer makes no sense here: expected a list")
        entries: list[M] = []
        bad: list[BadPayload] = []
        for entry in answer:
            try:
                entries.append(read(model, entry))
            except BadPayload as error:
                bad.append(error)
        if bad:
            log.warning("%s sent %d entries that we cannot read, such as: %s", self.base_url, len(bad), bad[0])
        return tuple(entries)


def _part(text: str) -> str:
    """An id as one segment of a path, whatever it contains."""
    return quote(text, safe="")


async def _read_capped(response: aiohttp.ClientResponse) -> bytes | None:
    """The body, or None where it is longer than ``MAX_ANSWER``."""
    parts: list[bytes] = []
    size = 0
    async for part in response.content.iter_any():
        size += len(part)
        if size > MAX_ANSWER:
            response.close()
            return None
        parts.append(part)
    return b"".join(parts)


def _elsewhere(response: aiohttp.ClientResponse) -> str:
    """Words for an answer that sends us to https at the same host, as a proxy with TLS does; else "".

    It is not followed: whoever answered by http may not be whom a password is meant for. Nor is another host named: a
    network that wants its own page to be read first sends everybody there.
    """
    try:
        to = urlsplit(response.headers.get("Location", ""))
        port = "" if to.port is None else f":{to.port}"
    except ValueError:
        return ""
    if response.status not in _MOVED or to.scheme != "https" or to.hostname != response.url.host:
        return ""
    return f"This server’s address is https://{to.hostname}{port}."


def _json(status: int, raw: bytes) -> object:
    if not raw:
        return None
    try:
        return json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise ServerRefused(
            status, ErrorCode.BAD_PAYLOAD, "The server's answer is no JSON: is this a Deskmates server?"
        ) from error


def _refusal(status: int, raw: bytes | None) -> ServerRefused:
    """The error that an answer stands for. The seed's server answers HTML to some requests: then there are no words."""
    message, code = "", ""
    try:
        body: Any = json.loads(raw) if raw else None
    except (ValueError, RecursionError):
        body = None
    if isinstance(body, dict):
        message = _text(body.get("message"))[:MAX_WORDS]
        code = _text(body.get("code"))[:MAX_WORDS]
    return (SignedOut if status == 401 else ServerRefused)(status, code, message)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _why(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "no answer in time"
    return str(error)
