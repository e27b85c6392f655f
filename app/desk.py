"""What the windows are given: who is signed in, the sessions on offer, and the way into a room.

Everything asynchronous here runs on the engine; the windows call it through ``Engine.call``. Media and the server
are imported when the first room is opened: the first window must not wait for them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app import paths
from app.account import Account
from app.choices import Choices, last_time, remember, source
from app.config import SettingsFile
from app.engine import Engine
from app.errors import SignedOut
from app.forgetting import delete
from app.hardware import Hardware
from app.lobby import Lobby
from app.net.rest import RestClient
from app.room.state import Me, SessionInfo
from app.study.book import FILE as STUDY_FILE
from app.study.book import Book
from app.study.study import Study
from protocol.rest import Profile, Session, SignedIn

if TYPE_CHECKING:
    from app.hosting import HostedRoom
    from app.media.audio.speaker import Speaker
    from app.media.preview import Preview
    from app.room.session import RoomSession


class Desk:
    def __init__(
        self,
        *,
        engine: Engine,
        account: Account,
        lobby: Lobby,
        settings: SettingsFile,
        make_speaker: Callable[[str], Speaker],
        data_dir: Path,
    ) -> None:
        """``make_speaker`` takes the id of an output, "" for the system's default one."""
        self.engine = engine
        self.account = account
        self.lobby = lobby
        self.settings = settings
        self.hardware = Hardware()
        self.study = Study(account, Book(data_dir / STUDY_FILE))
        self._make_speaker = make_speaker
        self._data_dir = data_dir
        self._hosted: HostedRoom | None = None
        self._hosted_rest: list[RestClient] = []
        self._hosted_rooms: dict[str, tuple[SignedIn, Session]] = {}
        """By session: as whom one sits in it."""
        self._room: RoomSession | None = None
        self._turning_on: set[asyncio.Task[None]] = set()

    # ---- before a room ---------------------------------------------------------------------------------------------

    async def preview(self) -> Preview:
        """A look into the mirror, with nothing opened yet. Whoever asks for one closes it."""
        from app.media.preview import Preview

        return Preview()

    async def chime(self, speaker: str) -> None:
        """Play two notes on the output ``speaker``.

        Raises:
            DeviceError: it takes no sound.
        """
        from app.media.chime import play_chime

        await play_chime(self._make_speaker(speaker))

    # ---- rooms -----------------------------------------------------------------------------------------------------

    @property
    def is_in_room(self) -> bool:
        """A room was opened here and not left."""
        from app.room.state import Link

        return self._room is not None and self._room.store.state.link is not Link.LEFT

    async def open_room(self, session: Session, choices: Choices | None = None) -> RoomSession:
        """Take a place in ``session``; the room is built, what was chosen to be on is being turned on, and it is not
        yet joined. Without ``choices``: the devices of last time, both off.

        Raises:
            DeskmatesError: signed out, full, gone, or the server cannot be reached.
        """
        state = self.account.store.state
        if state.profile is None or self.account.token is None:
            raise SignedOut(401, "unauthorised", "Nobody is signed in.")
        if choices is not None:
            remember(self.settings, choices)
        joined = await self.lobby.join(session.id)
        room = self._build(self.account.rest, state.server, self.account.token, state.profile, joined)
        if choices is not None:
            self._turn_on(room, choices)
        return room

    async def host_room(self, name: str, title: str, choices: Choices | None = None, again: str = "") -> RoomSession:
        """Start a server on this computer, once, and open a session called ``title`` on it; or go back into the session
        ``again``, where that was opened here before. ``choices`` as for ``open_room``.

        Raises:
            HostingFailed: the server cannot be started.
            DeskmatesError: it started and does not do as it is told.
        """
        from app.hosting import host, open_session

        if choices is not None:
            remember(self.settings, choices)
        if self._hosted is None:
            self._hosted = await host(self._data_dir / "server", name, title)
            owner, session = self._hosted.owner, self._hosted.session
        elif again in self._hosted_rooms:
            owner, session = self._hosted_rooms[again]
        else:
            owner, session = await open_session(self._hosted.local, name, title)
        self._hosted_rooms[session.id] = owner, session
        url = self._hosted.local
        rest = RestClient(url, owner.token)
        self._hosted_rest.append(rest)
        room = self._build(rest, url, owner.token, owner, session, shared_as=self._hosted.address)
        if choices is not None:
            self._turn_on(room, choices)
        return room

    @property
    def hosted_address(self) -> str | None:
        """What to tell others so that they find the server on this computer; None while there is none."""
        return self._hosted.address if self._hosted else None

    async def forget_everything(self) -> None:
        """Sign out, and delete what this computer keeps: settings, unsent messages, hosted rooms and their chats.

        Not to be called while a room is open.

        Raises:
            OSError: something could not be deleted.
        """
        self.settings.change(name="", email="")  # first: the first page reads them when nobody is signed in
        await self.account.sign_out()
        await self.close()
        folders = (self._data_dir, self.settings.folder)
        try:
            await asyncio.to_thread(delete, folders, besides=paths.log_dir())
        finally:
            self.settings.reset()

    async def close(self) -> None:
        """Close what was opened here; a hosted server ends with the app."""
        # First what others on the network would find: there may not be time for all.
        if self._hosted is not None:
            hosted, self._hosted = self._hosted, None
            await asyncio.to_thread(hosted.server.stop)
        for rest in self._hosted_rest:
            await rest.close()
        self._hosted_rest.clear()
        self._hosted_rooms.clear()
        await self.study.close()

    def _turn_on(self, room: RoomSession, choices: Choices) -> None:
        """The room does not wait for its devices; what one of them lacks is said in the room's state."""
        wishes: list[Coroutine[Any, Any, None]] = []
        if choices.body_double:
            wishes.append(room.set_body_double(True))  # first: no film is to be seen before it
        if choices.camera_on:
            wishes.append(room.set_camera(True))
        if choices.microphone_on:
            wishes.append(room.set_microphone(True))
        for wish in wishes:
            task = asyncio.create_task(wish)
            self._turning_on.add(task)
            task.add_done_callback(self._turning_on.discard)

    def _build(
        self, rest: RestClient, server: str, token: str, profile: Profile, session: Session, shared_as: str = ""
    ) -> RoomSession:
        from app.media.call import CallMedia
        from app.room.outbox import Outbox
        from app.room.session import RoomSession

        chosen = last_time(self.settings.state)
        room = RoomSession(
            rest=rest,
            server=server,
            token=token,
            me=Me.of(profile),
            session=SessionInfo.of(session),
            media=CallMedia(speaker=self._make_speaker(chosen.speaker)),
            outbox=Outbox.in_folder(self._data_dir),
            camera=source(chosen.camera),
            microphone=source(chosen.microphone),
            speaker=chosen.speaker,
            shared_as=shared_as,
        )
        self._room = room
        self.study.enter(session.id)
        return room
