"""When the connection to one participant is to be built anew, and when it is given up: pure, with time as an argument.

The rules. A transport's own states come far too late (a path that cannot work takes 63 s to say so, one that died 30
s), so *packets* are watched: media that is expected and stays away for ``SILENCE_S`` is a lost connection, shown at
once and rebuilt after a short wait, since many outages heal by themselves. A connection that has worked is rebuilt for
as long as that person is in the room; one that never has is given up after ``TRIES``. Nothing is rebuilt while they
cannot be reached through the server.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.net.backoff import delay
from app.room.state import Phase

SILENCE_S = 2.0
"""No packet for so long, although media is expected: lost."""
FIRST_PACKET_S = 5.0
"""After connecting, or after they switched something on, the first packet may take so long."""
TRIES = 4
"""Connections built before one that has never worked is given up."""
OFFER_EXPECTED_S = 5.0
"""A newcomer offers; where they do not, we do."""
ANSWER_EXPECTED_S = 8.0
PATH_EXPECTED_S = 12.0
"""Both descriptions are there; a path is found in so long or not at all."""
ANSWERER_PATIENCE_S = 6.0
"""Who answered waits so much longer, since who offered tries again by itself."""
GRACE_S = 20.0
"""Somebody whose socket went without a word is kept for so long after their last packet."""


class Transport(StrEnum):
    """What the peer connection says of itself, as far as it matters here."""

    WAITING = "waiting"
    CONNECTED = "connected"
    DEAD = "dead"


class Verdict(StrEnum):
    FINE = "fine"
    """Nothing to do."""
    LOST = "lost"
    """It worked and stopped: show it."""
    BACK = "back"
    """It stopped, and works again by itself."""
    REBUILD = "rebuild"
    """Build a new connection and offer it."""
    GIVE_UP = "give-up"
    """It never worked; no further try is made by itself."""
    GONE = "gone"
    """They went without a word and did not come back."""


@dataclass(frozen=True, slots=True)
class Vitals:
    """One connection at one moment. Times are monotonic seconds."""

    stage: Phase
    """How far this connection has come, whatever earlier ones did."""
    stage_since: float
    transport: Transport
    connected_at: float | None
    """When this connection was first connected."""
    expected_since: float | None
    """Since when they show a microphone or a camera that is on, so that packets must come; None: they show neither."""
    last_packet_at: float | None
    worked: bool
    """A connection to them has been there before."""
    tries: int
    """Connections built in vain since it last worked."""
    reachable: bool
    """We are in the room, and so are they."""
    away_since: float | None = None
    """Their socket has been gone since then."""
    politeness_s: float = 0.0
    """Added to our waits, so that of two ends that lost each other one begins."""


def is_alive(vitals: Vitals, now: float) -> bool:
    """Whether the media flows, or could: connected, and packets are new or none are expected."""
    connected = vitals.stage in (Phase.CONNECTED, Phase.RECONNECTING) and vitals.transport is Transport.CONNECTED
    return connected and not _silent(vitals, now)


def judge(vitals: Vitals, now: float) -> Verdict:
    """What is to be done about one connection just now."""
    if vitals.away_since is not None and now - max(vitals.away_since, vitals.last_packet_at or 0.0) >= GRACE_S:
        return Verdict.GONE
    match vitals.stage:
        case Phase.FAILED | Phase.CLOSED:
            return Verdict.FINE
        case Phase.CONNECTED:
            lost = vitals.transport is not Transport.CONNECTED or _silent(vitals, now)
            return Verdict.LOST if lost else Verdict.FINE
        case Phase.RECONNECTING:
            if is_alive(vitals, now):
                return Verdict.BACK
        case Phase.NEW | Phase.OFFER_SENT | Phase.ANSWER_SENT | Phase.CANDIDATES:
            if vitals.reachable and not vitals.worked and vitals.tries >= TRIES and _overdue(vitals, now):
                return Verdict.GIVE_UP
    if vitals.reachable and _overdue(vitals, now):
        return Verdict.REBUILD
    return Verdict.FINE


def _silent(vitals: Vitals, now: float) -> bool:
    if vitals.expected_since is None:
        return False
    start = max(vitals.expected_since, vitals.connected_at or 0.0)
    if vitals.last_packet_at is None or vitals.last_packet_at < start:
        return now - start >= FIRST_PACKET_S
    return now - vitals.last_packet_at >= SILENCE_S


def _overdue(vitals: Vitals, now: float) -> bool:
    return now - vitals.stage_since >= _patience(vitals) + vitals.politeness_s


def _patience(vitals: Vitals) -> float:
    """Seconds that this stage may last. Each try in vain makes the next wait longer."""
    if vitals.stage is Phase.RECONNECTING:
        return delay(vitals.tries, 0.5)
    if vitals.transport is Transport.DEAD:
        return delay(max(vitals.tries - 1, 0), 0.5)
    base = {
        Phase.NEW: OFFER_EXPECTED_S,
        Phase.OFFER_SENT: ANSWER_EXPECTED_S,
        Phase.CANDIDATES: PATH_EXPECTED_S,
        Phase.ANSWER_SENT: PATH_EXPECTED_S + ANSWERER_PATIENCE_S,
    }[vitals.stage]
    return base + (delay(vitals.tries - 1, 0.5) if vitals.tries > 1 else 0.0)
