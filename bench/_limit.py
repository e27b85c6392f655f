"""How far we are from the codec alone: our sender against libvpx on the same frames with the same settings, our
receiver against decoding and scaling.

Both seats are without a window (the receiver scales every frame to the full size, and nobody paints), since Qt has no
part in the limit.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AsyncExitStack
from typing import Any

from bench import _window
from bench._arithmetic import ratio
from bench._clip import Film
from bench._ours import OurSeat, Role
from bench._place import Place
from bench._programs import Program

type Run = dict[str, Any]


async def run(place: Place, film: Film, seconds: float) -> Run:
    size = film.format.width, film.format.height
    session = await place.session()
    async with AsyncExitStack() as stack:
        sender = await OurSeat.take(stack, place, session, Role("Ada", window=False), film)
        watcher = Role("Ben", camera=False, window=False, look=size)
        receiver = await OurSeat.take(stack, place, session, watcher, film)
        await sender.join()
        await receiver.join()
        full = await _window.settled([sender, receiver], [0, 1], size)
        sending, receiving = await _window.measure([sender, receiver], seconds)
    alone = await _alone(film, seconds)
    return {**full.to_json(), "sender": sending.to_json(), "receiver": receiving.to_json(), "alone": alone}


async def _alone(film: Film, seconds: float) -> dict[str, float]:
    options = {"film": film.to_json(), "seconds": seconds}
    return await Program.outcome("bench._alone", options, within_s=60 + 4 * seconds)


def summary(runs: Sequence[Run]) -> dict[str, float | None]:
    """Cores of ours by cores of the codec, medians."""
    return {
        end: ratio([run[end]["cores"] for run in runs], [run["alone"][codec] for run in runs])
        for end, codec in (("sender", "encodeCores"), ("receiver", "decodeCores"))
    }
