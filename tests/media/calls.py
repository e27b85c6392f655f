"""What the tests of a call share: waiting for a condition, and joining two ends in this process."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from app.media.audio.speaker import SilentSpeaker
from app.media.call import CallMedia
from app.media.peer import Peer, PeerState
from app.media.slot import FrameSlot
from app.media.sources import SourceSpec, VideoFormat

SMALL = VideoFormat(320, 180, 15)
TEST = SourceSpec.parse("test")


async def until(condition: Callable[[], object], timeout_s: float = 15.0) -> None:
    """Return as soon as ``condition`` holds; fail if it never does."""
    end = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < end, "it never came to be"
        await asyncio.sleep(0.01)


def new_call(video: VideoFormat = SMALL) -> CallMedia:
    return CallMedia(speaker=SilentSpeaker(), video=video)


async def speaking(call: CallMedia) -> CallMedia:
    """With the test picture and the tone, unmuted."""
    await call.set_camera(TEST)
    await call.set_microphone(TEST)
    call.set_muted(False)
    return call


class Ends:
    """A connection between two calls, seen from both."""

    has_screens = False
    """There is a place for screens beside the camera."""

    def __init__(self, caller: CallMedia, callee: CallMedia) -> None:
        self.caller_slot, self.callee_slot = FrameSlot(), FrameSlot()
        self.caller_states: list[PeerState] = []
        self.callee_states: list[PeerState] = []
        self.caller_screen, self.callee_screen = FrameSlot(), FrameSlot()
        at_caller = self.caller_screen if self.has_screens else None
        at_callee = self.callee_screen if self.has_screens else None
        self.caller = caller.connect(self.caller_slot, (), self.caller_states.append, screen=at_caller)
        self.callee = callee.connect(self.callee_slot, (), self.callee_states.append, screen=at_callee)

    async def negotiate(self) -> None:
        offer = await self.caller.offer()
        answer = await self.callee.answer(offer.sdp, offer.streams)
        await self.caller.accept(answer.sdp, answer.streams)

    async def connected(self) -> None:
        await self.negotiate()
        await until(lambda: self.caller.state is self.callee.state is PeerState.CONNECTED)


def frames(peer: Peer) -> int:
    return peer.figures().video.frames


def sounds(peer: Peer) -> int:
    return peer.figures().audio.frames_received
