"""Transport-wide congestion control, the receiver's half: tells a sender when each of its packets came, so that the
sender's own estimator (libwebrtc's, in a browser) finds the rate. Pure: every moment is an argument.

Format: draft-holmer-rmcat-transport-wide-cc-extensions-01, section 3.1. A packet's status is "not received", "small
delta" (one byte of 250 µs) or "large delta" (two bytes, signed); statuses are run-length chunks or vectors of seven.
"""

from __future__ import annotations

from struct import pack

RTPFB, FMT = 205, 15
TICK_S = 0.00025
TICKS_PER_REFERENCE = 256
"""The reference time counts in 64 ms."""
MISSING, SMALL, LARGE = 0, 1, 2
LONGEST_RUN = 0x1FFF
IN_VECTOR = 7
LONGEST_GAP = 1000
"""A jump of the sequence number beyond this is a sender that starts over. So is one that takes a report beyond
``LONGEST_RUN`` packets: jumps may add up to more than its 16 bits can count."""
MOST = 400
"""Arrivals that may wait to be reported; more than come in any sensible interval. The oldest go."""


class Arrivals:
    """Collects arrivals, and makes one report or more of them when asked."""

    def __init__(self) -> None:
        self._next: int | None = None
        """Unwrapped sequence number that the next report starts with."""
        self._newest = 0
        self._seen: dict[int, float] = {}
        self._count = 0

    def __bool__(self) -> bool:
        return bool(self._seen)

    def add(self, sequence: int, at: float) -> None:
        """Packet ``sequence`` (16 bits) came ``at`` (seconds, monotonic)."""
        if self._next is None:
            self._next = self._newest = sequence
        ahead = (sequence - self._newest + 0x8000) % 0x10000 - 0x8000
        if abs(ahead) > LONGEST_GAP or self._newest + ahead - self._next > LONGEST_RUN:
            self._seen.clear()
            self._next = self._newest = sequence
            ahead = 0
        number = self._newest + ahead
        self._newest = max(self._newest, number)
        if number < self._next or number in self._seen:
            return  # reported as lost already, or doubled
        self._seen[number] = at
        if len(self._seen) > MOST:
            del self._seen[min(self._seen)]

    def reports(self, ssrc: int, media_ssrc: int) -> list[bytes]:
        """Whole RTCP packets that say all that came since the last call."""
        found: list[bytes] = []
        while self._seen:
            found.append(self._report(ssrc, media_ssrc))
        return found

    def _report(self, ssrc: int, media_ssrc: int) -> bytes:
        assert self._next is not None
        base, last = self._next, max(self._seen)
        ticks = {number: round(at / TICK_S) for number, at in self._seen.items()}
        reference = ticks[min(ticks)] // TICKS_PER_REFERENCE
        before = reference * TICKS_PER_REFERENCE
        statuses: list[int] = []
        deltas = b""
        for number in range(base, last + 1):
            delta = ticks.get(number, before) - before
            if not -0x8000 <= delta <= 0x7FFF:
                break  # the rest goes into a report with a reference time of its own
            if number not in ticks:
                statuses.append(MISSING)
                continue
            before = ticks[number]
            is_small = 0 <= delta <= 0xFF
            statuses.append(SMALL if is_small else LARGE)
            deltas += pack("!B", delta) if is_small else pack("!h", delta)
        self._next = base + len(statuses)
        self._seen = {number: at for number, at in self._seen.items() if number >= self._next}
        head = pack("!HH", base & 0xFFFF, len(statuses)) + (reference & 0xFFFFFF).to_bytes(3) + bytes([self._count])
        self._count = (self._count + 1) & 0xFF
        return _rtcp(pack("!LL", ssrc, media_ssrc) + head + _chunks(statuses) + deltas)


def _chunks(statuses: list[int]) -> bytes:
    found = b""
    place = 0
    while place < len(statuses):
        run = 1
        while place + run < len(statuses) and statuses[place + run] == statuses[place] and run < LONGEST_RUN:
            run += 1
        if run >= IN_VECTOR or place + run == len(statuses):
            found += pack("!H", statuses[place] << 13 | run)
            place += run
            continue
        vector = 0b11 << 14
        for number, status in enumerate(statuses[place : place + IN_VECTOR]):
            vector |= status << 2 * (IN_VECTOR - 1 - number)
        found += pack("!H", vector)
        place += IN_VECTOR
    return found


def _rtcp(body: bytes) -> bytes:
    """With a header and padding, which the P bit and the last byte tell (RFC 3550, 6.4.1)."""
    padding = -len(body) % 4
    if padding:
        body += bytes(padding - 1) + bytes([padding])
    return pack("!BBH", 2 << 6 | bool(padding) << 5 | FMT, RTPFB, len(body) // 4) + body
