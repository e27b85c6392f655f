"""What the windows are given: who is signed in, the sessions on offer, and the way into a room.

Everything asynchronous here runs on the engine; the windows call it through ``Engine.call``. Media and the server
are imported when the first room is opened: the first window must not wait for them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app.account import Account
from app.config import SettingsFile
from app.engine import Engine
from app.errors import SignedOut
from app.lobby import Lobby
from app.net.rest import RestClient
from app.room.state import Me, SessionInfo
from protocol.rest import Profile, Session

if TYPE_CHECKING:
    from app.hosting import HostedRoom
    from app.media.audio.speaker import Speaker
    from app.media.sources import SourceSpec
    from app.room.session import RoomSession


class Desk:
    def __init__(
        self,
        *,
        engine: Engine,
        account: Account,
        lobby: Lobby,
        settings: SettingsFile,
        make_speaker: Callable[[], Speaker],
        data_dir: Path,
    ) -> None:
        self.engine = engine
        self.account = account
        self.lobby = lobby
        self.settings = settings
        self._make_speaker = make_speaker
        self._data_dir = data_dir
        self._hosted: HostedRoom | None = None
        self._hosted_rest: list[RestClient] = []

    async def open_room(self, session: Session) -> RoomSession:
        """Take a place in ``session``; the room is built and not yet joined.

        Raises:
            DeskmatesError: signed out, full, gone, or the server cannot be reached.
        """
        state = self.account.store.state
        if state.profile is None or self.account.token is None:
            raise SignedOut(401, "unauthorised", "Nobody is signed in.")
        joined = await self.lobby.join(session.id)
        return self._room(self.account.rest, state.server, self.account.token, state.profile, joined)

    async def host_room(self, name: str) -> RoomSession:
        """Start a server on this computer, once, and open a session on it.

        Raises:
            HostingFailed: the server cannot be started.
            DeskmatesError: it started and does not do as it is told.
        """
        from app.hosting import host, open_session

        title = f"{name}'s room"
        if self._hosted is None:
            self._hosted = await host(self._data_dir / "server", name, title)
            owner, session = self._hosted.owner, self._hosted.session
        else:
            owner, session = await open_session(self._hosted.server.url, name, title)
        url = f"http://127.0.0.1:{self._hosted.server.port}"
        rest = RestClient(url, owner.token)
        self._hosted_rest.append(rest)
        return self._room(rest, url, owner.token, owner, session, shared_as=self._hosted.address)

    @property
    def hosted_address(self) -> str | None:
        """What to tell others so that they find the server on this computer; None while there is none."""
        return self._hosted.address if self._hosted else None

    async def close(self) -> None:
        """Close what was opened here; a hosted server ends with the app."""
        for rest in self._hosted_rest:
            await rest.close()
        self._hosted_rest.clear()
        if self._hosted is not None:
            hosted, self._hosted = self._hosted, None
            await asyncio.to_thread(hosted.server.stop)

    def _room(
        self, rest: RestClient, server: str, token: str, profile: Profile, session: Session, shared_as: str = ""
    ) -> RoomSession:
        from app.media.call import CallMedia
        from app.room.outbox import Outbox
        from app.room.session import RoomSession

        settings = self.settings.state
        return RoomSession(
            rest=rest,
            server=server,
            token=token,
            me=Me.of(profile),
            session=SessionInfo.of(session),
            media=CallMedia(speaker=self._make_speaker()),
            outbox=Outbox.in_folder(self._data_dir),
            camera=_source(settings.camera),
            microphone=_source(settings.microphone),
            shared_as=shared_as,
        )


def _source(remembered: str) -> SourceSpec:
    """The device of last time; the system's default one where none is remembered, or what is makes no sense."""
    from app.media.sources import SourceKind, SourceSpec

    try:
        return SourceSpec.parse(remembered)
    except ValueError:
        return SourceSpec(SourceKind.DEVICE)
