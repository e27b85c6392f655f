"""One Chromium for all tests here, with a made-up camera and microphone, and the page it opens."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Protocol

import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from server.embedded import EmbeddedServer
from tests.browser.chromium import FLAGS, page_site, program
from tests.browser.classmate import Classmate
from tests.browser.place import Place, furnished, running
from tests.relay.process import Relay


class Open(Protocol):
    """Opens a page in a profile of its own; ``devices`` are the permissions that its visitor has given."""

    async def __call__(self, *, devices: Sequence[str] = ("camera", "microphone")) -> Classmate: ...


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def browser() -> AsyncIterator[Browser]:
    """Debian's Chromium without a window.

    Raises:
        MissingToolError: it is not on this machine.
    """
    async with async_playwright() as playwright:
        one = await playwright.chromium.launch(executable_path=program(), args=FLAGS)
        yield one
        await one.close()


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def page_origin() -> AsyncIterator[str]:
    """Where the test page lives: another origin than the server's, as the web client's is."""
    async with page_site() as origin:
        yield origin


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
