"""Fifty frames a second, whatever the microphone does."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from itertools import pairwise

import numpy as np
import pytest_asyncio
from av import AudioFrame

from app.media.audio.outgoing import QUEUE, AudioOut, AudioTrack


@pytest_asyncio.fixture
async def out() -> AsyncIterator[AudioOut]:
    out = AudioOut()
    yield out
    await out.close()


def raw(out: AudioOut) -> AudioTrack:
    track = out.track()
    track.wants_packets = False
    return track


async def frames(track: AudioTrack, count: int) -> list[AudioFrame]:
    received = [await track.recv() for _ in range(count)]
    return [frame for frame in received if isinstance(frame, AudioFrame)]


async def test_silence_on_the_clock_without_a_microphone(out: AudioOut) -> None:
    track = raw(out)
    await track.recv()
    started = time.monotonic()
    received = await frames(track, 25)
    assert 0.4 < time.monotonic() - started < 1.0
    assert not any(frame.to_ndarray().any() for frame in received)
    assert {later.pts - earlier.pts for earlier, later in pairwise(received) if later.pts and earlier.pts} == {960}


async def test_a_microphone_that_stops_is_filled_in_for(out: AudioOut) -> None:
    out.set_has_source(True)
    out.set_muted(False)
    track = raw(out)
    waiting = asyncio.create_task(frames(track, 4))
    await asyncio.sleep(0)
    out.put(np.full(960, 7, np.int16), time.monotonic())
    received = await waiting
    loud = [frame for frame in received if frame.to_ndarray().any()]
    assert len(loud) <= 1
    assert len(received) == 4


async def test_what_a_peer_does_not_take_is_dropped_oldest_first(out: AudioOut) -> None:
    slow, quick = raw(out), raw(out)
    await slow.recv()
    newest = (await frames(quick, QUEUE * 2))[-1]
    waiting = await frames(slow, QUEUE)
    assert (waiting[-1].pts or 0) >= (newest.pts or 0) - 960
    assert (waiting[0].pts or 0) > 960


async def test_two_share_one_encoding(out: AudioOut) -> None:
    first, second = out.track(), out.track()
    waiting = [asyncio.create_task(track.recv()) for track in (first, second)]
    one, other = await asyncio.gather(*waiting)
    assert one is other
