"""Between a Chromium that sends as it likes and our receiver, both ways: how soon the full picture is there.

Chromium chooses its codec and bit rate by its own estimate of the path, which depends on what our end tells it. The
other way, ours to Chromium, counts the key frames of the first ten seconds and how many of them were asked for.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from typing import Any

from playwright.async_api import Playwright

from bench._arithmetic import middle, sustained_from
from bench._chromium import ChromiumSeat, Sending
from bench._clip import Film
from bench._one_to_one import LAYOUT
from bench._ours import OurSeat, Role
from bench._place import Place

LOOK_S = 0.25
ENOUGH_KBPS = 1_000.0
ENOUGH_FRAMES = 28
LEAST_S = 10.0
"""The figures are those of the first ten seconds; a run is never shorter."""

type Run = dict[str, Any]


async def run(playwright: Playwright, place: Place, film: Film, seconds: float, tile: tuple[int, int]) -> Run:
    session = await place.session()
    seconds, sending = max(seconds, LEAST_S), Sending(None, None, tile)
    async with AsyncExitStack() as stack:
        ours = await OurSeat.take(stack, place, session, Role("Ada", layout=LAYOUT), film)
        theirs = await ChromiumSeat.take(stack, playwright, place, session, "Ben", film, sending)
        await ours.join()
        await theirs.join()
        sent = await _follow(theirs, seconds)
        figures = await ours.figures()
        back = (await theirs.figures())["peers"][0]["in"]
    connected = next((one["connectedAt"] for one in figures["others"] if one["connectedAt"] is not None), None)
    return {**arrived(figures, connected, sent, seconds), "sent": sent, "toChromium": _key_frames(back)}


async def _follow(theirs: ChromiumSeat, seconds: float) -> list[dict[str, Any]]:
    """What Chromium says it sends, time and again; ``at`` is monotonic, as in our own process."""
    found: list[dict[str, Any]] = []
    end = time.monotonic() + seconds
    while (now := time.monotonic()) < end:
        going = [one["out"] for one in (await theirs.figures())["peers"] if one["out"]]
        if going:
            found.append({"at": now, **going[0]})
        await asyncio.sleep(LOOK_S)
    return found


def arrived(figures: dict[str, Any], connected: float | None, sent: Sequence[dict[str, Any]], seconds: float) -> Run:
    """``fps`` and ``kbps`` from two seconds after connecting on; ``secondsTo720p30``: until the first second that has
    the full size and rate and the bits for it, or None."""
    if connected is None:
        return {"fps": None, "kbps": None, "secondsTo720p30": None}
    full = [
        at
        for at, size in zip(figures["times"], figures["sizes"], strict=True)
        if list(size) == [1280, 720] and at >= connected
    ]
    first_rate = _first_rate(sent, connected)
    start = sustained_from(full, ENOUGH_FRAMES)
    settled = connected + 2.0
    late = [at for at in figures["times"] if at >= settled]
    span = connected + seconds - settled
    return {
        "fps": round(sum(at <= settled + span for at in late) / span, 2) if span > 0 else None,
        "kbps": _kbps([one for one in sent if one["at"] >= settled]),
        "secondsTo720p30": None
        if start is None or first_rate is None
        else round(max(start, first_rate) - connected, 2),
        "connectedToFirstFrameS": round(figures["times"][0] - connected, 3) if figures["times"] else None,
    }


def _first_rate(sent: Sequence[dict[str, Any]], connected: float) -> float | None:
    """When the first second begins over which at least 1 Mbit/s was sent."""
    for index, one in enumerate(sent):
        if one["at"] < connected:
            continue
        until = next((late for late in sent[index:] if late["at"] - one["at"] >= 1.0), None)
        rate = None if until is None else _kbps([one, until])
        if rate is not None and rate >= ENOUGH_KBPS:
            return one["at"]
    return None


def _kbps(sent: Sequence[dict[str, Any]]) -> float | None:
    if len(sent) < 2 or sent[-1]["at"] <= sent[0]["at"]:
        return None
    bits = 8 * (sent[-1]["bytesSent"] - sent[0]["bytesSent"])
    return round(bits / (sent[-1]["at"] - sent[0]["at"]) / 1000, 1)


def _key_frames(back: dict[str, Any] | None) -> dict[str, Any] | None:
    """Ours → Chromium: what it decoded, and how many key frames came that it had not asked for."""
    if back is None:
        return None
    asked = (back["pliCount"] or 0) + (back["firCount"] or 0)
    return {**back, "keyFramesUnasked": (back["keyFramesDecoded"] or 0) - asked}


def summary(runs: Sequence[Run]) -> dict[str, float | None]:
    return {name: middle([run[name] for run in runs], 2) for name in ("fps", "kbps", "secondsTo720p30")}
