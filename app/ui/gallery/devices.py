"""The green room and the settings in their states."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.choices import Devices
from app.errors import DeviceKind, DeviceProblem
from app.media.devices import Device
from app.ui.gallery.people import TUTOR, long_sessions, many_sessions
from app.ui.gallery.screens import Scene, Studio, screen
from app.ui.gallery.still import StillDesk, StillDevices, ready
from app.ui.green_room.page import GreenRoom
from app.ui.settings.page import SettingsPage
from protocol.rest import Session

PLUGGED_IN = Devices(
    (
        Device("/dev/video0", "Integrated camera", DeviceKind.CAMERA, is_default=True),
        Device("/dev/video2", "HD Pro Webcam", DeviceKind.CAMERA),
    ),
    (
        Device("hw:0", "Built-in microphone", DeviceKind.MICROPHONE, is_default=True),
        Device("hw:1", "USB headset with a name that is far too long for any list", DeviceKind.MICROPHONE),
    ),
    (Device("speakers", "Built-in speakers", DeviceKind.SPEAKER, is_default=True),),
)
_ON = {"camera device:": True, "microphone device:": True}
_HEARD_MS = 400
SECTIONS = (
    *("account", "devices", "appearance", "keys", "notifications", "access", "language", "privacy", "server", "about"),
)


# ---- the green room ------------------------------------------------------------------------------------------------


def green_room(studio: Studio, devices: StillDevices, session: Session | None = None, *, on: bool = True) -> GreenRoom:
    desk = StillDesk(studio.engine, studio.folder, TUTOR, ready(()), devices=devices)
    if on:
        desk.settings.change(was_on=_ON)
    page = GreenRoom(desk.port, session or many_sessions()[0])
    devices.play_in(page)
    return page


def _both(problem: DeviceProblem) -> dict[DeviceKind, DeviceProblem]:
    return {DeviceKind.CAMERA: problem, DeviceKind.MICROPHONE: problem}


@screen("green-room-first-use", in_all_ways=True)
def first_use(studio: Studio) -> QWidget:
    return green_room(studio, StillDevices(PLUGGED_IN), on=False)


@screen("green-room", wait_ms=_HEARD_MS, in_all_ways=True)
def heard_and_seen(studio: Studio) -> QWidget:
    return green_room(studio, StillDevices(PLUGGED_IN, level=0.6))


@screen("green-room-no-devices", wait_ms=50, in_all_ways=True)
def no_devices(studio: Studio) -> QWidget:
    return green_room(studio, StillDevices(Devices(), _both(DeviceProblem.ABSENT)))


@screen("green-room-denied", wait_ms=50, in_all_ways=True)
def denied(studio: Studio) -> QWidget:
    return green_room(studio, StillDevices(PLUGGED_IN, _both(DeviceProblem.DENIED)))


@screen("green-room-busy", wait_ms=50, in_all_ways=True)
def busy(studio: Studio) -> QWidget:
    return green_room(studio, StillDevices(PLUGGED_IN, {DeviceKind.CAMERA: DeviceProblem.BUSY}, level=0.2))


@screen("green-room-joining", wait_ms=50)
def joining(studio: Studio) -> Scene:
    page = green_room(studio, StillDevices(PLUGGED_IN))
    return Scene(page, page.join)


@screen("green-room-long-names", wait_ms=50)
def long_names(studio: Studio) -> QWidget:
    return green_room(studio, StillDevices(PLUGGED_IN), long_sessions()[0])


# ---- settings ------------------------------------------------------------------------------------------------------


def settings_page(studio: Studio, devices: StillDevices) -> SettingsPage:
    page = SettingsPage(StillDesk(studio.engine, studio.folder, TUTOR, ready(()), devices=devices).port)
    devices.play_in(page)
    return page


def _section(name: str) -> None:
    @screen(f"settings-{name}", wait_ms=50, in_all_ways=True)
    def section(studio: Studio) -> Scene:  # pyright: ignore[reportUnusedFunction]
        page = settings_page(studio, StillDevices(PLUGGED_IN))
        return Scene(page, lambda: page.go_to(getattr(page, name)))


for _name in SECTIONS:
    _section(_name)


@screen("settings-testing", wait_ms=_HEARD_MS)
def testing(studio: Studio) -> Scene:
    page = settings_page(studio, StillDevices(PLUGGED_IN, level=0.6))

    def test() -> None:
        page.go_to(page.devices)
        tryout = page.devices.tryout
        for button, switch in (
            (page.devices.try_camera, tryout.switch("camera")),
            (page.devices.try_microphone, tryout.switch("microphone")),
        ):
            if not switch.desired:
                button.click()

    return Scene(page, test)


@screen("settings-key-refused")
def key_refused(studio: Studio) -> Scene:
    page = settings_page(studio, StillDevices(PLUGGED_IN))

    def press() -> None:
        page.go_to(page.keys)
        rows = list(page.keys.rows.values())
        rows[1].keys.click()
        rows[1].keys.pressed_key.emit("M")
        rows[2].keys.click()

    return Scene(page, press)


@screen("settings-clear", in_all_ways=True)
def clear(studio: Studio) -> Scene:
    page = settings_page(studio, StillDevices(PLUGGED_IN))

    def ask() -> None:
        page.go_to(page.privacy)
        page.privacy.clear.click()

    return Scene(page, ask)
