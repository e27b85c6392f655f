"""What cameras, microphones, speakers and screens there are, as FFmpeg, the kernel and Qt say it, without a window.

May be called from any thread; it takes some milliseconds. ``app.media.identities`` has the rules.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import av
from av.error import FFmpegError

from app.errors import DeviceKind
from app.media import identities
from app.media.capture import opening
from app.media.identities import Named

_LINKS = Path("/dev/v4l/by-id")


@dataclass(frozen=True, slots=True)
class Device:
    id: str
    """What ``device:ID`` takes."""
    name: str
    """What a person calls it."""
    kind: DeviceKind
    is_default: bool = False


def cameras() -> tuple[Device, ...]:
    return _devices(DeviceKind.CAMERA, "video")


def microphones() -> tuple[Device, ...]:
    return _devices(DeviceKind.MICROPHONE, "audio")


def speakers() -> tuple[Device, ...]:
    """The system's outputs where Qt can be asked for them; the silent clock is always there and is not listed."""
    return _of(DeviceKind.SPEAKER, _seen(DeviceKind.SPEAKER))


def screens() -> tuple[Device, ...]:
    if sys.platform == "win32":
        return (Device("0", "Desktop", DeviceKind.SCREEN, is_default=True),)
    if sys.platform == "darwin":
        listed = av.enumerate_input_devices("avfoundation")
        found = [device for device in listed if "Capture screen" in device.description]
        return tuple(Device(str(n), one.description, DeviceKind.SCREEN, n == 0) for n, one in enumerate(found))
    display = os.environ.get("DISPLAY")
    return (Device("0", f"Screen {display}", DeviceKind.SCREEN, is_default=True),) if display else ()


def _devices(kind: DeviceKind, media: str) -> tuple[Device, ...]:
    seen = _seen(kind)
    match sys.platform:
        case "win32":
            found = identities.dshow(_listed("dshow", media), seen)
        case "darwin":
            found = identities.avfoundation(_listed("avfoundation", media), seen)
        case _ if kind is DeviceKind.CAMERA:
            nodes = _nodes()
            found = identities.v4l2(nodes, _links(nodes), seen)
        case _:
            opening.point_alsa_home()
            found = identities.alsa(_listed("alsa", media), seen) if seen or not _has_server() else ()
    return _of(kind, found)


def _of(kind: DeviceKind, named: Sequence[Named]) -> tuple[Device, ...]:
    return tuple(Device(one.id, one.name, kind, one.is_default) for one in named)


def _seen(kind: DeviceKind) -> Sequence[Named]:
    """What Qt says; nothing where it cannot be asked: no application, or a system that lacks what it links."""
    if "PySide6.QtCore" not in sys.modules:
        return ()  # whoever has no application need not load Qt to find that out
    try:
        from app.media import pulse, qt_devices
    except ImportError:
        return ()
    return pulse.still_there(kind, qt_devices.seen(kind), qt_devices.seen(DeviceKind.SPEAKER))


def _has_server() -> bool:
    """A sound server without a microphone: what else ALSA lists leads to that server too."""
    try:
        from app.media import pulse
    except ImportError:
        return False
    return pulse.is_running()


def _listed(source: str, media: str) -> list[Named]:
    """What FFmpeg says; it calls nothing but the default by its own word."""
    try:
        found = av.enumerate_input_devices(source)
    except (FFmpegError, ValueError, NotImplementedError):
        return []
    wanted = [device for device in found if not device.media_types or media in device.media_types]
    named_default = any(device.is_default for device in wanted)
    return [
        Named(one.name, one.description or one.name, one.is_default or (not named_default and index == 0))
        for index, one in enumerate(wanted)
    ]


def _nodes() -> list[Named]:
    """FFmpeg lists only the nodes it may open; the kernel also says those that are busy or denied."""
    nodes = sorted(Path("/dev").glob("video[0-9]*"), key=lambda node: int(node.name.removeprefix("video")))
    found: list[Named] = []
    for node in nodes:
        described = Path("/sys/class/video4linux") / node.name
        index = described / "index"
        if index.exists() and index.read_text().strip() != "0":
            continue  # the metadata node of a camera that has another one for pictures
        name = (described / "name").read_text().strip() if (described / "name").exists() else node.name
        found.append(Named(str(node), name))
    return found


def _links(nodes: Sequence[Named]) -> dict[str, str]:
    """The name that a camera keeps, by its path of now."""
    paths = {one.id for one in nodes}
    links = {str(link.resolve()): str(link) for link in sorted(_LINKS.glob("*"))}
    return {path: link for path, link in links.items() if path in paths}
