"""May this app see and hear? What the systems say that let a person refuse it."""

from __future__ import annotations

import sys
from collections.abc import Callable

from app.errors import DeviceKind

CAPABILITIES = {DeviceKind.CAMERA: "webcam", DeviceKind.MICROPHONE: "microphone"}
"""Windows' names."""
STORE = r"Software\Microsoft\Windows\CurrentVersion\CapabilityAccessManager\ConsentStore"


async def ask(kind: DeviceKind) -> None:
    """Before a device is opened: have the system ask the person, where it does, and wait for the answer.

    Raises:
        DeviceError: it is denied.
    """
    if "PySide6.QtCore" not in sys.modules:
        return  # whoever has no application need not load Qt to find that out
    from app.media import qt_permission

    permission = qt_permission.shared()
    if permission is not None:
        await permission.ask(kind)


def consents(place: str) -> tuple[str, ...]:
    """What Windows notes of ``place`` among its capabilities, "Allow" or "Deny", for the computer and for the person;
    nothing on other systems."""
    if sys.platform != "win32":
        return ()
    import winreg

    said: list[str] = []
    for hive in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):
        try:
            with winreg.OpenKey(hive, rf"{STORE}\{place}") as key:
                said.append(str(winreg.QueryValueEx(key, "Value")[0]))
        except OSError:
            continue  # nobody said anything
    return tuple(said)


def is_refused(kind: DeviceKind, consents: Callable[[str], tuple[str, ...]] = consents) -> bool:
    """Whether Windows' privacy settings keep the device from programs like this one: opening it fails then with the
    same error as for one that another app uses."""
    name = CAPABILITIES.get(kind)
    return name is not None and "Deny" in (*consents(name), *consents(rf"{name}\NonPackaged"))
