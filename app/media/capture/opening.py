"""Opens devices, screens and clips with FFmpeg, and says in our words why one would not open."""

from __future__ import annotations

import errno
import logging
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import av
from av.container import InputContainer
from av.error import FFmpegError

from app.errors import DeviceError, DeviceKind, DeviceProblem
from app.media import permission
from app.media.sources import SourceKind, SourceSpec, VideoFormat

log = logging.getLogger(__name__)

LARGEST_RAW = 480
"""Lines: larger pictures do not fit through USB 2 uncompressed 30 times a second."""
MAC_RATES = ("30", "60", "30000/1001", "60000/1001", "25", "50", "24", "15")
"""Pictures a second that the modes of cameras end at. Those that are too many are left out later."""
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
    device that is absent, for one that is in use and for one that this app may not use.

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
        problem = _of_a_known(kind) if listed() else DeviceProblem.ABSENT
    return DeviceError(kind, problem, error.strerror or str(error))


def _of_a_known(kind: DeviceKind) -> DeviceProblem:
    """It is there, and does not open."""
    return DeviceProblem.DENIED if permission.is_refused(kind) else DeviceProblem.BUSY


def open_first(
    kind: DeviceKind, described: Sequence[Input], listed: Callable[[], bool] | None = None
) -> InputContainer:
    """The first of several descriptions of one device that it agrees to; there is at least one. As ``open_input``.

    Raises:
        DeviceError: what the last one failed with; or that it is absent or denied, which no other format changes.
    """
    *hopes, last = described
    for one in hopes:
        try:
            return open_input(kind, one, listed)
        except DeviceError as error:
            if error.problem in (DeviceProblem.ABSENT, DeviceProblem.DENIED):
                raise
            log.info("a %s does not do %s: %s", kind, one.options, error)
    return open_input(kind, last, listed)


def camera(spec: SourceSpec, wanted: VideoFormat, platform: str = sys.platform) -> tuple[Input, ...]:
    """A camera device or a screen, as this platform's FFmpeg input names it: the best way first, the last one without
    any wish that a camera could refuse.

    Over USB 2 most cameras send large pictures 30 times a second only as MJPEG; what is small enough is better raw,
    since nothing has to be decoded then. Left to itself FFmpeg takes the first format that the camera names, which may
    mean 10 pictures a second.
    """
    rate = {"framerate": str(wanted.fps)}
    if spec.kind is SourceKind.SCREEN:
        return (_screen(int(spec.name), str(wanted.fps), platform),)
    size = {"video_size": f"{wanted.width}x{wanted.height}"}
    match platform:
        case "win32":
            file, format_, always = f"video={spec.name}", "dshow", {"rtbufsize": "64M"}
            raw, packed = [{"pixel_format": "nv12"}, {"pixel_format": "yuyv422"}], [{"vcodec": "mjpeg"}]
        case "darwin":
            return _mac_camera(spec.name, size, wanted.fps)
        case _:
            file, format_, always = spec.name, "v4l2", {}
            raw, packed = [{"input_format": "yuyv422"}, {"input_format": "nv12"}], [{"input_format": "mjpeg"}]
    native = packed + raw if wanted.height > LARGEST_RAW else raw + packed
    wishes = [*({**size, **rate, **one} for one in native), {**size, **rate}, size, {}]
    return tuple(Input(file, format_, {**always, **one}) for one in wishes)


def _mac_camera(name: str, size: dict[str, str], fps: int) -> tuple[Input, ...]:
    """FFmpeg's avfoundation opens a camera at the very rate that one of its modes ends at (to 0.01), and else not at
    all; 29.97 is meant where none is said. A format that the camera has not is none that it refuses."""
    rates = dict.fromkeys((str(fps), *MAC_RATES))
    return tuple(
        Input(f"{name}:none", "avfoundation", {"pixel_format": "nv12", **one, "framerate": rate})
        for one in (size, dict[str, str]())
        for rate in rates
    )


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
