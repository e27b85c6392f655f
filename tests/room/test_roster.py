"""Who is taken for whom, whatever a server says."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from app.media.audio.speaker import SilentSpeaker
from app.media.call import CallMedia
from app.media.figures import PeerFigures
from app.room import roster
from app.room.quality import QualityWatch
from app.room.roster import Roster
from app.room.state import Me, Quality, RoomState, SessionInfo
from app.store import Store
from protocol.events import Event, ParticipantEntry, ParticipantState, UserJoined, UserLeft
from tests.fakes.house import SMALL


class Room:
    """A roster and what it shows; what it says to others goes nowhere."""

    def __init__(self) -> None:
        self.media = CallMedia(speaker=SilentSpeaker(), video=SMALL)
        self.store = Store(RoomState(me=Me("ann", "Ann"), session=SessionInfo("s1")))
        self.roster = Roster(store=self.store, media=self.media, send=self._send, connection_id="c-ann")
        self.roster.opened("ann-1")

    @property
    def shown(self) -> list[tuple[str, str, str, bool]]:
        return [(one.id, one.sid, one.name, one.verified) for one in self.store.state.participants]

    async def _send(self, _: Event) -> None:
        pass


@pytest_asyncio.fixture
async def room() -> AsyncIterator[Room]:
    one = Room()
    yield one
    await one.roster.close()
    await one.media.close()


def comes(sid: str, user_id: str, name: str, *, verified: bool | None = True) -> UserJoined:
    """Somebody, with Ben's connection id."""
    return UserJoined(socket_id=sid, user_id=user_id, user_name=name, connection_id="c-ben", verified=verified)


EVES = [comes("eve-1", "eve", "Eve"), comes("eve-1", "ben", "Ben", verified=False)]


@pytest.mark.parametrize("eve", EVES, ids=["signed in", "claims to be him"])
@pytest.mark.parametrize("ways", ["joins", "is listed"])
async def test_nobody_continues_another_ones_stay(room: Room, eve: UserJoined, ways: str) -> None:
    assert room.roster.joined(comes("ben-1", "ben", "Ben"))
    link = room.roster.link("c-ben")
    room.roster.left(UserLeft(socket_id="ben-1", user_id="ben", connection_id="c-ben", reason="disconnected"))
    if ways == "joins":
        assert room.roster.joined(eve)
    else:
        room.roster.opened("ann-2")
        room.roster.listed([ParticipantEntry.model_validate(eve.model_dump())])
    stranger = ("eve-1", "eve-1", eve.user_name, eve.verified)
    assert room.shown == [("c-ben", "ben-1", "Ben", True), stranger]
    assert not room.roster.joined(comes("ben-2", "ben", "Ben", verified=None))
    assert room.shown == [("c-ben", "ben-2", "Ben", True), stranger]
    assert room.roster.link("c-ben") is link


async def test_a_body_doubles_stills_are_no_film_that_stands_still(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[bool] = []

    class Noted(QualityWatch):
        def seen(self, figures: PeerFigures | None, now: float, *, has_sound: bool, has_picture: bool) -> Quality:
            judged.append(has_picture)
            return super().seen(figures, now, has_sound=has_sound, has_picture=has_picture)

    monkeypatch.setattr(roster, "QualityWatch", Noted)
    room.roster.joined(comes("ben-1", "ben", "Ben"))
    room.roster.check(reachable=False)
    room.roster.hear(ParticipantState(socket_id="ben-1", video=True, body_double=True))
    room.roster.check(reachable=False)
    assert judged == [True, False]
