"""A room of three for as long as it is told to (ten minutes): whether memory stays flat and latency where it was.

Memory (unique set) of everybody is looked at every ten seconds, and with it the latency of every picture since. The
first minute is start-up: caches fill, and the bit rate levels out.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from typing import Any

from bench import _arithmetic, _window
from bench._arithmetic import middle
from bench._clip import Film
from bench._ours import OurSeat, Role
from bench._place import Place

NAMES = ("Ada", "Ben", "Cleo")
EVERY_S = 10.0
START_S = 60.0

type Run = dict[str, Any]


async def run(place: Place, film: Film, seconds: float) -> Run:
    session = await place.session()
    async with AsyncExitStack() as stack:
        seats = [await OurSeat.take(stack, place, session, Role(name, stamped=True), film) for name in NAMES]
        for seat in seats:
            await seat.join()
        full = await _window.settled(seats, [2, 2, 2], (film.format.width, film.format.height))
        looks = await _looks(seats, seconds)
    return {**full.to_json(), **judged(looks, seconds), "looks": looks}


async def _looks(seats: Sequence[OurSeat], seconds: float) -> list[dict[str, Any]]:
    every = min(EVERY_S, seconds / 6)
    for seat in seats:
        await seat.start_timing()
    looks: list[dict[str, Any]] = []
    began = time.monotonic()
    while (at := time.monotonic() - began) < seconds:
        await asyncio.sleep(every)
        latencies = [1000 * one for seat in seats for one in await seat.timed()]
        looks.append(
            {
                "at": round(at + every, 1),
                "uss": [round(seat.unique_mb(), 2) for seat in seats],
                "cores": [round(seat.cpu_seconds(), 2) for seat in seats],
                "frames": len(latencies),
                "latencyP50": _arithmetic.percentile(latencies, 50),
                "latencyP95": _arithmetic.percentile(latencies, 95),
            }
        )
    return looks


def judged(looks: Sequence[dict[str, Any]], seconds: float) -> Run:
    """What the looks amount to. Where there is less than three minutes, a third of it stands for a minute."""
    minute = min(START_S, seconds / 3)
    later = [look for look in looks if look["at"] > minute]
    if not later:
        return {"memoryMb": None, "memoryMbPerMinute": None, "latencyP95First": None, "latencyP95Last": None}
    series = list(zip(*(look["uss"] for look in later), strict=True))
    slopes = [
        _arithmetic.slope([(look["at"], used) for look, used in zip(later, one, strict=True)]) or 0.0 for one in series
    ]
    return {
        "memoryMb": round(max(max(abs(used - one[0]) for used in one) for one in series), 2),
        "memoryMbPerMinute": round(60 * max(slopes), 3),
        "latencyP95First": middle([look["latencyP95"] for look in looks if look["at"] <= minute]),
        "latencyP95Last": middle([look["latencyP95"] for look in looks if look["at"] > looks[-1]["at"] - minute]),
        "leastFramesPerSecond": round(min(look["frames"] for look in looks) / looks[0]["at"] / 6, 2),
    }


def summary(runs: Sequence[Run]) -> dict[str, float | None]:
    """``memoryMb``: the largest distance of anybody's memory from what it was after the first minute."""
    names = ("memoryMb", "memoryMbPerMinute", "latencyP95First", "latencyP95Last", "leastFramesPerSecond")
    return {name: middle([run.get(name) for run in runs]) for name in names}
