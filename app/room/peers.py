"""The life of the connection to one participant: offers, answers, candidates, loss, rebuilding.

Promises: what is heard from that participant is worked off in order by one task; a connection that works is never
given up for an offer that cannot be read; garbage is survived and logged once. What to do when is decided by
``lifeline`` and told by ``check``; who wins when both ends offer, and which answers are too late, is decided here:

* Both offered: the side with the smaller id wins, the other drops its own offer and answers.
* Any other restart is accepted and replaces the connection.
* An answer or a candidate of an older ``attempt`` is dropped.
* A candidate that comes before its offer waits for it, ``MAX_CANDIDATES`` at most.
* A browser whose picture comes small is offered once more what is agreed (``renewals``). Any offer of theirs wins
  against that one.
"""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from app.media.figures import PeerFigures
from app.media.peer import BadDescription, LocalDescription, Peer, PeerState
from app.media.slot import FrameSlot
from app.media.video.layers import Wanted
from app.room.lifeline import Transport, Verdict, Vitals, is_alive, judge
from app.room.renewals import Renewals
from app.room.state import Participant, Phase
from protocol.events import Answer, Candidate, Event, Offer, SendAnswer, SendOffer, SessionDescription
from protocol.model import MAX_CANDIDATES

log = logging.getLogger(__name__)

INBOX = 200
"""What one participant may have waiting; more than any honest negotiation has. The newest is dropped."""
CLOSE_S = 3.0
POLITENESS_S = 1.5

TRANSPORTS = {
    PeerState.NEW: Transport.WAITING,
    PeerState.CONNECTING: Transport.WAITING,
    PeerState.CONNECTED: Transport.CONNECTED,
    PeerState.FAILED: Transport.DEAD,
    PeerState.CLOSED: Transport.DEAD,
}


@dataclass(frozen=True, slots=True)
class Outside:
    """What a link needs of the room around it."""

    connect: Callable[[FrameSlot, FrameSlot | None, Callable[[PeerState], None]], Peer]
    """Told where their camera and, if they know of such a thing, their screen is shown."""
    send: Callable[[Event], Awaitable[None]]
    show: Callable[[str, Phase, int], None]
    """Told the participant's id, phase and attempt whenever one of the latter changes."""


@dataclass(frozen=True, slots=True)
class Call:
    """Build a connection and offer it."""

    restart: bool


@dataclass(frozen=True, slots=True)
class Renew:
    """Offer once more what is agreed."""


@dataclass(frozen=True, slots=True)
class Drop:
    """Close the connection, and wait for an offer or a wish."""


class PeerLink:
    """One participant as heard and seen. Used on the engine's loop."""

    def __init__(
        self, participant_id: str, sid: str, our_id: str, outside: Outside, slot: FrameSlot, screen: FrameSlot
    ) -> None:
        self.id = participant_id
        self.sid = sid
        self.slot = slot
        self.screen = screen
        """Where the frames of the screen that they share arrive."""
        self.away_since: float | None = None
        self._our_id = our_id
        self._outside = outside
        self._peer: Peer | None = None
        self._former: Peer | None = None
        """What was there before, as long as that which is to take its place is not connected."""
        self._stage = Phase.NEW
        self._stage_since = time.monotonic()
        self._connected_at: float | None = None
        self._expected_since: float | None = None
        self._worked = False
        self._tries = 0
        self._attempt = 0
        self._highest = -1
        self._awaits_answer = False
        self._is_browser = False
        """Their descriptions do not name what is sent where, as all of ours do."""
        self._renewals = Renewals()
        self._awaits_renewal = False
        """What was offered again is not answered yet. Unlike ``_awaits_answer``, nothing has to wait for that."""
        self._calling = False
        self._volume = 1.0
        self._shows_us: tuple[Wanted | None, Wanted | None] = (Wanted(), Wanted())
        self._ufrag: str | None = None
        self._early: list[Candidate] = []
        self._closing: set[asyncio.Task[None]] = set()
        self._complained: set[str] = set()
        self._shown: tuple[Phase, int] = (Phase.NEW, 0)
        self._inbox: asyncio.Queue[Call | Renew | Drop | Offer | Answer | Candidate] = asyncio.Queue(INBOX)
        self._worker = asyncio.create_task(self._work(), name=f"peer {participant_id}")

    # ---- what happens --------------------------------------------------------------------------------------------

    def call(self, *, restart: bool) -> None:
        """Build a new connection and offer it, unless that is under way."""
        if not self._calling:
            self._calling = self._put(Call(restart))

    def take(self, event: Offer | Answer | Candidate) -> None:
        """Something that they said about the connection."""
        self._put(event)

    def move(self, sid: str) -> None:
        """They, or we, have a new socket: what was said over the old one may be lost."""
        self.sid = sid
        self.away_since = None
        self._awaits_answer = False
        if self._stage is Phase.OFFER_SENT:
            self._enter(Phase.NEW)

    def show_us(self, camera: Wanted | None, screen: Wanted | None) -> None:
        """They show so much of our camera and our screen; None: nothing."""
        if (camera, screen) != self._shows_us:
            self._shows_us = camera, screen
            if self._peer is not None:
                self._peer.show(camera, screen)

    def reconnect(self) -> None:
        """Somebody asked for a new connection: all tries are open again."""
        self._tries = 0
        self.call(restart=True)

    @property
    def alive(self) -> bool:
        return is_alive(self._vitals(reachable=True), time.monotonic())

    def check(self, now: float, shown: Participant, *, reachable: bool) -> Verdict:
        """Look at the connection and do what ``lifeline`` says. ``GONE`` and ``GIVE_UP`` are the room's to tell."""
        self._expect(now, shown)
        vitals = self._vitals(reachable=reachable and self.away_since is None)
        verdict = judge(vitals, now)
        self._renewals.follow(verdict, now)
        if verdict is Verdict.FINE and self._is_to_be_renewed(now):
            self._put(Renew())
        match verdict:
            case Verdict.LOST:
                log.info("lost the media of %s", self.id)
                self._enter(Phase.RECONNECTING)
            case Verdict.BACK:
                self._enter(Phase.CONNECTED)
            case Verdict.REBUILD:
                self.call(restart=True)
            case Verdict.GIVE_UP:
                self._enter(Phase.FAILED)
                self._put(Drop())
            case Verdict.FINE if self._stage is Phase.CONNECTED and not self._is_waiting_for_media():
                self._tries = 0
            case _:
                pass
        return verdict

    async def close(self) -> None:
        self._worker.cancel()
        await asyncio.gather(self._worker, return_exceptions=True)
        self._enter(Phase.CLOSED)
        self._replace(None)
        await asyncio.gather(*self._closing, return_exceptions=True)

    # ---- what is measured ----------------------------------------------------------------------------------------

    @property
    def level(self) -> float:
        return 0.0 if self._peer is None else self._peer.level()

    @property
    def figures(self) -> PeerFigures | None:
        return None if self._peer is None else self._peer.figures()

    @property
    def volume(self) -> float:
        return self._volume

    @volume.setter
    def volume(self, volume: float) -> None:
        self._volume = min(max(volume, 0.0), 2.0)
        if self._peer is not None:
            self._peer.volume = self._volume

    # ---- the one task --------------------------------------------------------------------------------------------

    async def _work(self) -> None:
        while True:
            item = await self._inbox.get()
            try:
                await self._handle(item)
            except BadDescription as error:
                self._complain("description", error)
            except Exception:
                log.exception("the connection to %s failed on %s", self.id, type(item).__name__)

    async def _handle(self, item: Call | Renew | Drop | Offer | Answer | Candidate) -> None:
        match item:
            case Call():
                try:
                    await self._call(item.restart)
                finally:
                    self._calling = False
            case Renew():
                await self._renew()
            case Drop():
                self._replace(None)
            case Offer():
                await self._take_offer(item)
            case Answer():
                await self._take_answer(item)
            case Candidate():
                await self._take_candidate(item)

    async def _call(self, restart: bool) -> None:
        self._enter(Phase.NEW)
        self._tries += 1
        self._attempt = self._highest = self._highest + 1
        peer = self._build()
        self._succeed(peer)
        await self._offer(peer, restart=restart or None)

    async def _offer(self, peer: Peer, *, restart: bool | None = None) -> None:
        local = await peer.offer()
        self._awaits_answer = True
        self._enter(Phase.OFFER_SENT)
        await self._outside.send(
            SendOffer(
                offer=_described(local),
                to=self.sid,
                streams=dict(local.streams),
                restart=restart,
                attempt=self._attempt,
            )
        )

    async def _renew(self) -> None:
        if self._peer is None or not self._renewals.is_of(self._peer) or self._awaits_answer:
            return  # it was replaced meanwhile
        if await self._offer_again(self._peer):
            self._renewals.asked()

    async def _offer_again(self, peer: Peer) -> bool:
        """Whether what is agreed was offered once more, with a place for what of ours has none."""
        try:
            local = await peer.offer_again()
        except BadDescription as error:  # of our own: not for them to answer for
            log.info("the connection to %s is not offered again: %s", self.id, error)
            return False
        self._awaits_renewal = True
        await self._outside.send(
            SendOffer(offer=_described(local), to=self.sid, streams=dict(local.streams), attempt=self._attempt)
        )
        return True

    async def _take_offer(self, offer: Offer) -> None:
        if self._awaits_answer and self._our_id < self.id:
            log.info("both ends offered: %s is to answer ours", self.id)
            return
        ufrag = _ufrag(offer.offer.sdp)
        known = self._peer is not None and not offer.restart and ufrag is not None and ufrag == self._ufrag
        peer = self._peer if known and self._peer is not None else self._build()
        try:
            local = await peer.answer(offer.offer.sdp, offer.streams)
        except BaseException:  # also where they leave meanwhile: nobody else knows of it
            if peer is not self._peer:
                self._retire(peer)
            raise
        self._awaits_answer = self._awaits_renewal = False
        self._ufrag = ufrag
        self._is_browser = offer.streams is None
        if peer is not self._peer:
            await self._begin(peer, offer.attempt)
        await self._outside.send(
            SendAnswer(answer=_described(local), to=self.sid, streams=dict(local.streams), attempt=offer.attempt)
        )
        if peer.owes_offer:  # who lacks a device offers no place for it, and would never see us
            await (self._offer_again(peer) if peer.is_agreed else self._offer(peer))

    async def _begin(self, peer: Peer, attempt: int | None) -> None:
        """``peer`` has taken an offer and replaces what was there."""
        self._tries += 1
        self._attempt = self._highest + 1 if attempt is None else attempt
        self._highest = max(self._highest, self._attempt)
        self._replace(peer)
        self._enter(Phase.CONNECTED if peer.state is PeerState.CONNECTED else Phase.ANSWER_SENT)
        early, self._early = self._early, []
        for candidate in early:
            if candidate.attempt is None or candidate.attempt == self._attempt:
                await peer.add_candidate(candidate.candidate)

    async def _take_answer(self, answer: Answer) -> None:
        ufrag = _ufrag(answer.answer.sdp)
        peer = self._peer
        if peer is None or not self._is_awaited(answer.attempt, ufrag):
            log.info("an answer of %s comes too late", self.id)
            return
        renews, self._awaits_renewal = self._awaits_renewal, False
        self._awaits_answer = False
        await peer.accept(answer.answer.sdp, answer.streams)
        self._ufrag = ufrag
        self._is_browser = answer.streams is None
        if renews:
            self._renewals.agreed(time.monotonic())
        if self._stage is Phase.OFFER_SENT:
            self._enter(Phase.CANDIDATES)

    def _is_awaited(self, attempt: int | None, ufrag: str | None) -> bool:
        """An offer is answered by a new connection of theirs, what is offered again by the one that is there."""
        if attempt not in (None, self._attempt):
            return False
        if self._awaits_answer:
            return ufrag is None or ufrag != self._ufrag
        return self._awaits_renewal and ufrag in (None, self._ufrag)

    async def _take_candidate(self, candidate: Candidate) -> None:
        attempt = candidate.attempt
        if self._peer is None or (attempt is not None and attempt > self._attempt):
            if len(self._early) < MAX_CANDIDATES:
                self._early.append(candidate)
        elif attempt is None or attempt == self._attempt:
            await self._peer.add_candidate(candidate.candidate)

    # ---- how -----------------------------------------------------------------------------------------------------

    def _build(self) -> Peer:
        built: list[Peer] = []

        def changed(state: PeerState) -> None:
            if built and built[0] is self._peer:
                self._hear_transport(state)

        # who has no name that outlives a socket is the seed's, which takes one picture of each
        peer = self._outside.connect(self.slot, self.screen if self.id != self.sid else None, changed)
        built.append(peer)
        peer.volume = self._volume
        peer.show(*self._shows_us)
        return peer

    def _succeed(self, peer: Peer) -> None:
        """Put ``peer`` in the place of what was there, which stays until ``peer`` is connected: our offer may never
        arrive, and an outage may heal by itself."""
        before, self._peer = self._peer, None
        former, self._former = self._former, None
        if former is None or (before is not None and before.last_packet_at() is not None):
            before, former = former, before
        if before is not None:
            self._retire(before)
        self._replace(peer)
        self._former = former

    def _replace(self, peer: Peer | None) -> None:
        """Put ``peer`` in the place of what was there, whose closing may take its time."""
        before, self._peer = self._peer, peer
        self._connected_at = None
        self._renewals.replaced()
        self._awaits_answer = self._awaits_renewal = False
        if before is not None:
            self._retire(before)
        self._retire_former()

    def _retire_former(self) -> None:
        if self._former is not None:
            self._retire(self._former)
            self._former = None

    def _retire(self, peer: Peer) -> None:
        closing = asyncio.create_task(_close(peer))
        self._closing.add(closing)
        closing.add_done_callback(self._closing.discard)

    def _hear_transport(self, state: PeerState) -> None:
        if state is PeerState.CONNECTED:
            self._enter(Phase.CONNECTED)
            self._retire_former()

    def _enter(self, stage: Phase) -> None:
        now = time.monotonic()
        if stage is not self._stage or stage is Phase.NEW:
            self._stage_since = now
        self._stage = stage
        if stage is Phase.CONNECTED:
            self._worked = True
            self._connected_at = self._connected_at or now
        settled = (Phase.CONNECTED, Phase.FAILED, Phase.CLOSED)
        shown = Phase.RECONNECTING if self._worked and stage not in settled else stage
        if (shown, self._attempt) != self._shown:
            self._shown = (shown, self._attempt)
            self._outside.show(self.id, shown, self._attempt)

    def _expect(self, now: float, shown: Participant) -> None:
        """Whether packets must come. The seed's peers may never say, but what has sent goes on sending."""
        flowed = self._peer is not None and self._peer.last_packet_at() is not None
        expected = any(flowed if one is None else one for one in (shown.audio, shown.video, shown.screen))
        if not expected:
            self._expected_since = None
        elif self._expected_since is None:
            self._expected_since = now

    def _is_to_be_renewed(self, now: float) -> bool:
        peer = self._peer
        if peer is None or not self._is_browser or self._awaits_answer or self._stage is not Phase.CONNECTED:
            return False
        return self._renewals.is_due(peer, peer.figures().video, now)

    def _is_waiting_for_media(self) -> bool:
        if self._expected_since is None:
            return False
        last = None if self._peer is None else self._peer.last_packet_at()
        return last is None or last < (self._connected_at or 0.0)

    def _vitals(self, *, reachable: bool) -> Vitals:
        peer = self._peer
        return Vitals(
            stage=self._stage,
            stage_since=self._stage_since,
            transport=Transport.WAITING if peer is None else TRANSPORTS[peer.state],
            connected_at=self._connected_at,
            expected_since=self._expected_since,
            last_packet_at=None if peer is None else peer.last_packet_at(),
            worked=self._worked,
            tries=self._tries,
            reachable=reachable and not self._calling,
            away_since=self.away_since,
            politeness_s=POLITENESS_S if self._our_id > self.id else 0.0,
        )

    def _put(self, item: Call | Renew | Drop | Offer | Answer | Candidate) -> bool:
        try:
            self._inbox.put_nowait(item)
        except asyncio.QueueFull:
            self._complain("flood", "too much at once")
            return False
        return True

    def _complain(self, about: str, problem: object) -> None:
        if about not in self._complained:
            self._complained.add(about)
            log.warning("%s sends what cannot be used (%s): %s", self.id, about, problem)


async def _close(peer: Peer) -> None:
    try:
        async with asyncio.timeout(CLOSE_S):
            await peer.close()
    except TimeoutError:
        log.warning("a connection did not close within %g s", CLOSE_S)


def _described(local: LocalDescription) -> SessionDescription:
    return SessionDescription(type=local.type, sdp=local.sdp)


def _ufrag(sdp: str) -> str | None:
    """What names the other end's ICE agent: the same one means the same connection negotiated again (RFC 8839, 5.4)."""
    found = re.search(r"^a=ice-ufrag:(\S+)", sdp, re.MULTILINE)
    return None if found is None else found.group(1)
