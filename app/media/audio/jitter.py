"""One peer's jitter buffer: which packet is decoded next, what is done about a missing one, and how deep the buffer is.

Pure: packets and the time go in, decisions come out as data; ``playout.py`` carries them out. The sound's position is
the sender's timestamp, so a silence that was not sent (DTX) is told from a loss, and the clocks' difference shows as a
delay that slowly leaves its target and is stretched back. After NetEq (see ``delays.py``), with one difference: the
delay is counted in time, not in packets, so that 20 ms mean 20 ms.

Samples are at 48 kHz. One thread at a time.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from app.media.audio.delays import Arrivals, Losses, Pulls
from app.media.audio.opus_packet import DTX_BYTES
from app.media.audio.sound import FRAME, MS, RATE
from app.media.audio.stretch import Haste

LEAST, MOST = 20 * MS, 120 * MS
"""The delay that is aimed at, whatever the network does."""
SAFETY = 8 * MS
"""On top of what nearly all packets need."""
LOSSY = 0.01
"""Share of packets from which on the next one is waited for: it may repeat a lost one."""
TOO_LONG, TOO_SHORT = 20 * MS, 4 * MS
"""So far the delay may be from its target while somebody speaks: each change is a small distortion."""
LONG, SHORT = 4 * MS, 2 * MS
"""And in pauses, where nobody hears it."""
STEP = 12 * MS
"""It grows by up to so much at once: a period of a deep voice."""
APART = 3
"""Packets from one try to change the delay in a voice to the next: looking where it fits costs more than decoding."""
URGENT = 40 * MS
"""So far above it the change may be heard."""
LEAP = 200 * MS
"""So far above it, sound is skipped: a stall must not be heard as delay for minutes."""
LONGEST_GAP = RATE
"""Sound that is made up in one piece; then the peer has fallen silent, and starts anew."""
CAPACITY = 150
JUMP = 1000
"""A sequence number so far from the newest is another stream."""
SMOOTHING = 0.1


class Packet(NamedTuple):
    sequence: int
    """16 bits."""
    timestamp: int
    """32 bits, of ``clock`` ticks a second."""
    payload: bytes
    samples: int
    """How long it lasts. 0: it only fills a sequence number."""
    source: int = 0
    clock: int = RATE


class Fate(StrEnum):
    KEPT = "kept"
    LATE = "late"
    DOUBLE = "double"


class Action(StrEnum):
    WAIT = "wait"
    """Nothing to play."""
    DECODE = "decode"
    RECOVER = "recover"
    """Decode what ``payload`` repeats of the packet before it (in-band FEC)."""
    CONCEAL = "conceal"
    COMFORT = "comfort"
    """The sender is silent on purpose."""


class Decision(NamedTuple):
    action: Action
    payload: bytes = b""
    samples: int = 0
    stretch: int = 0
    """May be made so many samples longer (above 0) or shorter (below 0)."""
    haste: Haste = Haste.WHEN_QUIET
    leap: bool = False
    """It does not follow what was played last."""


WAIT = Decision(Action.WAIT)


class Unwrapper:
    """Numbers of ``bits`` bits that wrap around, as numbers that do not."""

    def __init__(self, bits: int) -> None:
        self._size = 1 << bits
        self._last: int | None = None

    def __call__(self, value: int) -> int:
        if self._last is None:
            self._last = value
        ahead = (value - self._last) % self._size
        self._last += ahead if ahead < self._size // 2 else ahead - self._size
        return self._last


class _Stored(NamedTuple):
    timestamp: int
    packet: Packet


class JitterBuffer:
    def __init__(self) -> None:
        self.accepted = 0
        """Packets that came in time, but for those that were skipped later."""
        self.withheld = 0
        """Samples of pauses that the sender did not send, as the packets around them tell."""
        self.late = 0
        self.doubles = 0
        self._arrivals = Arrivals()
        self._losses = Losses()
        self._pulls = Pulls()
        self._start_over(None)

    # ---- the network's side

    def insert(self, packet: Packet, now: float) -> Fate:
        if packet.source != self._source:
            self._start_over(packet.source)
        number = self._numbers(packet.sequence)
        if self._newest is not None and abs(number - self._newest) > JUMP:
            self._start_over(packet.source)
            number = self._numbers(packet.sequence)
        timestamp = self._times(packet.timestamp) * (RATE // packet.clock)
        if number in self._waiting:
            self.doubles += 1
            return Fate.DOUBLE
        if self._newest is None or number > self._newest:
            if self._pauses_from is not None and number - 1 == self._newest:
                self.withheld += min(max(0, timestamp - self._pauses_from), LONGEST_GAP)
            self._newest = number
            is_pause = packet.samples > 0 and len(packet.payload) <= DTX_BYTES
            self._pauses_from = timestamp + packet.samples if is_pause else None
        self._arrivals.add(timestamp, now)
        if self._next is not None and number < self._next:
            self.late += 1
            return Fate.LATE
        self._losses.add(number)
        if len(self._waiting) >= CAPACITY:
            self._drop(min(self._waiting))
        self._waiting[number] = _Stored(timestamp, packet)
        self.accepted += packet.samples > 0
        return Fate.KEPT

    # ---- the speaker's side

    def pulled(self, samples: int, now: float) -> None:
        """The speaker asks for so much: to be said before its decisions."""
        self._pulls.add(samples, now)

    def decide(self, now: float, pending: int) -> Decision:
        """What comes next, with ``pending`` samples decided on before and not played yet."""
        at = round(now * RATE) + pending
        self._pulls.decided(pending)
        self._skip_padding()
        if self._next is None:
            return self._first(at)
        if not self._waiting:
            return self._without()
        number = self._next if self._next in self._waiting else min(self._waiting)
        stored = self._waiting[number]
        missing = stored.timestamp - self._position - self._made_up
        if missing <= 0 or (number == self._next and self._delay_of(stored.timestamp, at) >= self.target):
            return self._decode(number, at)
        if number == self._next:
            return self._make_up(Action.COMFORT, min(missing, FRAME))
        if number == self._next + 1 and self._can_recover(stored.packet, missing):
            return self._recover(stored, missing)
        return self._make_up(Action.COMFORT if self._resting else Action.CONCEAL, min(missing, FRAME))

    def rests(self, samples: int, pending: int) -> bool:
        """Whether the next ``samples`` are silence that the sender means, and are over now; if not, they are to be
        decided on. ``pending`` as for ``decide``."""
        if not self._resting or self._waiting or self._next is None or self._made_up + samples > LONGEST_GAP:
            return False
        self._pulls.decided(pending)
        self._made_up += samples
        return True

    @property
    def rest_left(self) -> int:
        """Samples of silence until ``rests`` says no, if no packet comes."""
        return LONGEST_GAP - self._made_up

    def stretched(self, samples: int) -> None:
        """A decision's sound was made so much longer (above 0) or shorter."""
        self._smooth += samples

    @property
    def target(self) -> int:
        """The delay that is aimed at."""
        wanted = self._arrivals.spread + SAFETY + (FRAME if self._losses.share > LOSSY else 0)
        return max(min(wanted, MOST) + self._pulls.slack, LEAST)

    @property
    def delay(self) -> int:
        """From when a packet could have been here at the earliest to when it is played, smoothed."""
        return round(self._smooth)

    @property
    def position(self) -> int | None:
        """The sender's timestamp, at 48 kHz, of what is decided on next; None where that is nothing that was sent."""
        return None if self._next is None or self._made_up else self._position

    @property
    def loss(self) -> float:
        """The share of packets that did not come in the last seconds."""
        return self._losses.share

    # ---- inside

    def _start_over(self, source: int | None) -> None:
        self._source = source
        self._numbers, self._times = Unwrapper(16), Unwrapper(32)
        self._waiting: dict[int, _Stored] = {}
        self._newest: int | None = None
        self._pauses_from: int | None = None
        """Where the newest packet ends, if it is of a pause."""
        self._next: int | None = None
        """Number of the packet that comes next; None: it has not started."""
        self._position = 0
        """Timestamp of what comes next."""
        self._made_up = 0
        """Played instead of what belongs at the position."""
        self._resting = False
        """The last packet began a silence."""
        self._smooth = 0.0
        self._since_try = APART
        self._arrivals.clear()
        self._losses.clear()

    def _delay_of(self, timestamp: int, at: int) -> int:
        return at - timestamp - self._arrivals.base

    def _first(self, at: int) -> Decision:
        if not self._waiting:
            return WAIT
        number = min(self._waiting)
        timestamp = self._waiting[number].timestamp
        if self._delay_of(timestamp, at) < self.target:
            return WAIT
        self._next, self._position = number, timestamp
        self._made_up = 0
        self._smooth = float(self._delay_of(timestamp, at))
        return self._decode(number, at, leap=True)

    def _without(self) -> Decision:
        """Nothing is here: it is late, or lost, or was never sent."""
        if self._made_up >= LONGEST_GAP:
            self._next = None
            return WAIT
        return self._make_up(Action.COMFORT if self._resting else Action.CONCEAL, FRAME)

    def _make_up(self, action: Action, samples: int) -> Decision:
        self._made_up += samples
        return Decision(action, samples=samples)

    def _can_recover(self, following: Packet, missing: int) -> bool:
        """Whether the sound right before ``following`` may be in it. After a pause that is the beginning of a word."""
        if self._resting and len(following.payload) > DTX_BYTES:
            return missing <= FRAME
        return self._made_up == 0 and missing <= 2 * FRAME

    def _recover(self, following: _Stored, missing: int) -> Decision:
        assert self._next is not None
        self._next += 1
        self._made_up = 0
        self._position = following.timestamp
        return Decision(Action.RECOVER, following.packet.payload, missing)

    def _decode(self, number: int, at: int, *, leap: bool = False) -> Decision:
        delay, target = self._delay_of(self._waiting[number].timestamp, at), self.target
        while delay > target + LEAP and len(self._waiting) > 1:
            self._drop(number)
            number = min(self._waiting)
            delay = self._delay_of(self._waiting[number].timestamp, at)
            leap = True
        timestamp, packet = self._waiting.pop(number)
        self._smooth = delay if leap else self._smooth + SMOOTHING * (delay - self._smooth)
        self._next = number + 1
        self._position = timestamp + packet.samples
        self._made_up = 0
        self._resting = len(packet.payload) <= DTX_BYTES
        off = round(self._smooth) - target
        stretch = -off if off > LONG else STEP if off < -SHORT else 0
        return Decision(Action.DECODE, packet.payload, packet.samples, stretch, self._haste(off), leap)

    def _haste(self, off: int) -> Haste:
        """About a delay that is so much longer than its target."""
        if off > URGENT:
            return Haste.AT_ONCE
        self._since_try += 1
        if self._since_try < APART or -TOO_SHORT <= off <= TOO_LONG:
            return Haste.WHEN_QUIET
        self._since_try = 0
        return Haste.WHERE_IT_FITS

    def _skip_padding(self) -> None:
        while self._next is not None and (stored := self._waiting.get(self._next)) is not None:
            if stored.packet.samples:
                return
            del self._waiting[self._next]
            self._next += 1

    def _drop(self, number: int) -> None:
        self.accepted -= self._waiting.pop(number).packet.samples > 0
