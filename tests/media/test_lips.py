"""Two engines of ours: what is seen and heard together was filmed and said together, also with a slow loudspeaker."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import numpy as np
import pytest
import pytest_asyncio

from app.media.call import CallMedia
from app.media.sources import SourceSpec, VideoFormat
from app.media.sync import LipSync
from tests.media.calls import Ends, new_call, until
from tests.media.lips import FPS, Ear, Eye, leads, make_claps

FORMAT = VideoFormat(320, 180, FPS)
LOUDSPEAKER_S = 0.08
CLAPS = 5
"""Of so many the median is taken."""
TOLERANCE_S = 0.06


@pytest.fixture(scope="module")
def claps(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"file:{make_claps(tmp_path_factory.mktemp('lips') / 'claps.mkv')}"


@pytest_asyncio.fixture
async def pair() -> AsyncIterator[tuple[CallMedia, CallMedia, Ear]]:
    ear = Ear(LOUDSPEAKER_S)
    caller, callee = new_call(FORMAT), CallMedia(speaker=ear, video=FORMAT)
    yield caller, callee, ear
    await caller.close()
    await callee.close()


async def clapping(caller: CallMedia, callee: CallMedia, ear: Ear, claps: str) -> Callable[[], list[float]]:
    """Connect them; what is returned gives the leads until now, in seconds."""
    spec = SourceSpec.parse(claps)
    await caller.set_camera(spec)
    await caller.set_microphone(spec)
    caller.set_muted(False)
    ends = Ends(caller, callee)
    eye = Eye(ends.callee_slot)
    await ends.connected()
    return lambda: leads(eye.flashes, ear.beeps)


async def test_a_flash_and_its_beep_come_to_be_seen_and_heard_together(
    pair: tuple[CallMedia, CallMedia, Ear], claps: str
) -> None:
    found = await clapping(*pair, claps)
    await until(lambda: len(found()) >= CLAPS and abs(np.median(found()[-CLAPS:])) < TOLERANCE_S, 60)


async def test_pictures_that_are_not_held_are_always_too_early(
    pair: tuple[CallMedia, CallMedia, Ear], claps: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the test above would see if nothing was done."""

    def at_once(self: LipSync, timestamp: int, now: float) -> float:
        return now

    monkeypatch.setattr(LipSync, "due", at_once)
    found = await clapping(*pair, claps)
    await until(lambda: len(found()) >= 2 * CLAPS, 30)
    assert np.median(found()) > TOLERANCE_S
