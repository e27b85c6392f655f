"""One stay in a room, as it is remembered on this computer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum

LEAST = timedelta(minutes=1)
"""A stay shorter than this is no study: a look into a room, or the wrong one."""
MOST = timedelta(hours=8)
"""No stay counts for more: somebody forgot to leave."""
MAX_GOAL = 200
"""Characters."""


class Outcome(StrEnum):
    """What came of a stay's goal."""

    OPEN = ""
    DONE = "done"
    PARTLY = "partly"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose stays: an account on a server, or with both empty whoever uses this computer without one."""

    server: str = ""
    user_id: str = ""


@dataclass(frozen=True, slots=True)
class Mate:
    """Somebody who was there too, and for how many seconds."""

    user_id: str
    name: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Said:
    """One line of what was said during a stay."""

    at: datetime
    """Aware, UTC."""
    user_name: str
    text: str


@dataclass(frozen=True, slots=True)
class Stay:
    key: str
    """Unique."""
    session_id: str
    title: str
    began: datetime
    """Aware, UTC: when the room let us in."""
    ended: datetime
    """By the clock on the wall; a computer that slept meanwhile counted less than that: ``lasted``."""
    goal: str = ""
    outcome: Outcome = Outcome.OPEN
    mates: tuple[Mate, ...] = ()
    """The longest company first."""
    is_counted: bool = False
    """The server has counted it, or never will: it must not be said again."""
    notes: str = ""
    """The file that its notes were saved as."""
    zone: tzinfo | None = None
    """That of this computer when it began; None where that was not kept: the one of now."""
    lasted: timedelta | None = None
    """Without what the computer slept through; None where that was not kept: from beginning to end."""

    @property
    def minutes(self) -> int:
        """Whole minutes that count, 0 for what was too short."""
        length = min(self.ended - self.began if self.lasted is None else self.lasted, MOST)
        return int(length / timedelta(minutes=1)) if length >= LEAST else 0

    @property
    def day(self) -> date:
        """The day that it counts for: the one on which it began, where it began."""
        return self.began.astimezone(self.zone).date()
