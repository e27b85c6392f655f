"""What FFmpeg is given on each platform, and what its refusals mean."""

from __future__ import annotations

import av.error
import pytest

from app.errors import DeviceError, DeviceKind, DeviceProblem
from app.media.capture import opening
from app.media.capture.opening import Input, device_error, open_input
from app.media.sources import SourceSpec, VideoFormat

WANTED = VideoFormat(640, 360, 15)


@pytest.mark.parametrize(
    ("platform", "file", "source"),
    [("linux", "X", "v4l2"), ("win32", "video=X", "dshow"), ("darwin", "X:none", "avfoundation")],
)
def test_cameras(platform: str, file: str, source: str) -> None:
    described = opening.camera(SourceSpec.parse("device:X"), WANTED, platform)
    assert (described.file, described.format) == (file, source)
    assert described.options["framerate"] == "15"
    assert described.options["video_size"] == "640x360"


@pytest.mark.parametrize(
    ("platform", "file", "source"),
    [("linux", "hw:1", "alsa"), ("win32", "audio=hw:1", "dshow"), ("darwin", "none:hw:1", "avfoundation")],
)
def test_microphones(platform: str, file: str, source: str) -> None:
    described = opening.microphone(SourceSpec.parse("device:hw:1"), platform)
    assert (described.file, described.format) == (file, source)


def test_screens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":7.0")
    spec = SourceSpec.parse("screen:1")
    assert opening.camera(spec, WANTED, "linux").file == ":7.1"
    assert opening.camera(spec, WANTED, "win32") == Input("desktop", "gdigrab", {"framerate": "15"})
    assert opening.camera(spec, WANTED, "darwin").file == "Capture screen 1:none"


def test_an_input_output_error_is_told_apart_by_the_list() -> None:
    error = av.error.OSError(5, "Input/output error")
    assert device_error(DeviceKind.CAMERA, error, lambda: True).problem is DeviceProblem.BUSY
    assert device_error(DeviceKind.CAMERA, error, lambda: False).problem is DeviceProblem.ABSENT
    assert device_error(DeviceKind.CAMERA, error).problem is DeviceProblem.FAILED


def test_an_input_that_this_build_has_not() -> None:
    with pytest.raises(DeviceError) as raised:
        open_input(DeviceKind.CAMERA, Input("x", "no-such-input"))
    assert raised.value.problem is DeviceProblem.ABSENT
