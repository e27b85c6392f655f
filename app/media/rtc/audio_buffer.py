"""Puts audio packets in order without ever standing still.

aiortc's own buffer waits for a lost packet until 16 others are there (aiortc issue 543). This one passes on what is
next at once, waits for a missing packet only while up to three others have come behind it (60 ms), and then goes on
without it: the gap shows in the timestamps, and the playout fills it. Pure.
"""

from __future__ import annotations

from aiortc.jitterbuffer import JitterBuffer
from aiortc.rtp import RtpPacket

from app.media.rtc.frames import FrameRun

CAPACITY = 16
PATIENCE = 3
"""Packets behind a gap that are held back for it."""
MAX_MISORDER = 100


class AudioBuffer(JitterBuffer):
    def __init__(self) -> None:
        super().__init__(capacity=CAPACITY)
        self._waiting: dict[int, RtpPacket] = {}
        self._next: int | None = None

    def add(self, packet: RtpPacket) -> tuple[bool, FrameRun | None]:
        """False (sound has no key frames), and the frames that may be decoded now."""
        if self._next is None:
            self._next = packet.sequence_number
        ahead = (packet.sequence_number - self._next) & 0xFFFF
        if ahead >= 0x8000 and 0x10000 - ahead < MAX_MISORDER:
            return False, None  # late or doubled
        frames: list[tuple[bytes, int]] = []
        if ahead >= CAPACITY:  # a long loss, or a sender that starts over: what waits is played, nothing is waited for
            while self._waiting:
                frames += self._skip_gap()
            self._next = packet.sequence_number
        self._waiting[packet.sequence_number] = packet
        frames += self._take()
        while len(self._waiting) > PATIENCE:
            frames += self._skip_gap()
        return False, FrameRun(frames) if frames else None

    def _skip_gap(self) -> list[tuple[bytes, int]]:
        assert self._next is not None
        while self._next not in self._waiting:
            self._next = (self._next + 1) & 0xFFFF
        return self._take()

    def _take(self) -> list[tuple[bytes, int]]:
        assert self._next is not None
        frames: list[tuple[bytes, int]] = []
        while (packet := self._waiting.pop(self._next, None)) is not None:
            self._next = (self._next + 1) & 0xFFFF
            data: bytes = getattr(packet, "_data", b"")
            if data:
                frames.append((data, packet.timestamp))
        return frames
