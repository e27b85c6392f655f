"""Covers app/media/preview.py."""

from __future__ import annotations

import threading

import pytest

from app.errors import DeviceError, DeviceKind, DeviceProblem
from app.media.preview import Preview
from app.media.sources import SourceSpec
from tests.media.calls import until

TEST = SourceSpec.parse("test")


def capturing() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("capture")]


async def test_it_shows_and_measures_what_it_is_told_to_open() -> None:
    preview = Preview()
    preview.self_view.show(480, 270)
    assert capturing() == []
    await preview.use(DeviceKind.CAMERA, TEST)
    await until(lambda: preview.self_view._picture is not None)  # pyright: ignore[reportPrivateUsage]
    picture = preview.self_view.take()
    assert picture is not None
    assert (picture.width, picture.height) == (480, 270)
    assert preview.level() == 0
    await preview.use(DeviceKind.MICROPHONE, TEST)
    await until(lambda: preview.level() > 0.3)
    await preview.use(DeviceKind.MICROPHONE, None)
    await until(lambda: preview.level() == 0)
    await preview.close()
    assert capturing() == []


async def test_a_device_that_does_not_open_says_why_and_leaves_nothing_open() -> None:
    preview = Preview()
    with pytest.raises(DeviceError) as caught:
        await preview.use(DeviceKind.CAMERA, SourceSpec.parse("device:/dev/no-such-camera"))
    assert (caught.value.kind, caught.value.problem) == (DeviceKind.CAMERA, DeviceProblem.ABSENT)
    await until(lambda: capturing() == [])
    await preview.close()
