"""Reads a connection's socket: everything that is there in one go, each packet with the moment at which the kernel got
it.

asyncio reads one datagram each time round its loop, into 256 kB of fresh memory, and says nothing of when it came; a
process that is kept from running for 50 ms would report all of them late, and their sender would take that for a queue
on the way (``queueing``). Only where the kernel stamps packets (Linux) and the loop is one of asyncio's selectors;
elsewhere asyncio goes on reading.
"""

from __future__ import annotations

import asyncio
import socket
import sys
import time
from collections.abc import Callable
from struct import Struct
from typing import Any

from app.media.rtc import names

SO_TIMESTAMPNS = 35
"""socket(7); Python has no name for it. The stamp has the same number."""
TIMESPEC = Struct("@ll")
SPACE = socket.CMSG_SPACE(TIMESPEC.size) if hasattr(socket, "CMSG_SPACE") else 0
LONGEST = 4096
"""Bytes; more than any packet has that gets here in one piece."""
AT_ONCE = 64
"""Packets until others have their turn."""
SHORT, LATE_S = 300, 0.002
"""A packet of fewer bytes that is read sooner than this is hardly ever followed by another one: to ask for one costs
more than to be woken once more where there is."""

COMPARED_S = 1.0
"""The clocks are compared so often; whoever sets the time of day is out by as much for as long."""
COMPARISONS, AT_ONCE_S = 5, 0.0005

Take = Callable[[bytes, float], bool]
"""Told of a datagram and of the moment (monotonic seconds) when it came; whether that was its end."""


class Intake:
    """Stands in for asyncio at one datagram transport, from ``start`` to the transport's end."""

    def __init__(self, transport: asyncio.DatagramTransport, protocol: asyncio.DatagramProtocol, take: Take) -> None:
        """What ``take`` does not take goes to ``protocol``."""
        self._transport = transport
        self._protocol = protocol
        self._take = take
        self._socket: Any = None
        self._ahead = 0.0
        """The time of day minus the monotonic one."""
        self._compared_at = float("-inf")

    def start(self) -> bool:
        """Whether it can be done here."""
        loop = asyncio.get_running_loop()
        add_reader: Callable[[int, Callable[[], None]], object] | None = getattr(loop, names.ADD_READER, None)
        wrapped = self._transport.get_extra_info("socket")
        self._socket = getattr(wrapped, names.WRAPPED_SOCKET, None)
        if sys.platform != "linux" or add_reader is None or self._socket is None:
            return False
        try:
            self._socket.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        except OSError:
            return False
        add_reader(self._socket.fileno(), self._ready)
        return True

    def _ready(self) -> None:
        self._compare()
        for _ in range(AT_ONCE):
            if self._transport.is_closing():
                return
            try:
                data, notes, _, address = self._socket.recvmsg(LONGEST, SPACE)
            except (BlockingIOError, InterruptedError):
                return
            except OSError as error:
                self._protocol.error_received(error)
                return
            at = self._stamp(notes)
            if not self._take(data, at):
                self._protocol.datagram_received(data, address)
            if len(data) < SHORT and time.monotonic() - at < LATE_S:
                return

    def _compare(self) -> None:
        """Look at both clocks at one moment: who is kept from running between two looks tries again."""
        before = time.monotonic()
        if before - self._compared_at < COMPARED_S:
            return
        for _ in range(COMPARISONS):
            of_day, after = time.time(), time.monotonic()
            if after - before < AT_ONCE_S or self._compared_at < 0:
                self._ahead, self._compared_at = of_day - after, after
            if after - before < AT_ONCE_S:
                return
            before = after

    def _stamp(self, notes: list[tuple[int, int, bytes]]) -> float:
        """The kernel's stamp, which is the time of day, as monotonic seconds."""
        for level, kind, value in notes:
            if level == socket.SOL_SOCKET and kind == SO_TIMESTAMPNS and len(value) == TIMESPEC.size:
                seconds, nanoseconds = TIMESPEC.unpack(value)
                return min(seconds + nanoseconds / 1e9 - self._ahead, time.monotonic())
        return time.monotonic()
