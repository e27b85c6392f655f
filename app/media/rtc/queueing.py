"""Does a queue build up on the way? Told from how long packets took. Pure: every moment is an argument.

The trendline detector with an adaptive threshold of Google's congestion control (draft-ietf-rmcat-gcc-02, section 5;
libwebrtc's modules/congestion_controller/goog_cc/trendline_estimator.cc), fed with something sturdier than single
packets. Both ends of a call on a small computer are often late: a receiver that is busy for 60 ms then reads
everything at once, and dates it so. Such packets are late by ever less, which a real queue's never are. Therefore

* packets are judged in groups of ``GROUP_S`` of sending, by the one that took the least: of a frame's packets, which
  queue behind each other, the first, or a packet of sound between;
* a group does not end while packets come one right after the other and ever less late, so that whatever was read in one
  go is one group;
* what rises must also stand clearly above the shortest time of the last half minute, and above the usual noise, for
  ``STAY`` groups.
"""

from __future__ import annotations

from collections import deque
from enum import StrEnum

GROUP_S = 0.04
BURST_S = 0.01
"""Packets that come closer together than this may have been read in one go."""
LONGEST_BURST_S = 2.0
STAY = 3
WINDOW = 16
"""Groups that the line is laid through."""
GAIN = 4.0
MOST_DELTAS = 60
THRESHOLD_MS = 12.5
LOWEST_MS, HIGHEST_MS = 6.0, 600.0
K_UP, K_DOWN = 0.0087, 0.039
"""How fast the threshold follows a trend above it and below it (draft, table 1; k_u and k_d there)."""
FAR_MS = 15.0
"""A trend so far above the threshold is a queue: the threshold does not follow it."""
SMOOTHING = 0.6
"""Weight of a new group."""
LEAST_QUEUE_S = 0.015
NOISES = 3.0
"""The queue must be so many times the usual noise."""
STANDING_S = 0.2
"""A queue that does not grow any more, but stays so long."""
BUCKET_S, BUCKETS = 5.0, 6
"""The shortest time is that of the last half minute; clocks drift apart by a millisecond meanwhile."""


class Usage(StrEnum):
    NORMAL = "normal"
    OVER = "over"
    """A queue builds up, or stands."""
    UNDER = "under"
    """A queue empties."""


class QueueDetector:
    def __init__(self) -> None:
        self.usage = Usage.NORMAL
        self._start: float | None = None
        """When the first packet of the open group was sent."""
        self._first = 0.0
        """Time that it took."""
        self._least = (0.0, float("inf"))
        """Sent at, and time taken, of the packet that took the least in it."""
        self._last_arrived = 0.0
        self._line: deque[tuple[float, float]] = deque(maxlen=WINDOW)
        """Sent at, and smoothed time taken, of each group."""
        self._smooth: float | None = None
        self._raw: deque[float] = deque(maxlen=STAY)
        """Time taken, of the last groups."""
        self._noise = 0.0
        self._deltas = 0
        self._trend_ms = 0.0
        self._threshold_ms = THRESHOLD_MS
        self._over = 0
        self._shortest: deque[tuple[float, float]] = deque(maxlen=BUCKETS)
        """Start, and the shortest time of each five seconds."""

    @property
    def queue_s(self) -> float:
        """How long all packets waited on the way lately."""
        return max(0.0, min(self._raw) - self._base) if len(self._raw) == STAY and self._shortest else 0.0

    def add(self, sent: float, arrived: float) -> None:
        """A packet was sent and came, each by its own clock."""
        if self._start is None:
            self._open(sent, arrived)
            return
        age = sent - self._start
        catches_up = arrived - self._last_arrived < BURST_S and arrived - sent < self._first
        if age >= GROUP_S and not (catches_up and age < LONGEST_BURST_S):
            self._close()
            self._open(sent, arrived)
            return
        if arrived - sent < self._least[1]:
            self._least = sent, arrived - sent
        self._last_arrived = arrived

    def forget(self) -> None:
        """The path is another one, or what is sent changed: the present delay is the new normal."""
        self._shortest.clear()
        self._line.clear()
        self._raw.clear()
        self._smooth = None
        self._deltas = 0
        self._over = 0
        self.usage = Usage.NORMAL

    def _open(self, sent: float, arrived: float) -> None:
        self._start = sent
        self._first = arrived - sent
        self._least = sent, arrived - sent
        self._last_arrived = arrived

    def _close(self) -> None:
        at, taken = self._least
        self._learn(at, taken)
        if self._smooth is None:
            self._smooth = taken
        else:
            before = self._raw[-1]
            self._noise += 0.1 * (max(0.0, before - taken) - self._noise)  # a queue empties slowly, a pause at once
            self._smooth += SMOOTHING * (taken - self._smooth)
        self._raw.append(taken)
        step_s = at - self._line[-1][0] if self._line else GROUP_S
        self._line.append((at, self._smooth))
        self._deltas = min(self._deltas + 1, MOST_DELTAS)
        self._judge(min(max(step_s, 0.0), 0.1))

    def _learn(self, at: float, taken: float) -> None:
        if not self._shortest or at - self._shortest[-1][0] >= BUCKET_S:
            self._shortest.append((at, taken))
        elif taken < self._shortest[-1][1]:
            self._shortest[-1] = self._shortest[-1][0], taken

    @property
    def _base(self) -> float:
        return min(taken for _, taken in self._shortest)

    def _judge(self, step_s: float) -> None:
        before, self._trend_ms = self._trend_ms, _slope(self._line) * self._deltas * GAIN
        trend, threshold = self._trend_ms, self._threshold_ms
        is_queue = self.queue_s >= max(LEAST_QUEUE_S, NOISES * self._noise)
        if trend > threshold and is_queue and trend >= before:
            self._over += 1
            if self._over >= 2:
                self.usage = Usage.OVER
        elif trend < -threshold:
            self._over = 0
            self.usage = Usage.UNDER
        elif trend <= threshold or not is_queue:
            self._over = 0
            self.usage = Usage.OVER if self.queue_s >= max(STANDING_S, 2 * NOISES * self._noise) else Usage.NORMAL
        if abs(trend) - threshold <= FAR_MS:
            follow = K_DOWN if abs(trend) < threshold else K_UP
            threshold += follow * step_s * 1000 * (abs(trend) - threshold)
            self._threshold_ms = min(max(threshold, LOWEST_MS), HIGHEST_MS)


def _slope(points: deque[tuple[float, float]]) -> float:
    """Of the least-squares line, in milliseconds a millisecond; 0 where there are too few points."""
    count = len(points)
    if count < 4:
        return 0.0
    start_x, start_y = points[0]
    sum_x = sum_y = sum_xx = sum_xy = 0.0
    for at, taken in points:  # one pass: this runs 25 times a second for each peer
        x, y = at - start_x, taken - start_y
        sum_x += x
        sum_y += y
        sum_xx += x * x
        sum_xy += x * y
    across = sum_xx - sum_x * sum_x / count
    if across <= 0:
        return 0.0
    return (sum_xy - sum_x * sum_y / count) / across
