"""What of our camera goes over one connection, as its path allows."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from app.media import screens
from app.media.screens import ScreenEnd
from app.media.slot import FrameSlot
from app.media.thinning import LEAST
from app.media.video import codecs
from app.media.video.layers import CameraLayers
from app.media.video.outgoing import VideoOut
from tests.media.calls import SMALL, until


class Sender:
    """The camera of a connection whose clock is ours."""

    def __init__(self) -> None:
        self.now = 0.0
        self.layers = CameraLayers(SMALL)
        self.screen = VideoOut(15, codecs.SCREEN)
        self.track = self.layers.full.track()
        self.track.hand_to(lambda _: None)
        self.end = ScreenEnd(self.layers, self.screen, self.track, FrameSlot(), lambda: self.now)

    @property
    def is_sending(self) -> bool:
        return self.layers.is_sending

    async def close(self) -> None:
        self.end.stop()
        self.track.stop()
        await self.layers.close()
        await self.screen.close()


@pytest_asyncio.fixture
async def sender(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Sender]:
    monkeypatch.setattr(screens, "TRY_S", 0.01)
    sender = Sender()
    yield sender
    await sender.close()


async def test_a_picture_that_pauses_is_tried_again_though_nothing_is_heard_of_the_path(sender: Sender) -> None:
    """Where only pictures are counted on their way, a pause leaves nothing to report."""
    assert sender.is_sending
    sender.end.limit_camera(LEAST - 1)
    assert not sender.is_sending
    sender.now = 600.0
    await until(lambda: sender.is_sending)
    sender.now += 600.0
    sender.end.limit_camera(LEAST - 1)
    assert not sender.is_sending, "it was in vain"
    sender.now += 600.0
    await until(lambda: sender.is_sending)


async def test_nothing_is_tried_after_the_end(sender: Sender) -> None:
    sender.end.limit_camera(LEAST - 1)
    sender.end.stop()
    sender.end.limit_camera(LEAST - 1)
    sender.now = 600.0
    await asyncio.sleep(2 * screens.TRY_S)  # timers go off in order: one of theirs would have
    assert not sender.is_sending
