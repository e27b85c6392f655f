"""Transport-wide congestion control, the sender's half of the wire: what was sent, and what a receiver's report says of
it. Pure: every moment is an argument.

Format: draft-holmer-rmcat-transport-wide-cc-extensions-01, section 3.1; ``feedback`` writes it. A report counts as
heard from outside: whatever is in it, nothing is raised and nothing grows.
"""

from __future__ import annotations

from collections.abc import Iterator
from struct import Struct
from typing import NamedTuple

from app.media.rtc.feedback import FMT, RTPFB, SMALL, TICK_S, TICKS_PER_REFERENCE

RTCP = Struct("!BBH")
HEAD = Struct("!LLHH")
CHUNK = Struct("!H")
LARGE_DELTA = Struct("!h")
MEMORY = 4096
"""Packets that are remembered: more than ten seconds of the fastest sender. A power of two."""
REFERENCES = 1 << 24
LONGEST_TRAILER = 20
"""Bytes of SRTCP's index and tag; the shortest are 14. A further packet has 8 and more."""


class Fate(NamedTuple):
    """What became of one packet."""

    sent: float
    """Monotonic seconds, our clock."""
    arrived: float | None
    """Seconds of the receiver's clock; None: it did not come."""
    size: int
    """Bytes."""
    is_dated: bool
    """Whether ``sent`` is the moment itself, and not one somewhat before it."""


class Sent:
    """Numbers packets, and finds them again in reports."""

    def __init__(self) -> None:
        self._next = 1
        """Unwrapped."""
        self._at = [0.0] * MEMORY
        self._size = [0] * MEMORY
        """0: its fate is known; below 0: it was told as lost."""
        self._dated = [True] * MEMORY
        self._reference: int | None = None
        self._epoch = 0

    def add(self, size: int, now: float) -> int:
        """The 16-bit number for a packet of ``size`` bytes that goes out ``now``."""
        number = self._next
        self._next = number + 1
        self._at[number % MEMORY] = now
        self._size[number % MEMORY] = size
        self._dated[number % MEMORY] = True
        return number & 0xFFFF

    def delayed(self) -> None:
        """The newest packet did not go out at the moment that was given."""
        self._dated[(self._next - 1) % MEMORY] = False

    def fates(self, report: bytes) -> list[Fate]:
        """What the RTCP packet ``report`` says, in the order of sending; nothing where it is malformed, or of old
        packets. A packet's fate is told once, but for one that is late: it was lost first."""
        found: list[Fate] = []
        for number, arrived in self._read(report):
            place = number % MEMORY
            size = self._size[place]
            if not self._next - MEMORY <= number < self._next or number < 1 or not size:
                continue
            if arrived is not None:
                self._size[place] = 0
            elif size < 0:
                continue
            else:
                self._size[place] = -size
            found.append(Fate(self._at[place], arrived, abs(size), self._dated[place]))
        return found

    def _read(self, report: bytes) -> Iterator[tuple[int, float | None]]:
        end = len(report)
        if end < RTCP.size + HEAD.size + 4:
            return
        if report[0] & 0x20:
            end -= report[-1]
        base, count = HEAD.unpack_from(report, RTCP.size)[2:]
        place = RTCP.size + HEAD.size
        reference = int.from_bytes(report[place : place + 3])
        statuses, place = _statuses(report, place + 4, end, count)
        ticks = self._unwrap(reference) * TICKS_PER_REFERENCE
        number = self._next + ((base - self._next + 0x8000) & 0xFFFF) - 0x8000
        for status in statuses:
            arrived: float | None = None
            if status == SMALL:
                if place >= end:
                    return
                ticks += report[place]
                place += 1
                arrived = ticks * TICK_S
            elif status:
                if place + 2 > end:
                    return
                ticks += LARGE_DELTA.unpack_from(report, place)[0]
                place += 2
                arrived = ticks * TICK_S
            yield number, arrived
            number += 1

    def _unwrap(self, reference: int) -> int:
        """The reference time wraps after 12 days."""
        if self._reference is not None:
            ahead = (reference - self._reference + REFERENCES // 2) % REFERENCES - REFERENCES // 2
            self._epoch += ahead
        else:
            self._epoch = reference
        self._reference = reference
        return self._epoch


def is_report(kind: int, fmt: int) -> bool:
    """Whether an RTCP packet of type ``kind`` and format ``fmt`` is one of these reports."""
    return (kind, fmt) == (RTPFB, FMT)


def is_one_report(sealed: bytes) -> bool:
    """Whether a datagram of RTCP, sealed (RFC 3711, 3.4: the first packet's header is not), is a single report."""
    if len(sealed) < RTCP.size:
        return False
    first, kind, words = RTCP.unpack_from(sealed)
    return is_report(kind, first & 0x1F) and len(sealed) - 4 * (words + 1) <= LONGEST_TRAILER


def divided(data: bytes) -> tuple[list[bytes], bytes]:
    """The reports in a compound RTCP packet, and the rest of it: aiortc takes them for malformed NACKs, and would
    throw all of it away."""
    if len(data) >= RTCP.size and not any(is_report(kind, fmt) for kind, fmt, _, _ in _parts(data)):
        return [], data
    reports: list[bytes] = []
    rest = b""
    for kind, fmt, start, end in _parts(data):
        if is_report(kind, fmt):
            reports.append(data[start:end])
        else:
            rest += data[start:end]
    return reports, rest


def _parts(data: bytes) -> Iterator[tuple[int, int, int, int]]:
    """Type, format, start and end of each packet of a compound one."""
    start = 0
    while start + RTCP.size <= len(data):
        first, kind, words = RTCP.unpack_from(data, start)
        end = start + 4 * (words + 1)
        yield kind, first & 0x1F, start, end
        start = end


def _statuses(report: bytes, place: int, end: int, count: int) -> tuple[list[int], int]:
    """The status of each packet, of no more of them than are remembered, and where the deltas begin: two bytes can
    claim 8191 packets, and a datagram holds dozens of reports."""
    most = min(count, MEMORY)
    statuses: list[int] = []
    claimed = 0
    while claimed < count and place + 2 <= end:
        (chunk,) = CHUNK.unpack_from(report, place)
        place += 2
        if not chunk & 0x8000:
            run = chunk & 0x1FFF
            told = [chunk >> 13 & 3] * min(run, most - len(statuses))
        else:
            told = [chunk >> shift & 3 for shift in range(12, -1, -2)]
            if not chunk & 0x4000:
                told = [chunk >> shift & 1 for shift in range(13, -1, -1)]
            run = len(told)
        claimed += run
        statuses += told[: most - len(statuses)]
    return statuses, place
