"""A relay for each test, with a file of its own that outlives restarts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.relay.process import Relay


@pytest_asyncio.fixture
async def relay(tmp_path: Path) -> AsyncIterator[Relay]:
    one = Relay(tmp_path / "relay.json")
    await one.start()
    yield one
    await one.kill()
