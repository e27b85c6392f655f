"""Lips and words: until when a decoded picture is held so that it is seen hardly before it is heard. Pure: every moment
is an argument.

Sound waits in a jitter buffer and in the loudspeaker, pictures wait for nothing: they lead, by a tenth of a second or
more with a slow loudspeaker. Sender reports (RFC 3550, 6.4.1) say for both streams which time stamp belongs to which
moment of the sender's clock; with the place in the sound that is heard just now that gives the moment at which each
picture is due. People notice sound that is 45 ms early or 125 ms late (ITU-R BT.1359-1); no more is held than brings
the lead down to ``LEAD_S``. Where pictures lag behind, nothing is held: sound is never delayed for them, because a
late answer disturbs more than a late picture.

What the other end says is not believed: whatever its reports and time stamps are, no picture is held for longer than
``MOST_S``, what is wanted changes slowly, and what makes no sense is taken for silence.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

LEAD_S = 0.03
"""A picture is given to the window so long before its sound is heard: about half of it goes by until it is painted."""
MOST_S = 0.15
SLEW = 0.08
"""Seconds a second by which pictures run slower or faster until they are where they belong."""
PAUSE_S = 0.5
"""Pictures that come further apart are not made up for."""
EVERY_S = 0.1
"""The sound is looked at no more often."""
SMOOTHING = 0.1
"""Weight of a new look: the last second counts."""
LEAP_S = 0.25
"""So far from what it was, the sound is taken for what it is now."""
NONSENSE_S = 1.0
"""Nobody's pictures and words are so far apart."""
REPORT_AGE_S = 20.0
"""Browsers report sound every five seconds, and a report may be lost."""
SILENCE_S = 30.0
"""Without sound for so long, nothing is held any more: whoever is muted is seen as early as possible, and whoever
listens for a while is seen in time from their first word."""
STALE_S = 0.3
"""What was heard so long ago says nothing of now."""

PICTURE_RATE = 90_000
NTP_SECOND = 1 << 32


@dataclass(frozen=True, slots=True)
class Heard:
    """A place in the sound, and when it is heard."""

    timestamp: int
    """RTP's."""
    rate: int
    """Of the time stamp, ticks a second."""
    at: float
    """Monotonic seconds."""


@dataclass(frozen=True, slots=True)
class _Report:
    ntp: int
    """64 bits: 2^32 a second."""
    timestamp: int
    at: float


class LipSync:
    """Of one peer. Reports come on the loop, ``due`` is asked in the decoder's thread."""

    def __init__(self, heard: Callable[[], Heard | None]) -> None:
        """``heard`` says what is heard just now; None: nothing, or nobody knows."""
        self._heard = heard
        self._voice: _Report | None = None
        self._picture: _Report | None = None
        self._last: int | None = None
        self._ticks = 0
        """The last picture's time stamp, unwrapped."""
        self._aim: float | None = None
        """Monotonic seconds minus the picture's own, at which it is due; None: not known."""
        self._looks = 0
        self._looked_at = self._known_at = self._asked_at = float("-inf")
        self._shift: float | None = None
        """What comes near the aim bit by bit."""

    def voice_reported(self, ntp: int, timestamp: int, now: float) -> None:
        """A sender report of the sound came: what has ``timestamp`` (RTP) was captured at ``ntp`` (64 bits)."""
        if ntp:
            self._voice = _Report(ntp, timestamp, now)

    def picture_reported(self, ntp: int, timestamp: int, now: float) -> None:
        """The same of the pictures."""
        if ntp:
            self._picture = _Report(ntp, timestamp, now)

    def due(self, timestamp: int, now: float) -> float:
        """When the picture with ``timestamp``, decoded ``now``, is to be shown: from ``now`` to ``MOST_S`` later."""
        place = self._place(timestamp, now)
        at_once = now - place
        if now - self._looked_at >= EVERY_S:
            self._looked_at = now
            self._look(timestamp, place, now)
        step = SLEW * min(max(now - self._asked_at, 0.0), PAUSE_S)
        self._asked_at = now
        self._shift = self._shifted(at_once, step)
        return now if self._shift is None else now + min(max(self._shift - at_once, 0.0), MOST_S)

    def _place(self, timestamp: int, now: float) -> float:
        """The picture's own time, in seconds from the first one's."""
        ahead = 0 if self._last is None else _signed(timestamp - self._last, 32)
        if abs(ahead / PICTURE_RATE - (now - self._asked_at)) > NONSENSE_S:
            self._forget()
        self._last = timestamp
        self._ticks += ahead
        return self._ticks / PICTURE_RATE

    def _forget(self) -> None:
        """A stream began anew, or nothing came for long."""
        self._aim = self._shift = None
        self._looked_at = float("-inf")

    def _look(self, timestamp: int, place: float, now: float) -> None:
        found = self._found(timestamp, place, now)
        if found is not None and abs(found - (now - place)) > NONSENSE_S:
            self._forget()
        elif found is not None:
            self._known_at = now
            if self._aim is None or abs(found - self._aim) > LEAP_S:
                self._aim, self._looks = found, 1
            else:
                self._looks += 1
                self._aim += max(SMOOTHING, 1 / self._looks) * (found - self._aim)
        elif now - self._known_at > SILENCE_S:
            self._aim = None

    def _found(self, timestamp: int, place: float, now: float) -> float | None:
        """The aim as it is by what is heard now."""
        voice, picture, heard = self._voice, self._picture, self._heard()
        if voice is None or picture is None or heard is None:
            return None
        if now - min(voice.at, picture.at) > REPORT_AGE_S or now - heard.at > STALE_S:
            return None
        spoken = _signed(heard.timestamp - voice.timestamp, 32) / heard.rate
        filmed = _signed(timestamp - picture.timestamp, 32) / PICTURE_RATE
        apart = _signed(picture.ntp - voice.ntp, 64) / NTP_SECOND
        return heard.at + apart + filmed - spoken - LEAD_S - place

    def _shifted(self, at_once: float, step: float) -> float | None:
        shift, aim = self._shift, self._aim
        if aim is None:
            if shift is None:
                return None
            shift = min(shift, at_once + MOST_S) - step
            return shift if shift > at_once else None
        if shift is None:
            return min(at_once, aim)
        shift = min(shift, at_once + MOST_S)
        return shift + min(max(aim - shift, -step), step)


def _signed(difference: int, bits: int) -> int:
    """The difference of two numbers of ``bits`` bits that wrap around: the shorter way."""
    half = 1 << bits - 1
    return (difference + half) % (2 * half) - half
