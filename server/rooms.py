"""Who sits in which room: the rules of membership, without a socket, a clock or a database.

A *seat* is one connection in one room. Whoever sits there is named by a verified sign-in, or (anonymous sockets) by
their own claim; the two never count as the same person. A seat with a ``connection_id`` can be taken over by a new
socket of the same person, so that a reconnect is seen as the same stay. Everybody in a room is told that id, so it
stays its owner's when the seat is gone: nobody else can come as them.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from protocol.errors import ErrorCode
from protocol.events import ParticipantEntry, ParticipantStateBody
from protocol.model import MAX_CANDIDATES
from server.errors import Refused

MAX_ROOMS_PER_SOCKET = 8
MAX_PAST_SEATS = 10_000
"""Seats that are remembered after they became free; the ones that were free for longest are forgotten first."""
SEED_STATE = ParticipantStateBody(audio=True, video=True)
"""How the seed's web client enters a room, which it does not say: with camera and microphone on."""


@dataclass(frozen=True, slots=True)
class Identity:
    user_id: str
    name: str
    is_tutor: bool
    verified: bool
    """True where a token proves it."""

    @property
    def person(self) -> tuple[bool, str]:
        """What makes two connections the same person."""
        return self.verified, self.user_id


@dataclass(frozen=True, slots=True)
class Seat:
    sid: str
    who: Identity
    connection_id: str | None = None
    state: ParticipantStateBody | None = None

    @property
    def entry(self) -> ParticipantEntry:
        """As it stands on the wire."""
        return ParticipantEntry(
            socket_id=self.sid,
            user_id=self.who.user_id,
            user_name=self.who.name,
            is_tutor=self.who.is_tutor,
            connection_id=self.connection_id,
            verified=self.who.verified,
            state=self.state,
        )


@dataclass(frozen=True, slots=True)
class Joined:
    """How a join ended. ``others`` are those who were there, in order of arrival, without the newcomer."""

    seat: Seat
    others: tuple[Seat, ...]
    taken_over: Seat | None = None
    """The seat that the newcomer continues; it is gone now."""
    was_inside: bool = False
    """The same socket had joined before: nothing changed."""


@dataclass(slots=True)
class _Candidates:
    attempt: int | None
    count: int = 0


@dataclass(slots=True)
class _Socket:
    rooms: set[str] = field(default_factory=set[str])
    candidates: dict[str, _Candidates] = field(default_factory=dict[str, _Candidates])
    """What was sent to each socket id on the present attempt."""


class Rooms:
    """All rooms of one server. Seats are in order of arrival."""

    def __init__(self) -> None:
        self._rooms: dict[str, dict[str, Seat]] = {}
        self._sockets: dict[str, _Socket] = {}
        self._past: OrderedDict[tuple[str, str], Seat] = OrderedDict()
        """Free seats that had a connection id, by room and that id, with what their owner may find again."""

    def join(self, room: str, seat: Seat, capacity: int) -> Joined:
        """Seat somebody in ``room``, which holds ``capacity`` different people.

        A connection id that is or was that of somebody else's seat is treated as absent. Whoever lost the seat finds
        again what they showed.

        Raises:
            Refused: ``full``, or ``failed`` for a socket that is in too many rooms.
        """
        seats = self._rooms.get(room, {})
        inside = seats.get(seat.sid)
        if inside is not None:
            return Joined(inside, _without(seats, seat.sid), was_inside=True)
        holder = _holder(seats, seat.connection_id)
        before = holder or self._past_seat(room, seat.connection_id)
        if before is not None and before.who.person != seat.who.person:
            holder, before, seat = None, None, replace(seat, connection_id=None)
        people = {one.who.person for one in seats.values()}
        if seat.who.person not in people and len(people) >= capacity:
            raise Refused(ErrorCode.FULL, "The session is full.")
        socket = self._sockets.setdefault(seat.sid, _Socket())
        if len(socket.rooms) >= MAX_ROOMS_PER_SOCKET:
            raise Refused(ErrorCode.FAILED, f"One connection can be in {MAX_ROOMS_PER_SOCKET} rooms at most.")
        if holder is not None:
            self._free(room, holder.sid)
        if before is not None:
            seat = replace(seat, state=before.state)
            self._past.pop((room, before.connection_id or ""), None)
        seats = self._rooms.setdefault(room, {})
        others = tuple(seats.values())
        seats[seat.sid] = seat
        socket.rooms.add(room)
        return Joined(seat, others, taken_over=holder)

    def leave(self, room: str, sid: str) -> Seat | None:
        """The seat that became free; None where there was none. What its owner showed ends with it."""
        seat = self._free(room, sid)
        if seat is not None:
            self._keep(room, replace(seat, state=None))
        return seat

    def lose(self, room: str, sid: str) -> Seat | None:
        """As ``leave``, for a socket that is gone without a word: its owner may be back, and goes on as before."""
        seat = self._free(room, sid)
        if seat is not None:
            self._keep(room, seat)
        return seat

    def _keep(self, room: str, seat: Seat) -> None:
        if seat.connection_id is not None:
            self._past[room, seat.connection_id] = seat
            if len(self._past) > MAX_PAST_SEATS:
                self._past.popitem(last=False)

    def _past_seat(self, room: str, connection_id: str | None) -> Seat | None:
        return self._past.get((room, connection_id)) if connection_id is not None else None

    def _free(self, room: str, sid: str) -> Seat | None:
        seats = self._rooms.get(room)
        seat = seats.pop(sid, None) if seats is not None else None
        if seat is None:
            return None
        if not seats:
            del self._rooms[room]
        socket = self._sockets[sid]
        socket.rooms.discard(room)
        if not socket.rooms:
            del self._sockets[sid]
        return seat

    def rooms_of(self, sid: str) -> tuple[str, ...]:
        socket = self._sockets.get(sid)
        return tuple(socket.rooms) if socket is not None else ()

    def seat(self, room: str, sid: str) -> Seat:
        """Raises Refused (not-in-room)."""
        seat = self._rooms.get(room, {}).get(sid)
        if seat is None:
            raise Refused(ErrorCode.NOT_IN_ROOM, "You are not in that session. Join it first.")
        return seat

    def is_empty(self, room: str) -> bool:
        return room not in self._rooms

    def remember(self, room: str, sid: str, state: ParticipantStateBody) -> ParticipantStateBody:
        """Keep what a participant last showed about itself, with the place of their hand among the raised ones; returns
        what is kept. Raises Refused (not-in-room)."""
        seat = self.seat(room, sid)
        kept = state.model_copy(update={"hand_order": self._hand_order(room, seat) if state.hand else None})
        self._rooms[room][sid] = replace(seat, state=kept)
        return kept

    def _hand_order(self, room: str, seat: Seat) -> int:
        """A hand that stays up keeps its place; one that goes up comes after all others, and after those of whoever
        may be back."""
        if seat.state is not None and seat.state.hand_order is not None:
            return seat.state.hand_order
        past = (one for (where, _), one in self._past.items() if where == room)
        shown = (one.state for one in (*self._rooms[room].values(), *past))
        return 1 + max((one.hand_order or 0 for one in shown if one is not None), default=0)

    def common_rooms(self, sid: str, to: str) -> tuple[str, ...]:
        """Where both sit."""
        mine, theirs = self._sockets.get(sid), self._sockets.get(to)
        if mine is None or theirs is None or sid == to:
            return ()
        return tuple(mine.rooms & theirs.rooms)

    def require_common_room(self, sid: str, to: str) -> None:
        """Raises Refused (not-found) unless both sit in one room."""
        if not self.common_rooms(sid, to):
            raise Refused(ErrorCode.NOT_FOUND, "Nobody by that id is in a room with you.")

    def begin_attempt(self, sid: str, to: str, attempt: int | None) -> None:
        """An offer or answer went from ``sid`` to ``to``: candidates of a new attempt are counted anew."""
        sent = self._sockets[sid].candidates
        known = sent.get(to)
        if known is None or attempt is None or known.attempt != attempt:
            self._forget_strangers(sent)
            sent[to] = _Candidates(attempt)

    def count_candidate(self, sid: str, to: str, attempt: int | None) -> None:
        """Raises Refused (too-large) past the last candidate that a connection may have."""
        sent = self._sockets[sid].candidates
        known = sent.get(to)
        if known is None or (attempt is not None and known.attempt != attempt):
            self._forget_strangers(sent)
            known = sent[to] = _Candidates(attempt)
        if known.count >= MAX_CANDIDATES:
            raise Refused(ErrorCode.TOO_LARGE, f"A connection can have {MAX_CANDIDATES} candidates at most.")
        known.count += 1

    def _forget_strangers(self, sent: dict[str, _Candidates]) -> None:
        """Drop the counts towards sockets that are in no room any more: the table stays as small as the rooms."""
        for sid in [sid for sid in sent if sid not in self._sockets]:
            del sent[sid]


def _holder(seats: dict[str, Seat], connection_id: str | None) -> Seat | None:
    if connection_id is None:
        return None
    return next((seat for seat in seats.values() if seat.connection_id == connection_id), None)


def _without(seats: dict[str, Seat], sid: str) -> tuple[Seat, ...]:
    return tuple(seat for seat in seats.values() if seat.sid != sid)


def entries(seats: Iterable[Seat]) -> list[ParticipantEntry]:
    return [seat.entry for seat in seats]
