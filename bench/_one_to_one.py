"""Two people, a camera at one of them: what it costs to send and to receive, how late and how like it arrives.

Sound goes both ways, the picture one way, so that sender and receiver can be told apart. Each round has one run of
ours, one of Chromium with VP8 and one with H.264, and for each of the three a *cost* run, in which nothing is read
from the pictures, and a *probe* run, in which every frame is named and timed and, after that, some are kept.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from typing import Any

from playwright.async_api import Playwright

from app.ui.room.layouts import Layout
from bench import _arithmetic, _window
from bench._arithmetic import difference, mean, ratio
from bench._arrivals import arrivals
from bench._chromium import ChromiumSeat, Sending
from bench._clip import Film
from bench._ours import OurSeat, Role
from bench._place import Place

LAYOUT = Layout.SPEAKER
"""In a grid of two a tile shows no more than 360 lines."""
CODECS = {"vp8": "VP8", "h264": "H264"}
OLDEST_S = 2.0
"""A frame that arrives later than this counts as lost."""

type Run = dict[str, Any]


async def run_ours(place: Place, film: Film, seconds: float) -> Run:
    session = await place.session()
    async with AsyncExitStack() as stack:
        sender = await OurSeat.take(stack, place, session, Role("Ada", layout=LAYOUT), film)
        receiver = await OurSeat.take(stack, place, session, Role("Ben", camera=False, layout=LAYOUT), film)
        run = await _cost_run(sender, receiver, film, seconds)
        return {**run, "tile": await receiver.tile()}


async def run_chromium(playwright: Playwright, place: Place, film: Film, seconds: float, sending: Sending) -> Run:
    async with AsyncExitStack() as stack:
        sender, receiver = await _chromium_pair(stack, playwright, place, film, sending)
        run = await _cost_run(sender, receiver, film, seconds)
        coming = [one["in"] for one in (await receiver.figures())["peers"]]
        going = [one["out"] for one in (await sender.figures())["peers"]]
        return {**run, "in": coming, "out": going}


async def probe_ours(place: Place, film: Film, seconds: float) -> Run:
    session = await place.session()
    async with AsyncExitStack() as stack:
        sender = await OurSeat.take(stack, place, session, Role("Ada", stamped=True, layout=LAYOUT), film)
        receiver = await OurSeat.take(stack, place, session, Role("Ben", camera=False, layout=LAYOUT), film)
        await sender.join()
        await receiver.join()
        full = await _window.settled([sender, receiver], [0, 1], _size(film))
        await receiver.start_probe()
        cost = await _window.measure([sender, receiver], seconds)
        likeness, latencies = await receiver.likeness(film)
        held = [one["heldMs"] for one in (await receiver.figures())["others"]]
        return {**_probed(likeness, latencies, cost, full=full), "heldMs": held}


async def probe_chromium(playwright: Playwright, place: Place, film: Film, seconds: float, sending: Sending) -> Run:
    async with AsyncExitStack() as stack:
        sink = await stack.enter_async_context(arrivals())
        sender, receiver = await _chromium_pair(stack, playwright, place, film, sending)
        await sender.join()
        await receiver.join()
        full = await _window.settled([sender, receiver], [0, 1], _size(film))
        await sender.watch_self()
        await receiver.watch_other()
        cost = await _window.measure([sender, receiver], seconds)
        latencies = _arithmetic.matched(await sender.log(), await receiver.log(), OLDEST_S)
        await receiver.send_frames(sink)
        await asyncio.sleep(seconds)
        return _probed(sink.compare(film), latencies, cost, full=full)


async def _chromium_pair(
    stack: AsyncExitStack, playwright: Playwright, place: Place, film: Film, sending: Sending
) -> tuple[ChromiumSeat, ChromiumSeat]:
    session = await place.session()
    sender = await ChromiumSeat.take(stack, playwright, place, session, "Ada", film, sending)
    receiver = await ChromiumSeat.take(stack, playwright, place, session, "Ben", film, sending, camera=False)
    return sender, receiver


async def _cost_run(
    sender: OurSeat | ChromiumSeat, receiver: OurSeat | ChromiumSeat, film: Film, seconds: float
) -> Run:
    await sender.join()
    await receiver.join()
    full = await _window.settled([sender, receiver], [0, 1], _size(film))
    sending, receiving = await _window.measure([sender, receiver], seconds)
    return {
        **full.to_json(),
        "sender": sending.to_json(),
        "receiver": receiving.to_json(),
        "uss": (sending.uss_mb + receiving.uss_mb) / 2,
        "joinToFirstFrameMs": await receiver.first_frame_ms(),
    }


def _probed(
    likeness: Sequence[float], latencies: Sequence[float], cost: Sequence[_window.Cost], *, full: _window.Settled
) -> Run:
    milliseconds = [1000 * one for one in latencies]
    return {
        **full.to_json(),
        "latencyP50": _arithmetic.percentile(milliseconds, 50),
        "latencyP95": _arithmetic.percentile(milliseconds, 95),
        "frames": len(milliseconds),
        "psnrDb": mean(likeness, 2),
        "compared": len(likeness),
        "sender": cost[0].to_json(),
        "receiver": cost[1].to_json(),
    }


def _size(film: Film) -> tuple[int, int]:
    return film.format.width, film.format.height


def summary(runs: Mapping[str, Sequence[Run]]) -> dict[str, dict[str, float | None]]:
    """Ratios ours / Chromium for each of Chromium's codecs; ``psnrDb`` ours minus Chromium's.

    ``runs`` maps "ours", "vp8" and "h264" to one dictionary a round, with "cost" and "probe".
    """
    return {codec: _compared(runs["ours"], runs[codec]) for codec in CODECS}


def _compared(ours: Sequence[Run], theirs: Sequence[Run]) -> dict[str, float | None]:
    def both(*path: str) -> tuple[list[float | None], list[float | None]]:
        return [_at(run, *path) for run in ours], [_at(run, *path) for run in theirs]

    return {
        "senderCpu": ratio(*both("cost", "sender", "cores")),
        "receiverCpu": ratio(*both("cost", "receiver", "cores")),
        "latencyP50": ratio(*both("probe", "latencyP50")),
        "latencyP95": ratio(*both("probe", "latencyP95")),
        "uss": ratio(*both("cost", "uss")),
        "joinToFirstFrame": ratio(*both("cost", "joinToFirstFrameMs")),
        "psnrDb": difference(*both("probe", "psnrDb")),
    }


def _at(run: Run, *path: str) -> float | None:
    found: Any = run
    for name in path:
        found = None if found is None else found.get(name)
    return found
