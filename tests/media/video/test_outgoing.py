"""One capture and one encoding for everybody, key frames when they are asked for, and a bounded wait for the slow."""

from __future__ import annotations

import asyncio
import itertools
import threading
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from av import VideoFrame
from av.packet import Packet

from app.media.rtc.keyframes import starts_key_frame
from app.media.video import outgoing
from app.media.video.codecs import CAMERA
from app.media.video.outgoing import KEY_INTERVAL_S, QUEUE, VideoOut, VideoTrack
from tests.media.calls import until


@pytest_asyncio.fixture
async def out() -> AsyncIterator[VideoOut]:
    out = VideoOut(30)
    yield out
    await out.close()


SIZE = (320, 180)
OURS = next(iter(CAMERA))


async def received(out: VideoOut, track: VideoTrack) -> VideoFrame | Packet[Any]:
    """What ``track`` gives while pictures are captured."""
    waiting = asyncio.create_task(track.recv())
    async with asyncio.timeout(5):
        while not waiting.done():
            out.put(VideoFrame(*SIZE, "yuv420p"), time.monotonic())
            await asyncio.wait([waiting], timeout=0.03)
    return waiting.result()


def is_key(content: VideoFrame | Packet[Any]) -> bool:
    assert isinstance(content, Packet)
    return content.is_keyframe


async def test_it_starts_with_a_key_frame_and_goes_on_without(out: VideoOut) -> None:
    track = out.track()
    assert [is_key(await received(out, track)) for _ in range(4)] == [True, False, False, False]


async def test_key_frames_come_when_asked_for_but_not_too_often(out: VideoOut) -> None:
    track = out.track()
    started = time.monotonic()
    await received(out, track)
    for _ in range(5):
        track.request_key_frame()
    while not is_key(await received(out, track)):
        await asyncio.sleep(0.02)
    assert time.monotonic() - started > KEY_INTERVAL_S, "the first one was just made"
    assert [is_key(await received(out, track)) for _ in range(5)] == [False] * 5, "five wishes are one"


async def test_two_share_one_encoding(out: VideoOut) -> None:
    first, second = out.track(), out.track()
    waiting = asyncio.create_task(second.recv())
    await asyncio.sleep(0)
    one = await received(out, first)
    assert one is await asyncio.wait_for(waiting, 5)


async def test_one_who_cannot_take_packets_gets_the_newest_picture(out: VideoOut) -> None:
    track = out.track()
    track.agree("AV1")
    assert isinstance(await received(out, track), VideoFrame)
    for pts in (1, 2, 3):
        frame = VideoFrame(320, 180, "yuv420p")
        frame.pts = pts
        track.put(frame)
    newest = await track.recv()
    assert isinstance(newest, VideoFrame)
    assert newest.pts == 3


async def test_a_picture_that_is_one_too_many_for_who_takes_them_as_they_are_is_no_work_for_the_encoder(
    out: VideoOut,
) -> None:
    track = out.track()
    track.agree("AV1")
    track.want(5)
    waiting = asyncio.create_task(track.recv())
    await asyncio.sleep(0)
    for number in range(12):
        out.put(VideoFrame(*SIZE, "yuv420p"), 1000 + number / 30)
    assert isinstance(await asyncio.wait_for(waiting, 5), VideoFrame)
    assert not out.is_encoding
    assert out.take_toll().captured == 0


async def test_one_who_is_slow_starts_over_with_a_key_frame(out: VideoOut) -> None:
    slow, quick = out.track(), out.track()
    await received(out, slow)
    packets = [await received(out, quick) for _ in range(2)]
    key, delta = next(p for p in packets if is_key(p)), next(p for p in packets if not is_key(p))
    for _ in range(QUEUE * 3):
        slow.put(delta)
    slow.put(key)
    slow.put(delta)
    assert [await slow.recv(), await slow.recv()] == [key, delta], "what builds on lost pictures is not sent"


async def test_who_takes_packets_as_they_come_is_given_each_once_from_a_key_frame_on(out: VideoOut) -> None:
    track, other = out.track(), out.track()
    first = await received(out, other)
    second = await received(out, other)
    assert isinstance(first, Packet)
    assert isinstance(second, Packet)
    taken: list[Packet[Any]] = []
    track.hand_to(taken.append)
    for packet in (second, first, second):
        track.put(packet)
    assert taken == [first, second]
    track.hand_to(None)
    track.put(second)
    assert await track.recv() is second
    assert taken == [first, second]


async def test_the_tightest_limit_rules_and_leaves_with_its_peer(out: VideoOut) -> None:
    tracks = [out.track() for _ in range(2)]
    for track, limit in itertools.zip_longest(tracks, (400_000, 900_000)):
        await received(out, track)
        track.set_limit(limit)
    assert out.limit(OURS) == 400_000
    tracks[0].stop()
    assert out.limit(OURS) == 900_000
    tracks[1].stop()
    assert out.limit(OURS) is None


async def test_a_limit_makes_the_picture_cheaper_and_starts_it_with_a_key_frame(out: VideoOut) -> None:
    track = out.track()
    await received(out, track)
    natural = out.bitrate(OURS)
    track.set_limit(round(natural * 0.95))
    assert not is_key(await received(out, track)), "not worth a key frame"
    assert out.bitrate(OURS) == natural
    track.set_limit(round(natural * 0.8))
    packet = await received(out, track)
    while out.bitrate(OURS) == natural:
        packet = await received(out, track)
    assert is_key(packet) or is_key(await received(out, track))
    assert out.bitrate(OURS) == round(natural * 0.8)


async def test_without_a_watcher_nothing_is_encoded(out: VideoOut) -> None:
    out.put(VideoFrame(*SIZE, "yuv420p"), time.monotonic())
    assert not out.is_encoding


async def test_a_track_that_follows_another_picture_starts_it_with_a_key_frame_and_time_goes_on(out: VideoOut) -> None:
    track = out.track()
    before = await received(out, track)
    other = VideoOut(10)
    try:
        track.follow(other)
        out.put(VideoFrame(*SIZE, "yuv420p"), time.monotonic())
        after = await received(other, track)
        assert is_key(after)
        assert before.pts is not None
        assert after.pts is not None
        assert after.pts > before.pts
        track.follow(out)
        assert is_key(await received(out, track))
    finally:
        await other.close()


async def test_each_codec_is_encoded_once_for_those_who_take_it_and_has_key_frames_and_a_limit_of_its_own(
    out: VideoOut,
) -> None:
    h264, others, vp8 = out.track(), out.track(), out.track()
    for track, codec in ((h264, "H264"), (others, "H264"), (vp8, "VP8")):
        track.agree(codec)
    waiting = [asyncio.create_task(track.recv()) for track in (h264, others, vp8)]
    await asyncio.sleep(0)
    out.put(VideoFrame(*SIZE, "yuv420p"), time.monotonic())
    one, same, old = await asyncio.wait_for(asyncio.gather(*waiting), 5)
    assert one is same
    others.stop()  # who does not take what comes would ask for a key frame
    assert starts_key_frame("H264", payload(one))
    assert starts_key_frame("VP8", b"\x10" + payload(old))
    vp8.request_key_frame()
    vp8.set_limit(200_000)
    assert (out.limit("VP8"), out.limit("H264")) == (200_000, None)
    keys: list[bool] = []

    async def note() -> None:
        while True:
            keys.append(is_key(await h264.recv()))

    noting = asyncio.create_task(note())
    while not is_key(await received(out, vp8)):
        await asyncio.sleep(0)
    noting.cancel()
    assert keys
    assert not any(keys), "nobody asked for it there"


async def count(out: VideoOut, tracks: list[VideoTrack], pictures: int) -> list[int]:
    """How many packets each track got of so many pictures, 30 a second by their own clock."""
    got = [0] * len(tracks)

    async def take(number: int) -> None:
        while True:
            await tracks[number].recv()
            got[number] += 1

    taking = [asyncio.create_task(take(number)) for number in range(len(tracks))]
    await asyncio.sleep(0)  # they watch
    for number in range(pictures):
        out.put(VideoFrame(*SIZE, "yuv420p"), 1000 + number / 30)
        await until(lambda: out.take_toll().late)  # encoded: none is replaced by the next
    for task in taking:
        task.cancel()
    return got


async def test_who_wants_fewer_pictures_gets_no_more_and_takes_none_from_the_others(out: VideoOut) -> None:
    full, half, few = out.track(), out.track(), out.track()
    half.want(15)
    few.want(5)
    got = await count(out, [full], 60)
    assert got[0] > 40
    got = await count(out, [full, half], 60)
    assert got[0] > 40
    assert 15 <= got[1] <= 31
    half.stop()
    (got_few,) = await count(out, [few], 60)
    assert 5 <= got_few <= 11
    few.want(30)
    (now,) = await count(out, [few], 60)
    assert now > 40, "and more as soon as more are wanted"


async def test_a_rate_between_half_and_full_is_held_where_all_agree_on_it(out: VideoOut) -> None:
    track = out.track()
    track.want(20)
    (got,) = await count(out, [track], 60)
    assert 30 <= got <= 41


def payload(content: VideoFrame | Packet[Any]) -> bytes:
    """Without H.264's start code."""
    assert isinstance(content, Packet)
    return bytes(content).removeprefix(b"\0\0\0\1")


async def test_who_begins_anew_gets_a_picture_that_needs_no_other(
    out: VideoOut, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outgoing, "KEY_INTERVAL_S", 0.0)
    track = out.track()
    assert [is_key(await received(out, track)) for _ in range(3)] == [True, False, False]
    out.begin_anew()
    assert any([is_key(await received(out, track)) for _ in range(2)]), "one may have been on its way"


async def test_for_one_who_is_slow_a_key_frame_is_asked_for(out: VideoOut, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing, "KEY_INTERVAL_S", 0.0)
    track = out.track()
    _, delta = [await received(out, track) for _ in range(2)]
    for _ in range(QUEUE + 1):
        track.put(delta)
    assert is_key(await received(out, track))


class Held:
    """Works on one picture until it is let go."""

    bitrate = 0

    def __init__(self) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()

    def encode(self, frame: VideoFrame, limit: int | None, *, key: bool) -> None:
        self.begun.set()
        self.go_on.wait(10)


async def test_a_picture_that_was_never_encoded_is_counted_as_lost() -> None:
    held, rates = Held(), list[int]()

    def made(fps: int) -> Held:
        rates.append(fps)
        return held

    out = VideoOut(30, {"VP8": made})
    track = out.track()
    track.want(15)
    waiting = asyncio.create_task(track.recv())
    await asyncio.sleep(0)
    out.put(VideoFrame(*SIZE, "yuv420p"), 1000.0)
    assert held.begun.wait(5)
    for number in (1, 2):
        out.put(VideoFrame(*SIZE, "yuv420p"), 1000 + number / 30)
    toll = out.take_toll()
    assert (toll.captured, toll.lost) == (3, 1)
    assert rates == [15], "the half rate is encoded as such"
    held.go_on.set()
    waiting.cancel()
    await out.close()


async def test_of_two_who_share_a_rate_the_quicker_one_rules() -> None:
    out = VideoOut(30)
    quick, slow = out.track(), out.track()
    quick.want(14)
    slow.want(5)
    got = await count(out, [quick, slow], 60)
    await out.close()
    assert got[0] == got[1]
    assert 24 <= got[0] <= 30


async def test_what_was_found_with_one_picture_does_not_hold_for_another(out: VideoOut) -> None:
    track, other = out.track(), VideoOut(10)
    first, second = [await received(out, track) for _ in range(2)]
    track.set_limit(160_000)
    track.put(first)
    track.put(second)
    track.follow(other)
    assert track.limit is None
    newest = await received(other, track)
    assert is_key(newest)
    assert newest is not first
    await other.close()


async def test_one_that_has_stopped_watches_nothing_whatever_it_is_told(out: VideoOut) -> None:
    track = out.track()
    await received(out, track)
    track.stop()
    track.want(5)
    assert not out.is_watched
