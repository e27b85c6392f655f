"""Packets are dated when they come, not when somebody gets round to reading them."""

from __future__ import annotations

import asyncio
import socket
import sys
import threading
import time
from typing import Any

import pytest

from app.media.rtc.intake import Intake
from tests.media.calls import until

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
    sent: list[float] = []
    address = transport.get_extra_info("sockname")
    wait = threading.Event()

    def send() -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            for data in (b"one", b"two", b"other", b"four"):
                sent.append(time.monotonic())
                sender.sendto(data, address)
                wait.wait(0.04)

    sender = threading.Thread(target=send)
    sender.start()
    sender.join()  # the loop stands still meanwhile
    assert not taken
    await until(lambda: len(taken) == 4)
    assert [data for data, _ in taken] == [b"one", b"two", b"other", b"four"]
    assert [at for _, at in taken] == pytest.approx(sent, abs=0.02)
    assert others.heard == [b"other"]
    transport.close()
