"""What one more receiver of a picture that is sent already costs its sender, in cores: 1, 3 and 7 receivers.

The slope of the straight line through the sender's cores at each number. Sound goes along, as in any call (silence
here, 50 packets a second).
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from bench import _arithmetic, _procs
from bench._arithmetic import middle
from bench._clip import Film
from bench._programs import Program
from bench._window import CALM_S, SETTLE_S

COUNTS = (1, 3, 7)
AT_RATE = 0.9

type Run = dict[str, Any]


async def run(film: Film, seconds: float) -> Run:
    """One sender; receivers are added to it, and its cores are counted at each of ``COUNTS``."""
    pictures = {"pictures": str(film.pictures), **asdict(film.format)}
    sender = await Program.start("bench._fan", {"end": "sender", **pictures})
    try:
        receivers = await Program.start("bench._fan", {"end": "receivers"})
        try:
            return await _grow(sender, receivers, seconds)
        finally:
            await receivers.end()
    finally:
        await sender.end()


async def _grow(sender: Program, receivers: Program, seconds: float) -> Run:
    steps: list[dict[str, Any]] = []
    count = 0
    for wanted in COUNTS:
        while count < wanted:
            offer = await sender.ask("offer")
            answer = await receivers.ask("answer", sdp=offer["sdp"])
            await sender.ask("accept", sdp=answer["sdp"])
            count += 1
        full = await _level(receivers, min(steps[0]["packetsPerSecond"]) if steps else 0.0)
        steps.append({"receivers": count, "fullRate": full, **await _step(sender, receivers, seconds)})
    return {"steps": steps, "extra": _arithmetic.slope([(step["receivers"], step["cores"]) for step in steps])}


async def _level(receivers: Program, rate: float) -> bool:
    """Wait until everybody gets at least nearly ``rate`` packets a second; whether it came to that.

    A newcomer's estimate of the path begins low, and would make the picture cheaper for all.
    """
    end = asyncio.get_running_loop().time() + SETTLE_S
    while asyncio.get_running_loop().time() < end:
        before = (await receivers.ask("received"))["packets"]
        await asyncio.sleep(CALM_S)
        after = (await receivers.ask("received"))["packets"]
        if all(late - was >= AT_RATE * rate * CALM_S for late, was in zip(after, before, strict=True)):
            return True
    return False


async def _step(sender: Program, receivers: Program, seconds: float) -> dict[str, Any]:
    loop = asyncio.get_running_loop()
    before = (await receivers.ask("received"))["packets"]
    start, sending, taking = loop.time(), _procs.cpu_seconds(sender.pid), _procs.cpu_seconds(receivers.pid)
    await asyncio.sleep(seconds)
    elapsed = loop.time() - start
    sending, taking = _procs.cpu_seconds(sender.pid) - sending, _procs.cpu_seconds(receivers.pid) - taking
    after = (await receivers.ask("received"))["packets"]
    return {
        "cores": round(sending / elapsed, 4),
        "receiversCores": round(taking / elapsed, 4),
        "packetsPerSecond": [round((late - was) / elapsed, 1) for late, was in zip(after, before, strict=True)],
    }


def summary(runs: Sequence[Run]) -> float | None:
    return middle([run["extra"] for run in runs])
