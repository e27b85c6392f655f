"""A capture thread against sources that do all that real ones do: refuse, die, hang, and never begin."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Generator, Iterator

import av.error
import numpy as np
import pytest

from app.errors import DeviceError, DeviceKind, DeviceProblem
from app.media.capture.worker import CaptureWorker, Item
from tests.media.calls import until

KIND = DeviceKind.MICROPHONE


class Source:
    """Delivers until ``ends``; then hangs, dies or ends as it is told."""

    def __init__(self, then: Exception | None = None, *, items: int = 3) -> None:
        self.delivered: list[Item] = []
        self.lost: list[DeviceError] = []
        self.go_on = threading.Event()
        """A source that hangs does so until this is set."""
        self.is_closed = False
        self._then = then
        self.items = items

    def produce(self, stopping: threading.Event) -> Generator[Item, None, None]:
        try:
            for _ in range(self.items):
                yield Item(np.zeros(960, np.int16), time.monotonic())
            if self._then is not None:
                raise self._then
            self.go_on.wait()
            yield Item(np.ones(960, np.int16), time.monotonic())
        finally:
            self.is_closed = True

    def worker(self, silent_after_s: float = 5.0) -> CaptureWorker:
        return CaptureWorker(KIND, self.produce, self.delivered.append, self.lost.append, silent_after_s=silent_after_s)


@pytest.fixture
def hanging() -> Iterator[Source]:
    source = Source()
    yield source
    source.go_on.set()


async def test_it_delivers_and_releases() -> None:
    source = Source()
    worker = source.worker()
    await worker.start()
    await until(lambda: len(source.delivered) == 3)
    stopping = asyncio.create_task(worker.stop())
    await asyncio.sleep(0)
    source.go_on.set()
    await stopping
    assert source.is_closed
    assert len(source.delivered) == 3, "after the stop nothing is delivered"
    assert source.lost == []


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (av.error.FileNotFoundError(2, "No such file"), DeviceProblem.ABSENT),
        (av.error.OSError(19, "No such device"), DeviceProblem.ABSENT),
        (av.error.OSError(16, "Device or resource busy"), DeviceProblem.BUSY),
        (av.error.PermissionError(13, "Permission denied"), DeviceProblem.DENIED),
        (av.error.OSError(5, "Input/output error"), DeviceProblem.FAILED),
        (DeviceError(KIND, DeviceProblem.NO_SOUND), DeviceProblem.NO_SOUND),
    ],
)
async def test_a_source_that_does_not_open_says_why(error: Exception, problem: DeviceProblem) -> None:
    source = Source(error, items=0)
    with pytest.raises(DeviceError) as raised:
        await source.worker().start()
    assert raised.value.problem is problem
    assert raised.value.kind is KIND
    assert source.lost == [], "it was said already"


@pytest.mark.expects_log("a capture thread failed")
async def test_a_source_that_cannot_even_be_made_says_so_at_once() -> None:
    def produce(stopping: threading.Event) -> Generator[Item, None, None]:
        raise ImportError("libpulse.so.0 is not here")

    worker = CaptureWorker(KIND, produce, lambda item: None, lambda error: None, silent_after_s=60)
    with pytest.raises(DeviceError, match="libpulse") as raised:
        await worker.start()
    assert raised.value.problem is DeviceProblem.FAILED


async def test_a_source_that_never_begins_is_given_up(hanging: Source) -> None:
    hanging.items = 0
    with pytest.raises(DeviceError) as raised:
        await hanging.worker(0.1).start()
    assert raised.value.problem is DeviceProblem.SILENT
    assert not hanging.is_closed, "a read that hangs is not closed from outside"
    hanging.go_on.set()
    await until(lambda: hanging.is_closed)
    assert hanging.delivered == []


async def test_a_source_that_falls_silent_is_lost(hanging: Source) -> None:
    worker = hanging.worker(1.0)
    await worker.start()
    await until(lambda: hanging.lost)
    assert [error.problem for error in hanging.lost] == [DeviceProblem.SILENT]
    hanging.go_on.set()
    await until(lambda: hanging.is_closed)
    assert len(hanging.delivered) == 3


async def test_a_source_that_is_pulled_out_is_lost_once() -> None:
    source = Source(av.error.OSError(19, "No such device"))
    worker = source.worker()
    await worker.start()
    await until(lambda: source.lost)
    await worker.stop()
    assert [error.problem for error in source.lost] == [DeviceProblem.ABSENT]


@pytest.mark.expects_log("a capture thread failed")
async def test_a_bug_in_a_source_is_logged_and_lost() -> None:
    source = Source(ZeroDivisionError("a bug"))
    await source.worker().start()
    await until(lambda: source.lost)
    assert [error.problem for error in source.lost] == [DeviceProblem.FAILED]
