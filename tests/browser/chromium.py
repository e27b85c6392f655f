"""What a Chromium of the tests and of the benchmarks is started with, and the page it opens, served on loopback."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web

from tests.relay.npm import installed, tool

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


def program() -> Path:
    """Debian's Chromium.

    Raises:
        MissingToolError: it is not on this machine.
    """
    return tool("chromium", "chromium")


@asynccontextmanager
async def page_site(more: Mapping[str, Path] | None = None) -> AsyncGenerator[str]:
    """Where the test page lives: another origin than the server's, as the web client's is.

    ``more`` adds files: the path in the address, and the file.
    """
    client = installed(HERE) / "node_modules" / "socket.io-client" / "dist" / "socket.io.min.js"
    site = web.Application()
    for path, file in {"/socket.io.min.js": client, **(more or {})}.items():
        site.router.add_get(path, _serve(file))
    site.router.add_static("/", HERE / "page")
    runner = web.AppRunner(site)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def _serve(file: Path):
    async def answer(_request: web.Request) -> web.FileResponse:
        return web.FileResponse(file)

    return answer
