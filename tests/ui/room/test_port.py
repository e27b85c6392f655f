"""What the window asks of a room is what the app's own room offers."""

from __future__ import annotations

import inspect

from app.room.session import RoomSession
from app.ui.room.port import Room


def as_room(session: RoomSession) -> Room:
    """The type checker holds this; the test below holds it at run time too."""
    return session


def test_every_intent_of_the_port_is_offered_with_the_same_parameters() -> None:
    for name, asked in inspect.getmembers(Room, inspect.isfunction):
        if name.startswith("_"):
            continue
        offered = getattr(RoomSession, name)
        assert list(inspect.signature(offered).parameters) == list(inspect.signature(asked).parameters), name
