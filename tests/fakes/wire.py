"""Two real peer links, each with real media, joined by a wire that a test may listen to, cut, and speak into."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from app.media.audio.speaker import SilentSpeaker
from app.media.call import CallMedia
from app.media.peer import Peer, PeerState
from app.media.slot import FrameSlot
from app.room.lifeline import Verdict
from app.room.peers import Outside, PeerLink
from app.room.state import Participant, Phase
from protocol.events import Answer, Event, Offer, SendAnswer, SendOffer
from tests.fakes.house import SMALL, TEST
from tests.fakes.waiting import until


class End:
    """One side: its media and its link to the other side."""

    def __init__(self, ours: str, theirs: str) -> None:
        self.id = ours
        self.media = CallMedia(speaker=SilentSpeaker(), video=SMALL)
        self.phases: list[Phase] = [Phase.NEW]
        self.attempt = 0
        self.sent: list[SendOffer | SendAnswer] = []
        self.passes: Callable[[SendOffer | SendAnswer], bool] = lambda event: True
        self.peers: list[Peer] = []
        self.far: End | None = None
        self.shown = Participant(id=theirs, sid=theirs, user_id="u", name=theirs, audio=True, video=True)
        self.link = PeerLink(
            theirs, theirs, ours, Outside(self._connect, self._send, self._show), FrameSlot(), FrameSlot()
        )

    @property
    def phase(self) -> Phase:
        return self.phases[-1]

    @property
    def frames(self) -> int:
        figures = self.link.figures
        return 0 if figures is None else figures.video.frames

    def check(self, *, ahead_s: float = 0.0, reachable: bool = True) -> Verdict:
        """Let the link look at its connection as if ``ahead_s`` had passed."""
        return self.link.check(time.monotonic() + ahead_s, self.shown, reachable=reachable)

    def mutes_everything(self) -> None:
        """The other side is shown as sending nothing."""
        self.shown = replace(self.shown, audio=False, video=False)

    async def receives(self, more: int = 3) -> None:
        frames = self.frames
        await until(lambda: self.frames >= frames + more, lambda: f"{self.id}: {self.frames} frames, {self.phases}")

    async def close(self) -> None:
        await self.link.close()
        await self.media.close()

    def _connect(self, slot: FrameSlot, screen: FrameSlot | None, listener: Callable[[PeerState], None]) -> Peer:
        self.peers.append(self.media.connect(slot, (), listener, screen=screen))
        return self.peers[-1]

    async def _send(self, event: Event) -> None:
        assert isinstance(event, SendOffer | SendAnswer)
        self.sent.append(event)
        if self.far is not None and self.passes(event):
            self.far.link.take(heard(event, self.id))

    def _show(self, _: str, phase: Phase, attempt: int) -> None:
        self.phases.append(phase)
        self.attempt = attempt


async def two_ends() -> tuple[End, End]:
    """``a`` and ``b``, sending to each other, not yet connected. ``a`` has the smaller id."""
    a, b = End("a", "b"), End("b", "a")
    a.far, b.far = b, a
    for end in (a, b):
        await end.media.set_camera(TEST)
    return a, b


def heard(event: SendOffer | SendAnswer, sender: str) -> Offer | Answer:
    """What the server makes of it."""
    body = event.to_wire()
    body["from"] = sender
    return (Offer if isinstance(event, SendOffer) else Answer).model_validate(body)
