"""A relay between two ends in this process, with real sockets: a bottleneck with a queue that drops at its end, delay
and loss, both ways alike. Each end is told of the relay as the only address of the other.
"""

from __future__ import annotations

import asyncio
import random
import re
import threading
from typing import Any

Address = tuple[str | Any, int]
HEADERS = 28
"""Bytes of IP and UDP."""


class ThinPath:
    def __init__(
        self, kbps: float, *, queue_s: float = 0.4, delay_s: float = 0.02, loss: float = 0.0, jitter_s: float = 0.0
    ) -> None:
        self.kbps = kbps
        self.queue_s = queue_s
        self.delay_s = delay_s
        self.loss = loss
        self.jitter_s = jitter_s
        """Each packet takes up to so much less or more, and may overtake others."""
        self.dropped = 0
        """Packets that found the queue full, both ways."""
        self.passed = 0
        """Bytes."""
        self.waits: list[float] = []
        """Seconds that each packet stood in the queue."""
        self._chance = random.Random(1)
        self._doors: list[_Door] = []
        self._loop = asyncio.new_event_loop()
        """Of its own: a path is not late because an end of it is busy."""
        self._thread = threading.Thread(target=self._loop.run_forever, name="thin-path", daemon=True)

    def open(self, host: str) -> None:
        """Two doors on ``host``, one for each end."""
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._open(host), self._loop).result()

    async def _open(self, host: str) -> None:
        for _ in range(2):
            _, door = await self._loop.create_datagram_endpoint(lambda: _Door(self), local_addr=(host, 0))
            self._doors.append(door)
        first, second = self._doors
        first.other, second.other = second, first

    def close(self) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _close(self) -> None:
        for door in self._doors:
            door.transport.close()

    def bent(self, sdp: str, door: int) -> str:
        """``sdp`` with door number ``door`` as its only candidate: 0 for what the first end is to read."""
        host, port = self._doors[door].transport.get_extra_info("sockname")[:2]
        lines = [line for line in sdp.splitlines() if not line.startswith("a=candidate")]
        candidate = f"a=candidate:1 1 udp 2130706431 {host} {port} typ host"
        ends = [index for index, line in enumerate(lines) if line == "a=end-of-candidates"]
        for index in reversed(ends):
            lines.insert(index, candidate)
        return "\r\n".join(lines) + "\r\n"

    def pass_on(self, door: _Door, data: bytes) -> None:
        now = self._loop.time()
        if self._chance.random() < self.loss:
            return
        start = max(now, door.free_at)
        if start - now > self.queue_s:
            self.dropped += 1
            return
        self.passed += len(data)
        self.waits.append(start - now)
        door.free_at = start + (len(data) + HEADERS) * 8 / (self.kbps * 1000)
        late = self.delay_s + self._chance.uniform(-self.jitter_s, self.jitter_s)
        self._loop.call_at(door.free_at + late, door.leave, data)


class _Door(asyncio.DatagramProtocol):
    other: _Door
    transport: asyncio.DatagramTransport

    def __init__(self, path: ThinPath) -> None:
        self.free_at = 0.0
        self._path = path
        self._end: Address | None = None
        """Who sends to this door."""

    def connection_made(self, transport: asyncio.DatagramTransport) -> None:
        self.transport = transport

    def datagram_received(self, data: bytes, addr: Address) -> None:
        self._end = addr
        self._path.pass_on(self, data)

    def leave(self, data: bytes) -> None:
        """What came in here leaves by the other door."""
        if self.other._end is not None and not self.other.transport.is_closing():
            self.other.transport.sendto(data, self.other._end)


def host_of(sdp: str) -> str:
    """The first IPv4 address among the candidates."""
    found = re.search(r"^a=candidate:\S+ 1 udp \d+ (\d+\.\d+\.\d+\.\d+) \d+ typ host", sdp, re.MULTILINE)
    assert found is not None, "no address of our own"
    return found.group(1)
