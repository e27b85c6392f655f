"""A real server with people, a session, and stays in it: what the tests of the room are played with.

Media is real and small: test picture and test tone at 320x180 and 10 frames a second.
"""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from app.media.audio.speaker import SilentSpeaker
from app.media.call import CallMedia
from app.media.sources import SourceSpec, VideoFormat
from app.net.rest import RestClient
from app.net.signaling import Heard, Signaling
from app.room.outbox import Outbox
from app.room.session import RoomSession
from app.room.state import Link, Me, Participant, Phase, RoomState, SessionInfo
from protocol.events import Event
from protocol.rest import Register, Session, SessionDraft, SignedIn
from server.auth import Tokens, installation_secret
from server.embedded import EmbeddedServer
from tests.fakes.server_process import ServerProcess
from tests.fakes.waiting import WAIT_S, until

SMALL = VideoFormat(320, 180, 10)
TEST = SourceSpec.parse("test")
NONE = SourceSpec.parse("none")


class Stay:
    """One person in one room, as a test asks about them."""

    def __init__(self, who: SignedIn, room: RoomSession, media: CallMedia, rest: RestClient) -> None:
        self.who = who
        self.room = room
        self.media = media
        self.rest = rest
        self.links: list[str] = []
        """Every value of ``RoomState.link``, in order."""
        room.store.subscribe(self._note)

    @property
    def state(self) -> RoomState:
        return self.room.store.state

    @property
    def texts(self) -> list[str]:
        return [one.text for one in self.state.messages]

    def other(self, name: str) -> Participant:
        return next(one for one in self.state.participants if one.name == name)

    def frames_of(self, name: str) -> int:
        found = next((one for one in self.state.participants if one.name == name), None)
        figures = None if found is None else self.room.peer_figures(found.id)
        return 0 if figures is None else figures.video.frames

    def sound_of(self, name: str) -> int:
        found = next((one for one in self.state.participants if one.name == name), None)
        figures = None if found is None else self.room.peer_figures(found.id)
        return 0 if figures is None else figures.audio.frames_received

    async def sees(self, *names: str, within_s: float = WAIT_S) -> None:
        """Wait until exactly these are there, and connected."""

        def connected() -> bool:
            there = {one.name: one.phase for one in self.state.participants}
            return there == dict.fromkeys(names, Phase.CONNECTED)

        await until(connected, lambda: f"{self.who.name} to see {names}: {self.state.participants}", within_s)

    async def receives(self, name: str, more: int = 5) -> None:
        """Wait until ``more`` pictures and as many tenths of a second of sound came from them, counted from now."""
        frames, sound = self.frames_of(name), self.sound_of(name)
        await until(
            lambda: self.frames_of(name) >= frames + more and self.sound_of(name) >= sound + 5 * more,
            lambda: f"{self.who.name} to receive {name}: {self.frames_of(name)} frames, {self.sound_of(name)} of sound",
        )

    async def lose_socket(self) -> None:
        """The connection to the server breaks; returns when that is noticed."""
        lost = self.links.count(Link.RECONNECTING)
        self._signaling.restart()
        await until(lambda: self.links.count(Link.RECONNECTING) > lost)

    def hear(self, event: Event) -> None:
        """As if the server had said it."""
        self._signaling.inbox.put_nowait(Heard(event))

    async def vanish(self) -> None:
        """As when the program is killed: every socket is gone, and nobody was told."""
        await self.media.close()
        await self._signaling.close()

    @property
    def _signaling(self) -> Signaling:
        return self.room._signaling  # pyright: ignore[reportPrivateUsage]

    def _note(self, state: RoomState) -> None:
        if not self.links or self.links[-1] != str(state.link):
            self.links.append(str(state.link))


class House:
    """A server with a tutor and a session. ``async with`` it: all that was opened is closed at the end."""

    def __init__(self, folder: Path, kind: type[EmbeddedServer] | type[ServerProcess] = EmbeddedServer) -> None:
        self._folder = folder
        self._kind = kind
        self.server = kind(folder)
        self._stack = AsyncExitStack()
        self.tutor: SignedIn
        self.session: Session
        self.people: dict[str, SignedIn] = {}

    async def __aenter__(self) -> Self:
        await asyncio.to_thread(self.server.start)
        self._stack.push_async_callback(self.stop_server)
        self.tutor = await self.sign_up("Tutor", role="tutor")
        self.session = await self.open_session()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    @property
    def url(self) -> str:
        return self.server.url

    async def stop_server(self) -> None:
        await asyncio.to_thread(self.server.stop)

    async def start_server(self) -> None:
        """Another one, at the same address and with the same data."""
        self.server = self._kind(self._folder, port=self.server.port)
        await asyncio.to_thread(self.server.start)

    def rest(self, who: SignedIn | None) -> RestClient:
        client = RestClient(self.url, None if who is None else who.token)
        self._stack.push_async_callback(client.close)
        return client

    async def sign_up(self, name: str, role: str = "student") -> SignedIn:
        number = len(self.people)
        wish = Register.model_validate(
            {"name": name, "email": f"p{number}@example.org", "password": "long enough", "role": role}
        )
        who = self.people[f"{number} {name}"] = await self.rest(None).register(wish)
        return who

    def expired_token(self, who: SignedIn) -> str:
        """One that this server issued to them, and that was good until yesterday."""
        then = datetime.now(UTC) - timedelta(days=2)
        return Tokens(installation_secret(self._folder), timedelta(days=1), lambda: then).issue(who.id)

    async def open_session(self, places: int = 10) -> Session:
        now = datetime.now(UTC)
        draft = SessionDraft(
            title="Algebra",
            subject="Maths",
            start_time=now - timedelta(minutes=5),
            end_time=now + timedelta(hours=1),
            max_participants=places,
        )
        return await self.rest(self.tutor).create(draft)

    def stay(
        self,
        who: SignedIn,
        *,
        session: SessionInfo | None = None,
        token: str | None = None,
        outbox: Outbox | None = None,
        camera: SourceSpec = TEST,
        microphone: SourceSpec = TEST,
        url: str | None = None,
    ) -> Stay:
        """A stay that has not begun. It is left at the end of the house."""
        server = url or self.url
        rest = RestClient(server, token if token is not None else who.token)
        media = CallMedia(speaker=SilentSpeaker(), video=SMALL)
        room = RoomSession(
            rest=rest,
            server=server,
            token=token if token is not None else who.token,
            me=Me.of(who),
            session=session or SessionInfo.of(self.session),
            media=media,
            outbox=outbox or Outbox.in_memory(),
            camera=camera,
            microphone=microphone,
        )
        self._stack.push_async_callback(rest.close)
        self._stack.push_async_callback(room.leave)
        return Stay(who, room, media, rest)

    async def enter(self, name: str, *, silent: bool = False) -> Stay:
        """Sign up, join, and switch everything on, unless ``silent``."""
        one = self.stay(await self.sign_up(name))
        await one.room.join()
        if not silent:
            await asyncio.gather(one.room.set_camera(True), one.room.set_microphone(True))
        return one
