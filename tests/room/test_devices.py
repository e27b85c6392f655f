"""Other devices in the middle of a call, and devices that are unplugged and plugged in again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import DeviceError, DeviceKind, DeviceProblem
from app.media.devices import Device
from app.media.sources import SourceSpec
from app.room import devices
from app.room.state import Sources, Switch
from tests.fakes.house import NONE, TEST, House, Stay
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
    assert (notice.kind, notice.name) == ("device-replaced", "camera")
    assert (notice.gone, notice.detail) == ("Webcam", "Built-in")
    await ann.room.devices_changed([OTHER], [])
    assert ann.state.notices[-1] is notice, "told once"
    await ann.room.devices_changed([THERE, OTHER], [])
    assert ann.state.notices[-1].kind == "device-back"
    assert not ann.state.camera.desired
    assert not ann.state.camera.actual, "never on by itself"


def unplug(stay: Stay, kind: DeviceKind = DeviceKind.CAMERA) -> None:
    """As a capture thread says it."""
    lost = stay.media.on_device_lost
    assert lost is not None
    lost(kind, DeviceError(kind, DeviceProblem.ABSENT))


async def test_a_camera_that_was_on_when_it_went_is_tried_again_when_one_is_there(house: House) -> None:
    ann = await house.enter("Ann")
    unplug(ann)
    assert not ann.state.camera.actual
    assert ann.state.camera.problem is None, "what stands in may be there in a moment"
    await ann.room.use_camera(TEST)
    assert (ann.state.camera.actual, ann.state.camera.problem) == (True, None)


async def test_one_that_stays_away_is_a_problem_and_turns_nothing_on_later(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(devices, "EXPLAIN_S", 0.05)
    monkeypatch.setattr(devices, "WISH_S", 2.0)
    ann = await house.enter("Ann")
    await ann.room.use_camera(WEBCAM)
    await ann.room.devices_changed([], [])
    assert ann.state.camera.problem is DeviceProblem.ABSENT
    assert ann.state.camera.desired, "a loose plug"
    await until(lambda: not ann.state.camera.desired)
    assert ann.state.camera.problem is DeviceProblem.ABSENT, "why it is off still stands"
    await ann.room.devices_changed([THERE], [])
    assert ann.state.camera == Switch()
    assert (ann.state.notices[-1].kind, ann.state.notices[-1].detail) == ("device-found", "Webcam")


async def test_a_microphone_that_is_unplugged_is_explained_when_nothing_stands_in(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(devices, "EXPLAIN_S", 0.05)
    ann = await house.enter("Ann")
    unplug(ann, DeviceKind.MICROPHONE)
    assert ann.media.audio.muted
    await until(lambda: ann.state.microphone.problem is DeviceProblem.ABSENT)
    assert ann.state.microphone.desired


async def test_a_muted_microphone_that_is_unplugged_needs_no_words(house: House) -> None:
    ann = await house.enter("Ann")
    await ann.room.set_microphone(False)
    unplug(ann, DeviceKind.MICROPHONE)
    assert ann.state.microphone == Switch()
    await ann.room.set_microphone(True)
    assert ann.state.microphone.actual


async def test_the_systems_default_is_followed_and_said(house: House) -> None:
    default = SourceSpec.parse("device:")
    ann = house.stay(await house.sign_up("Ann"), camera=default, microphone=default)
    await ann.room.join()
    await ann.room.devices_changed([THERE, OTHER], [])
    moved = [replace(THERE, is_default=True), replace(OTHER, is_default=False)]
    await ann.room.devices_changed(moved, [])
    notice = ann.state.notices[-1]
    assert (notice.kind, notice.name, notice.detail) == ("device-followed", "camera", "Webcam")
    assert not ann.state.camera.actual, "never on by itself"


async def test_a_speaker_that_goes_is_said_too(house: House) -> None:
    loud = Device("loud", "Loud", DeviceKind.SPEAKER)
    built_in = Device("in", "Built-in", DeviceKind.SPEAKER, is_default=True)
    ann = await house.enter("Ann")
    await ann.room.use_speaker("loud")
    await ann.room.devices_changed([], [], [loud, built_in])
    await ann.room.devices_changed([], [], [built_in])
    notice = ann.state.notices[-1]
    assert (notice.kind, notice.name, notice.gone, notice.detail) == (
        "device-replaced",
        "speaker",
        "Loud",
        "Built-in",
    )
    assert ann.state.sources == Sources("test", "test", "loud")


async def test_one_that_was_chosen_from_the_list_is_called_by_its_name_when_it_goes(house: House) -> None:
    ann = await house.enter("Ann", silent=True)
    await ann.room.devices_changed([THERE, OTHER], [])
    await ann.room.use_camera(WEBCAM)
    await ann.room.devices_changed([OTHER], [])
    assert (ann.state.notices[-1].kind, ann.state.notices[-1].gone) == ("device-replaced", "Webcam")
