"""Servers that answer and servers that are dead; candidates of every kind."""

from __future__ import annotations

import asyncio
import time

import pytest

from app.media.ice import ServerProbe, read_candidate
from app.media.slot import FrameSlot
from protocol.events import IceCandidate, IceServer
from tests.media.conftest import MakeCall


class Stun(asyncio.DatagramProtocol):
    """Answers binding requests, or only counts them."""

    def __init__(self, *, answers: bool) -> None:
        self.requests = 0
        self._answers = answers

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.DatagramTransport)
        self.transport = transport

    def datagram_received(self, data: bytes, addr: tuple[str | int, ...]) -> None:
        self.requests += 1
        if self._answers:
            self.transport.sendto(b"\x01\x01\x00\x00" + data[4:20], addr)

    @property
    def url(self) -> str:
        return f"stun:127.0.0.1:{self.transport.get_extra_info('sockname')[1]}"


async def stun(*, answers: bool) -> Stun:
    _, server = await asyncio.get_running_loop().create_datagram_endpoint(
        lambda: Stun(answers=answers), local_addr=("127.0.0.1", 0)
    )
    return server


async def test_those_that_answer_are_used_and_remembered() -> None:
    good, dead = await stun(answers=True), await stun(answers=False)
    probe = ServerProbe(1.0)
    servers = [IceServer(urls=[dead.url, good.url], username="u", credential="c"), IceServer(urls=["stun:", "http:x"])]
    alive = await probe.alive(servers)
    assert [(one.urls, one.username, one.credential) for one in alive] == [(good.url, "u", "c")]
    asked = good.requests, dead.requests
    assert len(await probe.alive(servers)) == 1
    assert (good.requests, dead.requests) == asked
    good.transport.close()
    dead.transport.close()


async def test_turn_over_tcp() -> None:
    listening = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    probe = ServerProbe(5.0)
    assert len(await probe.alive([IceServer(urls=[f"turn:127.0.0.1:{port}?transport=tcp"])])) == 1
    listening.close()
    await listening.wait_closed()
    assert await ServerProbe(5.0).alive([IceServer(urls=[f"turn:127.0.0.1:{port}?transport=tcp"])]) == []


async def test_a_dead_server_does_not_hold_up_the_offer(make_call: MakeCall) -> None:
    dead = await stun(answers=False)
    peer = make_call().connect(FrameSlot(), [IceServer(urls=[dead.url])], lambda _: None)
    started = time.monotonic()
    offer = await peer.offer()
    assert time.monotonic() - started < 4.5, "aiortc alone waits five seconds"
    assert "typ host" in offer.sdp
    dead.transport.close()


def test_candidates() -> None:
    text = "candidate:842163049 1 udp 1677729535 203.0.113.5 51210 typ srflx raddr 10.0.0.2 rport 51210 generation 0"
    parsed = read_candidate(IceCandidate(candidate=text, sdp_mid="0"))
    assert parsed is not None
    assert (parsed.ip, parsed.port, parsed.type, parsed.sdpMid) == ("203.0.113.5", 51210, "srflx", "0")
    assert (parsed.relatedAddress, parsed.relatedPort) == ("10.0.0.2", 51210)
    unplaced = read_candidate(IceCandidate(candidate=text))
    assert unplaced is not None
    assert unplaced.sdpMLineIndex == 0
    tcp = "candidate:1 1 tcp 1518280447 192.0.2.1 9 typ host tcptype active"
    assert read_candidate(IceCandidate(candidate=tcp, sdp_mid="0")) is None


@pytest.mark.parametrize("text", ["candidate:", "x", "candidate:1 one udp 1 127.0.0.1 9 typ host", "🙂 " * 20])
def test_malformed_candidates(text: str) -> None:
    with pytest.raises(ValueError, match="malformed"):
        read_candidate(IceCandidate(candidate=text, sdp_mid="0"))
