"""Negotiation, and what a connection makes of whatever the other end sends."""

from __future__ import annotations

import asyncio
import re

import pytest
from aiortc import RTCPeerConnection, RTCSessionDescription

from app.media.peer import BadDescription, PeerState
from app.media.rtc.receiver import DirectReceiver
from app.media.slot import FrameSlot
from protocol.events import IceCandidate
from protocol.model import MAX_SDP
from tests.media.calls import Ends, frames, sounds, speaking, until
from tests.media.conftest import MakeCall

GARBAGE = [
    "",
    "hello",
    "v=0",
    "v=0\r\nm=video",
    "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\n",
    "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=video nine UDP/TLS/RTP/SAVPF x\r\na=rtpmap:zz\r\n",
    "v=0\r\na=group:BUNDLE 0 0\r\na=fingerprint:x\r\na=candidate:1\r\na=ssrc:z\r\na=setup:both\r\n",
    "\x00\ud800",
]


async def test_an_offer_names_its_streams_and_bundles_them(make_call: MakeCall) -> None:
    peer = make_call().connect(FrameSlot(), (), lambda _: None)
    offer = await peer.offer()
    assert offer.type == "offer"
    assert offer.streams == {"0": "microphone", "1": "camera"}
    assert re.findall(r"^m=(\w+)", offer.sdp, re.M) == ["audio", "video"]
    assert "a=group:BUNDLE 0 1" in offer.sdp
    video = offer.sdp[offer.sdp.index("m=video") :]
    assert re.findall(r"a=rtpmap:\d+ (\w+)", video)[0] == "H264"
    assert len(set(re.findall(r"a=ice-ufrag:(\S+)", offer.sdp))) == 1, "one transport for both"


@pytest.mark.parametrize("sdp", GARBAGE)
async def test_garbage_is_refused(make_call: MakeCall, sdp: str) -> None:
    call = make_call()
    offered = call.connect(FrameSlot(), (), lambda _: None)
    with pytest.raises(BadDescription):
        await offered.answer(sdp, None)
    answered = call.connect(FrameSlot(), (), lambda _: None)
    await answered.offer()
    with pytest.raises(BadDescription):
        await answered.accept(sdp, None)


async def test_a_description_that_is_too_long_is_refused(make_call: MakeCall) -> None:
    call = make_call()
    offer = await call.connect(FrameSlot(), (), lambda _: None).offer()
    padded = offer.sdp + "a=x\r\n" * (MAX_SDP // 5)
    with pytest.raises(BadDescription, match="too long"):
        await call.connect(FrameSlot(), (), lambda _: None).answer(padded, None)


async def test_an_answer_without_an_offer_is_refused(make_call: MakeCall) -> None:
    ends = Ends(make_call(), make_call())
    await ends.connected()
    answer = await make_call().connect(FrameSlot(), (), lambda _: None).answer((await _fresh_offer(make_call)), None)
    with pytest.raises(BadDescription):
        await ends.caller.accept(answer.sdp, None)
    with pytest.raises(BadDescription):
        await make_call().connect(FrameSlot(), (), lambda _: None).accept(answer.sdp, None)
    assert ends.caller.state is PeerState.CONNECTED


async def _fresh_offer(make_call: MakeCall) -> str:
    return (await make_call().connect(FrameSlot(), (), lambda _: None).offer()).sdp


async def test_candidates_may_come_before_the_description(make_call: MakeCall) -> None:
    ends = Ends(await speaking(make_call()), await speaking(make_call()))
    offer = await ends.caller.offer()
    bare, candidates = _without_candidates(offer.sdp)
    assert candidates
    for candidate in candidates:
        await ends.callee.add_candidate(IceCandidate(candidate=candidate, sdp_mid="0"))
    await ends.callee.add_candidate(None)
    answer = await ends.callee.answer(bare, offer.streams)
    bare, candidates = _without_candidates(answer.sdp)
    await ends.caller.accept(bare, answer.streams)
    for candidate in candidates:  # trickled afterwards
        await ends.caller.add_candidate(IceCandidate(candidate=candidate, sdp_mid="0"))
    await ends.caller.add_candidate(IceCandidate(candidate="", sdp_mid="0"))
    await until(lambda: frames(ends.caller) and frames(ends.callee))


def _without_candidates(sdp: str) -> tuple[str, list[str]]:
    lines = sdp.splitlines()
    candidates = [line.removeprefix("a=") for line in lines if line.startswith("a=candidate")]
    kept = [line for line in lines if not line.startswith(("a=candidate", "a=end-of-candidates"))]
    return "\r\n".join(kept) + "\r\n", list(dict.fromkeys(candidates))


async def test_bad_candidates_and_too_many_are_dropped(make_call: MakeCall) -> None:
    ends = Ends(await speaking(make_call()), make_call())
    bad = [
        "candidate:",
        "candidate:1 1 udp x 1.2.3.4 5 typ host",
        "candidate:1 1 udp 1 not-an-address 70000 typ host",
        "candidate:1 1 tcp 1 127.0.0.1 9 typ host tcptype active",
        "candidate:1 1 udp 1 127.0.0.1 9 typ nonsense",
        "candidate:1 7 udp 1 ::1 9 typ host",
    ]
    offer = await ends.caller.offer()
    for text in bad:
        await ends.callee.add_candidate(IceCandidate(candidate=text, sdp_mid="1"))
    answer = await ends.callee.answer(offer.sdp, offer.streams)
    for text in bad:
        await ends.callee.add_candidate(IceCandidate(candidate=text))
    await ends.caller.accept(answer.sdp, answer.streams)
    for port in range(100):
        text = f"candidate:{port} 1 udp 1 127.0.0.1 {port + 1} typ host"
        await ends.callee.add_candidate(IceCandidate(candidate=text, sdp_mid="0"))
    await until(lambda: sounds(ends.callee) > 5)


async def test_an_offer_that_only_receives_gets_our_media(make_call: MakeCall) -> None:
    seed = RTCPeerConnection()
    seed.addTransceiver("audio", "recvonly")
    seed.addTransceiver("video", "recvonly")
    await seed.setLocalDescription(await seed.createOffer())
    peer = (await speaking(make_call())).connect(FrameSlot(), (), lambda _: None)
    answer = await peer.answer(seed.localDescription.sdp, None)
    assert answer.sdp.count("a=sendonly") == 2
    assert answer.streams == {"0": "microphone", "1": "camera"}
    await seed.setRemoteDescription(RTCSessionDescription(answer.sdp, "answer"))
    await until(lambda: seed.connectionState == "connected")
    await until(lambda: all(one.last_packet_at is not None for one in seed.getReceivers()))  # type: ignore[attr-defined]
    await seed.close()


async def test_a_place_that_we_have_nothing_for_stays_empty(make_call: MakeCall) -> None:
    """And is no error, which would fail this test by its line in the log."""
    other = RTCPeerConnection()
    for kind in ("audio", "video", "video"):
        other.addTransceiver(kind, "sendrecv")
    await other.setLocalDescription(await other.createOffer())
    peer = (await speaking(make_call())).connect(FrameSlot(), (), lambda _: None)
    answer = await peer.answer(other.localDescription.sdp, None)
    await other.setRemoteDescription(RTCSessionDescription(answer.sdp, "answer"))
    receivers = [one for one in other.getReceivers() if isinstance(one, DirectReceiver)]
    await until(lambda: [one.last_packet_at is not None for one in receivers] == [True, True, False])
    await peer.close()
    await other.close()


async def test_an_offer_of_nothing_is_answered_and_ours_follows(make_call: MakeCall) -> None:
    """What Chromium says without a camera and a microphone."""
    nothing = "v=0\r\no=- 461172 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=extmap-allow-mixed\r\na=msid-semantic: WMS\r\n"
    peer = (await speaking(make_call())).connect(FrameSlot(), (), lambda _: None)
    answer = await peer.answer(nothing, None)
    assert (answer.type, answer.streams, "m=" in answer.sdp) == ("answer", {}, False)
    assert peer.owes_offer
    seed = make_call().connect(FrameSlot(), (), lambda _: None)
    offer = await peer.offer()
    assert not peer.owes_offer
    answer = await seed.answer(offer.sdp, offer.streams)
    await peer.accept(answer.sdp, answer.streams)
    await until(lambda: frames(seed) > 3)


@pytest.mark.parametrize(
    ("kind", "ours", "other"), [("audio", "microphone", "camera"), ("video", "camera", "microphone")]
)
async def test_an_offer_of_one_kind_is_answered_and_ours_of_both_follows(
    make_call: MakeCall, kind: str, ours: str, other: str
) -> None:
    """What a browser says that has a microphone and no camera, or the other way round."""
    seed = RTCPeerConnection()
    seed.addTransceiver(kind)
    await seed.setLocalDescription(await seed.createOffer())
    peer = (await speaking(make_call())).connect(FrameSlot(), (), lambda _: None)
    answer = await peer.answer(seed.localDescription.sdp, None)
    assert answer.streams == {"0": ours}
    await seed.setRemoteDescription(RTCSessionDescription(answer.sdp, "answer"))
    await until(lambda: [one.last_packet_at is not None for one in seed.getReceivers()] == [True])  # type: ignore[attr-defined]
    assert peer.owes_offer
    assert peer.is_agreed
    offer = await peer.offer_again()
    assert offer.streams == {"0": ours, "1": other}
    await seed.setRemoteDescription(RTCSessionDescription(offer.sdp, "offer"))
    await seed.setLocalDescription(await seed.createAnswer())
    await peer.accept(seed.localDescription.sdp, None)
    await until(lambda: [one.last_packet_at is not None for one in seed.getReceivers()] == [True, True])  # type: ignore[attr-defined]
    await seed.close()


def _with_the_picture_stopped(sdp: str) -> str:
    before, _, section = sdp.partition("m=video")
    mid = re.search(r"a=mid:\S+", section)
    assert mid
    before = re.sub(r"^(a=group:BUNDLE \S+) .*?(\r)", r"\1\2", before, flags=re.MULTILINE)
    return f"{before}m=video 0 UDP/TLS/RTP/SAVPF 0\r\nc=IN IP4 0.0.0.0\r\na=inactive\r\n{mid[0]}\r\n"


async def test_a_place_that_they_stop_is_closed_and_the_rest_goes_on(make_call: MakeCall) -> None:
    """What a browser says that stopped a transceiver."""
    ends = Ends(await speaking(make_call()), await speaking(make_call()))
    await ends.connected()
    offer = await ends.caller.offer()
    answer = await ends.callee.answer(_with_the_picture_stopped(offer.sdp), offer.streams)
    assert answer.streams == {"0": "microphone"}
    assert re.findall(r"^m=(\w+) 0 ", answer.sdp, re.M) == ["video"]
    assert "a=group:BUNDLE 0\r\n" in answer.sdp
    await ends.caller.accept(answer.sdp, answer.streams)
    heard = sounds(ends.caller), sounds(ends.callee)
    await until(lambda: sounds(ends.caller) > heard[0] + 10 and sounds(ends.callee) > heard[1] + 10)
    seen, heard_by = (frames(ends.caller), frames(ends.callee)), sounds(ends.callee)
    await until(lambda: sounds(ends.callee) > heard_by + 25)
    assert (frames(ends.caller), frames(ends.callee)) == seen
    again = await ends.callee.offer_again()
    assert re.findall(r"^m=(\w+) 0 ", again.sdp, re.M) == ["video"]


async def test_who_takes_no_pictures_is_heard_all_the_same(make_call: MakeCall) -> None:
    ends = Ends(await speaking(make_call()), await speaking(make_call()))
    offer = await ends.caller.offer()
    answer = await ends.callee.answer(offer.sdp, offer.streams)
    await ends.caller.accept(_with_the_picture_stopped(answer.sdp), {"0": "microphone"})
    await until(lambda: sounds(ends.caller) > 10 and sounds(ends.callee) > 10)
    assert frames(ends.callee) == 0


async def test_a_connection_can_be_negotiated_again_from_either_side(make_call: MakeCall) -> None:
    ends = Ends(await speaking(make_call()), await speaking(make_call()))
    await ends.connected()
    for one, other in ((ends.caller, ends.callee), (ends.callee, ends.caller)):
        offer = await one.offer()
        answer = await other.answer(offer.sdp, offer.streams)
        await one.accept(answer.sdp, answer.streams)
        seen = frames(one), frames(other)
        await until(lambda: frames(one) > seen[0] + 3 and frames(other) > seen[1] + 3)  # noqa: B023
    assert ends.caller_states == ends.callee_states == [PeerState.CONNECTING, PeerState.CONNECTED]


async def test_what_is_agreed_can_be_offered_again_from_either_side(make_call: MakeCall) -> None:
    ends = Ends(await speaking(make_call()), await speaking(make_call()))
    await ends.connected()
    for one, other in ((ends.caller, ends.callee), (ends.callee, ends.caller)):
        offer = await one.offer_again()
        assert offer.type == "offer"
        with pytest.raises(BadDescription):
            await one.offer_again()  # that one is not answered yet
        answer = await other.answer(offer.sdp, offer.streams)
        await one.accept(answer.sdp, answer.streams)
        seen = frames(one), frames(other)
        await until(lambda: frames(one) > seen[0] + 3 and frames(other) > seen[1] + 3)  # noqa: B023
    assert ends.caller_states == ends.callee_states == [PeerState.CONNECTING, PeerState.CONNECTED]


async def test_what_was_offered_again_is_void_once_they_offer(make_call: MakeCall) -> None:
    ends = Ends(await speaking(make_call()), await speaking(make_call()))
    await ends.connected()
    again = await ends.caller.offer_again()
    late = await ends.callee.answer(again.sdp, again.streams)
    offer = await ends.callee.offer()
    answer = await ends.caller.answer(offer.sdp, offer.streams)
    await ends.callee.accept(answer.sdp, answer.streams)
    with pytest.raises(BadDescription):
        await ends.caller.accept(late.sdp, late.streams)
    seen = frames(ends.caller), frames(ends.callee)
    await until(lambda: frames(ends.caller) > seen[0] + 3 and frames(ends.callee) > seen[1] + 3)


async def test_what_is_not_agreed_cannot_be_offered_again(make_call: MakeCall) -> None:
    peer = make_call().connect(FrameSlot(), (), lambda _: None)
    with pytest.raises(BadDescription):
        await peer.offer_again()
    await peer.offer()
    with pytest.raises(BadDescription):
        await peer.offer_again()


async def test_the_end_of_the_other_is_a_failure_and_our_own_is_not(make_call: MakeCall) -> None:
    ends = Ends(make_call(), make_call())
    await ends.connected()
    await ends.callee.close()
    await until(lambda: ends.caller.state is PeerState.FAILED)
    await ends.caller.close()
    assert ends.callee_states == [PeerState.CONNECTING, PeerState.CONNECTED, PeerState.CLOSED]
    assert ends.caller_states == [PeerState.CONNECTING, PeerState.CONNECTED, PeerState.FAILED, PeerState.CLOSED]


async def test_who_cannot_be_reached_is_a_failure_in_good_time(
    make_call: MakeCall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """aiortc alone waits a minute, or for ever where nobody says that these were all candidates."""
    monkeypatch.setattr("app.media.peer.CONNECT_S", 0.2)
    ends = Ends(make_call(), make_call())
    offer = await ends.caller.offer()
    await ends.callee.answer(_without_candidates(offer.sdp)[0], offer.streams)
    await until(lambda: ends.callee.state is PeerState.FAILED)


async def test_closing_while_it_connects(make_call: MakeCall) -> None:
    ends = Ends(make_call(), make_call())
    await ends.negotiate()
    await asyncio.gather(ends.caller.close(), ends.callee.close(), ends.caller.close())
    assert ends.caller.state is ends.callee.state is PeerState.CLOSED
    early = make_call().connect(FrameSlot(), (), lambda _: None)
    offering = asyncio.create_task(early.offer())
    await asyncio.sleep(0)
    await early.close()
    await asyncio.gather(offering, return_exceptions=True)
    assert early.state is PeerState.CLOSED


async def test_volume_has_bounds(make_call: MakeCall) -> None:
    peer = make_call().connect(FrameSlot(), (), lambda _: None)
    assert peer.volume == 1
    peer.volume = 5
    assert peer.volume == 2
    peer.volume = -1
    assert peer.volume == 0
