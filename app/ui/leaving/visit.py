"""What is left of a room when its window has closed."""

from __future__ import annotations

from dataclasses import dataclass

from app.study.stays import Said, Stay
from protocol.rest import Session


@dataclass(frozen=True, slots=True)
class Visit:
    stay: Stay
    said: tuple[Said, ...] = ()
    """What was said during it."""
    session: Session | None = None
    """What to join to go back; None for a room on this computer."""
    name: str = ""
    """As whom one was there."""
