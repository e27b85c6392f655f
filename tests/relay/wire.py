"""A wire to a server that can be cut: connections through it break while the server and everybody else go on."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

CHUNK = 65_536


class Wire:
    """Passes bytes between its own port and ``target``, both on loopback."""

    def __init__(self, target: str) -> None:
        self._target = urlsplit(target)
        self._ends: set[asyncio.StreamWriter] = set()
        self._passing: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self.url = ""

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def cut(self) -> None:
        """Break every connection as a dying router does; new ones are passed on as before."""
        for end in self._ends:
            end.transport.abort()

    async def stop(self) -> None:
        self.cut()
        if self._server is not None:
            self._server.close()
        await asyncio.gather(*self._passing)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, away = await asyncio.open_connection(self._target.hostname, self._target.port)
        self._ends |= {writer, away}
        for source, target in ((reader, away), (there, writer)):
            task = asyncio.create_task(self._pass_on(source, target))
            self._passing.add(task)
            task.add_done_callback(self._passing.discard)

    async def _pass_on(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            while chunk := await source.read(CHUNK):
                target.write(chunk)
                await target.drain()
        target.close()
        self._ends.discard(target)


@asynccontextmanager
async def wire_to(target: str) -> AsyncGenerator[Wire]:
    wire = Wire(target)
    await wire.start()
    try:
        yield wire
    finally:
        await wire.stop()
