"""The way to the system's settings, where a system denies a device."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from app.errors import DeviceKind, DeviceProblem
from app.room.state import Switch
from app.ui.devices.mirror import Mirror
from app.ui.devices.system_settings import settings_page


class Desktop(QObject):
    """What Qt hands addresses to, in the place of the system."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toString())


def test_each_system_has_its_pages() -> None:
    denied = DeviceProblem.DENIED
    assert settings_page(DeviceKind.CAMERA, denied, "darwin").endswith("?Privacy_Camera")
    assert settings_page(DeviceKind.MICROPHONE, denied, "darwin").endswith("?Privacy_Microphone")
    assert settings_page(DeviceKind.SCREEN, denied, "darwin").endswith("?Privacy_ScreenCapture")
    assert settings_page(DeviceKind.CAMERA, denied, "win32") == "ms-settings:privacy-webcam"
    assert settings_page(DeviceKind.MICROPHONE, denied, "win32") == "ms-settings:privacy-microphone"
    assert settings_page(DeviceKind.CAMERA, denied, "linux") == ""
    assert settings_page(DeviceKind.CAMERA, DeviceProblem.BUSY, "darwin") == ""
    assert settings_page(DeviceKind.CAMERA, None, "darwin") == ""


def test_where_the_system_denies_the_button_opens_its_settings(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    desktop = Desktop()
    handler: Any = "open"  # Qt takes a name here, whatever its type hints say
    QDesktopServices.setUrlHandler("ms-settings", desktop, handler)
    try:
        mirror = Mirror()
        qtbot.addWidget(mirror)
        retried: list[bool] = []
        mirror.retried.connect(lambda: retried.append(True))
        mirror.show_camera(Switch(True, False, DeviceProblem.DENIED), None)
        assert (mirror.again.text(), mirror.again.accessibleName()) == ("Open Settings", "Open Settings")
        mirror.again.click()
        assert (desktop.opened, retried) == (["ms-settings:privacy-webcam"], [])
        mirror.show_camera(Switch(True, False, DeviceProblem.BUSY), None)
        assert (mirror.again.text(), mirror.again.accessibleName()) == ("Try again", "Try the camera again")
        mirror.again.click()
        assert retried == [True]
    finally:
        QDesktopServices.unsetUrlHandler("ms-settings")
