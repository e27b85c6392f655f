"""Lists of devices never fail, on a machine that has none either."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication

from app.errors import DeviceKind
from app.media import devices
from app.media.devices import Device


@pytest.mark.parametrize(
    ("listing", "kind"),
    [
        (devices.cameras, DeviceKind.CAMERA),
        (devices.microphones, DeviceKind.MICROPHONE),
        (devices.speakers, DeviceKind.SPEAKER),
        (devices.screens, DeviceKind.SCREEN),
    ],
)
def test_lists(qapp: QCoreApplication, listing: Callable[[], tuple[Device, ...]], kind: DeviceKind) -> None:
    found = listing()
    assert all(device.kind is kind and device.id and device.name for device in found)
    assert len({device.id for device in found}) == len(found)
    assert sum(device.is_default for device in found) <= 1


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="X11 only")
def test_a_display_is_a_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":3")
    assert [screen.id for screen in devices.screens()] == ["0"]
    monkeypatch.delenv("DISPLAY")
    assert devices.screens() == ()
