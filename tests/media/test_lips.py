"""Two engines of ours: what was filmed and said together is seen and heard together, with a slow loudspeaker too."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.media import call
from app.media.sources import VideoFormat
from tests.media.calls import until
from tests.media.lips import FPS, AtOnce, clapping, make_claps

FORMAT = VideoFormat(320, 180, FPS)
LOUDSPEAKER_S = 0.08
CLAPS = 5
"""Of so many the median is taken."""
TOLERANCE_S = 0.06


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_claps(tmp_path_factory.mktemp("lips") / "claps.mkv")


async def test_a_flash_and_its_beep_come_to_be_seen_and_heard_together(film: Path) -> None:
    async with clapping(film, FORMAT, LOUDSPEAKER_S) as claps:
        await until(lambda: len(claps.leads()) >= CLAPS and abs(np.median(claps.leads()[-CLAPS:])) < TOLERANCE_S, 60)
        held = claps.ends.callee.figures().video.held_ms
        assert held is not None
        assert held[1] > 0


async def test_pictures_that_are_not_held_are_too_early(film: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the test above would see if nothing was done."""
    monkeypatch.setattr(call, "LipSync", AtOnce)
    async with clapping(film, FORMAT, LOUDSPEAKER_S) as claps:
        await until(lambda: len(claps.leads()) >= 2 * CLAPS and np.median(claps.leads()) > TOLERANCE_S, 60)
