"""Opens devices, screens and clips with FFmpeg, and says in our words why one would not open."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import av
from av.container import InputContainer
from av.error import FFmpegError

from app.errors import DeviceError, DeviceKind, DeviceProblem
from app.media.sources import SourceKind, SourceSpec, VideoFormat

PROBLEMS = {
    errno.ENOENT: DeviceProblem.ABSENT,
    errno.ENODEV: DeviceProblem.ABSENT,
    errno.ENXIO: DeviceProblem.ABSENT,
    errno.EBUSY: DeviceProblem.BUSY,
    errno.EACCES: DeviceProblem.DENIED,
    errno.EPERM: DeviceProblem.DENIED,
}


@dataclass(frozen=True, slots=True)
class Input:
    """What ``av.open`` is given."""

    file: str
    format: str | None = None
    options: dict[str, str] = field(default_factory=dict[str, str])


def open_input(kind: DeviceKind, described: Input, listed: Callable[[], bool] | None = None) -> InputContainer:
    """Open it.

    ``listed`` says whether the system knows the device at all: some of FFmpeg's inputs say "input/output error" for a
    device that is absent and for one that is in use.

    Raises:
        DeviceError: absent, busy, denied or failed.
    """
    try:
        return av.open(described.file, "r", format=described.format, options=described.options)
    except FFmpegError as error:
        raise device_error(kind, error, listed) from error
    except ValueError as error:  # PyAV's word for an input format that this build does not have
        raise DeviceError(kind, DeviceProblem.ABSENT, str(error)) from error


def device_error(kind: DeviceKind, error: FFmpegError, listed: Callable[[], bool] | None = None) -> DeviceError:
    """What ``error`` means to a person."""
    problem = PROBLEMS.get(error.errno or 0, DeviceProblem.FAILED)
    if error.errno == errno.EIO and listed is not None:
        problem = DeviceProblem.BUSY if listed() else DeviceProblem.ABSENT
    return DeviceError(kind, problem, error.strerror or str(error))


def camera(spec: SourceSpec, wanted: VideoFormat, platform: str = sys.platform) -> Input:
    """A camera device or a screen, as this platform's FFmpeg input names it."""
    rate = str(wanted.fps)
    size = f"{wanted.width}x{wanted.height}"
    if spec.kind is SourceKind.SCREEN:
        return _screen(int(spec.name), rate, platform)
    if platform == "win32":
        return Input(f"video={spec.name}", "dshow", {"video_size": size, "framerate": rate, "rtbufsize": "64M"})
    if platform == "darwin":
        return Input(f"{spec.name}:none", "avfoundation", {"framerate": rate, "video_size": size})
    return Input(spec.name, "v4l2", {"video_size": size, "framerate": rate})


def microphone(spec: SourceSpec, platform: str = sys.platform) -> Input:
    if platform == "win32":
        return Input(f"audio={spec.name}", "dshow", {"audio_buffer_size": "20"})
    if platform == "darwin":
        return Input(f"none:{spec.name}", "avfoundation")
    point_alsa_home()
    return Input(spec.name, "alsa", {"sample_rate": "48000", "channels": "1"})


def _screen(number: int, rate: str, platform: str) -> Input:
    if platform == "win32":
        return Input("desktop", "gdigrab", {"framerate": rate})
    if platform == "darwin":
        return Input(f"Capture screen {number}:none", "avfoundation", {"framerate": rate, "capture_cursor": "1"})
    display = os.environ.get("DISPLAY", ":0").split(".")[0]
    return Input(f"{display}.{number}", "x11grab", {"framerate": rate, "probesize": "32", "analyzeduration": "0"})


def point_alsa_home() -> None:
    """The libasound inside PyAV's wheel looks for its configuration where it was built: show it the system's."""
    config = Path("/usr/share/alsa/alsa.conf")
    if config.exists():
        os.environ.setdefault("ALSA_CONFIG_PATH", str(config))
    folders = (*Path("/usr").glob("lib*/alsa-lib"), *Path("/usr/lib").glob("*/alsa-lib"))
    if folders:
        os.environ.setdefault("ALSA_PLUGIN_DIR", str(folders[0]))
