"""The camera in several sizes: made while they are watched, each with a limit of its own, none for who looks away."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import av
import numpy as np
import pytest
import pytest_asyncio
from av import VideoFrame
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext

from app.media.sources import VideoFormat
from app.media.video import outgoing
from app.media.video.codecs import CAMERA
from app.media.video.layers import CameraLayers
from app.media.video.outgoing import VideoTrack
from app.media.video.pressure import Step

OURS = next(iter(CAMERA))
HD = VideoFormat(1280, 720, 30)


@pytest_asyncio.fixture
async def layers() -> AsyncIterator[CameraLayers]:
    layers = CameraLayers(HD)
    yield layers
    await layers.close()


async def received(
    layers: CameraLayers, track: VideoTrack, source: tuple[int, int] = (HD.width, HD.height)
) -> Packet[Any]:
    waiting = asyncio.create_task(track.recv())
    async with asyncio.timeout(10):
        while not waiting.done():
            layers.put(VideoFrame(*source, "yuv420p"), time.monotonic())
            await asyncio.wait([waiting], timeout=0.03)
    packet = waiting.result()
    assert isinstance(packet, Packet)
    return packet


def size(packet: Packet[Any]) -> tuple[int, int]:
    decoder = av.CodecContext.create(OURS.lower(), "r")
    assert isinstance(decoder, VideoCodecContext)
    (frame,) = decoder.decode(packet)
    assert isinstance(frame, VideoFrame)
    return frame.width, frame.height


async def test_each_gets_the_size_that_fits_starting_with_a_key_frame(layers: CameraLayers) -> None:
    track = layers.full.track()
    assert size(await received(layers, track)) == (1280, 720)
    track.follow(layers.fitting(180))
    first = await received(layers, track)
    assert first.is_keyframe
    assert size(first) == (320, 180)
    track.follow(layers.fitting(400))
    assert size(await received(layers, track)) == (640, 360)


@pytest.mark.parametrize("nothing", [None, 0])
async def test_who_does_not_look_gets_nothing_and_nothing_is_made(layers: CameraLayers, nothing: int | None) -> None:
    track = layers.full.track()
    await received(layers, track)
    track.follow(layers.fitting(nothing))
    waiting = asyncio.create_task(track.recv())
    for _ in range(5):
        layers.put(VideoFrame(HD.width, HD.height, "yuv420p"), time.monotonic())
        await asyncio.sleep(0.02)
    assert not waiting.done()
    assert not any(layers.fitting(height).is_watched for height in (180, 360, 720))
    waiting.cancel()


async def test_who_watches_the_small_picture_alone_counts(
    layers: CameraLayers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outgoing, "KEY_INTERVAL_S", 0.0)
    assert not layers.is_sending
    track = layers.fitting(180).track()
    assert [(await received(layers, track)).is_keyframe for _ in range(3)] == [True, False, False]
    assert layers.is_sending
    assert sum(toll.captured for toll in layers.take_tolls()) > 0
    layers.begin_anew()
    assert any([(await received(layers, track)).is_keyframe for _ in range(2)]), "one may have been on its way"


@pytest.mark.parametrize(("fps", "kept"), [(15, 20), (30, 10)])
async def test_only_a_quick_picture_is_relieved_of_half_of_it(fps: int, kept: int) -> None:
    layers = CameraLayers(VideoFormat(320, 180, fps))
    layers.relieve(Step.FEWER)
    waiting = asyncio.create_task(layers.full.track().recv())
    await asyncio.sleep(0)
    for number in range(20):
        layers.put(VideoFrame(320, 180, "yuv420p"), 1000 + number / fps)
    assert sum(toll.captured for toll in layers.take_tolls()) == kept
    waiting.cancel()
    await layers.close()


async def test_the_slow_ones_limit_is_their_layers_alone(layers: CameraLayers) -> None:
    quick, slow = layers.full.track(), layers.fitting(180).track()
    await received(layers, quick)
    await received(layers, slow)
    slow.set_limit(160_000)
    assert layers.full.limit(OURS) is None
    assert layers.fitting(180).limit(OURS) == 160_000


@pytest.mark.parametrize("source", [(640, 360), (320, 240), (320, 180), (160, 120)])
@pytest.mark.parametrize("height", [360, 180])
async def test_a_camera_that_is_no_higher_than_a_layer_is_sent_on_it_as_it_is(
    layers: CameraLayers, source: tuple[int, int], height: int
) -> None:
    ratio = min(1.0, height / source[1])
    packet = await received(layers, layers.fitting(height).track(), source)
    assert size(packet) == (round(source[0] * ratio), round(source[1] * ratio))


async def test_no_two_encoders_work_on_one_picture(layers: CameraLayers) -> None:
    """Each writes into it of what kind it is to be."""
    outs = [layers.fitting(height) for height in (180, 360, 720)]
    taken: list[asyncio.Task[Any]] = []
    for out in outs:
        track = out.track()
        track.agree("AV1")  # they are given the pictures themselves
        taken.append(asyncio.create_task(track.recv()))
    await asyncio.sleep(0)
    grey = VideoFrame.from_ndarray(np.arange(320 * 270, dtype=np.uint32).astype(np.uint8).reshape(270, 320), "yuv420p")
    layers.put(grey, time.monotonic())
    frames: list[VideoFrame] = await asyncio.wait_for(asyncio.gather(*taken), 5)
    assert len({id(frame) for frame in frames}) == 3
    for frame in frames:
        assert np.array_equal(frame.to_ndarray(), grey.to_ndarray())
