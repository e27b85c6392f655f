"""Somebody who sits at the app: the real engine, media and network, with test sources and no window.

Promises: waits are for a condition and bounded, and an error says what the room looked like instead.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.media.audio.sound import Stereo
from app.media.audio.speaker import Pull, SilentSpeaker
from app.media.call import CallMedia
from app.media.figures import PeerFigures
from app.media.sources import SourceKind, SourceSpec, VideoFormat
from app.net.rest import RestClient
from app.room.outbox import Outbox
from app.room.session import RoomSession
from app.room.state import Delivery, Link, Me, Message, Participant, Phase, RoomState, SessionInfo
from protocol.rest import Register, Session, SessionDraft, SignedIn

WAIT_S = 25.0
TEST_SOURCE = SourceSpec.parse("test")
NO_SOURCE = SourceSpec.parse("none")
SMALL = VideoFormat(320, 180, 15)
LOUD = 300
"""Of 32,767: above what a codec makes of silence, below any tone of the tests."""
QUIET_SAMPLES = 72_000
"""A second and a half."""


async def sign_up(server: str, name: str, *, tutor: bool = False) -> SignedIn:
    rest = RestClient(server)
    try:
        role = "tutor" if tutor else "student"
        return await rest.register(Register(name=name, email=f"{name}@example.org", password="long enough", role=role))
    finally:
        await rest.close()


async def open_session(server: str, owner: SignedIn) -> Session:
    """A session of ``owner``, a tutor, that is open now."""
    rest, now = RestClient(server, owner.token), datetime.now(UTC)
    hour = timedelta(hours=1)
    draft = SessionDraft(title="Algebra", subject="Maths", start_time=now - hour, end_time=now + hour)
    try:
        return await rest.create(draft)
    finally:
        await rest.close()


class Ear(SilentSpeaker):
    """A speaker that plays to nobody and remembers how loud it was."""

    def __init__(self) -> None:
        super().__init__()
        self.loudest = 0
        """The greatest sample since it was last set to 0; full scale is 32,767."""
        self.heard = 0
        """Samples of the mix so far, 48,000 a second."""

    def start(self, pull: Pull) -> None:
        def listen(samples: int) -> Stereo:
            sound = pull(samples)
            self.loudest = max(self.loudest, int(abs(sound.astype(int)).max()))
            self.heard += samples
            return sound

        super().start(listen)


@dataclass(frozen=True)
class AppSide:
    """One stay of one person in one room."""

    account: SignedIn
    room: RoomSession
    rest: RestClient
    ear: Ear

    @property
    def state(self) -> RoomState:
        return self.room.store.state

    @property
    def said(self) -> list[tuple[str, str]]:
        """What the chat shows: who and what, in order."""
        return [(message.user_name, message.text) for message in self.state.messages]

    async def until(self, condition: Callable[[RoomState], object], what: str) -> RoomState:
        """Wait until the state is so; ``what`` names it in the error."""
        changed = asyncio.Event()
        unsubscribe = self.room.store.subscribe(lambda _: changed.set())
        try:
            async with asyncio.timeout(WAIT_S):
                while not condition(self.state):
                    changed.clear()
                    await changed.wait()
        except TimeoutError:
            raise AssertionError(f"{self.account.name} waited in vain for {what}; {self.state}") from None
        finally:
            unsubscribe()
        return self.state

    async def until_with(self, *names: str) -> list[Participant]:
        """Exactly these are in the room, and each connection stands."""
        state = await self.until(
            lambda state: (
                sorted(one.name for one in state.participants) == sorted(names)
                and all(one.phase is Phase.CONNECTED for one in state.participants)
            ),
            f"a connection to each of {names}",
        )
        return [next(one for one in state.participants if one.name == name) for name in names]

    async def until_alone(self) -> None:
        await self.until(lambda state: not state.participants, "everybody else being gone")

    async def until_online(self) -> None:
        await self.until(lambda state: state.link is Link.ONLINE, "the server being back")

    async def until_delivered(self, count: int) -> tuple[Message, ...]:
        """``count`` messages are shown, and none of them is still on its way."""
        state = await self.until(
            lambda state: len(state.messages) >= count and all(one.delivery is Delivery.SENT for one in state.messages),
            f"{count} delivered messages",
        )
        return state.messages

    async def until_received(self, participant_id: str, *, frames: int, seconds: float) -> PeerFigures:
        """``frames`` pictures were decoded and ``seconds`` of sound came in from them, by the connection of now."""
        found: PeerFigures | None = None

        async def enough() -> bool:
            nonlocal found
            found = self.room.peer_figures(participant_id)
            return found is not None and found.video.frames >= frames and found.audio.frames_received >= 50 * seconds

        await becomes_true(enough, f"{frames} frames and {seconds} s of sound; {self.account.name}", lambda: found)
        assert found is not None
        return found

    async def until_loud(self) -> None:
        """Something is heard from now on."""
        self.ear.loudest = 0

        async def loud() -> bool:
            return self.ear.loudest > LOUD

        await becomes_true(loud, f"a sound; {self.account.name}", lambda: self.ear.loudest)

    async def until_silent(self) -> None:
        """Nothing but noise is heard for longer than the made-up microphone of a browser pauses between its beeps."""
        quiet_since = self.ear.heard

        async def silent() -> bool:
            nonlocal quiet_since
            if self.ear.loudest > LOUD:
                self.ear.loudest, quiet_since = 0, self.ear.heard
            return self.ear.heard - quiet_since >= QUIET_SAMPLES

        await becomes_true(silent, f"silence; {self.account.name}", lambda: self.ear.loudest)


async def becomes_true(check: Callable[[], Awaitable[bool]], what: str, shown: Callable[[], object]) -> None:
    """Look again and again at something that tells nobody when it changes, such as a counter."""
    try:
        async with asyncio.timeout(WAIT_S):
            while not await check():
                await asyncio.sleep(0.05)
    except TimeoutError:
        raise AssertionError(f"waited in vain for {what}; got {shown()}") from None


@asynccontextmanager
async def at_the_app(
    server: str,
    account: SignedIn,
    session: SessionInfo,
    *,
    camera: SourceSpec = TEST_SOURCE,
    microphone: SourceSpec = TEST_SOURCE,
) -> AsyncGenerator[AppSide]:
    """Join with the app, switch on what there is, and leave at the end."""
    rest, ear = RestClient(server, account.token), Ear()
    room = RoomSession(
        rest=rest,
        server=server,
        token=account.token,
        me=Me.of(account),
        session=session,
        media=CallMedia(speaker=ear, video=SMALL),
        outbox=Outbox.in_memory(),
        camera=camera,
        microphone=microphone,
    )
    one = AppSide(account, room, rest, ear)
    try:
        await room.join()
        assert room.store.state.link is Link.ONLINE, room.store.state
        await room.set_microphone(microphone.kind is not SourceKind.NONE)
        await room.set_camera(camera.kind is not SourceKind.NONE)
        yield one
    finally:
        await room.leave()
        await rest.close()
