"""Coming, going, and what participants show about themselves: ``server.rooms`` applied, and everybody told.

What concerns one room happens one after the other, so that nobody hears of a newcomer before the list of those who
were there, and no newcomer misses what somebody shows meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from protocol.errors import ErrorCode
from protocol.events import (
    Event,
    ExistingParticipants,
    IceServer,
    JoinAck,
    JoinSession,
    ParticipantState,
    ParticipantStateBody,
    SendState,
    ToggleAudio,
    ToggleVideo,
    UserAudioToggle,
    UserJoined,
    UserLeft,
    UserVideoToggle,
)
from protocol.rest import MAX_PLACES
from server.clock import Clock
from server.errors import Refused
from server.outlet import Locks, Outlet
from server.rooms import SEED_STATE, Identity, Joined, Rooms, Seat, entries
from server.sessions import is_closed, is_expected, status_at
from server.store.interface import Store, StoredSession


class Doors:
    """Which rooms there are, how many people they hold, and whether they are open.

    A room that is not in the database exists only where anonymous sockets are allowed: the seed's web client makes
    such rooms.
    """

    def __init__(self, store: Store, rooms: Rooms, clock: Clock, *, rooms_without_session: bool) -> None:
        self._store = store
        self._rooms = rooms
        self._clock = clock
        self._rooms_without_session = rooms_without_session

    async def capacity(self, session_id: str, who: Identity) -> int:
        """How many different people may be in the room that ``who`` wants to enter.

        Its creator is let in where all places are taken.

        Raises:
            Refused: not-found, or ended.
        """
        session = await self._store.session(session_id)
        if session is None:
            if self._rooms_without_session:
                return MAX_PLACES
            raise Refused(ErrorCode.NOT_FOUND, "There is no such session.")
        self.require_open(session, who)
        is_own = who.verified and who.user_id == session.created_by.id
        return session.max_participants + 1 if is_own else session.max_participants

    def require_open(self, session: StoredSession, who: Identity) -> None:
        """A session that is over by the clock only is open while somebody is inside, and for a while to its own people
        (``is_expected``).

        Raises:
            Refused: ended.
        """
        now = self._clock()
        is_over = status_at(session, now) in ("completed", "cancelled")
        is_going_on = not self._rooms.is_empty(session.id) or (who.verified and is_expected(session, who.user_id, now))
        if is_closed(session) or (is_over and not is_going_on):
            raise Refused(ErrorCode.ENDED, "The session has ended.")

    async def require(self, session_id: str) -> None:
        """Raises Refused (not-found) where there is no such room."""
        if not self._rooms_without_session and await self._store.session(session_id) is None:
            raise Refused(ErrorCode.NOT_FOUND, "There is no such session.")


class Presence:
    def __init__(
        self,
        rooms: Rooms,
        doors: Doors,
        outlet: Outlet,
        clock: Clock,
        ice_servers: Callable[[Identity], list[IceServer]],
    ) -> None:
        self._rooms = rooms
        self._doors = doors
        self._outlet = outlet
        self._clock = clock
        self._ice_servers = ice_servers
        self._turns = Locks()

    async def join(self, sid: str, who: Identity, event: JoinSession) -> JoinAck:
        """Raises Refused: not-found, ended, full."""
        room = event.session_id
        # asked before it is our turn: those inside need not wait for the database
        capacity = await self._doors.capacity(room, who)
        async with self._turns[room]:
            joined = self._rooms.join(room, Seat(sid, who, event.connection_id), capacity)
            others = entries(joined.others)
            await self._outlet.send(sid, ExistingParticipants(participants=others))
            if not joined.was_inside:
                await self._announce(room, joined)
        return JoinAck(participants=others, you=sid, ice_servers=self._ice_servers(who), time=self._clock())

    async def leave(self, sid: str, room: str) -> None:
        """Leave a room; leaving twice, or a room that one is not in, is no error."""
        async with self._turns[room]:
            seat = self._rooms.leave(room, sid)
            if seat is not None:
                await self._outlet.tune_out(sid, room)
                await self._outlet.tell(room, _left(seat, "left"))

    async def lose(self, sid: str) -> None:
        """The socket is gone, without a word."""
        for room in self._rooms.rooms_of(sid):
            async with self._turns[room]:
                seat = self._rooms.lose(room, sid)
                if seat is not None:
                    await self._outlet.tell(room, _left(seat, "disconnected"), but=sid)

    def who(self, room: str, sid: str) -> Identity:
        """Who sits there. Raises Refused (not-in-room)."""
        return self._rooms.seat(room, sid).who

    async def show(self, sid: str, event: SendState) -> None:
        """``participant-state``: the whole of it. Raises Refused (not-in-room)."""
        state = ParticipantStateBody.model_validate(event.model_dump(include=set(ParticipantStateBody.model_fields)))
        room = event.session_id
        async with self._turns[room]:
            state = self._rooms.remember(room, sid, state)
            told = ParticipantState(socket_id=sid, session_id=room, **state.model_dump())
            await self._outlet.tell(room, told, but=sid)

    async def toggle(self, sid: str, event: ToggleAudio | ToggleVideo) -> None:
        """One switch of the seed's. Raises Refused (not-in-room)."""
        room = event.session_id
        async with self._turns[room]:
            seat = self._rooms.seat(room, sid)
            told: Event
            match event:
                case ToggleAudio():
                    change = {"audio": event.enabled}
                    told = UserAudioToggle(user_id=seat.who.user_id, socket_id=sid, enabled=event.enabled)
                case ToggleVideo():
                    change = {"video": event.enabled}
                    told = UserVideoToggle(user_id=seat.who.user_id, socket_id=sid, enabled=event.enabled)
            state = (seat.state or SEED_STATE).model_copy(update=change)
            self._rooms.remember(room, sid, state)
            await self._outlet.tell(room, told, but=sid)

    async def _announce(self, room: str, joined: Joined) -> None:
        gone, seat = joined.taken_over, joined.seat
        if gone is not None:
            await self._outlet.tune_out(gone.sid, room)
            await self._outlet.tell(room, _left(gone, "disconnected"))
        # the newcomer tunes in after that: what it continues is its own
        await self._outlet.tune_in(seat.sid, room)
        await self._outlet.tell(room, UserJoined.model_validate(seat.entry.model_dump()), but=seat.sid)


def _left(seat: Seat, reason: Literal["left", "disconnected"]) -> UserLeft:
    who = seat.who
    return UserLeft(
        socket_id=seat.sid,
        user_id=who.user_id,
        user_name=who.name,
        is_tutor=who.is_tutor,
        connection_id=seat.connection_id,
        reason=reason,
    )
