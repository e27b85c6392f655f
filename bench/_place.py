"""Where both sides meet: the companion server and its page on loopback, a session, and an account for each seat."""

from __future__ import annotations

import asyncio
import secrets
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from app.hosting import open_session, sign_up
from protocol.rest import SignedIn
from server.embedded import EmbeddedServer
from tests.browser.chromium import page_site

PAGE = Path(__file__).parent / "page"


@dataclass(frozen=True)
class Account:
    email: str
    password: str
    signed_in: SignedIn


@dataclass(frozen=True)
class Place:
    url: str
    page: str
    """Address of the page that Chromium opens."""

    async def session(self) -> str:
        """A fresh room that is open now."""
        _, session = await open_session(self.url, "Owner", "Benchmark", places=20)
        return session.id

    async def account(self, name: str) -> Account:
        password = "-" + secrets.token_urlsafe(16)  # one in 64 begins so anyway: whoever hands it on has to cope
        signed_in = await sign_up(self.url, name, password)
        return Account(signed_in.email, password, signed_in)


@asynccontextmanager
async def meeting_place() -> AsyncGenerator[Place]:
    """A server that admits Chromium's page, which joins as the seed's web client does: without a token."""
    files = {f"/{name}": PAGE / name for name in ("bench.html", "bench.js")}
    with tempfile.TemporaryDirectory(prefix="deskmates-bench-") as folder:
        async with page_site(files) as origin:
            server = EmbeddedServer(Path(folder), allow_anonymous_sockets=True, allowed_origins=(origin,))
            await asyncio.to_thread(server.start)
            try:
                yield Place(server.url, f"{origin}/bench.html")
            finally:
                await asyncio.to_thread(server.stop)
