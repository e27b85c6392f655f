"""A steady sound through real connections over bad paths: what of it is played, where it is broken, and how late.

Two ends of ours in this process with the relay of the tests between them (``tests/media/thin_path.py``: real sockets),
for one share of loss after the other; then the path becomes good. Beside them the same paths with aiortc as it comes,
in a process of its own (``_stock_sound.py``), because ours changes aiortc for the whole process.
"""

from __future__ import annotations

import asyncio
import json
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from app.media.audio.sound import FRAME, RATE, Mono, Stereo
from app.media.audio.speaker import Pull, SilentSpeaker
from app.media.call import CallMedia
from app.media.peer import Peer
from app.media.slot import FrameSlot
from bench._programs import Program
from tests.media.audio.signals import tone
from tests.media.thin_path import ThinPath, host_of

LOSSES = (5, 10, 20)
"""Percent."""
KBPS = 2000.0
DELAY_S, JITTER_S = 0.04, 0.03
SETTLE_S, SECONDS, CLEAN_S = 2.0, 20.0, 5.0
FREQUENCY, PEAK = 440.0, 8000.0
HOLE, CLICK = 0.1 * PEAK, 0.1 * PEAK
"""A frame that stays below the one is silent; one that is anywhere so far from how a tone goes on clicks."""
LOOK_S = 0.05


@dataclass(frozen=True)
class Passage:
    """What arrived over one path."""

    percent: int
    played: float
    """Share of real time that was played or concealed."""
    broken: float
    """Share of the frames that are silent or click."""
    p95_ms: float
    """Of the buffer's delay."""
    after_ms: float
    """The buffer's delay when the path has been good for ``CLEAN_S``."""


def measure() -> dict[str, Any]:
    ours = asyncio.run(passages(LOSSES, SECONDS))
    stock = asyncio.run(Program.outcome("bench._stock_sound", {"losses": LOSSES, "seconds": SECONDS}, 4 * SECONDS))
    for detail in [asdict(one) for one in ours] + [{"stockPlayed": stock}]:
        print(f"bench audio: {json.dumps(detail)}", file=sys.stderr, flush=True)  # noqa: T201
    return {
        "lossPlayed": {str(one.percent): round(one.played, 4) for one in ours},
        "bufferP95Ms": round(max(one.p95_ms for one in ours), 1),
    }


class Ear(SilentSpeaker):
    """Keeps what it plays."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[Stereo] = []

    def start(self, pull: Pull) -> None:
        def keep(samples: int) -> Stereo:
            sound = pull(samples)
            self.parts.append(sound)
            return sound

        super().start(keep)


async def passages(losses: Sequence[int], seconds: float) -> list[Passage]:
    """One after the other: all at once they would be late for each other."""
    return [await passage(percent, seconds) for percent in losses]


async def passage(percent: int, seconds: float) -> Passage:
    ear = Ear()
    speaks, hears = CallMedia(speaker=SilentSpeaker()), CallMedia(speaker=ear)
    path = ThinPath(KBPS, delay_s=DELAY_S)
    over = threading.Event()
    speaking: asyncio.Future[None] | None = None
    try:
        callee = await _joined(speaks, hears, path)
        speaks.audio.set_has_source(True)
        speaks.set_muted(False)
        speaking = asyncio.ensure_future(asyncio.to_thread(_hum, speaks, over))
        path.loss, path.jitter_s = percent / 100, JITTER_S
        await asyncio.sleep(SETTLE_S)
        begin, before, first = time.monotonic(), _filled(callee), len(ear.parts)
        delays = await _delays(callee, seconds)
        filled, passed, last = _filled(callee) - before, time.monotonic() - begin, len(ear.parts)
        path.loss = path.jitter_s = 0.0
        after = await _delays(callee, CLEAN_S)
    finally:
        over.set()
        if speaking is not None:
            await speaking
        await asyncio.gather(speaks.close(), hears.close())
        path.close()
    heard = np.concatenate(ear.parts[first:last])[:, 0]
    p95 = float(np.percentile(delays, 95))
    return Passage(percent, min(1.0, filled / passed), broken(heard), round(p95, 1), round(after[-1], 1))


async def _joined(speaks: CallMedia, hears: CallMedia, path: ThinPath) -> Peer:
    caller = speaks.connect(FrameSlot(), (), lambda state: None)
    callee = hears.connect(FrameSlot(), (), lambda state: None)
    offer = await caller.offer()
    path.open(host_of(offer.sdp))
    answer = await callee.answer(path.bent(offer.sdp, 1), offer.streams)
    await caller.accept(path.bent(answer.sdp, 0), answer.streams)
    while callee.figures().audio.frames_received < 25:  # noqa: ASYNC110 - nothing tells
        await asyncio.sleep(LOOK_S)
    return callee


def _hum(call: CallMedia, over: threading.Event) -> None:
    """Hand a tone over in 20 ms, each when its last sample has sounded."""
    sound = tone(1.0, FREQUENCY, PEAK)
    begun, turn = time.monotonic(), 0
    while not over.wait(max(0.0, begun + (turn + 1) * FRAME / RATE - time.monotonic())):
        at = turn * FRAME % len(sound)
        call.audio.put(sound[at : at + FRAME], time.monotonic())
        turn += 1


def _filled(peer: Peer) -> float:
    """Seconds that were played or made up."""
    figures = peer.figures().audio
    return (figures.frames_played + figures.frames_concealed) * FRAME / RATE


async def _delays(peer: Peer, seconds: float) -> list[float]:
    """In ms, looked at again and again."""
    end = time.monotonic() + seconds
    found: list[float] = []
    while time.monotonic() < end:
        await asyncio.sleep(LOOK_S)
        found.append(peer.figures().audio.delay_ms)
    return found


def broken(heard: Mono) -> float:
    """The share of the frames of a tone that are silent or click: where it does not go on as a tone must."""
    sound = heard.astype(np.float64)
    turn = 2 * np.cos(2 * np.pi * FREQUENCY / RATE)
    rest = np.abs(sound[2:] - turn * sound[1:-1] + sound[:-2])
    count = len(rest) // FRAME
    clicks = rest[: count * FRAME].reshape(count, FRAME).max(axis=1) > CLICK
    silent = np.abs(sound[: count * FRAME]).reshape(count, FRAME).max(axis=1) < HOLE
    return round(float((clicks | silent).mean()), 4)
