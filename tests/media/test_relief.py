"""A computer that does not keep up sends less, everybody at the other end sees that, and it comes back."""

from __future__ import annotations

import asyncio
import time

from av import VideoFrame

from app.media.relief import Relief
from app.media.sources import VideoFormat
from app.media.video.layers import CameraLayers
from app.media.video.pressure import Load, Step
from tests.media.calls import Ends, speaking, until
from tests.media.conftest import MakeCall

BAD, GOOD = Load(late_s=1.0), Load()


def bear(relief: Relief, load: Load, seconds: int, start: float) -> float:
    for second in range(seconds):
        relief.feel(load, start + second)
    return start + seconds


async def test_less_is_sent_to_everybody_and_more_again_when_it_is_over(make_call: MakeCall) -> None:
    call = await speaking(make_call(VideoFormat(640, 360, 30)))
    steps: list[Step] = []
    call.on_relief = steps.append
    ends = Ends(call, make_call())
    await ends.connected()
    await until(lambda: ends.callee.figures().video.height == 360)
    call.relief.stop()
    now = bear(call.relief, BAD, 20, time.monotonic())
    assert steps == [Step.FEWER, Step.SMALLER, Step.SMALLEST]
    await until(lambda: ends.callee.figures().video.height == 180)
    bear(call.relief, GOOD, 60, now)
    assert steps[-1] is Step.ALL
    await until(lambda: ends.callee.figures().video.height == 360)


async def test_half_of_the_pictures_are_dropped_before_anything_is_done_to_them() -> None:
    layers = CameraLayers(VideoFormat(320, 180, 30))
    track = layers.full.track()
    waiting = asyncio.create_task(track.recv())
    await asyncio.sleep(0)
    layers.relieve(Step.FEWER)
    for number in range(60):
        layers.put(VideoFrame(320, 180, "yuv420p"), 1000 + number / 30)
    assert 28 <= sum(toll.captured for toll in layers.take_tolls()) <= 32
    waiting.cancel()
    await layers.close()


async def test_who_sends_nothing_is_not_relieved() -> None:
    layers = CameraLayers(VideoFormat(320, 180, 30))
    steps: list[Step] = []
    bear(Relief(layers, steps.append), BAD, 60, 0.0)
    assert not steps
    await layers.close()


async def test_bad_seconds_before_and_after_a_time_without_watchers_do_not_add_up() -> None:
    layers = CameraLayers(VideoFormat(320, 180, 30))
    steps: list[Step] = []
    relief = Relief(layers, steps.append)
    track = layers.full.track()
    track.hand_to(lambda _: None)
    now = bear(relief, BAD, 2, 100.0)
    layers.full.unwatch(track)
    now = bear(relief, GOOD, 60, now)
    layers.full.watch(track)
    now = bear(relief, BAD, 2, now)
    assert not steps
    bear(relief, BAD, 3, now)
    assert steps == [Step.FEWER]
    track.stop()
    await layers.close()


async def test_what_the_encoder_does_not_get_done_is_counted_as_lost_and_late() -> None:
    layers = CameraLayers(VideoFormat(1280, 720, 30))
    track = layers.full.track()
    waiting = asyncio.create_task(track.recv())
    await asyncio.sleep(0)
    at = time.monotonic() - 1.0  # captured a second ago: whatever comes out is late
    for _ in range(30):
        layers.put(VideoFrame(1280, 720, "yuv420p"), at)
    await waiting
    await layers.close()  # its thread has counted everything
    load = Load.of(layers.take_tolls(), 0.0)
    assert load.late_s >= 1.0
    assert load.lost > 0.3
    assert load.is_bad
