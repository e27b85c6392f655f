"""Inputs that do not wait for what is to come, as FFmpeg's of macOS, are read like those that do."""

from __future__ import annotations

import asyncio
import errno
import threading
from collections.abc import Callable, Generator, Iterator
from types import TracebackType
from typing import Any, Self

import av.error
import pytest
from av import Packet, VideoFrame
from av.container import InputContainer

from app.errors import DeviceError, DeviceKind
from app.media.capture import producers, reading, screen
from app.media.capture.opening import Input, open_input
from app.media.capture.shaping import SAMPLES
from app.media.capture.worker import CaptureWorker, Item, Produce
from app.media.sources import SourceSpec
from tests.media.calls import SMALL, until

PICTURES = Input("testsrc2=size=320x180:rate=30,format=yuv420p,realtime", "lavfi")
SOUND = Input("sine=frequency=440:sample_rate=48000,arealtime", "lavfi")
DEVICE = SourceSpec.parse("device:x")


class Impatient:
    """A container that says before each packet that there is none yet; where it has to say more than that, it
    ``fails`` so."""

    def __init__(self, real: InputContainer, fails: Exception | None) -> None:
        self.streams = real.streams
        self._real = real
        self._fails = fails
        self._packets: Iterator[Packet[Any]] | None = None
        self._is_there = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._real.close()

    def demux(self, *streams: Any) -> Generator[Packet[Any], None, None]:
        if self._packets is None:
            self._packets = self._real.demux(*streams)
        while True:
            self._is_there = not self._is_there
            if not self._is_there:
                raise self._fails or av.error.BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")
            yield next(self._packets)


Opens = Callable[[Input, Exception | None], None]


@pytest.fixture
def opens(monkeypatch: pytest.MonkeyPatch) -> Opens:
    """Whatever is opened from now on is this."""

    def put(described: Input, fails: Exception | None) -> None:
        def opened(kind: DeviceKind, *_others: object) -> Impatient:
            return Impatient(open_input(kind, described), fails)

        for module, name in ((producers, "open_first"), (producers, "open_input"), (screen, "open_first")):
            monkeypatch.setattr(module, name, opened)

    return put


def by_ffmpeg(stopping: threading.Event) -> Generator[Item, None, None]:
    for frame in screen.by_ffmpeg(SourceSpec.parse("screen:0"), SMALL, stopping):
        yield Item(frame, 0)


READERS: dict[str, tuple[Input, Produce]] = {
    "camera": (PICTURES, producers.pictures(DEVICE, SMALL)),
    "microphone": (SOUND, producers.sounds(DEVICE)),
    "screen": (PICTURES, by_ffmpeg),
}


@pytest.mark.parametrize("name", READERS)
async def test_what_is_not_there_yet_is_waited_for(opens: Opens, name: str) -> None:
    described, produce = READERS[name]
    opens(described, None)
    got: list[Item] = []
    lost: list[DeviceError] = []
    worker = CaptureWorker(DeviceKind.CAMERA, produce, got.append, lost.append)
    await worker.start()
    await until(lambda: len(got) >= 5)
    await worker.stop()
    assert lost == []
    assert all(isinstance(one.content, VideoFrame) or len(one.content) == SAMPLES for one in got)


@pytest.mark.parametrize("name", READERS)
async def test_what_fails_is_still_the_end(opens: Opens, name: str) -> None:
    described, produce = READERS[name]
    opens(described, av.error.OSError(errno.ENODEV, "No such device"))
    lost: list[DeviceError] = []
    worker = CaptureWorker(DeviceKind.CAMERA, produce, lambda _item: None, lost.append)
    try:
        await worker.start()
    except DeviceError as error:
        lost.append(error)
    await until(lambda: lost)
    await worker.stop()
    assert [error.problem for error in lost] == ["absent"]


class Nothing:
    """A container in which nothing ever is."""

    def demux(self, *_streams: Any) -> Generator[Packet[Any], None, None]:
        raise av.error.BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")
        yield


async def test_it_ends_at_once_while_nothing_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "AGAIN_S", 600.0)
    stopping, nothing = threading.Event(), Nothing()
    packets: Generator[Packet[Any], None, None] = reading.packets(nothing, object(), stopping)  # pyright: ignore[reportArgumentType]
    ending = asyncio.create_task(asyncio.to_thread(lambda: list(packets)))
    await asyncio.sleep(0)
    stopping.set()
    assert await asyncio.wait_for(ending, 10) == []
