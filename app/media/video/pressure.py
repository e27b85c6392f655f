"""Whether this computer keeps up with the pictures it sends, and what to send less of where it does not. Pure: every
moment is an argument.

Signs of trouble are pictures that were captured and never encoded, since newer ones came first; those that come out
of the encoder late; and a process that uses all there is of the processor. Steps are taken one by one, fewer pictures
a second before smaller ones, since people look at faces more than at how they move. A step down needs a few bad
seconds, a step up many more good ones, and the more of them the sooner the last step up had to be taken back: a
picture that changes all the time is worse than a small one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import MutableSequence, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from statistics import median

LATE_S = 0.08
"""A picture that leaves the encoder so long after its capture is late: two to three of 30 a second."""
LOST = 0.3
"""The part of the captured pictures that may go unencoded: all seen together still look like a movement."""
LATEST = 256
"""Pictures whose lateness is kept, where nobody takes the toll; more than come in the second between two looks."""
BUSY = 0.92
"""Of all the cores there are, used by this process alone."""
EASY = 0.5
"""Of each of these, to count as a good second."""
EASILY_BUSY = 0.7
BAD_S = 4.0
GOOD_S = 12.0
LONGEST_GOOD_S = 120.0


class Step(IntEnum):
    """What is sent at most; each takes from what the one before left."""

    ALL = 0
    FEWER = 1
    """Half of the pictures a second."""
    SMALLER = 2
    """And 360 lines."""
    SMALLEST = 3
    """And 180 lines."""


@dataclass(slots=True)
class Toll:
    """What happened to the pictures of one output."""

    captured: int = 0
    """That were to be encoded."""
    lost: int = 0
    """Of these: replaced by a newer one before they were."""
    late: MutableSequence[float] = field(default_factory=lambda: deque[float](maxlen=LATEST))
    """Seconds from capture to the end of the encoder, one by one; the newest of them."""


@dataclass(frozen=True, slots=True)
class Load:
    """What was measured since the last time it was asked for."""

    late_s: float = 0.0
    """From capture to the end of the encoder, the median; 0 where nothing was sent."""
    lost: float = 0.0
    """The part of the captured pictures that was replaced by a newer one before it was encoded."""
    busy: float = 0.0
    """The part of all the cores that this process used."""

    @classmethod
    def of(cls, tolls: Sequence[Toll], busy: float) -> Load:
        """The worst of several outputs' lateness, and what they lost together."""
        captured = sum(toll.captured for toll in tolls)
        return cls(
            max((median(toll.late) for toll in tolls if toll.late), default=0.0),
            sum(toll.lost for toll in tolls) / captured if captured else 0.0,
            busy,
        )

    @property
    def is_bad(self) -> bool:
        return self.late_s > LATE_S or self.lost > LOST or self.busy > BUSY

    @property
    def is_good(self) -> bool:
        return self.late_s < EASY * LATE_S and self.lost < EASY * LOST and self.busy < EASILY_BUSY


class Pressure:
    def __init__(self) -> None:
        self.step = Step.ALL
        self._bad_since: float | None = None
        self._good_since: float | None = None
        self._patience_s = GOOD_S
        self._raised_at: float | None = None

    def feel(self, load: Load, now: float) -> bool:
        """Whether ``step`` changed by what was measured up to ``now`` (any clock in seconds that rises)."""
        self._bad_since = (self._bad_since or now) if load.is_bad else None
        self._good_since = (self._good_since or now) if load.is_good else None
        if self._bad_since is not None and now - self._bad_since >= BAD_S and self.step < Step.SMALLEST:
            self._lower(now)
            return True
        if self._good_since is not None and now - self._good_since >= self._patience_s and self.step > Step.ALL:
            self._raise(now)
            return True
        return False

    def forget(self) -> None:
        """Nothing is sent: what is measured now says nothing of it, and seconds before and after do not add up."""
        self._bad_since = self._good_since = None

    def _lower(self, now: float) -> None:
        if self._raised_at is not None:
            in_vain = now - self._raised_at < 2 * self._patience_s
            self._patience_s = min(2 * self._patience_s, LONGEST_GOOD_S) if in_vain else GOOD_S
        self._raised_at = None
        self._bad_since = None
        self.step = Step(self.step + 1)

    def _raise(self, now: float) -> None:
        self._raised_at = now
        self._good_since = None
        self.step = Step(self.step - 1)
