"""The life of one connection, with real media at both ends: what goes wrong between them and how it ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiortc import RTCPeerConnection, RTCSessionDescription

from app.media.peer import PeerState
from app.media.rtc.receiver import DirectReceiver
from app.room import lifeline, peers
from app.room.lifeline import Verdict
from app.room.state import Phase
from protocol.events import Answer, Candidate, IceCandidate, Offer, SendAnswer, SendOffer, SessionDescription
from protocol.model import MAX_CANDIDATES
from tests.fakes.waiting import until
from tests.fakes.wire import End, heard, two_ends

GARBAGE = [
    "x",
    "v=0",
    "v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF",
    "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\n",
    "v=0\r\na=group:BUNDLE 7\r\na=setup:\r\n" + "a=ssrc:x\r\n" * 50,
]


@pytest_asyncio.fixture
async def ends() -> AsyncIterator[tuple[End, End]]:
    a, b = await two_ends()
    yield a, b
    await a.close()
    await b.close()


async def connected(a: End, b: End) -> None:
    await until(lambda: a.phase is b.phase is Phase.CONNECTED, lambda: f"a: {a.phases}, b: {b.phases}")
    await asyncio.gather(a.receives(), b.receives())


def candidate(sender: str, text: str, attempt: int | None = None) -> Candidate:
    return Candidate.model_validate(
        {"from": sender, "attempt": attempt, "candidate": {"candidate": text, "sdpMid": "0", "sdpMLineIndex": 0}}
    )


async def test_an_offer_an_answer_and_pictures(ends: tuple[End, End]) -> None:
    a, b = ends
    a.link.call(restart=False)
    await connected(a, b)
    assert a.phases[:2] == [Phase.NEW, Phase.OFFER_SENT]
    assert b.phases[:2] == [Phase.NEW, Phase.ANSWER_SENT]
    assert a.phases[-1] is b.phases[-1] is Phase.CONNECTED
    assert set(a.sent[0].streams or {}) >= {"0", "1"}
    assert [(type(one), one.attempt) for one in (*a.sent, *b.sent)] == [(SendOffer, 0), (SendAnswer, 0)]
    assert (a.check(), b.check()) == (Verdict.FINE, Verdict.FINE)


@pytest.mark.parametrize("sdp", GARBAGE)
async def test_a_garbage_offer_leaves_a_working_connection_alone(
    ends: tuple[End, End], sdp: str, caplog: pytest.LogCaptureFixture
) -> None:
    a, b = ends
    a.link.call(restart=False)
    await connected(a, b)
    for _ in range(3):
        a.link.take(Offer(offer=SessionDescription(type="offer", sdp=sdp), sender="b", restart=True, attempt=9))
        a.link.take(Answer(answer=SessionDescription(type="answer", sdp=sdp), sender="b", attempt=0))
    await a.receives()
    assert a.phase is Phase.CONNECTED
    assert sum("cannot be used" in record.message for record in caplog.records) <= 1


@pytest.mark.parametrize("sdp", GARBAGE)
async def test_a_garbage_answer_is_followed_by_another_offer(ends: tuple[End, End], sdp: str) -> None:
    a, b = ends
    a.passes = b.passes = lambda event: False
    a.link.call(restart=False)
    await until(lambda: a.phase is Phase.OFFER_SENT)
    a.link.take(Answer(answer=SessionDescription(type="answer", sdp=sdp), sender="b", attempt=0))
    a.passes = b.passes = lambda event: True
    assert a.check(ahead_s=60) is Verdict.REBUILD
    await connected(a, b)
    assert (a.attempt, b.attempt) == (1, 1)
    assert a.sent[-1].attempt == 1


async def test_who_leaves_while_they_are_answered_leaves_nothing_behind(ends: tuple[End, End]) -> None:
    a, b = ends
    a.passes = lambda event: False
    a.link.call(restart=False)
    await until(lambda: a.sent)
    b.link.take(heard(a.sent[0], "a"))
    async with asyncio.timeout(5):
        while not b.peers:
            await asyncio.sleep(0)  # the very next turn: the answer is being made
    assert b.sent == []
    await b.link.close()
    assert [peer.state for peer in b.peers] == [PeerState.CLOSED]


async def test_candidates_may_come_before_the_offer(ends: tuple[End, End]) -> None:
    a, b = ends
    held: list[SendOffer | SendAnswer] = []

    def hold(event: SendOffer | SendAnswer) -> bool:
        held.append(event)
        return False

    a.passes = hold
    a.link.call(restart=False)
    await until(lambda: held)
    offer = held[0]
    assert isinstance(offer, SendOffer)
    lines = offer.offer.sdp.splitlines(keepends=True)
    found = [one.strip().removeprefix("a=") for one in lines if one.startswith("a=candidate:")]
    for text in found:
        b.link.take(candidate("a", text))
    for text in ("", "candidate:nonsense", "candidate:1 1 udp x y z"):
        b.link.take(candidate("a", text))
    bare = "".join(one for one in lines if not one.startswith(("a=candidate:", "a=end-of-candidates")))
    b.link.take(Offer(offer=SessionDescription(type="offer", sdp=bare), sender="a", attempt=0))
    await connected(a, b)


async def test_candidates_without_end_are_not_kept(ends: tuple[End, End]) -> None:
    a, b = ends
    for number in range(MAX_CANDIDATES * 3):
        b.link.take(candidate("a", f"candidate:{number} 1 udp 1 192.0.2.1 9 typ host"))
    a.link.call(restart=False)
    await connected(a, b)


async def test_a_late_answer_to_an_old_offer_is_dropped(ends: tuple[End, End]) -> None:
    a, b = ends
    late: list[SendOffer | SendAnswer] = []

    def keep_first(event: SendOffer | SendAnswer) -> bool:
        late.append(event)
        return len(late) > 1

    b.passes = keep_first
    a.link.call(restart=False)
    await until(lambda: late)
    a.link.reconnect()
    await until(lambda: len(late) == 2)
    a.link.take(heard(late[0], "b"))
    await connected(a, b)
    a.link.take(heard(late[0], "b"))
    await a.receives()
    assert (a.attempt, b.attempt) == (1, 1)


async def test_who_offers_nothing_is_answered_and_offered_to(ends: tuple[End, End]) -> None:
    """What Chromium says without a camera and a microphone: it must see us all the same."""
    a, b = ends
    nothing = "v=0\r\no=- 461172 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=extmap-allow-mixed\r\na=msid-semantic: WMS\r\n"
    a.passes = lambda event: isinstance(event, SendOffer)
    a.link.take(Offer(offer=SessionDescription(type="offer", sdp=nothing), sender="b"))
    await connected(a, b)
    assert [type(one) for one in a.sent] == [SendAnswer, SendOffer]
    assert "m=" not in a.sent[0].to_wire()["answer"]["sdp"]
    assert a.sent[1].streams == {"0": "microphone", "1": "camera"}
    assert [type(one) for one in b.sent] == [SendAnswer]


@pytest.mark.parametrize("kind", ["audio", "video"])
async def test_who_offers_one_kind_is_answered_at_once_and_offered_both(ends: tuple[End, End], kind: str) -> None:
    """What a browser says that has a microphone and no camera, or the other way round."""
    a, _ = ends
    a.passes = lambda event: False
    browser = RTCPeerConnection()
    browser.addTransceiver(kind)
    await browser.setLocalDescription(await browser.createOffer())
    sdp = browser.localDescription.sdp
    a.link.take(Offer(offer=SessionDescription(type="offer", sdp=sdp), sender="b"))
    await until(lambda: len(a.sent) == 2, lambda: f"{a.sent}")
    answer, offer = a.sent
    assert isinstance(answer, SendAnswer)
    assert isinstance(offer, SendOffer)
    await browser.setRemoteDescription(RTCSessionDescription(answer.answer.sdp, "answer"))
    await until(lambda: a.phase is Phase.CONNECTED, lambda: f"{a.phases}")
    await browser.setRemoteDescription(RTCSessionDescription(offer.offer.sdp, "offer"))
    await browser.setLocalDescription(await browser.createAnswer())
    sdp = browser.localDescription.sdp
    a.link.take(Answer(answer=SessionDescription(type="answer", sdp=sdp), sender="b"))
    receivers = [one for one in browser.getReceivers() if isinstance(one, DirectReceiver)]
    await until(lambda: [one.last_packet_at is not None for one in receivers] == [True, True])
    assert (a.phase, len(a.peers)) == (Phase.CONNECTED, 1)
    await browser.close()


def speaks_as_a_browser(end: End) -> None:
    """From now on ``end`` does not say what it sends where."""

    def tell(event: SendOffer | SendAnswer) -> bool:
        assert end.far is not None
        end.far.link.take(heard(event.model_copy(update={"streams": None, "attempt": None}), end.id))
        return False

    end.passes = tell


@pytest.mark.parametrize("first", ["a", "b"])
async def test_a_browser_whose_picture_is_small_is_offered_the_same_again_and_once(
    ends: tuple[End, End], first: str
) -> None:
    a, b = ends
    speaks_as_a_browser(b)
    (a if first == "a" else b).link.call(restart=False)
    await connected(a, b)
    before, phases = len(a.sent), len(a.phases)
    assert a.check(ahead_s=1) is Verdict.FINE
    await until(lambda: len(b.sent) == 2, lambda: f"{b.sent}")
    [again] = a.sent[before:]
    assert isinstance(again, SendOffer)
    assert not again.restart
    for _ in range(3):
        assert a.check(ahead_s=1) is Verdict.FINE
        await a.receives()
    assert len(a.sent) == before + 1
    assert (len(a.peers), len(b.peers), a.phases[phases:]) == (1, 1, [])
    await connected(a, b)


async def test_who_does_not_answer_the_same_offer_is_not_asked_again_by_the_next_connection(
    ends: tuple[End, End],
) -> None:
    a, b = ends
    speaks_as_a_browser(b)
    a.link.call(restart=False)
    await connected(a, b)
    a.passes = lambda event: False
    a.check(ahead_s=1)
    await until(lambda: len(a.sent) == 2)
    a.passes = lambda event: True
    a.link.reconnect()
    await until(lambda: a.attempt == 1)
    await connected(a, b)
    await until(lambda: (figures := a.link.figures) is not None and figures.video.frames > 0)
    a.check(ahead_s=1)
    await a.receives()
    assert [one.restart for one in a.sent if isinstance(one, SendOffer)] == [None, None, True]


async def test_ours_are_not_offered_the_same_again(ends: tuple[End, End]) -> None:
    a, b = ends
    a.link.call(restart=False)
    await connected(a, b)
    for end in (a, b):
        end.check(ahead_s=1)
        await end.receives()
    assert (len(a.sent), len(b.sent)) == (1, 1)


async def test_where_both_offer_the_smaller_id_wins(ends: tuple[End, End]) -> None:
    a, b = ends
    a.link.call(restart=False)
    b.link.call(restart=False)
    await connected(a, b)
    assert [type(one) for one in a.sent] == [SendOffer]
    assert [type(one) for one in b.sent] == [SendOffer, SendAnswer]


async def test_where_both_rebuild_they_still_find_each_other(ends: tuple[End, End]) -> None:
    a, b = ends
    a.link.call(restart=False)
    await connected(a, b)
    a.link.reconnect()
    b.link.reconnect()
    await until(lambda: a.attempt == b.attempt == 1)
    await connected(a, b)


async def test_a_restart_replaces_the_connection_and_keeps_the_tile(ends: tuple[End, End]) -> None:
    a, b = ends
    a.link.call(restart=False)
    await connected(a, b)
    slot = b.link.slot
    slot.show(32, 18)
    b.link.volume = 0.25
    a.link.reconnect()
    await until(lambda: b.attempt == 1)
    assert b.phase in (Phase.RECONNECTING, Phase.CONNECTED)
    await connected(a, b)
    assert isinstance(a.sent[-1], SendOffer)
    assert a.sent[-1].restart
    assert slot.take() is not None
    assert b.link.volume == 0.25


async def test_what_works_goes_on_until_its_successor_does(ends: tuple[End, End]) -> None:
    """A connection that was thought lost may heal, and the offer of another may never arrive."""
    a, b = ends
    a.link.call(restart=False)
    await connected(a, b)
    slot = a.link.slot
    slot.show(32, 18)
    a.passes = lambda event: False
    for tries in (1, 2, 3):
        a.link.reconnect()
        await until(lambda tries=tries: len(a.sent) == 1 + tries)
        slot.take()
        await until(lambda: slot.take() is not None)
        await b.receives()
    a.passes = lambda event: True
    a.link.reconnect()
    await until(lambda: a.attempt == b.attempt == 4)
    await connected(a, b)
    for end in ends:
        await until(lambda end=end: [peer.state for peer in end.peers].count(PeerState.CONNECTED) == 1)
        await until(lambda end=end: all(peer.state is PeerState.CLOSED for peer in end.peers[:-1]))


async def test_silence_is_shown_and_rebuilt(ends: tuple[End, End]) -> None:
    a, b = ends
    a.link.call(restart=False)
    await connected(a, b)
    assert (a.check(), b.check()) == (Verdict.FINE, Verdict.FINE)
    await a.receives()
    assert a.check(ahead_s=2.5) is Verdict.LOST
    assert a.phase is Phase.RECONNECTING
    assert a.check() is Verdict.BACK
    assert a.phase is Phase.CONNECTED
    assert a.check(ahead_s=2.5) is Verdict.LOST
    assert a.check(ahead_s=10, reachable=False) is Verdict.FINE
    assert a.check(ahead_s=10) is Verdict.REBUILD
    await until(lambda: a.attempt == b.attempt == 1)
    await connected(a, b)


async def test_who_is_known_to_send_nothing_is_not_missed(ends: tuple[End, End]) -> None:
    a, b = ends
    a.link.call(restart=False)
    await connected(a, b)
    a.mutes_everything()
    assert a.check(ahead_s=30) is Verdict.FINE
    assert a.link.alive


async def test_the_end_of_the_other_side_is_noticed(ends: tuple[End, End]) -> None:
    a, b = ends
    a.link.call(restart=False)
    await connected(a, b)
    await b.link.close()
    assert b.phase is Phase.CLOSED
    await until(lambda: a.check() is Verdict.LOST or a.phase is Phase.RECONNECTING)
    assert not a.link.alive


async def test_who_never_answers_is_given_up_and_may_be_asked_again(ends: tuple[End, End]) -> None:
    a, b = ends
    a.passes = lambda event: False
    a.link.call(restart=False)
    for tries in range(1, lifeline.TRIES):
        await until(lambda tries=tries: len(a.sent) == tries)
        assert a.check(ahead_s=60) is Verdict.REBUILD
    await until(lambda: len(a.sent) == lifeline.TRIES)
    assert a.check(ahead_s=60) is Verdict.GIVE_UP
    assert a.phase is Phase.FAILED
    assert a.check(ahead_s=600) is Verdict.FINE
    a.passes = lambda event: True
    a.link.reconnect()
    await connected(a, b)


async def test_an_offer_revives_what_was_given_up(ends: tuple[End, End]) -> None:
    a, b = ends
    a.passes = lambda event: False
    a.link.call(restart=False)
    for tries in range(1, lifeline.TRIES + 1):
        await until(lambda tries=tries: len(a.sent) == tries)
        a.check(ahead_s=60)
    await until(lambda: a.phase is Phase.FAILED)
    a.passes = lambda event: True
    b.link.call(restart=True)
    await connected(a, b)


async def test_a_flood_of_offers_is_bounded(ends: tuple[End, End], caplog: pytest.LogCaptureFixture) -> None:
    a, b = ends
    for _ in range(peers.INBOX * 3):
        b.link.take(Offer(offer=SessionDescription(type="offer", sdp="x"), sender="a"))
    await until(lambda: any("too much at once" in record.message for record in caplog.records))
    assert sum("too much at once" in record.message for record in caplog.records) == 1
    a.link.call(restart=False)
    await connected(a, b)


async def test_the_end_of_candidates_is_survived_at_any_time(ends: tuple[End, End]) -> None:
    a, b = ends
    b.link.take(Candidate(candidate=None, sender="a"))
    b.link.take(Candidate(candidate=IceCandidate(), sender="a"))
    a.link.call(restart=False)
    await connected(a, b)
    for sender, end in (("a", b), ("b", a)):
        end.link.take(Candidate(candidate=None, sender=sender, attempt=0))
    await asyncio.gather(a.receives(), b.receives())
