"""Calls between real ends in this process: what one shows and says, the other sees and hears, and only that."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from aiortc import RTCPeerConnection
from av import AudioFrame

from app.errors import DeviceError, DeviceKind, DeviceProblem
from app.media.audio.settings import SoundSettings
from app.media.audio.sound import Mono, Played
from app.media.capture import producers
from app.media.sources import SourceSpec, VideoFormat
from app.media.video.layers import Wanted
from tests.media.calls import TEST, Ends, frames, new_call, sounds, speaking, until
from tests.media.clips import make_clip
from tests.media.conftest import MakeCall, media_threads


async def test_picture_and_sound_go_both_ways(make_call: MakeCall) -> None:
    ends = Ends(await speaking(make_call()), await speaking(make_call()))
    ends.callee_slot.show(100, 100)
    await ends.connected()
    await until(lambda: sounds(ends.caller) >= 100 and sounds(ends.callee) >= 100)

    for peer in (ends.caller, ends.callee):
        figures = peer.figures()
        assert (figures.video.width, figures.video.height) == (320, 180)
        assert 10 < figures.video.fps < 17, "15, less what a busy machine leaves out"
        assert figures.video.latency_ms is not None
        assert 0 < figures.video.latency_ms[0] < 300
        assert figures.audio.frames_received / figures.audio.seconds >= 45
        assert figures.audio.frames_played > 70
        assert peer.level() > 0.1
        last = peer.last_packet_at()
        assert last is not None
        assert time.monotonic() - last < 0.5
    picture = ends.callee_slot.take()
    assert picture is not None
    assert (picture.width, picture.height) == (100, 100)
    assert np.frombuffer(picture.data, np.uint8).std() > 10
    assert ends.caller_slot.take() is None, "nobody looks there, so nothing is scaled"


async def test_a_muted_microphone_sends_digital_silence(make_call: MakeCall) -> None:
    call = await speaking(make_call())
    track = call.audio.track()
    track.wants_packets = False

    async def loudest() -> int:
        frame = await track.recv()
        assert isinstance(frame, AudioFrame)
        return int(np.abs(frame.to_ndarray().astype(int)).max())

    while await loudest() == 0:
        pass
    call.set_muted(True)
    assert [await loudest() for _ in range(10)] == [0] * 10
    call.set_muted(False)
    while await loudest() == 0:
        pass


async def test_silence_flows_without_a_microphone_and_is_silent_at_the_other_end(make_call: MakeCall) -> None:
    ends = Ends(make_call(), make_call())
    await ends.connected()
    await until(lambda: sounds(ends.callee) >= 60)
    figures = ends.callee.figures()
    assert ends.callee.level() == 0
    assert figures.video.frames == 0
    assert figures.video.first_frame_at is None


async def test_a_camera_that_is_off_sends_nothing_and_is_released(make_call: MakeCall) -> None:
    call = make_call()
    ends = Ends(call, make_call())
    await call.set_camera(TEST)
    await ends.connected()
    await until(lambda: frames(ends.callee) >= 5)
    assert "capture-camera" in media_threads()

    await call.set_camera(None)
    assert "capture-camera" not in media_threads()
    heard = sounds(ends.callee)
    await until(lambda: sounds(ends.callee) > heard + 10)  # what was on its way has arrived
    seen, heard = frames(ends.callee), sounds(ends.callee)
    await until(lambda: sounds(ends.callee) > heard + 25)
    assert frames(ends.callee) == seen

    await call.set_camera(TEST)
    await until(lambda: frames(ends.callee) > seen + 5)


async def test_a_second_peer_that_comes_late_shares_the_capture(make_call: MakeCall) -> None:
    call = await speaking(make_call())
    first = Ends(call, make_call())
    await first.connected()
    await until(lambda: frames(first.callee) >= 10)
    second = Ends(call, make_call())
    await second.connected()
    await until(lambda: frames(second.callee) >= 10 and sounds(second.callee) >= 20)

    assert media_threads().count("capture-camera") == 1
    assert media_threads().count("video-encoder") == 1
    await second.callee.close()
    seen = frames(first.callee)
    await until(lambda: frames(first.callee) >= seen + 5)


async def test_the_self_view_shows_what_is_sent(make_call: MakeCall) -> None:
    call = make_call()
    ready = threading.Event()
    call.self_view.on_ready = ready.set
    call.self_view.show(64, 36)
    await call.set_camera(TEST)
    assert await asyncio.to_thread(ready.wait, 5)
    picture = call.self_view.take()
    assert picture is not None
    assert (picture.width, picture.height) == (64, 36)


async def test_a_clip_is_seen_and_heard(make_call: MakeCall, demo_clip: str) -> None:
    call = make_call()
    ends = Ends(call, make_call())
    spec = SourceSpec.parse(f"file:{demo_clip}")
    await call.set_camera(spec)
    await call.set_microphone(spec)
    call.set_muted(False)
    assert media_threads().count("capture-microphone") + media_threads().count("capture-camera") == 1
    await ends.connected()
    await until(lambda: frames(ends.callee) >= 10 and ends.callee.level() > 0.1)
    await call.set_microphone(None)
    seen = frames(ends.callee)
    await until(lambda: frames(ends.callee) >= seen + 10)


class Told:
    """A processor that only says that it is in use."""

    calms_pauses = was_only_echo = False
    left_db = 0.0

    def __init__(self, settings: SoundSettings, used: list[SoundSettings]) -> None:
        self._settings, self._used = settings, used

    def heard(self, mix: Played) -> None:
        self._used.append(self._settings)

    def process(self, sound: Mono, captured_db: float, delay_s: float) -> Mono:
        return sound


async def test_of_two_ways_to_treat_the_voice_the_later_stays_though_the_earlier_loads_longer(
    make_call: MakeCall, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier, later = SoundSettings(high_pass=False), SoundSettings(headphones=True)
    sounds, go_on, used = producers.sounds, threading.Event(), list[SoundSettings]()

    def load(settings: SoundSettings) -> Told:
        if settings == earlier:
            go_on.wait()
        return Told(settings, used)

    monkeypatch.setattr("app.media.call.processor", load)
    monkeypatch.setattr(producers, "sounds", lambda _: sounds(TEST))
    call = make_call()
    await call.set_microphone(SourceSpec.parse("device:any"))
    changes = [asyncio.create_task(call.set_sound(one)) for one in (earlier, later)]
    await asyncio.wait(changes[1:], timeout=0.3)  # where it does not wait for the earlier, it is ready by now
    go_on.set()
    await asyncio.gather(*changes)
    call.audio.voice.heard(np.zeros((480, 2), np.int16))
    assert used == [later]


async def test_absent_devices_are_named(make_call: MakeCall, tmp_path: Path) -> None:
    call = make_call()
    with pytest.raises(DeviceError) as camera:
        await call.set_camera(SourceSpec.parse("device:/dev/video99"))
    assert (camera.value.kind, camera.value.problem) == (DeviceKind.CAMERA, DeviceProblem.ABSENT)
    with pytest.raises(DeviceError) as clip:
        await call.set_microphone(SourceSpec.parse(f"file:{tmp_path / 'gone.webm'}"))
    assert (clip.value.kind, clip.value.problem) == (DeviceKind.MICROPHONE, DeviceProblem.ABSENT)
    await call.set_camera(TEST)  # and life goes on


async def test_who_listens_is_told_that_a_source_died(make_call: MakeCall, tmp_path: Path) -> None:
    call = make_call()
    lost: list[tuple[DeviceKind, DeviceError]] = []
    call.on_device_lost = lambda kind, error: lost.append((kind, error))
    path = make_clip(tmp_path / "short.mkv", seconds=0.5, sound_seconds=0.5)
    spec = SourceSpec.parse(f"file:{path}")
    await call.set_camera(spec)
    await call.set_camera(None)
    assert lost == [], "switching off is not losing"
    await call.set_camera(spec)
    await call.set_microphone(spec)
    os.truncate(path, 0)
    await until(lambda: len(lost) == 2)
    assert {kind for kind, _ in lost} == {DeviceKind.CAMERA, DeviceKind.MICROPHONE}
    await until(lambda: media_threads() == [])  # it is a thread's last word that its source died


async def test_closing_leaves_nothing_behind() -> None:
    await _one_call()  # whatever is loaded once is loaded now
    tasks, before = len(asyncio.all_tasks()), descriptors()
    await _one_call()
    await until(lambda: len(asyncio.all_tasks()) <= tasks and descriptors() <= before)
    assert media_threads() == []


async def test_a_connection_that_does_not_end_keeps_no_device_and_nobody_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.media.call.CLOSE_S", 0.2)
    ending, go_on, end = asyncio.Event(), asyncio.Event(), RTCPeerConnection.close

    async def slowly(connection: RTCPeerConnection) -> None:
        ending.set()
        await go_on.wait()
        await end(connection)

    monkeypatch.setattr(RTCPeerConnection, "close", slowly)
    call, other = await speaking(new_call()), new_call()
    ends = Ends(call, other)
    await ends.connected()
    closing = asyncio.create_task(call.close())
    await ending.wait()
    await until(lambda: not [name for name in media_threads() if name.startswith("capture-")])
    await asyncio.wait_for(closing, 10)
    assert media_threads().count("silent-speaker") == 1, "the other's"
    go_on.set()
    await asyncio.gather(ends.caller.close(), ends.callee.close(), other.close())
    assert media_threads() == []


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


async def _one_call() -> None:
    caller, callee = await speaking(new_call()), await speaking(new_call())
    ends = Ends(caller, callee)
    await ends.connected()
    await until(lambda: frames(ends.caller) > 3 and frames(ends.callee) > 3)
    await asyncio.gather(caller.close(), callee.close())


async def test_a_tile_that_is_hidden_is_not_decoded_for_and_plays_on_when_it_is_shown_again(
    make_call: MakeCall,
) -> None:
    ends = Ends(await speaking(make_call()), make_call())
    await ends.connected()
    ends.callee_slot.show(160, 90)
    await until(lambda: frames(ends.callee) > 3)
    ends.callee_slot.hide()
    packets = [one for one in ends.callee.receivers() if one.track.kind == "video"]
    before, at = frames(ends.callee), time.monotonic()
    await until(lambda: (packets[0].last_packet_at or 0) > at + 0.5)
    assert frames(ends.callee) <= before + 1, "what was being decoded, and nothing else"
    ends.callee_slot.show(160, 90)
    await until(lambda: frames(ends.callee) > before + 5)


async def test_what_the_other_end_shows_decides_what_is_sent(make_call: MakeCall) -> None:
    ends = Ends(await speaking(make_call(VideoFormat(640, 360, 15))), make_call())
    await ends.connected()
    await until(lambda: ends.callee.figures().video.height == 360)
    ends.caller.show(Wanted(100), Wanted())
    await until(lambda: ends.callee.figures().video.height == 180)
    ends.caller.show(None, Wanted())
    receiver = next(one for one in ends.callee.receivers() if one.track.kind == "video")
    await until(lambda: time.monotonic() - (receiver.last_packet_at or 0) > 0.5)
    ends.caller.show(Wanted(300), Wanted())
    await until(lambda: ends.callee.figures().video.height == 360)
