"""What becomes of a connection that a browser was offered once more: nothing worse, whatever the browser does."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
import pytest_asyncio

from app.media.figures import VideoFigures
from app.room import renewals
from app.room.lifeline import Verdict
from app.room.renewals import SETTLED_S, Renewals
from app.room.state import Phase
from protocol.events import Answer, Offer, SendAnswer, SendOffer, SessionDescription
from tests.fakes.waiting import until
from tests.fakes.wire import End, heard, two_ends


@dataclass
class Browser:
    """The far end of ``app``: it does not say what it sends where. ``app`` finds its picture too small."""

    app: End
    end: End
    answers: bool = True
    """Whether it answers at once; else it is kept in ``kept``."""
    kept: list[Answer] = field(default_factory=list[Answer])

    def __post_init__(self) -> None:
        self.end.passes = self._say

    @property
    def renewals(self) -> list[SendOffer]:
        """What the app offered; the first connection was offered by the browser."""
        return [one for one in self.app.sent if isinstance(one, SendOffer)]

    def _say(self, event: SendOffer | SendAnswer) -> bool:
        said = heard(event.model_copy(update={"streams": None, "attempt": None}), self.end.id)
        if isinstance(said, Offer) or self.answers:
            self.app.link.take(said)
        else:
            self.kept.append(said)
        return False

    async def connects(self) -> None:
        self.end.link.call(restart=False)
        await self.is_seen()

    async def is_seen(self) -> None:
        await until(lambda: self.app.phase is self.end.phase is Phase.CONNECTED)
        await self.app.receives()
        await self.end.receives()

    async def is_offered_again(self) -> None:
        """And has said what it says to that."""
        said, asked = len(self.end.sent), len(self.renewals)
        assert self.app.check(ahead_s=1) is Verdict.FINE
        await until(lambda: len(self.renewals) == asked + 1 and len(self.end.sent) == said + 1)

    async def offers(self) -> None:
        """The same connection once more, as a browser does that has more to send; it drops what it heard before."""
        answered = len(self.app.sent)
        peer = self.end.peers[-1]
        local = await peer.offer()
        body = SessionDescription(type="offer", sdp=local.sdp)
        self.app.link.take(Offer(offer=body, sender=self.end.id))
        await until(lambda: len(self.app.sent) > answered)
        answer = self.app.sent[-1]
        assert isinstance(answer, SendAnswer)
        await peer.accept(answer.answer.sdp, answer.streams)


@pytest_asyncio.fixture(params=["a", "b"])
async def browser(request: pytest.FixtureRequest) -> AsyncIterator[Browser]:
    """With the greater id, and with the smaller one: it yields where both offer, or does not."""
    a, b = await two_ends()
    yield Browser(a, b) if request.param == "a" else Browser(b, a)
    await a.close()
    await b.close()


async def test_who_does_not_answer_may_offer(browser: Browser) -> None:
    await browser.connects()
    browser.answers = False
    await browser.is_offered_again()
    phases = len(browser.app.phases)
    await browser.offers()
    await browser.is_seen()
    assert (len(browser.app.peers), browser.app.phases[phases:]) == (1, [])


async def test_who_does_not_answer_may_begin_anew(browser: Browser) -> None:
    await browser.connects()
    browser.answers = False
    await browser.is_offered_again()
    browser.end.link.call(restart=True)
    await until(lambda: len(browser.app.peers) == 2)
    await browser.is_seen()
    assert isinstance(browser.app.sent[-1], SendAnswer)


async def test_an_answer_that_comes_after_their_offer_changes_nothing(browser: Browser) -> None:
    await browser.connects()
    browser.answers = False
    await browser.is_offered_again()
    await browser.offers()
    browser.app.link.take(browser.kept.pop())
    await browser.offers()
    await browser.is_seen()
    assert len(browser.app.peers) == 1


async def test_an_answer_may_come_after_any_time_and_over_another_socket(browser: Browser) -> None:
    await browser.connects()
    browser.answers = False
    await browser.is_offered_again()
    browser.app.link.move(browser.end.id)
    browser.app.link.take(browser.kept.pop())
    await browser.is_seen()
    await browser.offers()
    await browser.is_seen()
    assert len(browser.app.peers) == 1


async def test_an_answer_that_comes_when_the_next_connection_is_offered_is_not_taken_for_its(browser: Browser) -> None:
    await browser.connects()
    browser.answers = False
    await browser.is_offered_again()
    late = browser.kept.pop()
    browser.app.link.reconnect()
    await until(lambda: browser.kept)
    browser.app.link.take(late)
    browser.app.link.take(browser.kept.pop())
    await until(lambda: browser.app.attempt == browser.end.attempt == 1)
    await browser.is_seen()
    assert len(browser.app.peers) == 2


@pytest.mark.parametrize("sdp", ["x", "v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF", "too few places", "no codec of ours"])
async def test_an_answer_that_is_refused_leaves_the_connection_open_to_their_offers(
    browser: Browser, sdp: str, caplog: pytest.LogCaptureFixture
) -> None:
    await browser.connects()
    browser.answers = False
    await browser.is_offered_again()
    good = browser.kept.pop().answer.sdp
    if sdp == "too few places":
        sdp = good[: good.index("m=video")]
    elif sdp == "no codec of ours":
        sdp = good.replace("H264", "H26X").replace("VP8", "VPX").replace("VP9", "VPX").replace("AV1", "AVX")
    body = SessionDescription(type="answer", sdp=sdp)
    browser.app.link.take(Answer(answer=body, sender=browser.end.id))
    await browser.offers()
    await browser.is_seen()
    assert len(browser.app.peers) == 1
    assert sum("cannot be used" in record.message for record in caplog.records) == 1
    caplog.clear()  # it is told, and that is all


async def test_who_is_lost_soon_after_is_not_asked_again(browser: Browser) -> None:
    """Else it would be rebuilt and renewed in turns for as long as both are here."""
    await browser.connects()
    await browser.is_offered_again()
    await browser.is_seen()
    assert browser.app.check(ahead_s=renewals.STOOD_S - 1) is Verdict.LOST
    browser.app.link.reconnect()
    await until(lambda: browser.app.attempt == 1)
    await browser.is_seen()
    sent = len(browser.app.sent)
    assert browser.app.check(ahead_s=1) is Verdict.FINE
    await browser.app.receives()
    assert len(browser.app.sent) == sent


async def test_who_goes_on_is_asked_again_in_the_next_connection(browser: Browser) -> None:
    await browser.connects()
    await browser.is_offered_again()
    await browser.is_seen()
    browser.app.mutes_everything()  # so that what is to come is not missed
    assert browser.app.check(ahead_s=renewals.STOOD_S + 1) is Verdict.FINE
    browser.app.link.reconnect()
    await until(lambda: browser.app.attempt == 1)
    await browser.is_seen()
    await browser.is_offered_again()
    await browser.is_seen()


async def test_what_cannot_be_offered_again_is_not_their_fault(
    browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await browser.connects()
    vars(browser.app.peers[0])["_remote_applied"] = False
    browser.app.check(ahead_s=1)
    await until(lambda: any("is not offered again" in record.message for record in caplog.records))
    assert not any("cannot be used" in record.message for record in caplog.records)


@pytest.mark.parametrize(
    ("size", "is_small"), [((640, 360), True), ((480, 854), True), ((1280, 720), False), ((720, 1280), False)]
)
def test_a_small_picture_is_known_once_it_has_settled_whichever_way_it_is_held(
    size: tuple[int, int], is_small: bool
) -> None:
    asked, connection = Renewals(), object()
    video = VideoFigures(width=size[0], height=size[1], first_frame_at=10.0)
    assert not asked.is_due(connection, video, 10.0 + 0.9 * SETTLED_S)
    assert asked.is_due(connection, video, 10.0 + 1.1 * SETTLED_S) is is_small
    assert not asked.is_due(connection, video, 11.0), "once at most"
