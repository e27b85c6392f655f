"""What cameras, microphones, speakers and screens there are, as FFmpeg and the system say it, without a Qt window."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import av
from av.error import FFmpegError

from app.errors import DeviceKind
from app.media.capture import opening

PRETENDED = ("null",)
"""ALSA lists these, and nobody can speak into them."""


@dataclass(frozen=True, slots=True)
class Device:
    id: str
    """What ``device:ID`` takes."""
    name: str
    """What a person calls it."""
    kind: DeviceKind
    is_default: bool = False


def cameras() -> tuple[Device, ...]:
    match sys.platform:
        case "win32":
            return _listed("dshow", DeviceKind.CAMERA, "video")
        case "darwin":
            return _listed("avfoundation", DeviceKind.CAMERA, "video")
        case _:
            return _v4l2()


def microphones() -> tuple[Device, ...]:
    match sys.platform:
        case "win32":
            return _listed("dshow", DeviceKind.MICROPHONE, "audio")
        case "darwin":
            return _listed("avfoundation", DeviceKind.MICROPHONE, "audio")
        case _:
            opening.point_alsa_home()
            listed = _listed("alsa", DeviceKind.MICROPHONE, "audio")
            return tuple(device for device in listed if device.id not in PRETENDED)


def speakers() -> tuple[Device, ...]:
    """The system's outputs where Qt can be asked for them; the silent clock is always there and is not listed."""
    from app.media.audio import qt_speaker

    return tuple(Device(id_, name, DeviceKind.SPEAKER, is_default) for id_, name, is_default in qt_speaker.outputs())


def screens() -> tuple[Device, ...]:
    if sys.platform == "win32":
        return (Device("0", "Desktop", DeviceKind.SCREEN, is_default=True),)
    if sys.platform == "darwin":
        listed = av.enumerate_input_devices("avfoundation")
        found = [device for device in listed if "Capture screen" in device.description]
        return tuple(Device(str(n), one.description, DeviceKind.SCREEN, n == 0) for n, one in enumerate(found))
    display = os.environ.get("DISPLAY")
    return (Device("0", f"Screen {display}", DeviceKind.SCREEN, is_default=True),) if display else ()


def _listed(source: str, kind: DeviceKind, media: str) -> tuple[Device, ...]:
    try:
        found = av.enumerate_input_devices(source)
    except (FFmpegError, ValueError, NotImplementedError):
        return ()
    wanted = [device for device in found if not device.media_types or media in device.media_types]
    named_default = any(device.is_default for device in wanted)
    return tuple(
        Device(one.name, one.description or one.name, kind, one.is_default or (not named_default and index == 0))
        for index, one in enumerate(wanted)
    )


def _v4l2() -> tuple[Device, ...]:
    """FFmpeg lists only the nodes it may open; the kernel also says those that are busy or denied."""
    nodes = sorted(Path("/dev").glob("video[0-9]*"), key=lambda node: int(node.name.removeprefix("video")))
    found: list[Device] = []
    for node in nodes:
        described = Path("/sys/class/video4linux") / node.name
        index = described / "index"
        if index.exists() and index.read_text().strip() != "0":
            continue  # the metadata node of a camera that has another one for pictures
        name = (described / "name").read_text().strip() if (described / "name").exists() else node.name
        found.append(Device(str(node), name, DeviceKind.CAMERA, is_default=not found))
    return tuple(found)
