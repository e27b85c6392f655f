"""What one participant says to one other through the server, inside a common room: descriptions, candidates, wishes."""

from __future__ import annotations

from protocol.events import (
    Answer,
    Candidate,
    Offer,
    Preferences,
    SendAnswer,
    SendCandidate,
    SendOffer,
    SendPreferences,
    UserAudioToggle,
    UserJoined,
    UserLeft,
    UserVideoToggle,
)
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
        if event.restart:
            await self._introduce_again(sid, event.to)
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

    async def _introduce_again(self, sid: str, to: str) -> None:
        """Make ready for the offer of a rebuilt connection.

        The seed's web client would put it into the connection that it has. A browser refuses that where the header
        extensions are numbered otherwise, and else takes seconds. So it is told that the sender left and came back, and
        begins afresh: it takes a newcomer's camera and microphone to be on, so it is told those as well.
        """
        room = self._rooms.common_rooms(sid, to)[0]
        if self._rooms.seat(room, to).connection_id is not None:
            return
        seat = self._rooms.seat(room, sid)
        entry = seat.entry.model_dump()
        await self._outlet.send(to, UserLeft.model_validate(entry))
        await self._outlet.send(to, UserJoined.model_validate(entry))
        if seat.state is not None:
            user_id, state = seat.who.user_id, seat.state
            shows = state.video or state.screen  # a screen is where that client expects a camera
            await self._outlet.send(to, UserAudioToggle(user_id=user_id, socket_id=sid, enabled=state.audio))
            await self._outlet.send(to, UserVideoToggle(user_id=user_id, socket_id=sid, enabled=shows))

    async def preferences(self, sid: str, event: SendPreferences) -> None:
        self._rooms.require_common_room(sid, event.to)
        await self._outlet.send(event.to, Preferences(sender=sid, camera=event.camera, screen=event.screen))
