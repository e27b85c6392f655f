"""One server per test, on a free port of loopback."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from server.settings import ServerSettings
from tests.server.harness import Hall, HandClock, running


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def settings(tmp_path: Path, clock: HandClock) -> ServerSettings:
    """What the ``hall`` is made with; a test module may override it."""
    return ServerSettings(data_dir=tmp_path / "server", clock=clock)


@pytest.fixture
async def hall(settings: ServerSettings) -> AsyncGenerator[Hall]:
    async with running(settings) as open_hall:
        yield open_hall
