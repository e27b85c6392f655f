"""Lips and words: a film in which a flash and a beep begin together, from one engine of ours to another in this
process, over real sockets, with pictures held for their sound and, for comparison, shown as they are decoded.

What is seen is what the tile is given, what is heard what the loudspeaker has fetched, as much later as it holds.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from app.media import call
from app.media.sources import VideoFormat
from app.media.sync import LipSync
from tests.media.calls import until
from tests.media.lips import EVERY_S, FPS, AtOnce, clapping, make_claps

FORMAT = VideoFormat(1280, 720, FPS)
LOUDSPEAKER_S = 0.05
"""From fetching to the ear: what QAudioSink takes."""
SETTLE, CLAPS = 6, 30
"""Claps until reports are there and pictures are where they belong; and those that count."""
PATIENCE = 2.0
"""So many times the film's time may pass."""


@dataclass(frozen=True)
class Seen:
    """By how much flashes were seen before their beeps were heard; below 0: after."""

    how: str
    lead_ms: float
    """Median."""
    leads_ms: list[float]
    held_ms: tuple[float, float] | None
    """p50 and p95 of how long pictures were held, from the start."""
    buffer_ms: float
    """The jitter buffer's delay at the end."""


def measure() -> dict[str, Any]:
    """The median of the leads in ms, held and not."""
    with tempfile.TemporaryDirectory(prefix="deskmates-lips-") as folder:
        film = make_claps(Path(folder) / "claps.mkv", size=(FORMAT.width, FORMAT.height))
        found = {how: asyncio.run(_seen(film, how, sync)) for how, sync in (("held", LipSync), ("atOnce", AtOnce))}
    for one in found.values():
        print(f"bench audio: {json.dumps(asdict(one))}", file=sys.stderr, flush=True)  # noqa: T201
    return {"lipSyncMs": {how: one.lead_ms for how, one in found.items()}}


async def _seen(film: Path, how: str, sync: type[LipSync]) -> Seen:
    ours = call.LipSync
    call.LipSync = sync
    try:
        async with clapping(film, FORMAT, LOUDSPEAKER_S) as claps:
            wanted = SETTLE + CLAPS
            await until(lambda: len(claps.leads()) >= wanted, PATIENCE * wanted * EVERY_S)
            figures = claps.ends.callee.figures()
            leads = [round(1000 * lead, 1) for lead in claps.leads()[SETTLE:]]
    finally:
        call.LipSync = ours
    return Seen(how, round(float(np.median(leads)), 1), leads, figures.video.held_ms, figures.audio.delay_ms)
