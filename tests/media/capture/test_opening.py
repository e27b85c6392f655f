"""What FFmpeg is given on each platform, and what its refusals mean."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import av.error
import pytest
from av.packet import Packet

from app.errors import DeviceError, DeviceKind, DeviceProblem
from app.media.capture import opening, producers
from app.media.capture.opening import Input, device_error, open_first, open_input
from app.media.sources import SourceSpec, VideoFormat

WANTED = VideoFormat(640, 360, 15)
DEVICE = SourceSpec.parse("device:X")


@pytest.mark.parametrize(
    ("platform", "file", "source"),
    [("linux", "X", "v4l2"), ("win32", "video=X", "dshow"), ("darwin", "X:none", "avfoundation")],
)
def test_cameras(platform: str, file: str, source: str) -> None:
    best, *others, last = opening.camera(SourceSpec.parse("device:X"), WANTED, platform)
    assert {(one.file, one.format) for one in (best, *others, last)} == {(file, source)}
    assert best.options["framerate"] == "15"
    assert best.options["video_size"] == "640x360"
    assert "video_size" not in last.options, "a camera that has another size is better than none"


@pytest.mark.parametrize(
    ("platform", "large", "small"),
    [
        ("linux", ("input_format", "mjpeg"), ("input_format", "yuyv422")),
        ("win32", ("vcodec", "mjpeg"), ("pixel_format", "nv12")),
        ("darwin", ("pixel_format", "nv12"), ("pixel_format", "nv12")),
    ],
)
def test_large_pictures_are_asked_for_compressed_and_small_ones_raw(
    platform: str, large: tuple[str, str], small: tuple[str, str]
) -> None:
    for wanted, (option, value) in ((VideoFormat(1280, 720, 30), large), (WANTED, small)):
        assert opening.camera(SourceSpec.parse("device:X"), wanted, platform)[0].options[option] == value


@pytest.mark.parametrize("fps", [15, 24, 30])
def test_macos_is_offered_the_rates_that_cameras_have(fps: int) -> None:
    """FFmpeg's avfoundation opens a mode only where its highest rate is the wished one to 0.01."""
    wishes = opening.camera(DEVICE, VideoFormat(640, 360, fps), "darwin")
    rates = [Fraction(one.options["framerate"]) for one in wishes]
    assert rates[0] == fps, "it need not be thinned out"
    for size in ("640x360", None):
        offered = [rate for one, rate in zip(wishes, rates, strict=True) if one.options.get("video_size") == size]
        assert len(offered) == len(set(offered))
        for highest in (30.00003, 60.00024, 29.97, 59.94, 25.0, 24.000038):
            assert any(abs(float(rate) - highest) < 0.01 for rate in offered), highest


@pytest.mark.parametrize("platform", ["linux", "win32"])
def test_elsewhere_the_last_wish_is_none_that_a_camera_could_refuse(platform: str) -> None:
    assert not {"framerate", "video_size"} & opening.camera(DEVICE, WANTED, platform)[-1].options.keys()


def test_a_camera_that_refuses_a_format_is_asked_for_the_next() -> None:
    good = Input("testsrc2=size=64x48", "lavfi")
    with open_first(DeviceKind.CAMERA, [Input("no-such-filter", "lavfi"), good]) as container:
        assert container.streams.video[0].width == 64
    with pytest.raises(DeviceError) as raised:
        open_first(DeviceKind.CAMERA, [good, Input("no-such-filter", "lavfi")][1:])
    assert raised.value.problem is not DeviceProblem.ABSENT
    with pytest.raises(DeviceError) as raised:
        open_first(DeviceKind.CAMERA, [Input("/nowhere/video0", "v4l2"), good])
    assert raised.value.problem is DeviceProblem.ABSENT, "no other format brings it back"


def stamped(at: float | None) -> Packet[Any]:
    """A camera's picture of that moment."""
    packet: Packet[Any] = Packet(b"x")
    packet.time_base = Fraction(1, 1_000_000)
    packet.pts = None if at is None else round(at * 1_000_000)
    return packet


@pytest.mark.parametrize(
    ("age", "stale"), [(0.02, False), (0.5, True), (None, False), (3_000_000.0, False), (-3_000_000.0, False)]
)
def test_what_waited_too_long_is_left_out_where_the_clock_is_ours(age: float | None, stale: bool) -> None:
    assert producers.is_stale(stamped(None if age is None else 5_000_000 - age), 5_000_000) == stale


def test_a_camera_whose_stamps_are_always_old_is_shown_nevertheless() -> None:
    freshness = producers.Freshness()
    moments = [100 + number / 30 for number in range(60)]
    passed = [at for at in moments if freshness.passes(stamped(at - 0.4), at)]
    assert passed == [at for at in moments if at - 100 >= producers.STALE_S]


def test_what_waited_while_we_were_held_up_is_left_out_each_time() -> None:
    freshness = producers.Freshness()
    for start in (100.0, 101.0, 102.0):
        assert freshness.passes(stamped(start), start + 0.01)
        late = start + 0.5
        waiting = [freshness.passes(stamped(start + number / 30), late + number / 1000) for number in range(1, 5)]
        assert not any(waiting)
        assert freshness.passes(stamped(late), late + 0.02)


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
    assert opening.camera(spec, WANTED, "linux")[0].file == ":7.1"
    assert opening.camera(spec, WANTED, "win32") == (Input("desktop", "gdigrab", {"framerate": "15"}),)
    assert opening.camera(spec, WANTED, "darwin")[0].file == "Capture screen 1:none"


def test_an_input_output_error_is_told_apart_by_the_list() -> None:
    error = av.error.OSError(5, "Input/output error")
    assert device_error(DeviceKind.CAMERA, error, lambda: True).problem is DeviceProblem.BUSY
    assert device_error(DeviceKind.CAMERA, error, lambda: False).problem is DeviceProblem.ABSENT
    assert device_error(DeviceKind.CAMERA, error).problem is DeviceProblem.FAILED


def test_an_input_that_this_build_has_not() -> None:
    with pytest.raises(DeviceError) as raised:
        open_input(DeviceKind.CAMERA, Input("x", "no-such-input"))
    assert raised.value.problem is DeviceProblem.ABSENT
