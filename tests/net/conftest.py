from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.fakes.seed_server import SeedServer


@pytest_asyncio.fixture
async def seed() -> AsyncIterator[SeedServer]:
    server = SeedServer()
    await server.start()
    yield server
    await server.stop()
