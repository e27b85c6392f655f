"""Covers app/hardware.py."""

from __future__ import annotations

import asyncio
import threading

from app.choices import Devices
from app.errors import DeviceKind
from app.hardware import Hardware
from app.media.devices import Device

HEADSET = Device("h", "Headset", DeviceKind.MICROPHONE, is_default=True)


async def test_nothing_is_known_before_somebody_looks() -> None:
    hardware = Hardware(lambda: Devices((), (HEADSET,)))
    assert hardware.store.state is None
    assert await hardware.look() == Devices((), (HEADSET,)) == hardware.store.state


async def test_who_asks_meanwhile_gets_what_was_seen_after_they_asked() -> None:
    plugged: list[Device] = []
    looks = 0
    begun, may_end = threading.Event(), threading.Event()

    def look() -> Devices:
        nonlocal looks
        looks += 1
        found = Devices((), tuple(plugged))
        begun.set()
        may_end.wait(10)
        return found

    hardware = Hardware(look)
    first = asyncio.create_task(hardware.look())
    await asyncio.to_thread(begun.wait, 10)
    plugged.append(HEADSET)
    others = [asyncio.create_task(hardware.look()) for _ in range(5)]
    await asyncio.sleep(0)
    may_end.set()
    assert await first == Devices()
    assert [await one for one in others] == [Devices((), (HEADSET,))] * 5
    assert looks == 2
