"""Candidates and STUN and TURN servers: what aiortc needs to find a path.

aiortc asks one STUN and one TURN server, waits five seconds for a dead one, and only then makes an offer. So each
server is asked first whether it lives, all at the same time and for under a second, and the answer is remembered for
a while.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Sequence

from aiortc import RTCIceCandidate, RTCIceServer
from aiortc.rtcicetransport import parse_stun_turn_uri
from aiortc.sdp import candidate_from_sdp

from protocol.events import IceCandidate, IceServer

log = logging.getLogger(__name__)

PROBE_S = 0.8
REMEMBER_S = 60.0
MAGIC_COOKIE = 0x2112A442


class ServerProbe:
    """Remembers which servers answer."""

    def __init__(self, wait_s: float = PROBE_S) -> None:
        self._wait_s = wait_s
        self._answers: dict[str, tuple[float, bool]] = {}

    async def alive(self, servers: Sequence[IceServer]) -> list[RTCIceServer]:
        """Those of ``servers`` that answer, one address each, as aiortc wants them; malformed ones are left out."""
        pairs = [(server, url) for server in servers for url in server.urls]
        answers = await asyncio.gather(*(self._answers_now(url) for _, url in pairs))
        return [
            RTCIceServer(urls=url, username=server.username, credential=server.credential)
            for (server, url), answer in zip(pairs, answers, strict=True)
            if answer
        ]

    async def _answers_now(self, url: str) -> bool:
        now = time.monotonic()
        known = self._answers.get(url)
        if known is not None and now - known[0] < REMEMBER_S:
            return known[1]
        try:
            parsed = parse_stun_turn_uri(url)
            answer = await asyncio.wait_for(_ask(parsed["host"], parsed["port"], parsed.get("transport")), self._wait_s)
        except ValueError:
            log.warning("a STUN or TURN address is malformed: %s", url)
            answer = False
        except (OSError, TimeoutError):
            log.info("no answer from %s", url)
            answer = False
        self._answers[url] = (now, answer)
        return answer


async def _ask(host: str, port: int, transport: str | None) -> bool:
    if transport == "tcp":
        _, writer = await asyncio.open_connection(host, port)
        writer.close()
        await writer.wait_closed()
        return True
    loop = asyncio.get_running_loop()
    answered: asyncio.Future[bool] = loop.create_future()
    endpoint, _ = await loop.create_datagram_endpoint(lambda: _Binding(answered), remote_addr=(host, port))
    try:
        return await answered
    finally:
        endpoint.close()


class _Binding(asyncio.DatagramProtocol):
    """One STUN binding request (RFC 8489), said three times, since a datagram may get lost."""

    def __init__(self, answered: asyncio.Future[bool]) -> None:
        self._answered = answered
        self._request = (1).to_bytes(2) + (0).to_bytes(2) + MAGIC_COOKIE.to_bytes(4) + secrets.token_bytes(12)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.DatagramTransport)
        self._say(transport, 3)

    def datagram_received(self, data: bytes, addr: tuple[str | int, ...]) -> None:
        if data[4:20] == self._request[4:20] and not self._answered.done():
            self._answered.set_result(True)

    def error_received(self, exc: Exception) -> None:
        if not self._answered.done():
            self._answered.set_result(False)

    def _say(self, transport: asyncio.DatagramTransport, times: int) -> None:
        if transport.is_closing() or self._answered.done():
            return
        transport.sendto(self._request)
        if times > 1:
            asyncio.get_running_loop().call_later(0.2, self._say, transport, times - 1)


def read_candidate(candidate: IceCandidate) -> RTCIceCandidate | None:
    """A remote candidate as aiortc wants it; None where it is of no use to us (TCP).

    Raises:
        ValueError: it is malformed.
    """
    text = candidate.candidate.strip().removeprefix("a=").removeprefix("candidate:")
    try:
        parsed = candidate_from_sdp(text)
    except (AssertionError, IndexError, ValueError) as error:
        raise ValueError(f"malformed candidate: {text[:80]!r}") from error
    if parsed.protocol.lower() != "udp":
        return None
    parsed.sdpMid = candidate.sdp_mid
    parsed.sdpMLineIndex = candidate.sdp_m_line_index
    if parsed.sdpMid is None and parsed.sdpMLineIndex is None:
        parsed.sdpMLineIndex = 0  # everything is bundled into the first
    return parsed
