"""What comes from anybody at all ends no connection."""

from __future__ import annotations

import asyncio
import socket

import pytest

from app.media.rtc import names
from tests.media.calls import Ends, frames, speaking, until
from tests.media.conftest import MakeCall


@pytest.mark.parametrize("kind", [0x60, 0xC8, 0xCA], ids=["media", "report", "other RTCP"])
async def test_a_datagram_longer_than_any_packet_is_dropped(make_call: MakeCall, kind: int) -> None:
    ends = Ends(await speaking(make_call()), make_call())
    await ends.connected()
    await until(lambda: frames(ends.callee) > 3)
    connection = getattr(ends.callee.receivers()[0].transport.transport, names.ICE_CONNECTION)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
        for protocol in getattr(connection, names.PROTOCOLS):
            transport = protocol.transport
            assert isinstance(transport, asyncio.DatagramTransport)
            if transport.get_extra_info("socket").family == socket.AF_INET:
                stranger.sendto(bytes((0x80, kind)) + bytes(1600), transport.get_extra_info("sockname"))
    seen = frames(ends.callee)
    await until(lambda: frames(ends.callee) > seen + 5)
