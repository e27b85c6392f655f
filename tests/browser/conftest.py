"""One Chromium for all tests here, with a made-up camera and microphone, and the page it opens, served on loopback."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Protocol

import pytest_asyncio
from aiohttp import web
from playwright.async_api import Browser, async_playwright

from server.embedded import EmbeddedServer
from tests.browser.classmate import Classmate
from tests.browser.place import Place, furnished, running
from tests.relay.npm import installed, tool
from tests.relay.process import Relay

HERE = Path(__file__).parent
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--mute-audio",
    "--use-fake-device-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
)


class Open(Protocol):
    """Opens a page in a profile of its own; ``devices`` are the permissions that its visitor has given."""

    async def __call__(self, *, devices: Sequence[str] = ("camera", "microphone")) -> Classmate: ...


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def browser() -> AsyncIterator[Browser]:
    """Debian's Chromium without a window.

    Raises:
        MissingToolError: it is not on this machine.
    """
    program = tool("chromium", "chromium")
    async with async_playwright() as playwright:
        one = await playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield one
        await one.close()


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def page_origin() -> AsyncIterator[str]:
    """Where the test page lives: another origin than the server's, as the web client's is."""
    client = installed(HERE) / "node_modules" / "socket.io-client" / "dist" / "socket.io.min.js"

    async def script(_request: web.Request) -> web.FileResponse:
        return web.FileResponse(client)

    site = web.Application()
    site.router.add_get("/socket.io.min.js", script)
    site.router.add_static("/", HERE / "page")
    runner = web.AppRunner(site)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@pytest_asyncio.fixture(loop_scope="package")
async def open_page(browser: Browser, page_origin: str) -> AsyncIterator[Open]:
    """After the test, no page may have met an error."""
    opened: list[Classmate] = []

    async def open_one(*, devices: Sequence[str] = ("camera", "microphone")) -> Classmate:
        context = await browser.new_context(permissions=devices)
        classmate = await Classmate.open(context, f"{page_origin}/index.html")
        opened.append(classmate)
        return classmate

    yield open_one
    alive = [one for one in opened if not one.page.is_closed()]
    problems = [await one.problems() for one in alive]
    for one in opened:
        await one.page.context.close()
    assert problems == [[] for _ in alive]


@pytest_asyncio.fixture(loop_scope="package")
async def relay(tmp_path: Path) -> AsyncIterator[Relay]:
    one = Relay(tmp_path / "relay.json")
    await one.start()
    yield one
    await one.kill()


@pytest_asyncio.fixture(loop_scope="package")
async def place(tmp_path: Path, page_origin: str) -> AsyncIterator[Place]:
    """Our own server, as the seed's web client needs it: its origin is allowed, and sockets need no token."""
    server = EmbeddedServer(tmp_path, allow_anonymous_sockets=True, allowed_origins=(page_origin,))
    async with running(server) as url:
        yield await furnished(url)
