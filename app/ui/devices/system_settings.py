"""Where a system lets people allow an app the camera, the microphone or the screen, and the way there."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from app.errors import DeviceKind, DeviceProblem
from app.ui.words import tr

log = logging.getLogger(__name__)

_MACOS = "x-apple.systempreferences:com.apple.preference.security?Privacy_"
_PAGES: dict[str, dict[DeviceKind, str]] = {
    "darwin": {
        DeviceKind.CAMERA: _MACOS + "Camera",
        DeviceKind.MICROPHONE: _MACOS + "Microphone",
        DeviceKind.SCREEN: _MACOS + "ScreenCapture",
    },
    "win32": {
        DeviceKind.CAMERA: "ms-settings:privacy-webcam",
        DeviceKind.MICROPHONE: "ms-settings:privacy-microphone",
    },
}


def settings_page(kind: DeviceKind, problem: DeviceProblem | None, platform: str = "") -> str:
    """The address of the page that mends it, for ``open_settings``; "" where there is none."""
    if problem is not DeviceProblem.DENIED:
        return ""
    return _PAGES.get(platform or sys.platform, {}).get(kind, "")


def open_settings(page: str) -> None:
    if not QDesktopServices.openUrl(QUrl(page)):
        log.warning("this system does not know %s", page)


def repair_words(kind: DeviceKind, problem: DeviceProblem | None) -> str:
    """What the button beside a problem says."""
    return tr("Open Settings") if settings_page(kind, problem) else tr("Try again")


def repair(kind: DeviceKind, problem: DeviceProblem | None, try_again: Callable[[], None]) -> None:
    """What the button does."""
    page = settings_page(kind, problem)
    if page:
        open_settings(page)
    else:
        try_again()
