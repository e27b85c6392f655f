"""Real pictures for tiles: frames of the shipped clips, scaled as the engine scales them, put into slots."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

import av

from app.media.slot import FrameSlot
from app.media.video.scale import TileScaler

CLIPS = Path(__file__).resolve().parents[3] / "resources" / "demo"


@lru_cache(maxsize=16)
def frame(name: str, second: float = 2.0) -> av.VideoFrame:
    """One decoded frame of ``resources/demo/{name}.webm``."""
    with av.open(os.fspath(CLIPS / f"{name}.webm")) as container:
        for decoded in container.decode(video=0):
            if decoded.time >= second:
                return decoded
    raise AssertionError(f"{name} is shorter than {second} s")


def feed(slot: FrameSlot, name: str, second: float = 2.0) -> bool:
    """Put one picture into ``slot`` as its tile wants it; False while nobody looks."""
    look = slot.look
    if look is None:
        return False
    slot.put(TileScaler().picture(frame(name, second), look))
    return True
