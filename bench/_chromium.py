"""A participant in Debian's Chromium as the benchmark sees it: a browser of its own, with the test page in it.

Every participant is a whole browser, as on a computer of its own, and everything that descends from its main process
is counted. It runs without a window (Chromium's own headless mode, software compositing), which spares it a display;
its page is as large as our window's stage and paints the same tiles. Playwright drives it over the DevTools protocol.
"""

from __future__ import annotations

import asyncio
import os
import signal
import tempfile
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, Playwright

from bench import _mark, _procs
from bench._arrivals import Arrivals
from bench._clip import Film
from bench._place import Place
from tests.browser.chromium import FLAGS, program
from tests.browser.classmate import Person

START_S = 30.0
END_S = 10.0
WAIT_MS = 30_000.0
WINDOW = (1440, 900)
TILES = {2: (744, 372), 3: (524, 372), 4: (524, 372)}
"""Pixels of a tile in our window of that size, by the number of people; a run of ours says anew what they are."""
AT_RATE = 0.95


@dataclass(frozen=True)
class Sending:
    """``codec`` is "VP8", "H264", or None for the browser's choice; ``bitrate`` in bits a second and peer, None: its
    own; ``tile`` is how large each picture is painted."""

    codec: str | None
    bitrate: int | None
    tile: tuple[int, int]


class ChromiumSeat:
    side = "chromium"

    def __init__(self, page: Page, pid: int, person: Person, film: Film, bitrate: int | None, *, camera: bool) -> None:
        self._page = page
        self._pid = pid
        self._bitrate = bitrate
        self._me = person.to_wire()
        if camera:
            form = film.format
            exact = {"width": form.width, "height": form.height, "frameRate": form.fps}
            self._me["cameraFormat"] = exact

    @classmethod
    async def take(
        cls,
        stack: AsyncExitStack,
        playwright: Playwright,
        place: Place,
        session: str,
        name: str,
        film: Film,
        sending: Sending,
        *,
        camera: bool = True,
    ) -> ChromiumSeat:
        """Start the browser and open the page, ready to join; it ends with ``stack``."""
        account = await place.account(name)
        media = (
            "--use-fake-ui-for-media-stream",
            f"--use-file-for-fake-video-capture={film.pictures}",
            f"--use-file-for-fake-audio-capture={film.sound}",
        )
        browser, pid = await stack.enter_async_context(running(playwright, (*FLAGS, *media)))
        page = await browser.contexts[0].new_page()
        page.set_default_timeout(WAIT_MS)
        await page.set_viewport_size({"width": WINDOW[0], "height": WINDOW[1]})
        await page.goto(place.page)
        await page.evaluate(
            "([codec, bitrate, fps, wide, high]) => {"
            "Object.assign(bench, {codec, maxBitrate: bitrate, fps});"
            "const {style} = document.querySelector('#stage');"
            "style.setProperty('--wide', `${wide}px`); style.setProperty('--high', `${high}px`); }",
            [sending.codec, sending.bitrate, film.format.fps, *sending.tile],
        )
        who = account.signed_in
        person = Person(place.url, session, who.id, who.name, token=who.token, camera=camera)
        return cls(page, pid, person, film, sending.bitrate, camera=camera)

    async def join(self) -> None:
        await self._page.evaluate("me => bench.join(me)", self._me)

    async def figures(self) -> dict[str, Any]:
        found = await self._page.evaluate("() => bench.figures()")
        if found["problems"]:
            raise RuntimeError(f"the page met errors: {found['problems']}")
        return found

    async def received(self) -> list[tuple[int, tuple[int, int]]]:
        """Frames decoded so far of everybody who is there, and the size they came in."""
        coming = [one["in"] for one in (await self.figures())["peers"]]
        return [
            (one["framesDecoded"] or 0, (one["frameWidth"] or 0, one["frameHeight"] or 0)) if one else (0, (0, 0))
            for one in coming
        ]

    async def sent_bytes(self) -> int:
        return sum(one["out"]["bytesSent"] for one in (await self.figures())["peers"] if one["out"])

    async def key_frames(self) -> int:
        return sum(one["in"]["keyFramesDecoded"] or 0 for one in (await self.figures())["peers"] if one["in"])

    async def first_frame_ms(self) -> float | None:
        """From joining to the first picture of anybody that was handed to the screen."""
        found = await self.figures()
        first, joined = found["firstFrameAt"], found["joinedAt"]
        return None if first is None or joined is None else first - joined

    async def watch_self(self) -> None:
        """Note from now on when the camera's frames come."""
        await self._page.evaluate("() => bench.watch('self')")

    async def watch_other(self) -> None:
        """Note from now on when the frames of the only other one come."""
        await self._page.evaluate("() => bench.watch([...desk.peers.keys()][0])")

    async def log(self) -> list[tuple[int, float]]:
        """(number of the frame, seconds) of those that were watched."""
        await self.figures()
        return [(number, at / 1000) for number, at in await self._page.evaluate("() => bench.log")]

    async def send_frames(self, arrivals: Arrivals) -> None:
        """From now on some of the frames that are watched go to ``arrivals``."""
        await self._page.evaluate(
            "([each, sink]) => Object.assign(bench, {keepEach: each, sink})", [_mark.KEEP_EACH, arrivals.address]
        )

    async def at_rate(self) -> bool:
        """Whether its estimate of the path has grown to the bit rate it was given, for everybody."""
        going = [one["out"] for one in (await self.figures())["peers"] if one["out"]]
        wanted = self._bitrate or 0
        return all((one["targetBitrate"] or 0) >= AT_RATE * wanted for one in going)

    async def spent(self) -> dict[str, float]:
        """Processor seconds so far by the kind of process."""
        return _procs.seconds_by_kind(self._pid)

    def cpu_seconds(self) -> float:
        return _procs.cpu_seconds(self._pid)

    def screen_cpu_seconds(self) -> float:
        return 0.0

    def unique_mb(self) -> float:
        return _procs.unique_mb(self._pid)


@asynccontextmanager
async def running(
    playwright: Playwright, flags: Sequence[str], environment: Mapping[str, str] | None = None
) -> AsyncGenerator[tuple[Browser, int]]:
    """A Chromium with a profile of its own, and its process id. ``environment`` is added to ours."""
    with tempfile.TemporaryDirectory(prefix="deskmates-chromium-", ignore_cleanup_errors=True) as profile:
        process = await asyncio.create_subprocess_exec(
            program(),
            *flags,
            "--headless=new",
            "--remote-debugging-port=0",
            f"--user-data-dir={profile}",
            f"--window-size={WINDOW[0]},{WINDOW[1]}",
            "about:blank",
            env={**os.environ, **(environment or {})},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            browser = await playwright.chromium.connect_over_cdp(await _address(Path(profile), process))
            yield browser, process.pid
            session = await browser.new_browser_cdp_session()
            await session.send("Browser.close")
        finally:
            await _end(process)


async def _address(profile: Path, process: asyncio.subprocess.Process) -> str:
    """Where it listens for DevTools: it writes the port into its profile."""
    file = profile / "DevToolsActivePort"
    async with asyncio.timeout(START_S):
        while not (file.exists() and file.read_text().strip()):
            if process.returncode is not None:
                raise RuntimeError(f"Chromium ended with exit code {process.returncode}")
            await asyncio.sleep(0.05)
    return f"http://127.0.0.1:{int(file.read_text().splitlines()[0])}"


async def _end(process: asyncio.subprocess.Process) -> None:
    """Wait until it has closed; end its process group, which holds nothing else, where it does not."""
    try:
        await asyncio.wait_for(process.wait(), END_S)
    except TimeoutError:
        os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
