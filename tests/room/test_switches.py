from __future__ import annotations

import asyncio

import pytest

from app.errors import DeviceError, DeviceKind, DeviceProblem
from app.room.speaking import PAUSE_S, Speech
from app.room.switches import Reconciler


class Device:
    """A camera that opens when it is told that it may."""

    def __init__(self) -> None:
        self.applied: list[bool] = []
        self.settled: list[tuple[bool, DeviceProblem | None]] = []
        self.gate = asyncio.Event()
        self.error: Exception | None = None
        self.busy = 0
        self.switch = Reconciler(DeviceKind.CAMERA, self._apply, self._note)

    async def _apply(self, on: bool) -> None:
        self.busy += 1
        assert self.busy == 1
        try:
            self.applied.append(on)
            await self.gate.wait()
            if on and self.error is not None:
                raise self.error
        finally:
            self.busy -= 1

    def _note(self, on: bool, error: DeviceError | None) -> None:
        self.settled.append((on, None if error is None else error.problem))


async def test_stale_wishes_are_skipped_and_the_last_one_wins() -> None:
    device = Device()
    device.switch.wish(True)
    await asyncio.sleep(0)
    for on in (False, True, False, True, False):
        device.switch.wish(on)
    device.gate.set()
    await device.switch.idle()
    assert device.applied == [True, False]
    assert device.settled == [(False, None)]


async def test_a_wish_that_fails_is_told_and_tried_again_when_asked() -> None:
    device = Device()
    device.gate.set()
    device.error = DeviceError(DeviceKind.CAMERA, DeviceProblem.BUSY)
    device.switch.wish(True)
    await device.switch.idle()
    assert device.settled == [(False, DeviceProblem.BUSY)]
    device.error = None
    device.switch.wish(True)
    await device.switch.idle()
    assert device.settled == [(False, DeviceProblem.BUSY), (True, None)]


@pytest.mark.expects_log("a device failed in a way that nobody foresaw")
async def test_a_failure_that_nobody_foresaw_is_a_failed_device() -> None:
    device = Device()
    device.gate.set()
    device.error = ZeroDivisionError()
    device.switch.wish(True)
    await device.switch.idle()
    assert device.settled == [(False, DeviceProblem.FAILED)]


async def test_closing_does_not_wait_for_a_device_that_hangs() -> None:
    device = Device()
    device.switch.wish(True)
    await asyncio.sleep(0)
    await device.switch.close()
    assert device.busy == 0
    await device.switch.idle()


def test_speech_begins_loud_and_outlasts_a_pause() -> None:
    silent = Speech()
    assert not silent.heard(0.3, 0.0).is_speaking
    speaking = silent.heard(0.5, 0.0)
    assert speaking.heard(0.0, PAUSE_S - 0.1).is_speaking
    assert speaking.heard(0.2, PAUSE_S - 0.1).heard(0.0, PAUSE_S + 0.1).is_speaking
    assert not speaking.heard(0.0, PAUSE_S).is_speaking
