"""How late sound comes, and how unevenly it is fetched: what a jitter buffer must make up for. Pure.

After NetEq (WebRTC's ``modules/audio_coding/neteq``, ``delay_manager`` and ``relative_arrival_delay_tracker``): a
packet's delay is counted from the quickest of the last few seconds, and the buffer is as deep as all but the slowest
few of them need. Durations are in samples at 48 kHz.
"""

from __future__ import annotations

from collections import deque

from app.media.audio.sound import MS, RATE

WINDOW, WINDOW_S = 150, 3.0
"""Packets that are remembered, and how long: in a pause few come."""
FEW = 10
"""So many are remembered for longer."""
QUANTILE = 0.97
EVERY = 10
"""The order of the delays is looked at once in so many packets, and so are other slow changes."""
PULLS = 100
MOST_SLACK = 60 * MS


class Arrivals:
    """How late packets come."""

    def __init__(self) -> None:
        self.base = 0
        """From the sender's clock to ours, on the quickest way."""
        self.spread = 0
        """How much later than the quickest nearly all of them are."""
        self._transits: deque[int] = deque(maxlen=WINDOW)
        self._times: deque[float] = deque(maxlen=WINDOW)
        self._since = 0

    def add(self, timestamp: int, now: float) -> None:
        """A packet of sound that was recorded at ``timestamp`` (of the sender's clock, never wrapping) is there."""
        transit = round(now * RATE) - timestamp
        self._transits.append(transit)
        self._times.append(now)
        while now - self._times[0] > WINDOW_S and len(self._times) > FEW:
            self._times.popleft()
            self._transits.popleft()
        if transit < self.base or len(self._transits) == 1:
            self.base = transit
        self._since -= 1
        if self._since <= 0 or len(self._times) < WINDOW // 2 or transit - self.base > self.spread:
            self._since = EVERY
            ordered = sorted(self._transits)
            self.base = ordered[0]
            self.spread = ordered[int((len(ordered) - 1) * QUANTILE)] - self.base

    def clear(self) -> None:
        self._transits.clear()
        self._times.clear()
        self._since = self.spread = self.base = 0


class Losses:
    """Which share of the packets does not come, from the numbers of those that do."""

    def __init__(self) -> None:
        self._numbers: deque[int] = deque(maxlen=WINDOW)
        self._since = EVERY
        self.share = 0.0

    def add(self, number: int) -> None:
        self._numbers.append(number)
        self._since -= 1
        if self._since <= 0:
            self._since = EVERY
            sent = max(self._numbers) - min(self._numbers) + 1
            self.share = max(0.0, 1 - len(self._numbers) / sent)

    def clear(self) -> None:
        self._numbers.clear()
        self._since, self.share = EVERY, 0.0


class Pulls:
    """How unevenly the speaker fetches, and how long what was decided waits before it is played."""

    def __init__(self) -> None:
        self.slack = 0
        """How much earlier a packet is needed than when it is played."""
        self._leads: deque[int] = deque(maxlen=PULLS)
        self._pending: deque[int] = deque(maxlen=PULLS)
        self._fetched = 0
        self._since = 0

    def add(self, samples: int, now: float) -> None:
        """``samples`` are fetched."""
        self._fetched += samples
        self._leads.append(self._fetched - round(now * RATE))
        self._since -= 1
        if self._since <= 0:
            self._since = EVERY
            ahead = max(self._leads) - sum(self._leads) // len(self._leads)
            self.slack = min(ahead + max(self._pending, default=0), MOST_SLACK)

    def decided(self, pending: int) -> None:
        """Something was decided on while ``pending`` samples before it were still to be played."""
        self._pending.append(pending)
