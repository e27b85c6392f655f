"""What a hidden window saves: a room of four in which one watches and three send, before and after the watcher's window
is minimised.

The three senders' windows are minimised from the start, so that all they send is for the watcher and they decode
nothing: what falls at them is the sending, at the watcher the receiving. Nobody has a microphone, since sound
goes on behind a hidden window as before it. What is left when all cameras are off (windows, connections, a silent
loudspeaker) is measured too: ``pictures`` are the ratios without it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from typing import Any

from bench import _window
from bench._arithmetic import middle
from bench._clip import Film
from bench._ours import OurSeat, Role
from bench._place import Place

SENDERS = ("Ada", "Ben", "Cleo")
BACK_S = 10.0
"""Pictures must be there again by then."""
LOOK_S = 0.02

type Run = dict[str, Any]


async def run(place: Place, film: Film, seconds: float) -> Run:
    size = film.format.width, film.format.height
    session = await place.session()
    async with AsyncExitStack() as stack:
        senders = [await OurSeat.take(stack, place, session, Role(name, voice=False), film) for name in SENDERS]
        watcher = await OurSeat.take(stack, place, session, Role("Dan", camera=False, voice=False), film)
        seats = [*senders, watcher]
        for seat in seats:
            await seat.join()
        full = await _window.settled(seats, [2, 2, 2, 3], size)
        for sender in senders:
            await sender.hide()
        shown = await _phase(seats, seconds)
        await watcher.hide()
        hidden = await _phase(seats, seconds)
        back_ms = await _back(watcher)
        await watcher.hide()
        for sender in senders:
            await sender.camera_off()
        without = await _phase(seats, seconds)
    return {**full.to_json(), "shown": shown, "hidden": hidden, "without": without, "backMs": back_ms}


async def _phase(seats: Sequence[OurSeat], seconds: float) -> dict[str, Any]:
    await asyncio.sleep(_window.CALM_S)
    costs = await _window.measure(seats, seconds)
    *senders, watcher = costs
    return {
        "receiver": watcher.cores,
        "senders": round(sum(one.cores for one in senders), 4),
        "sentKbps": round(sum(one.sent_kbps for one in senders), 1),
        "fps": watcher.fps,
        "seats": [cost.to_json() for cost in costs],
    }


async def _back(watcher: OurSeat) -> float | None:
    """Milliseconds from showing the window again to a new picture of everybody; None: not all came."""
    before = [frames for frames, _ in await watcher.received()]
    began = time.monotonic()
    await watcher.show()
    while time.monotonic() - began < BACK_S:
        now = [frames for frames, _ in await watcher.received()]
        if all(late > was for late, was in zip(now, before, strict=True) if was):
            return round(1000 * (time.monotonic() - began))
        await asyncio.sleep(LOOK_S)
    return None


def summary(runs: Sequence[Run]) -> dict[str, Any]:
    """Cores hidden / shown, medians: of all that a participant costs, and of pictures alone."""
    ends = ("receiver", "senders")
    return {
        **{end: middle([run["hidden"][end] / run["shown"][end] for run in runs]) for end in ends},
        "pictures": {end: middle([_pictures(run, end) for run in runs]) for end in ends},
        "backMs": middle([run["backMs"] for run in runs]),
    }


def _pictures(run: Run, end: str) -> float | None:
    base = run["without"][end]
    before = run["shown"][end] - base
    return max(0.0, run["hidden"][end] - base) / before if before > 0 else None
