"""Calls that are closed after the test, and the check that nothing of theirs is left."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio

from app.media.call import CallMedia
from app.media.sources import VideoFormat
from tests.media.calls import SMALL, new_call

OURS = ("capture-", "audio-", "video-", "silent-speaker")

MakeCall = Callable[..., CallMedia]


def media_threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith(OURS)]


@pytest_asyncio.fixture
async def make_call() -> AsyncIterator[MakeCall]:
    made: list[CallMedia] = []

    def make(video: VideoFormat = SMALL) -> CallMedia:
        made.append(new_call(video))
        return made[-1]

    yield make
    for call in made:
        await call.close()


@pytest.fixture
def demo_clip(pytestconfig: pytest.Config) -> str:
    return str(pytestconfig.rootpath / "resources" / "demo" / "priya.webm")
