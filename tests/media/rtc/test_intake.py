"""Packets are dated when they come, not when somebody gets round to reading them."""

from __future__ import annotations

import asyncio
import socket
import sys
import threading
import time
from typing import Any

import pytest
from aioice import ice

from app.media.rtc import names
from app.media.rtc.intake import SO_TIMESTAMPNS, Intake
from tests.media.calls import Ends, until
from tests.media.conftest import MakeCall

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the kernel stamps no packets here")


class Others(asyncio.DatagramProtocol):
    def __init__(self) -> None:
        self.heard: list[bytes] = []

    def datagram_received(self, data: bytes, addr: tuple[str | Any, int]) -> None:
        self.heard.append(data)


async def test_a_stalled_loop_dates_nothing_late() -> None:
    loop = asyncio.get_running_loop()
    transport, others = await loop.create_datagram_endpoint(Others, local_addr=("127.0.0.1", 0))
    taken: list[tuple[bytes, float]] = []

    def take(data: bytes, at: float) -> bool:
        taken.append((data, at))
        return data != b"other"

    assert Intake(transport, others, take).start()
    sent: list[tuple[float, float]] = []
    """Before and after each was sent."""
    address = transport.get_extra_info("sockname")
    wait = threading.Event()

    def send() -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            for data in (b"one", b"two", b"other", b"four"):
                before = time.monotonic()
                sender.sendto(data, address)
                sent.append((before, time.monotonic()))
                wait.wait(0.04)

    sender = threading.Thread(target=send)
    sender.start()
    sender.join()  # the loop stands still meanwhile
    assert not taken
    await until(lambda: len(taken) == 4)
    assert [data for data, _ in taken] == [b"one", b"two", b"other", b"four"]
    assert all(before - 0.01 < at < after + 0.01 for (_, at), (before, after) in zip(taken, sent, strict=True))
    assert others.heard == [b"other"]
    transport.close()


async def test_packets_are_dated_whichever_of_our_addresses_they_come_to(
    make_call: MakeCall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each end sends over the pair that it finds best, so what comes need not come where we send from."""
    monkeypatch.setattr(ice, "get_host_addresses", lambda **_: ["127.0.0.1", "127.0.0.2"])
    ends = Ends(make_call(), make_call())
    await ends.connected()
    for peer in (ends.caller, ends.callee):
        connection = getattr(peer.receivers()[0].transport.transport, names.ICE_CONNECTION)
        sockets = [one.transport.get_extra_info("socket") for one in getattr(connection, names.PROTOCOLS)]
        assert [one.getsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS) for one in sockets] == [1, 1]
