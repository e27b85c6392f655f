"""One page in the browser, as a test sees it: what it is told to do, and what it shows and receives.

Promises: everything waits for a condition with a bound, and what the page could not do is an error, never a silence.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from playwright.async_api import BrowserContext, Page

WAIT_MS = 20_000.0
SAMPLES_PER_S = 48_000


@dataclass(frozen=True, slots=True)
class Person:
    """Who joins, from where and with what. ``token`` is for the POST of a message only: the socket is anonymous."""

    server: str
    session_id: str
    user_id: str
    user_name: str
    token: str | None = None
    is_tutor: bool = False
    camera: bool = True
    microphone: bool = True
    camera_format: tuple[int, int, int] | None = None
    """Width, height and pictures a second; None: the page's own, which is small."""
    transports: tuple[str, ...] = ("websocket", "polling")
    """Engine.IO's, in the order in which they are tried."""

    def to_wire(self) -> dict[str, Any]:
        form = self.camera_format
        return {
            "server": self.server,
            "sessionId": self.session_id,
            "userId": self.user_id,
            "userName": self.user_name,
            "token": self.token,
            "isTutor": self.is_tutor,
            "camera": self.camera,
            "microphone": self.microphone,
            "cameraFormat": form and {"width": form[0], "height": form[1], "frameRate": form[2]},
            "transports": self.transports,
        }


@dataclass(frozen=True, slots=True)
class Tile:
    """A participant as the page shows it; a switch is None until it was heard of."""

    sid: str
    user_id: str
    name: str
    audio: bool | None
    video: bool | None


@dataclass(frozen=True, slots=True)
class Line:
    user_id: str
    user_name: str
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Received:
    """What one peer connection of the page has received; samples are those of 48 kHz sound."""

    state: str
    frames: int
    width: int
    height: int
    samples: int
    concealed: int
    energy: float


@dataclass(frozen=True, slots=True)
class Look:
    """The brightness of the picture in a tile, 0..255."""

    mean: float
    spread: float


class Classmate:
    def __init__(self, page: Page) -> None:
        self.page = page

    @classmethod
    async def open(cls, context: BrowserContext, address: str) -> Classmate:
        page = await context.new_page()
        page.set_default_timeout(WAIT_MS)
        await page.goto(address)
        return cls(page)

    async def join(self, person: Person) -> None:
        """Raises playwright's Error where the server cannot be reached from the page."""
        await self.page.evaluate("me => desk.join(me)", person.to_wire())

    async def say(self, text: str, kind: str = "text") -> None:
        await self.page.evaluate("([text, kind]) => desk.say(text, kind)", [text, kind])

    async def set_microphone(self, on: bool) -> None:
        await self.page.evaluate("on => desk.toggle('audio', on)", on)

    async def set_camera(self, on: bool) -> None:
        await self.page.evaluate("on => desk.toggle('video', on)", on)

    async def leave(self) -> None:
        await self.page.evaluate("() => desk.leave()")

    async def close(self) -> None:
        await self.page.close()

    async def sid(self) -> str:
        return await self.page.evaluate("() => desk.socket.id")

    async def tiles(self) -> list[Tile]:
        found = await self.page.evaluate(
            "() => [...document.querySelectorAll('#tiles > figure')].map("
            "one => ({...one.dataset, name: one.querySelector('figcaption').textContent}))"
        )
        return [
            Tile(one["socketId"], one["userId"], one["name"], _switch(one.get("audio")), _switch(one.get("video")))
            for one in found
        ]

    async def lines(self) -> list[Line]:
        found = await self.page.evaluate(
            "() => [...document.querySelectorAll('#messages > li')].map("
            "one => ({...one.dataset, text: one.textContent}))"
        )
        return [Line(one["userId"], one["userName"], one["text"], one["messageType"]) for one in found]

    async def received(self, sid: str) -> Received:
        found = await self.page.evaluate("sid => desk.peers.get(sid).figures()", sid)
        video, audio = found["video"] or {}, found["audio"] or {}
        return Received(
            state=found["state"],
            frames=video.get("frames", 0),
            width=video.get("width", 0),
            height=video.get("height", 0),
            samples=audio.get("samples", 0),
            concealed=audio.get("concealed", 0),
            energy=audio.get("energy", 0.0),
        )

    async def until_more(self, sid: str, *, frames: int = 0, seconds: float = 0.0) -> tuple[Received, Received]:
        """What had come in before, and what after so many more pictures and so much more sound."""
        before = await self.received(sid)
        after = await self.until_received(
            sid, frames=before.frames + frames, seconds=before.samples / SAMPLES_PER_S + seconds
        )
        return before, after

    async def reload(self) -> None:
        """As a visitor reloads: the page forgets everything, its socket and its connections are cut."""
        await self.page.reload()

    async def look(self, sid: str) -> Look:
        return Look(**await self.page.evaluate("sid => desk.look(sid)", sid))

    async def candidates(self) -> list[str]:
        """The candidates that this page has sent, as their SDP lines."""
        return await self.page.evaluate("() => desk.candidates")

    async def problems(self) -> list[str]:
        return await self.page.evaluate("() => desk.problems")

    async def until_tiles(self, count: int) -> list[Tile]:
        await self._until("document.querySelectorAll('#tiles > figure').length === wanted", count)
        return await self.tiles()

    async def until_no_tile(self, sid: str) -> None:
        await self._until("tile(wanted) === null", sid)

    async def until_lines(self, count: int) -> list[Line]:
        await self._until("document.querySelectorAll('#messages > li').length >= wanted", count)
        return await self.lines()

    async def until_switches(self, sid: str, *, audio: bool | None, video: bool | None) -> None:
        """Both switches are shown so; None waits for nothing."""
        wanted = {kind: str(on).lower() for kind, on in (("audio", audio), ("video", video)) if on is not None}
        condition = "Object.entries(wanted[1]).every(([kind, on]) => tile(wanted[0])?.dataset[kind] === on)"
        await self._until(condition, [sid, wanted])

    async def until_received(self, sid: str, *, frames: int, seconds: float) -> Received:
        """``frames`` decoded pictures and ``seconds`` of sound came in all from ``sid``."""
        condition = (
            "desk.peers.get(wanted[0])?.figures().then("
            "got => got.video?.frames >= wanted[1] && got.audio?.samples >= wanted[2])"
        )
        await self._until(condition, [sid, frames, int(seconds * SAMPLES_PER_S)])
        return await self.received(sid)

    async def _until(self, condition: str, wanted: Any) -> None:
        if await self.page.evaluate(f"wanted => desk.until(() => {condition}, {WAIT_MS})", wanted):
            return
        tiles = await self.tiles()
        received = {tile.name: await self.received(tile.sid) for tile in tiles}
        raise AssertionError(
            f"the page waited in vain for {condition} with {json.dumps(wanted)}; "
            f"{tiles=}, {received=}, lines={await self.lines()}, problems={await self.problems()}"
        )


def _switch(shown: str | None) -> bool | None:
    return None if shown is None else shown == "true"
