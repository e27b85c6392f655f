"""One kind of source does not keep the other waiting, unless both are one clip."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Generator
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio

from app.errors import DeviceKind
from app.media.capture import producers
from app.media.capture.feeds import Feeds
from app.media.capture.worker import Item, Produce
from app.media.sources import SourceSpec
from tests.media.calls import SMALL, TEST, until
from tests.media.clips import make_clip
from tests.media.conftest import media_threads

CAMERA, MICROPHONE = DeviceKind.CAMERA, DeviceKind.MICROPHONE
SLOW = SourceSpec.parse("device:slow")


class Room:
    """Sources whose microphone opens when it is told to."""

    def __init__(self) -> None:
        self.pictures = 0
        self.go_on = threading.Event()
        self.feeds = Feeds(SMALL, self._see, lambda _sound, _at: None, lambda _kind, _error: None)

    def _see(self, _frame: object, _at: float) -> None:
        self.pictures += 1

    def sounds(self, _spec: SourceSpec) -> Produce:
        def produce(stopping: threading.Event) -> Generator[Item, None, None]:
            self.go_on.wait()
            while not stopping.wait(0.02):
                yield Item(np.zeros(960, np.int16), time.monotonic())

        return produce


@pytest_asyncio.fixture
async def room(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Room]:
    room = Room()
    monkeypatch.setattr(producers, "sounds", room.sounds)
    yield room
    room.go_on.set()
    await room.feeds.close_all()
    assert media_threads() == []


async def _opening(room: Room) -> asyncio.Task[None]:
    await room.feeds.open(CAMERA, TEST)
    opening = asyncio.create_task(room.feeds.open(MICROPHONE, SLOW))
    await until(lambda: "capture-microphone" in media_threads())
    return opening


async def test_a_camera_goes_off_while_a_microphone_opens(room: Room) -> None:
    opening = await _opening(room)
    await room.feeds.close(CAMERA)
    seen = room.pictures
    assert not opening.done()
    assert "capture-camera" not in media_threads()
    room.go_on.set()
    await opening
    assert (room.feeds.is_open(CAMERA), room.feeds.is_open(MICROPHONE)) == (False, True)
    assert room.pictures == seen


async def test_the_end_does_not_leave_a_camera_on_while_a_microphone_opens(room: Room) -> None:
    opening = await _opening(room)
    closing = asyncio.create_task(room.feeds.close_all())
    await until(lambda: "capture-camera" not in media_threads())
    assert not opening.done()
    room.go_on.set()
    await asyncio.gather(opening, closing)
    assert media_threads() == []


async def test_the_two_halves_of_a_clip_are_one_thread_whoever_asks_first(room: Room, tmp_path: Path) -> None:
    clip = SourceSpec.parse(f"file:{make_clip(tmp_path / 'both.mkv', seconds=1, sound_seconds=1)}")
    await asyncio.gather(room.feeds.open(CAMERA, clip), room.feeds.open(MICROPHONE, clip))
    assert len(media_threads()) == 1
    await asyncio.gather(room.feeds.close(CAMERA), room.feeds.open(MICROPHONE, clip))
    assert (room.feeds.is_open(CAMERA), room.feeds.is_open(MICROPHONE)) == (False, True)
    assert len(media_threads()) == 1
