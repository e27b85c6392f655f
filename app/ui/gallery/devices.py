"""The green room and the settings in their states."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from app.choices import Devices
from app.errors import DeviceKind, DeviceProblem
from app.media.devices import Device
from app.ui.devices.meter import HEARD_AT, SEGMENTS, MicrophoneMeter
from app.ui.devices.tryout import Tryout
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
SECTIONS = (
    *("devices", "appearance", "notifications", "language", "account", "server", "keys", "access", "privacy", "about"),
)


# ---- waiting for them ---------------------------------------------------------------------------------------------


def has_settled(tryout: Tryout, meter: MicrophoneMeter) -> bool:
    """Whether the devices are listed, each that was asked for is there or has said why not, and the meter has seen
    what there is to hear."""
    camera, microphone = tryout.switch("camera"), tryout.switch("microphone")
    level = tryout.level()
    return (
        tryout.devices is not None
        and all(one.actual is one.desired or one.problem is not None for one in (camera, microphone))
        and (not microphone.actual or meter.is_heard is (level >= HEARD_AT))
        and meter.bar.lit == (math.ceil(level * SEGMENTS) if microphone.actual else 0)
    )


# ---- the green room ------------------------------------------------------------------------------------------------


def green_room(studio: Studio, devices: StillDevices, session: Session | None = None, *, on: bool = True) -> Scene:
    desk = StillDesk(studio.engine, studio.folder, TUTOR, ready(()), devices=devices)
    if on:
        desk.settings.change(was_on=_ON)
    page = GreenRoom(desk.port, session or many_sessions()[0])
    devices.play_in(page)
    return Scene(page, is_ready=lambda: has_settled(page.tryout, page.meter))


def _both(problem: DeviceProblem) -> dict[DeviceKind, DeviceProblem]:
    return {DeviceKind.CAMERA: problem, DeviceKind.MICROPHONE: problem}


@screen("green-room-first-use", in_all_ways=True)
def first_use(studio: Studio) -> Scene:
    return green_room(studio, StillDevices(PLUGGED_IN), on=False)


@screen("green-room", in_all_ways=True)
def heard_and_seen(studio: Studio) -> Scene:
    return green_room(studio, StillDevices(PLUGGED_IN, level=0.6))


@screen("green-room-no-devices", in_all_ways=True)
def no_devices(studio: Studio) -> Scene:
    return green_room(studio, StillDevices(Devices(), _both(DeviceProblem.ABSENT)))


@screen("green-room-denied", in_all_ways=True)
def denied(studio: Studio) -> Scene:
    return green_room(studio, StillDevices(PLUGGED_IN, _both(DeviceProblem.DENIED)))


@screen("green-room-busy", in_all_ways=True)
def busy(studio: Studio) -> Scene:
    return green_room(studio, StillDevices(PLUGGED_IN, {DeviceKind.CAMERA: DeviceProblem.BUSY}, level=0.2))


@screen("green-room-joining")
def joining(studio: Studio) -> Scene:
    scene = green_room(studio, StillDevices(PLUGGED_IN))
    assert isinstance(scene.window, GreenRoom)
    return replace(scene, open=scene.window.join)


@screen("green-room-long-names")
def long_names(studio: Studio) -> Scene:
    return green_room(studio, StillDevices(PLUGGED_IN), long_sessions()[0])


# ---- settings ------------------------------------------------------------------------------------------------------


def settings_page(studio: Studio, devices: StillDevices, act: Callable[[SettingsPage], None]) -> Scene:
    """``act`` is done whenever the page was shown."""
    page = SettingsPage(StillDesk(studio.engine, studio.folder, TUTOR, ready(()), devices=devices).port)
    devices.play_in(page)
    tried = page.devices
    return Scene(page, lambda: act(page), lambda: has_settled(tried.tryout, tried.meter))


def _section(name: str) -> None:
    @screen(f"settings-{name}", in_all_ways=True)
    def section(studio: Studio) -> Scene:  # pyright: ignore[reportUnusedFunction]
        return settings_page(studio, StillDevices(PLUGGED_IN), lambda page: page.go_to(getattr(page, name)))


for _name in SECTIONS:
    _section(_name)


@screen("settings-testing")
def testing(studio: Studio) -> Scene:
    def test(page: SettingsPage) -> None:
        page.go_to(page.devices)
        tryout = page.devices.tryout
        for button, switch in (
            (page.devices.try_camera, tryout.switch("camera")),
            (page.devices.try_microphone, tryout.switch("microphone")),
        ):
            if not switch.desired:
                button.click()

    return settings_page(studio, StillDevices(PLUGGED_IN, level=0.6), test)


@screen("settings-key-refused")
def key_refused(studio: Studio) -> Scene:
    def press(page: SettingsPage) -> None:
        page.go_to(page.keys)
        rows = list(page.keys.rows.values())
        rows[1].keys.click()
        rows[1].keys.pressed_key.emit("M")
        rows[2].keys.click()

    return settings_page(studio, StillDevices(PLUGGED_IN), press)


@screen("settings-clear", in_all_ways=True)
def clear(studio: Studio) -> Scene:
    def ask(page: SettingsPage) -> None:
        page.go_to(page.privacy)
        page.privacy.clear.click()

    return settings_page(studio, StillDevices(PLUGGED_IN), ask)
