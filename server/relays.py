"""What one participant says to one other through the server, inside a common room: descriptions, candidates, wishes."""

from __future__ import annotations

from protocol.events import Answer, Candidate, Offer, Preferences, SendAnswer, SendCandidate, SendOffer, SendPreferences
from server.outlet import Outlet
from server.rooms import Rooms


class Relays:
    """Every method raises Refused (not-found) where sender and receiver share no room."""

    def __init__(self, rooms: Rooms, outlet: Outlet) -> None:
        self._rooms = rooms
        self._outlet = outlet

    async def offer(self, sid: str, event: SendOffer) -> None:
        self._rooms.require_common_room(sid, event.to)
        self._rooms.begin_attempt(sid, event.to, event.attempt)
        relayed = Offer(
            offer=event.offer, sender=sid, streams=event.streams, restart=event.restart, attempt=event.attempt
        )
        await self._outlet.send(event.to, relayed)

    async def answer(self, sid: str, event: SendAnswer) -> None:
        self._rooms.require_common_room(sid, event.to)
        self._rooms.begin_attempt(sid, event.to, event.attempt)
        relayed = Answer(answer=event.answer, sender=sid, streams=event.streams, attempt=event.attempt)
        await self._outlet.send(event.to, relayed)

    async def candidate(self, sid: str, event: SendCandidate) -> None:
        """Raises Refused (too-large) past the last candidate of a connection; the end of candidates does not count."""
        self._rooms.require_common_room(sid, event.to)
        if event.candidate is not None and event.candidate.candidate:
            self._rooms.count_candidate(sid, event.to, event.attempt)
        await self._outlet.send(event.to, Candidate(candidate=event.candidate, sender=sid, attempt=event.attempt))

    async def preferences(self, sid: str, event: SendPreferences) -> None:
        self._rooms.require_common_room(sid, event.to)
        await self._outlet.send(event.to, Preferences(sender=sid, camera=event.camera, screen=event.screen))
