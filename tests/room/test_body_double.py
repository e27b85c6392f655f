"""Body-double mode over a real connection: stills, no sound, and everybody knows."""

from __future__ import annotations

import time

import pytest

from app.media.video import stills
from tests.fakes.house import House
from tests.fakes.waiting import until


async def test_others_see_a_still_now_and_then_and_are_told(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stills, "EVERY_S", 1.0)
    ann, ben = await house.enter("Ann"), await house.enter("Ben", silent=True)
    await ben.receives("Ann")
    await ann.room.set_body_double(True)
    assert (ann.state.microphone.desired, ann.state.microphone.actual) == (False, False)
    assert ann.media.audio.muted
    assert ann.state.camera.actual
    await until(lambda: ben.other("Ann").body_double)
    before, at = ben.frames_of("Ann"), time.monotonic()
    await until(lambda: ben.frames_of("Ann") >= before + 6)
    assert time.monotonic() - at > 2, "one a second, but for what was on its way; of a film six take 0.6 s"
    assert ben.other("Ann").video
    late = await house.enter("Cleo", silent=True)
    await late.sees("Ann", "Ben")
    await until(lambda: late.other("Ann").body_double)
    await until(lambda: late.frames_of("Ann") > 0)
    await ann.room.set_body_double(False)
    await ben.receives("Ann", 10)
    assert not ann.state.microphone.actual, "never on by itself"


async def test_it_can_be_on_before_the_camera_is(house: House) -> None:
    ann = house.stay(await house.sign_up("Ann"))
    await ann.room.set_body_double(True)
    await ann.room.join()
    await ann.room.set_camera(True)
    assert ann.state.body_double
    assert ann.state.camera.actual
