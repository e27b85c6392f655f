"""A call over a path that is too thin for what it would send: it is found out, and everything goes on."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass, field
from statistics import quantiles
from typing import Any

import pytest_asyncio

from app.media.peer import Peer
from app.media.sources import SourceSpec, VideoFormat
from tests.media.calls import Ends, sounds, speaking, until
from tests.media.conftest import MakeCall
from tests.media.thin_path import ThinPath, host_of

WIDE = VideoFormat(640, 360, 30)
"""With sound and headers it wants more than 0.6 Mbit/s."""
SETTLED_S, WATCHED_S = 4.0, 6.0


@dataclass
class Watch:
    """What arrives at ``peer``, looked at whenever something is waited for."""

    peer: Peer
    pauses: list[float] = field(default_factory=list)
    _frames: int = 0
    _at: float = field(default_factory=time.monotonic)

    def look(self) -> None:
        now, frames = time.monotonic(), self.peer.figures().video.frames
        if frames != self._frames:
            self.pauses.append(now - self._at)
            self._frames, self._at = frames, now

    async def over(self, seconds: float) -> None:
        end = time.monotonic() + seconds

        def is_over() -> bool:
            self.look()
            return time.monotonic() >= end

        await until(is_over, seconds + 5)
        self.pauses.append(time.monotonic() - self._at)


Join = Callable[[ThinPath, Ends], Coroutine[Any, Any, None]]


@pytest_asyncio.fixture
async def join() -> AsyncIterator[Join]:
    """Connects two ends over a path."""
    opened: list[ThinPath] = []

    async def joined(path: ThinPath, ends: Ends) -> None:
        offer = await ends.caller.offer()
        path.open(host_of(offer.sdp))
        opened.append(path)
        answer = await ends.callee.answer(path.bent(offer.sdp, 1), offer.streams)
        await ends.caller.accept(path.bent(answer.sdp, 0), answer.streams)
        await until(lambda: ends.callee.figures().video.frames > 0)

    yield joined
    for path in opened:
        path.close()


async def test_a_thin_path_is_held_without_freezing_and_sound_is_unhurt(
    make_call: MakeCall, join: Join, demo_clip: str
) -> None:
    caller = await speaking(make_call(WIDE))
    await caller.set_camera(SourceSpec.parse(f"file:{demo_clip}"))
    ends = Ends(caller, make_call(WIDE))
    path = ThinPath(400)
    await join(path, ends)
    watch = Watch(ends.callee)
    await watch.over(SETTLED_S)
    watch.pauses.clear()
    path.waits.clear()
    dropped, sounds_before = path.dropped, sounds(ends.callee)
    await watch.over(WATCHED_S)
    rate = ends.caller.figures().path_rate
    assert rate is not None
    assert 120_000 < rate < 600_000
    assert max(watch.pauses) < 3.0, "a busy computer may stop for a moment, a full queue for good"
    assert path.dropped - dropped < 20, "a queue that overflows takes the sound along"
    assert quantiles(path.waits, n=20)[-1] < 0.35, "nineteen of twenty packets wait less than this"
    assert sounds(ends.callee) - sounds_before > 0.5 * 50 * WATCHED_S
