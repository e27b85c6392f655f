"""Puts video packets in order and completes a frame the moment its last packet, the one with the RTP marker, is there.

aiortc's own buffer (aiortc/jitterbuffer.py) ignores the marker and waits for the first packet of the *next* frame: 33
ms at 30 fps. Further differences: frames start with a key frame; a gap that nobody fills is given up after a while
instead of after 512 packets, and then nothing is passed on before the next key frame, which is asked for again and
again (``add`` returns the wish; the receiver limits its rate). Pure but for the clock, which is an argument.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from aiortc.jitterbuffer import JitterBuffer
from aiortc.rtp import RtpPacket

from app.media.rtc.frames import FrameRun
from app.media.rtc.keyframes import starts_key_frame

CAPACITY = 1024
MAX_MISORDER = 100
LATEST = 10 * 90_000
"""Ticks: what is sent again, because it was lost or to probe the path, is a few seconds old at most."""
PATIENCE_S = 0.35
"""How long a missing packet is waited for: two retransmissions over a path that is not slow."""


class VideoBuffer(JitterBuffer):
    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(capacity=CAPACITY, is_video=True)
        self.codecs: dict[int, str] = {}
        """Payload type → codec name, from the negotiation."""
        self.patience_s = PATIENCE_S
        self._clock = clock
        self._waiting: dict[int, RtpPacket] = {}
        self._next: int | None = None
        self._reached = 0
        """What is numbered before ``_next`` has this time stamp, or an older one."""
        self._stalled_at: float | None = None
        self._needs_key = True

    def need_key(self) -> None:
        """Pass nothing on before the next key frame."""
        self._needs_key = True

    def add(self, packet: RtpPacket) -> tuple[bool, FrameRun | None]:
        """Whether a key frame is wanted, and the frames that ``packet`` completed."""
        if self._next is None:
            self._go_on_from(packet)
        assert self._next is not None
        ahead = (packet.sequence_number - self._next) & 0xFFFF
        if ahead >= CAPACITY:
            if self._is_late(packet, 0x10000 - ahead):
                return False, None
            self._start_over(packet)
        self._waiting[packet.sequence_number] = packet
        frames = self._take_all()
        if self._is_stuck(progress=bool(frames)):
            self._skip_gap()
            frames += self._take_all()
        return self._needs_key and not self._is_key_coming(), FrameRun(frames) if frames else None

    def _is_key_coming(self) -> bool:
        """What is waited for is the rest of a key frame. If it does not come, that is a gap like any other."""
        assert self._next is not None
        first = self._waiting.get(self._next)
        return first is not None and starts_key_frame(self.codecs.get(first.payload_type, ""), first.payload)

    def _is_late(self, packet: RtpPacket, behind: int) -> bool:
        """Whether its frame is gone already, rather than its sender starting over.

        A retransmission may come hundreds of packets late, and several of them in a row, so that numbers that go on
        (RFC 3550, A.1) prove nothing: but it is older than what was reached, and not by much.
        """
        if behind < MAX_MISORDER:
            return True
        return behind <= 0x8000 and (self._reached - packet.timestamp) & 0xFFFFFFFF < LATEST

    def _start_over(self, packet: RtpPacket) -> None:
        self._waiting.clear()
        self._go_on_from(packet)

    def _take_all(self) -> list[tuple[bytes, int]]:
        frames: list[tuple[bytes, int]] = []
        while (packets := self._take()) is not None:
            data = b"".join(_data(packet) for packet in packets)
            if not data:
                continue  # padding
            if self._needs_key:
                if not starts_key_frame(self.codecs.get(packets[0].payload_type, ""), packets[0].payload):
                    continue
                self._needs_key = False
            frames.append((data, packets[0].timestamp))
        return frames

    def _take(self) -> list[RtpPacket] | None:
        """The packets of the next frame, if it is complete: up to the marker, or to where the timestamp changes."""
        assert self._next is not None
        packets: list[RtpPacket] = []
        sequence_number = self._next
        while (packet := self._waiting.get(sequence_number)) is not None:
            if packets and packet.timestamp != packets[0].timestamp:
                break
            packets.append(packet)
            sequence_number = (sequence_number + 1) & 0xFFFF
            if packet.marker:
                break
        else:
            return None
        for taken in packets:
            del self._waiting[taken.sequence_number]
        self._next = sequence_number
        self._reached = packets[0].timestamp
        return packets

    def _is_stuck(self, *, progress: bool) -> bool:
        """Whether a gap has kept complete packets back for too long."""
        assert self._next is not None
        run = 0
        while (self._next + run) & 0xFFFF in self._waiting:
            run += 1
        now = self._clock()
        if run == len(self._waiting):
            self._stalled_at = None
            return False
        if progress or self._stalled_at is None:
            self._stalled_at = now
        return now - self._stalled_at >= self.patience_s

    def _skip_gap(self) -> None:
        """Go on behind the first gap, with the first packet that may start a frame."""
        assert self._next is not None
        while self._next in self._waiting:
            del self._waiting[self._next]
            self._next = (self._next + 1) & 0xFFFF
        while self._next not in self._waiting:
            self._next = (self._next + 1) & 0xFFFF
        self._go_on_from(self._waiting[self._next])

    def _go_on_from(self, packet: RtpPacket) -> None:
        self._next = packet.sequence_number
        self._reached = packet.timestamp
        self._stalled_at = None
        self._needs_key = True


def _data(packet: RtpPacket) -> bytes:
    """The codec's part of the payload, which the receiver has put beside it."""
    return getattr(packet, "_data", b"")
