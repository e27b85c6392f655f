"""How many bits a second the path to one peer carries, found by who sends. Pure: every moment is an argument.

After Google's congestion control (draft-ietf-rmcat-gcc-02): a receiver tells when each packet came (``feedback``,
``reports``); where a queue builds up (``queueing``) the rate falls below what really arrived, where much is lost it
falls with the loss, else it grows. What differs, and why:

* It starts high, with more than a 720p picture takes, instead of probing up from 300 kbit/s: what the path carries is
  known after a third of a second from what arrives.
* It grows slowly near where a queue built up last, and much faster than the draft's 8 % a second away from there.
* Where far less is sent than the path may carry, a queue that is seen once proves little: then the rate falls to what
  is sent, and not below it.
"""

from __future__ import annotations

import math

from app.media.rtc.queueing import QueueDetector, Usage
from app.media.rtc.reports import Sent
from app.media.rtc.throughput import Throughput

START = 2_500_000
LOWEST, HIGHEST = 40_000, 6_000_000
"""Bits a second."""
DECREASE, FURTHER = 0.85, 0.92
"""Of what arrives; and of the rate, where that did not help."""
NEAR_GROWTH, FAR_GROWTH = 0.08, 0.3
"""A second: near the rate at which a queue built up last, and elsewhere."""
FORGET_S = 4.0
"""After so long without a queue, "last" was too long ago."""
BLOCKED_S = 0.3
"""Between two decreases: a lower rate takes a round trip and the emptying of the queue to show."""
QUIET_S = 0.25
"""No growth so soon after a decrease."""
SPARE = 1.5
"""The rate grows to so many times what arrives, since what is not sent proves nothing."""
SPARE_BITS = 10_000
LOSS_S = 1.0
LOSS_LEAST = 20
"""Packets; fewer say nothing."""
LOW_LOSS, HIGH_LOSS = 0.03, 0.10
HEAVY_S, HEAVY_LOSS = 0.4, 0.25
"""So much is not watched for a whole second."""
LOWEST_FOR_LOSS = 150_000
"""Less than this is no cure for loss."""
OUTAGE_S = 1.0
"""Packets that are lost for so long at a stretch tell of an outage, not of a queue."""
SQUEEZED, SQUEEZED_S = 0.75, 0.08
"""Arriving share of what is sent, and time of waiting."""
VAIN = 3
"""Decreases without any effect that are enough."""
LAX, AMPLE = 0.6, 1.1
"""Of the rate: less is sent than would prove anything. Then the rate falls to a little more than what is sent: if it is
a queue after all, it will be there the next time too."""


class RateEstimator:
    def __init__(self, start: int = START) -> None:
        self._rate = float(start)
        self._sent = Sent()
        self._queue = QueueDetector()
        self._through = Throughput()
        self._limit_seen: float | None = None
        """What arrived when a queue built up last."""
        self._limit_at = 0.0
        self._lowered_at = float("-inf")
        self._squeezed = 0
        self._vain = 0
        self._queue_before = 0.0
        self._at: float | None = None
        self._lost = self._told = 0
        self._losses_since: float | None = None
        self._last_arrived: float | None = None
        self._loss = 0.0

    @property
    def rate(self) -> int:
        """Bits a second, RTP headers included."""
        return round(self._rate)

    @property
    def is_told(self) -> bool:
        """Whether anything was reported so far."""
        return self._at is not None

    @property
    def loss(self) -> float:
        """Share of packets that were lost in the last second."""
        return self._loss

    @property
    def queue_s(self) -> float:
        """How long packets wait on the way."""
        return self._queue.queue_s

    def sent(self, size: int, now: float) -> int:
        """The 16-bit number for a packet of ``size`` bytes that goes out ``now``."""
        return self._sent.add(size, now)

    def delayed(self) -> None:
        """The newest packet did not go out at the moment that was given: somebody else had the processor."""
        self._sent.delayed()

    def heard(self, report: bytes, now: float) -> bool:
        """``report`` came from the receiver; whether it said anything."""
        fates = self._sent.fates(report)
        if not fates:
            return False
        for fate in fates:
            if fate.arrived is not None:
                self._mind_outage(fate.arrived)
                if fate.is_dated:
                    self._queue.add(fate.sent, fate.arrived)
            self._through.add(fate)
            self._told += 1
            self._lost += fate.arrived is None
        self._through.count()
        step = min(now - self._at, 1.0) if self._at is not None else 0.0
        self._at = now
        self._adjust(now, step)
        return True

    def _mind_outage(self, arrived: float) -> None:
        if self._last_arrived is not None and arrived - self._last_arrived > OUTAGE_S:
            self._lost = self._told = 0
            self._through.forget()
            self._queue.forget()
        self._last_arrived = arrived

    def _adjust(self, now: float, step: float) -> None:
        self._mind_loss(now)
        if self._queue.usage is Usage.OVER or self._is_squeezed():
            self._lower(now)
        elif self._queue.usage is Usage.NORMAL and now - self._lowered_at >= QUIET_S and self._loss < HIGH_LOSS:
            self._raise(now, step)
        self._rate = min(max(self._rate, LOWEST), HIGHEST)

    def _mind_loss(self, now: float) -> None:
        if self._losses_since is None:
            self._losses_since = now
        watched, loss = now - self._losses_since, self._lost / max(self._told, 1)
        if watched < (HEAVY_S if loss > HEAVY_LOSS else LOSS_S) or self._told < LOSS_LEAST:
            return
        self._loss = loss
        self._lost = self._told = 0
        self._losses_since = now
        if self._loss > HIGH_LOSS:
            base = min(self._rate, self._through.sending or self._rate)
            self._rate = min(self._rate, max(base * (1 - 0.5 * loss), LOWEST_FOR_LOSS))
            self._note_limit(now)

    def _lower(self, now: float) -> None:
        if now - self._lowered_at < BLOCKED_S or not self._through.arriving:
            return
        arriving, sending = self._through.arriving, self._through.sending
        gets_through = arriving >= SQUEEZED * sending
        is_lax = gets_through and arriving <= LAX * self._rate
        if gets_through and not is_lax and self._is_in_vain(now):
            self._queue.forget()
            return
        if is_lax:
            self._rate = min(DECREASE * self._rate, max(AMPLE * sending, LOWEST))
        else:
            goes_on = now - self._lowered_at < 2 * BLOCKED_S  # what is sent may not be as little as it should
            self._rate = min(self._rate * (FURTHER if goes_on else 1.0), DECREASE * arriving)
        self._note_limit(now)

    def _is_squeezed(self) -> bool:
        """Far less comes out of the path than goes into it, and waits: no trend needs to be waited for."""
        squeezed = self._through.arriving < SQUEEZED * self._through.sending and self._queue.queue_s > SQUEEZED_S
        self._squeezed = self._squeezed + 1 if squeezed else 0
        return self._squeezed >= 2

    def _is_in_vain(self, now: float) -> bool:
        """Sending less did not help, though all arrives as fast as it is sent: the path got longer, that is all."""
        queue = self._queue.queue_s
        if now - self._lowered_at > 2 * BLOCKED_S or queue < 0.8 * self._queue_before:
            self._vain, self._queue_before = 0, queue
            return False
        self._vain += 1
        return self._vain >= VAIN

    def _note_limit(self, now: float) -> None:
        self._lowered_at = self._limit_at = now
        self._limit_seen = self._through.arriving or self._rate

    def _raise(self, now: float, step: float) -> None:
        if self._limit_seen is not None and now - self._limit_at > FORGET_S:
            self._limit_seen = None
        near = self._limit_seen is not None and 0.8 < self._rate / self._limit_seen < 1.15
        growth = NEAR_GROWTH if near or self._loss > LOW_LOSS else FAR_GROWTH
        wanted = self._rate * math.pow(1 + growth, step)
        most = SPARE * self._through.arriving + SPARE_BITS
        self._rate = max(self._rate, min(wanted, most))
