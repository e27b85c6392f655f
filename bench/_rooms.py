"""Rooms in which everybody shows a camera to everybody, all of them on the same processor.

A room that would saturate it says nothing of cost, so each runs in a format that fits: three at 360p15 on both sides;
four at 360p15 of ours, and at 180p15 of Chromium's, where its room of four just fits. Our windows show a grid, whose
tiles are high enough to ask for all 360 lines of everybody. Ours is also looked at alone in a room of three at 720p30,
without windows, each asking for the full size, to see whether every stream gets there.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AsyncExitStack
from typing import Any

from playwright.async_api import Playwright

from bench import _clip, _window
from bench._arithmetic import middle, ratio
from bench._chromium import ChromiumSeat, Sending
from bench._clip import Film
from bench._ours import OurSeat, Role
from bench._place import Place

NAMES = ("Ada", "Ben", "Cleo", "Dan")
FORMATS = {3: (_clip.MEDIUM, _clip.MEDIUM), 4: (_clip.MEDIUM, _clip.SMALL)}
"""By the number of people: ours, and Chromium's."""

type Run = dict[str, Any]


async def run_ours(
    place: Place, film: Film, people: int, seconds: float, *, look: tuple[int, int] | None = None
) -> Run:
    """With windows; or, where a ``look`` is given, without, each asking for pictures of that size."""
    session = await place.session()
    async with AsyncExitStack() as stack:
        seats = [
            await OurSeat.take(stack, place, session, Role(name, window=look is None, look=look), film)
            for name in NAMES[:people]
        ]
        return {**await _run(seats, film, seconds), "tile": await seats[0].tile()}


async def run_chromium(
    playwright: Playwright, place: Place, film: Film, people: int, seconds: float, sending: Sending
) -> Run:
    session = await place.session()
    async with AsyncExitStack() as stack:
        seats = [
            await ChromiumSeat.take(stack, playwright, place, session, name, film, sending) for name in NAMES[:people]
        ]
        return await _run(seats, film, seconds)


async def _run(seats: Sequence[OurSeat | ChromiumSeat], film: Film, seconds: float) -> Run:
    for seat in seats:
        await seat.join()
    size = film.format.width, film.format.height
    full = await _window.settled(seats, [len(seats) - 1] * len(seats), size)
    costs = await _window.measure(seats, seconds)
    return {
        "format": str(film.format),
        **full.to_json(),
        "cpu": middle([cost.cores for cost in costs]),
        "uss": middle([cost.uss_mb for cost in costs]),
        "leastFps": min((fps for cost in costs for fps in cost.fps), default=None),
        "streams": sum(len(cost.fps) for cost in costs),
        "seats": [cost.to_json() for cost in costs],
    }


def summary(ours: Sequence[Run], theirs: Sequence[Run]) -> dict[str, float | None]:
    """``cpu`` of a participant, ours / Chromium."""
    return {"cpu": ratio([run["cpu"] for run in ours], [run["cpu"] for run in theirs])}
