"""A screen that is shared: beside the camera to those who have a place for it, in its place to those who have not."""

from __future__ import annotations

import re

import pytest
from aiortc import RTCBundlePolicy, RTCConfiguration, RTCPeerConnection, RTCSessionDescription

from app.errors import DeviceError, DeviceKind, DeviceProblem
from app.media.slot import FrameSlot
from app.media.sources import SourceSpec
from app.media.video.layers import Wanted
from tests.fakes.desktop import HEIGHT, WIDTH, desktop
from tests.media.calls import TEST, Ends, frames, speaking, until
from tests.media.conftest import MakeCall, media_threads

SCREEN = SourceSpec.parse("screen:0")


class Sharing(Ends):
    """Both ends have a place for screens."""

    has_screens = True


async def test_a_place_for_the_screen_is_offered_and_named(make_call: MakeCall) -> None:
    peer = make_call().connect(FrameSlot(), (), lambda _: None, screen=FrameSlot())
    offer = await peer.offer()
    assert offer.streams == {"0": "microphone", "1": "camera", "2": "screen"}
    assert re.findall(r"^m=(\w+)", offer.sdp, re.M) == ["audio", "video", "video"]
    assert "a=group:BUNDLE 0 1 2" in offer.sdp
    assert len(offer.sdp) < 10_000


async def test_a_screen_comes_beside_the_camera_and_goes(make_call: MakeCall, monkeypatch: pytest.MonkeyPatch) -> None:
    caller, callee = await speaking(make_call()), await speaking(make_call())
    ends = Sharing(caller, callee)
    await ends.connected()
    await until(lambda: frames(ends.callee) > 3 and frames(ends.caller) > 3)
    assert ends.callee.figures().screen.frames == 0
    with desktop() as display:
        monkeypatch.setenv("DISPLAY", display)
        ends.callee_screen.show(640, 360)
        await caller.set_screen(SCREEN)
        await until(lambda: ends.callee.figures().screen.frames >= 3)
        seen = ends.callee.figures()
        assert (seen.screen.width, seen.screen.height) == (WIDTH, HEIGHT)
        assert (seen.video.width, seen.video.height) == (320, 180), "the camera goes on beside it"
        before = frames(ends.callee)
        await until(lambda: frames(ends.callee) > before + 5)
        picture = ends.callee_screen.take()
        assert picture is not None
        assert (picture.width, picture.height) == (640, 360)

        await caller.set_screen(None)
        assert "capture-screen" not in media_threads()
        shown = ends.callee.figures().screen.frames
        before = frames(ends.callee)
        await until(lambda: frames(ends.callee) > before + 15)
        assert ends.callee.figures().screen.frames <= shown + 2, "what was on its way, and no more"
        await callee.set_screen(SCREEN)
        await until(lambda: ends.caller.figures().screen.frames >= 2)


async def test_to_who_has_no_place_for_it_the_screen_goes_in_the_cameras_place(
    make_call: MakeCall, demo_clip: str
) -> None:
    call = make_call()
    await call.set_camera(TEST)
    ours, seeds = Sharing(call, make_call()), Ends(call, make_call())
    await ours.connected()
    await seeds.connected()
    await until(lambda: frames(ours.callee) > 3 and frames(seeds.callee) > 3)
    await call.set_screen(SourceSpec.parse(f"file:{demo_clip}"))
    await until(lambda: seeds.callee.figures().video.width == 1280)
    await until(lambda: ours.callee.figures().screen.width == 1280)
    assert ours.callee.figures().video.width == 320
    await call.set_screen(None)
    await until(lambda: seeds.callee.figures().video.width == 320)


async def test_who_offers_a_place_and_is_given_none_falls_back(make_call: MakeCall) -> None:
    """An end that knows nothing of screens answers every place and names none."""
    call = make_call()
    ends = Sharing(call, make_call())
    offer = await ends.caller.offer()
    answer = await ends.callee.answer(offer.sdp, None)
    assert "screen" not in answer.streams.values()
    await ends.caller.accept(answer.sdp, None)
    await call.set_screen(TEST)
    await until(lambda: frames(ends.callee) > 3)
    assert ends.callee.figures().screen.frames == 0


async def test_a_newcomer_sees_a_still_screen_at_once(make_call: MakeCall, monkeypatch: pytest.MonkeyPatch) -> None:
    call = make_call()
    with desktop() as display:
        monkeypatch.setenv("DISPLAY", display)
        await call.set_screen(SCREEN)
        first = Sharing(call, make_call())
        await first.connected()
        await until(lambda: first.callee.figures().screen.frames >= 5)
        late = Sharing(call, make_call())
        await late.connected()
        await until(lambda: late.callee.figures().screen.frames >= 1, 3)


@pytest.mark.parametrize("first", ["camera", "screen"])
async def test_the_words_and_not_the_order_tell_a_screen(make_call: MakeCall, first: str) -> None:
    """As another client may order its places."""
    other = RTCPeerConnection(RTCConfiguration(bundlePolicy=RTCBundlePolicy.MAX_BUNDLE))
    other.addTransceiver("audio", "recvonly")
    other.addTransceiver("video", "recvonly")
    other.addTransceiver("video", "recvonly")
    await other.setLocalDescription(await other.createOffer())
    second = {"camera": "screen", "screen": "camera"}[first]
    call = make_call()
    peer = call.connect(FrameSlot(), (), lambda _: None, screen=FrameSlot())
    answer = await peer.answer(other.localDescription.sdp, {"0": "microphone", "1": first, "2": second})
    assert answer.streams == {"0": "microphone", "1": first, "2": second}
    await other.setRemoteDescription(RTCSessionDescription(answer.sdp, "answer"))
    await until(lambda: other.connectionState == "connected")
    await call.set_camera(TEST)
    camera, screen = other.getReceivers()[1:] if first == "camera" else other.getReceivers()[:0:-1]
    await until(lambda: camera.last_packet_at is not None)  # type: ignore[attr-defined]
    assert screen.last_packet_at is None  # type: ignore[attr-defined]
    await other.close()


async def test_a_screen_that_is_not_there_is_an_error_and_the_camera_stays(
    make_call: MakeCall, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = make_call()
    ends = Ends(call, make_call())
    await call.set_camera(TEST)
    await ends.connected()
    monkeypatch.setenv("DISPLAY", ":99999")
    with pytest.raises(DeviceError) as error:
        await call.set_screen(SCREEN)
    assert error.value.kind is DeviceKind.SCREEN
    before = frames(ends.callee)
    await until(lambda: frames(ends.callee) > before + 3)
    with pytest.raises(DeviceError):
        await call.set_screen(SourceSpec.parse("window:7"))


async def test_a_screen_that_goes_away_is_told(make_call: MakeCall, monkeypatch: pytest.MonkeyPatch) -> None:
    call = make_call()
    lost: list[tuple[DeviceKind, DeviceProblem]] = []
    call.on_device_lost = lambda kind, error: lost.append((kind, error.problem))
    with desktop() as display:
        monkeypatch.setenv("DISPLAY", display)
        await call.set_screen(SCREEN)
    await until(lambda: lost)
    assert lost[0][0] is DeviceKind.SCREEN


async def test_a_screen_that_is_not_shown_is_not_sent_and_comes_back(make_call: MakeCall, demo_clip: str) -> None:
    caller = await speaking(make_call())
    ends = Sharing(caller, make_call())
    await ends.connected()
    await caller.set_screen(SourceSpec.parse(f"file:{demo_clip}"))
    await until(lambda: ends.callee.figures().screen.frames > 3)
    ends.caller.show(Wanted(), None)
    await until(lambda: not caller.screen.is_watched)
    before = frames(ends.callee)
    await until(lambda: frames(ends.callee) > before + 5)
    shown = ends.callee.figures().screen.frames
    before = frames(ends.callee)
    await until(lambda: frames(ends.callee) > before + 10)
    assert ends.callee.figures().screen.frames == shown, "the camera goes on, the screen does not"
    ends.caller.show(Wanted(), Wanted(1080, 5))
    await until(lambda: ends.callee.figures().screen.frames > shown + 2)
