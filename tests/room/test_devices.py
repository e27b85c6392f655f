"""Other devices in the middle of a call, and devices that are unplugged and plugged in again."""

from __future__ import annotations

from pathlib import Path

from app.errors import DeviceError, DeviceKind, DeviceProblem
from app.media.devices import Device
from app.media.sources import SourceSpec
from tests.fakes.house import NONE, TEST, House
from tests.fakes.waiting import until

CLIP = SourceSpec.parse(f"file:{Path(__file__).parents[2] / 'resources' / 'demo' / 'priya.webm'}")
WEBCAM = SourceSpec.parse("device:/dev/video-of-ann")
THERE = Device("/dev/video-of-ann", "Webcam", DeviceKind.CAMERA)
OTHER = Device("/dev/video-other", "Built-in", DeviceKind.CAMERA, is_default=True)


async def test_another_camera_and_microphone_go_over_the_same_connection(house: House) -> None:
    ann, ben = await house.enter("Ann"), await house.enter("Ben", silent=True)
    await ben.receives("Ann")
    attempt = ben.other("Ann").attempt
    await ann.room.use_camera(CLIP)
    await ann.room.use_microphone(CLIP)
    assert ann.state.camera.actual
    assert ann.state.microphone.actual
    await ben.receives("Ann", 10)
    assert ben.other("Ann").attempt == attempt


async def test_a_device_that_is_off_stays_off_when_another_is_chosen(house: House) -> None:
    ann = await house.enter("Ann")
    await ann.room.set_microphone(False)
    await ann.room.set_camera(False)
    await ann.room.use_microphone(CLIP)
    await ann.room.use_camera(CLIP)
    assert not ann.state.camera.actual
    assert not ann.state.microphone.actual
    assert ann.media.audio.muted
    await ann.room.set_microphone(True)
    assert ann.state.microphone.actual


async def test_a_device_that_does_not_open_is_a_problem_and_the_next_choice_mends_it(house: House) -> None:
    ann = await house.enter("Ann")
    await ann.room.use_camera(WEBCAM)
    assert (ann.state.camera.actual, ann.state.camera.problem) == (False, DeviceProblem.ABSENT)
    await ann.room.use_camera(TEST)
    assert (ann.state.camera.actual, ann.state.camera.problem) == (True, None)


async def test_the_default_stands_in_until_the_chosen_one_is_back(house: House) -> None:
    ann = house.stay(await house.sign_up("Ann"), camera=WEBCAM, microphone=NONE)
    await ann.room.join()
    await ann.room.devices_changed([THERE, OTHER], [])
    assert ann.state.notices == ()
    await ann.room.devices_changed([OTHER], [])
    notice = ann.state.notices[-1]
    assert (notice.kind, notice.name, notice.detail) == ("device-replaced", "camera", "Built-in")
    await ann.room.devices_changed([OTHER], [])
    assert ann.state.notices[-1] is notice, "told once"
    await ann.room.devices_changed([THERE, OTHER], [])
    assert ann.state.notices[-1].kind == "device-back"
    assert not ann.state.camera.desired
    assert not ann.state.camera.actual, "never on by itself"


async def test_a_camera_that_was_on_when_it_went_is_tried_again_when_one_is_there(house: House) -> None:
    ann = await house.enter("Ann")
    lost = ann.media.on_device_lost
    assert lost is not None
    lost(DeviceKind.CAMERA, DeviceError(DeviceKind.CAMERA, DeviceProblem.ABSENT))
    assert not ann.state.camera.actual
    await ann.room.use_camera(TEST)
    await until(lambda: ann.state.camera.actual)
