"""Where the app and the browser meet: a server, a session and an account for either end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import numpy as np

from app.media.slot import Picture
from app.media.sources import SourceSpec
from app.room.state import Participant, SessionInfo
from protocol.rest import SignedIn
from server.embedded import EmbeddedServer
from tests.browser.classmate import Classmate, Person, Tile
from tests.relay.app_side import TEST_SOURCE, AppSide, at_the_app, becomes_true, open_session, sign_up


@dataclass(frozen=True)
class Place:
    """Ada comes with the app, Wim with the browser."""

    url: str
    session: SessionInfo
    ada: SignedIn
    wim: SignedIn

    @property
    def visitor(self) -> Person:
        return Person(self.url, self.session.id, self.wim.id, self.wim.name, token=self.wim.token)

    @property
    def onlooker(self) -> Person:
        """Wim without a camera and a microphone."""
        return replace(self.visitor, camera=False, microphone=False)

    @asynccontextmanager
    async def with_app(self, source: SourceSpec = TEST_SOURCE) -> AsyncGenerator[AppSide]:
        async with at_the_app(self.url, self.ada, self.session, camera=source, microphone=source) as app:
            yield app

    @asynccontextmanager
    async def meeting(
        self, page: Classmate, *, first: str = "app"
    ) -> AsyncGenerator[tuple[AppSide, Participant, Tile]]:
        """Both are in the room; the app's end, what it shows of Wim, and what the page shows of Ada."""
        if first == "browser":
            await page.join(self.visitor)
        async with self.with_app() as app:
            if first == "app":
                await page.join(self.visitor)
            [wim] = await app.until_with("wim")
            [ada] = await page.until_tiles(1)
            yield app, wim, ada


async def furnished(url: str) -> Place:
    """Two new accounts and an open session on the server at ``url``."""
    ada = await sign_up(url, "ada", tutor=True)
    session = SessionInfo.of(await open_session(url, ada))
    return Place(url, session, ada, await sign_up(url, "wim"))


@asynccontextmanager
async def running(server: EmbeddedServer) -> AsyncGenerator[str]:
    await asyncio.to_thread(server.start)
    try:
        yield server.url
    finally:
        await asyncio.to_thread(server.stop)


async def app_receives(app: AppSide, wim: Participant) -> None:
    """The app decodes the page's picture and hears its sound, and the tile gets a picture with something in it."""
    slot = app.room.picture(wim.id)
    slot.show(160, 90)
    got = await app.until_received(wim.id, frames=25, seconds=1.5)
    assert got.video.width * 9 == got.video.height * 16  # Chromium sends less where the machine is busy
    await app.until_loud()
    seen: list[Picture] = []

    async def looked() -> bool:
        picture = slot.take()
        if picture is not None:
            seen.append(picture)
        return bool(seen)

    await becomes_true(looked, "a picture in the tile", lambda: seen)
    picture = seen[-1]
    assert (picture.width, picture.height) == (160, 90)
    assert np.frombuffer(picture.data, np.uint8).std() > 5, "the tile shows nothing but one colour"


async def page_receives(page: Classmate, ada: Tile) -> None:
    """The page decodes the app's picture and sound, and paints something."""
    got = await page.until_received(ada.sid, frames=25, seconds=1.5)
    assert (got.width, got.height) == (320, 180)
    assert got.energy > 0, "the page hears silence"
    assert (await page.look(ada.sid)).spread > 5, "the page sees nothing but one colour"
