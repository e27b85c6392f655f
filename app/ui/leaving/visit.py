"""What is left of a room when its window has closed."""

from __future__ import annotations

from dataclasses import dataclass

from app.room.state import Message
from app.study.stays import Stay
from protocol.rest import Session


@dataclass(frozen=True, slots=True)
class Visit:
    stay: Stay
    messages: tuple[Message, ...] = ()
    """What was said during it."""
    session: Session | None = None
    """What to join to go back; None for a room on this computer."""
    name: str = ""
    """As whom one was there."""
