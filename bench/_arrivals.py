"""Takes the frames that a page sends, as raw samples, and says how close they are to their source.

They are only kept while the call runs, and compared after it.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import numpy as np
from aiohttp import web

from bench import _psnr
from bench._clip import Film

LARGEST = 1 << 24
KEPT = 40


@dataclass
class Arrivals:
    address: str = ""
    _frames: list[tuple[int, _psnr.Planes]] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        number, width, height = (int(request.query[name]) for name in ("number", "width", "height"))
        flat = np.frombuffer(await request.read(), np.uint8)
        if len(self._frames) < KEPT:
            self._frames.append((number, _psnr.split(flat, width, height)))
        return web.Response()

    def compare(self, film: Film) -> list[float]:
        """Decibels of each, at the size that the camera has."""
        full = film.format.width, film.format.height
        return [
            _psnr.psnr(_psnr.scaled(picture, *full), film.frame(number))
            for number, picture in self._frames
            if number < film.count
        ]


@asynccontextmanager
async def arrivals() -> AsyncGenerator[Arrivals]:
    """Listens on loopback while open."""
    taker = Arrivals()
    site = web.Application(client_max_size=LARGEST)
    site.router.add_post("/frame", taker.take)
    runner = web.AppRunner(site)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        taker.address = f"http://127.0.0.1:{runner.addresses[0][1]}/frame"
        yield taker
    finally:
        await runner.cleanup()
