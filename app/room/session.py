"""One stay in one room: the intents of a person, and the snapshots that come of them.

Everything runs on the engine's loop, but ``picture`` and ``self_view``, which any thread may use. Intents never raise
for what can be expected of networks and devices: that ends in ``RoomState``. Only ``say`` raises, for a text that
cannot be sent at all.
"""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from collections.abc import Coroutine, Sequence
from typing import Any

from app.errors import DeskmatesError, DeviceError, DeviceKind, ServerRefused, SignedOut
from app.media.audio.chimes import Chime
from app.media.audio.settings import SoundSettings
from app.media.call import CallMedia
from app.media.devices import Device
from app.media.figures import PeerFigures
from app.media.slot import FrameSlot
from app.media.sources import SourceSpec
from app.media.video.pressure import Step
from app.net.rest import RestClient
from app.net.signaling import Answered, Down, Heard, Incoming, Refused, Signaling, Up, refuse_error
from app.room import steps
from app.room.chat import Chat
from app.room.devices import OwnDevices
from app.room.gestures import Gestures
from app.room.outbox import Outbox, Place
from app.room.roster import Roster
from app.room.sharing import Sharing
from app.room.state import Link, Me, MessageKind, RoomState, SessionInfo
from app.store import Store
from protocol.errors import BadPayload, ErrorCode
from protocol.events import (
    ChatMessage,
    Event,
    ExistingParticipants,
    JoinAck,
    JoinSession,
    LeaveSession,
    ParticipantEntry,
    UserJoined,
    UserLeft,
)
from protocol.model import read

log = logging.getLogger(__name__)

CHECK_S = 0.2
JOIN_S = 10.0
"""A server that has not let us in by then is tried over a new socket."""
INFO_S = 4.0
ACKNOWLEDGED_S = 2.0
"""Within so long of the list of who is there a server of ours has acknowledged, too: it does both at once."""
FINAL = (
    ErrorCode.FULL,
    ErrorCode.NOT_FOUND,
    ErrorCode.ENDED,
    ErrorCode.UNAUTHORISED,
    ErrorCode.BAD_PAYLOAD,
    ErrorCode.TOO_LARGE,
)
"""Refusals that trying again does not change."""


class RoomSession:
    """A room that can be joined once. ``store`` holds what the window shows. ``media`` and ``outbox`` are closed with
    it."""

    def __init__(
        self,
        *,
        rest: RestClient,
        server: str,
        token: str | None,
        me: Me,
        session: SessionInfo,
        media: CallMedia,
        outbox: Outbox,
        camera: SourceSpec,
        microphone: SourceSpec,
        speaker: str = "",
        shared_as: str = "",
    ) -> None:
        """``speaker`` is the id of the output that ``media`` begins with; ``shared_as`` the address under which others
        find the server, where it is not ``server``."""
        connection_id = str(uuid.uuid4())
        here = Me(me.user_id, me.name, me.is_tutor, "", connection_id)
        self.store: Store[RoomState] = Store(RoomState(me=here, session=session))
        self.joined_at: float | None = None
        """Monotonic seconds when ``join`` was called."""
        self.self_view: FrameSlot = media.self_view
        self.screen_view: FrameSlot = media.screen_view
        """What we share, as it is sent."""
        self._rest = rest
        self._media = media
        self._outbox = outbox
        self._signaling = Signaling(server, token)
        self.server: str = shared_as or self._signaling.server
        """The address under which others find the session."""
        self._roster = Roster(store=self.store, media=media, send=self._signaling.send, connection_id=connection_id)
        self._devices = OwnDevices(
            store=self.store,
            media=media,
            camera=camera,
            microphone=microphone,
            speaker=speaker,
            send=self._send_if_in,
        )
        self._gestures = Gestures(self.store, self._devices.tell)
        self._sharing = Sharing(store=self.store, media=media, tell=self._devices.tell)
        media.on_device_lost = self._lost
        media.on_talking_while_muted = self._talked_while_muted
        media.on_dead_microphone = self._microphone_died
        media.on_relief = self._relieved
        self._chat = Chat(
            store=self.store,
            rest=rest,
            signaling=self._signaling,
            outbox=outbox,
            place=Place(self._signaling.server, session.id, me.user_id),
            signed_out=self._signed_out,
        )
        self._sends_all = True
        """This computer keeps up with what it sends."""
        self._is_ours: bool | None = None
        """Whether the server is one of ours; None while it is not known."""
        self._in_room = False
        self._decided = asyncio.Event()
        self._entering: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[Any]] = set()
        self._leaving: asyncio.Task[None] | None = None

    # ---- intents -------------------------------------------------------------------------------------------------

    async def join(self) -> None:
        """Enter the room; returns when we are in, or were refused (``Link.REFUSED``), or have left.

        Reconnects by itself from then on, also where the server is away at the start.
        """
        if self.joined_at is not None:
            raise RuntimeError("a room session is joined once")
        self.joined_at = time.monotonic()
        await self._chat.restore()
        self._spawn(self._listen())
        self._spawn(self._watch())
        self._signaling.start()
        await self._decided.wait()

    async def leave(self) -> None:
        """Say goodbye, close every connection and release the devices. May be called at any time, and twice."""
        if self._leaving is None:
            self._leaving = asyncio.create_task(self._leave())
        await asyncio.shield(self._leaving)

    async def set_microphone(self, on: bool) -> None:
        """Ask for the microphone to be on or off; off is silence at once. Returns when it is settled, one way or the
        other: the outcome is in ``RoomState.microphone``."""
        await self._devices.wish("microphone", on and not self._is_over)

    async def set_camera(self, on: bool) -> None:
        """Ask for the camera to be on or off. Returns when it is settled: the outcome is in ``RoomState.camera``."""
        await self._devices.wish("camera", on and not self._is_over)

    async def use_camera(self, spec: SourceSpec) -> None:
        """Take another camera from now on. One that is on goes on with it, over the same connections; one that is off
        stays off."""
        await self._devices.use("camera", spec)

    async def use_microphone(self, spec: SourceSpec) -> None:
        """As ``use_camera``."""
        await self._devices.use("microphone", spec)

    async def use_speaker(self, device_id: str) -> None:
        """Be played on another device; the system's default where it is ""."""
        self._devices.use_speaker(device_id)

    async def set_sound(self, settings: SoundSettings) -> None:
        """How our voice is treated from now on."""
        await self._media.set_sound(settings)

    async def set_deafened(self, deafened: bool) -> None:
        """Hear nobody, or hear everybody again; chimes are heard."""
        self._media.set_deafened(deafened)
        self.store.apply(lambda state: steps.deafened(state, deafened))

    async def set_body_double(self, on: bool) -> None:
        """Be there as a still every ten seconds at most; turning it on mutes the microphone."""
        await self._devices.set_body_double(on)

    async def chime(self, chime: Chime) -> None:
        """Play one of the room's small sounds, for us alone."""
        self._media.chime(chime)

    async def devices_changed(
        self, cameras: Sequence[Device], microphones: Sequence[Device], speakers: Sequence[Device] = ()
    ) -> None:
        """Something was plugged in or out, or is the default now: the default stands in for a chosen device that is
        gone, until it is back, and is followed where it was chosen. Nothing is turned on that was not on."""
        await self._devices.changed(cameras, microphones, speakers)

    async def share(self, spec: SourceSpec) -> None:
        """Share a screen or a window with all, in place of what may be shared already. Returns when it is settled:
        the outcome is in ``RoomState.sharing``. Whoever shared before stops."""
        if not self._is_over:
            await self._sharing.share(spec)

    async def stop_sharing(self) -> None:
        await self._sharing.stop()

    async def raise_hand(self, up: bool) -> None:
        """Put our hand up or down for all to see; it stands behind those that were up before."""
        self._gestures.raise_hand(up)

    async def react(self, emoji: str) -> None:
        """Show an emoji to all for a moment. More than a few at once are dropped."""
        self._gestures.react(emoji)

    async def say(self, text: str, kind: MessageKind = MessageKind.TEXT) -> None:
        """Put a message into the outbox and send it; it shows as pending at once.

        Raises:
            MessageRefused: it is blank, longer than 4,000 characters, or too much is waiting to be sent.
        """
        await self._chat.say(text, kind)

    async def retry(self, key: str) -> None:
        """Send a failed message again, as the same message."""
        await self._chat.retry(key)

    async def discard(self, key: str) -> None:
        """Forget a message of ours that is not sent."""
        await self._chat.discard(key)

    async def load_earlier(self) -> None:
        """Fetch the page of history before the oldest message shown."""
        await self._chat.load_earlier()

    async def try_again(self) -> None:
        """Reconnect to the server now instead of waiting for the next try."""
        self._signaling.hurry()

    async def reconnect_peer(self, participant_id: str) -> None:
        """Build the connection to one participant anew, also after it had been given up."""
        link = self._roster.link(participant_id)
        if link is not None:
            link.reconnect()

    async def set_volume(self, participant_id: str, volume: float) -> None:
        """How loud one participant is for us: 0 to 2, 1 is as sent."""
        link = self._roster.link(participant_id)
        if link is not None:
            link.volume = volume

    def picture(self, participant_id: str) -> FrameSlot:
        """Where the frames of one participant arrive; stays the same through rebuilt connections. Any thread.

        Of somebody who has just gone it is a slot into which nothing is put.
        """
        link = self._roster.link(participant_id)
        return FrameSlot() if link is None else link.slot

    def screen(self, participant_id: str) -> FrameSlot:
        """As ``picture``, for the screen that they share. Any thread."""
        link = self._roster.link(participant_id)
        return FrameSlot() if link is None else link.screen

    def peer_figures(self, participant_id: str) -> PeerFigures | None:
        """What was measured of one participant's media, or None where there is no connection."""
        link = self._roster.link(participant_id)
        return None if link is None else link.figures

    # ---- what the server says ------------------------------------------------------------------------------------

    async def _listen(self) -> None:
        while True:
            item = await self._signaling.inbox.get()
            try:
                self._handle(item)
            except Exception:
                log.exception("the room failed on %s", type(item).__name__)

    def _handle(self, item: Incoming) -> None:
        match item:
            case Up():
                self._opened(item.sid)
            case Down():
                self._closed(item)
            case Refused():
                self._signed_out(item.error)
            case Answered(JoinSession(), answer):
                self._answered(answer)
            case Heard(event):
                self._heard(event)
            case _:
                log.debug("an answer that nobody waits for")

    def _heard(self, event: Event) -> None:
        match event:
            case ExistingParticipants():
                self._listed(event.participants)
            case UserJoined():
                self._joined(event)
            case UserLeft():
                self._roster.left(event)
            case ChatMessage():
                self._chat.hear(event)
            case _:
                self._roster.hear(event)

    def _joined(self, event: UserJoined) -> None:
        if self._roster.joined(event):
            is_us = event.user_id == self.store.state.me.user_id and event.verified is not False
            kind = "also-here" if is_us else "joined"
            self.store.apply(lambda state: steps.noticed(state, kind, event.user_name))
        self._devices.tell()

    # ---- into the room -------------------------------------------------------------------------------------------

    def _opened(self, sid: str) -> None:
        """A new socket: enter the room (again)."""
        connection_id = self.store.state.me.connection_id
        self.store.apply(lambda state: steps.link_opened(state, sid, connection_id))
        self._roster.opened(sid)
        self._stop_entering()
        self._entering = self._spawn(self._enter())

    async def _enter(self) -> None:
        if self._is_ours is None:
            await self._learn_server()
        me, session = self.store.state.me, self.store.state.session
        await self._signaling.ask(
            JoinSession(
                session_id=session.id,
                user_id=me.user_id,
                user_name=me.name,
                is_tutor=me.is_tutor,
                connection_id=me.connection_id,
            )
        )
        await asyncio.sleep(JOIN_S)
        log.warning("the server does not let us in and says nothing: trying again")
        self._signaling.restart()

    async def _learn_server(self) -> None:
        """Whether the server is one of ours. Where it cannot be told now, its acknowledgement will tell."""
        try:
            async with asyncio.timeout(INFO_S):
                info = await self._rest.server_info()
        except (DeskmatesError, TimeoutError) as error:
            log.info("the server does not say what it is: %s", error)
            return
        self._is_ours = info is not None
        if info is not None:
            self._roster.ice_servers = info.ice_servers

    def _answered(self, answer: object) -> None:
        """The acknowledgement of our wish to join: ours sends one, the seed's does not."""
        try:
            refuse_error(JoinSession(session_id=self.store.state.session.id), answer)
            ack = read(JoinAck, answer, "join-session")
        except ServerRefused as refusal:
            self._stop_entering()
            if refusal.code in FINAL:
                self._refuse(refusal.code, refusal.message)
            else:
                log.warning("not let in just now: %s", refusal)
                self._signaling.restart()
            return
        except BadPayload as bad:
            log.warning("the server lets us in with words that we cannot read: %s", bad)
            return
        self._is_ours = True
        self._roster.ice_servers = ack.ice_servers
        if not self._in_room:
            self._entered(ack.participants)

    def _listed(self, participants: list[ParticipantEntry]) -> None:
        """We are in, as the seed's server says it. Ours says the same, and more, in its acknowledgement."""
        if self._in_room or self._is_ours:
            return
        self._stop_entering()
        if self._is_ours is None:
            self._entering = self._spawn(self._enter_unacknowledged(participants))
        else:
            self._entered(participants)

    async def _enter_unacknowledged(self, participants: list[ParticipantEntry]) -> None:
        await asyncio.sleep(ACKNOWLEDGED_S)
        self._entering = None
        self._entered(participants)

    def _entered(self, participants: list[ParticipantEntry]) -> None:
        self._stop_entering()
        self._in_room = True
        self._roster.listed(participants)
        self.store.apply(steps.joined)
        self._devices.tell()
        self._chat.online(is_ours=bool(self._is_ours))
        self._decided.set()

    def _closed(self, down: Down) -> None:
        self._stop_entering()
        self._in_room = False
        self._chat.offline()
        self.store.apply(lambda state: steps.link_lost(state, down.attempt, time.monotonic()))

    def _signed_out(self, error: SignedOut) -> None:
        self._refuse(ErrorCode.UNAUTHORISED, error.message)

    def _refuse(self, code: str, message: str) -> None:
        """The room will not have us, and that is that: nobody is filmed any more; what is unsent stays in the
        outbox."""
        if self._is_over:
            return
        self._stop_entering()
        self._in_room = False
        self._chat.offline()
        self.store.apply(lambda state: steps.refused(state, code, message))
        self._decided.set()
        self._spawn(self._sharing.stop())
        self._spawn(self._devices.release())
        self._spawn(self._roster.close())
        self._spawn(self._signaling.close())

    @property
    def _is_over(self) -> bool:
        """Nothing is turned on any more."""
        return self.store.state.link in (Link.REFUSED, Link.LEFT)

    # ---- how -----------------------------------------------------------------------------------------------------

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(CHECK_S)
            self._roster.check(reachable=self._in_room)

    def _lost(self, kind: DeviceKind, error: DeviceError) -> None:
        """A camera, a microphone or a screen went by itself."""
        if kind is DeviceKind.SCREEN:
            self._sharing.lost(error)
        else:
            self._devices.lost(kind, error)

    def _talked_while_muted(self) -> None:
        self.store.apply(lambda state: steps.noticed(state, "talking-muted"))

    def _relieved(self, step: Step) -> None:
        was_all, self._sends_all = self._sends_all, step is Step.ALL
        if was_all:
            self.store.apply(lambda state: steps.noticed(state, "strained"))

    def _microphone_died(self, dead: bool) -> None:
        self.store.apply(lambda state: steps.microphone_died(state, dead))

    async def _send_if_in(self, event: Event) -> None:
        if self._in_room:
            await self._signaling.send(event)

    async def _leave(self) -> None:
        if self._in_room:
            await self._signaling.send(LeaveSession(session_id=self.store.state.session.id))
        self._in_room = False
        self._chat.offline()
        self.store.apply(steps.left)
        self._decided.set()
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._signaling.close()
        await self._chat.close()
        self._media.on_device_lost = None
        self._media.on_talking_while_muted = None
        self._media.on_dead_microphone = None
        self._media.on_relief = None
        await self._sharing.close()
        await self._devices.close()
        # The devices are let go of at once, whatever becomes of the connections.
        await asyncio.gather(self._media.close(), self._roster.close())
        await self._outbox.close()

    def _stop_entering(self) -> None:
        if self._entering is not None:
            self._entering.cancel()
            self._entering = None

    def _spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
