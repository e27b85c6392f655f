"""Participants of ours as processes: they join, are measured, and are gone when the bench lets go of them."""

from __future__ import annotations

import asyncio
import os
from contextlib import AsyncExitStack
from pathlib import Path

import numpy as np
import pytest

from app.media.sync import MOST_S
from bench import _clip, _extra, _procs, _window
from bench._ours import OurSeat, Role
from bench._place import meeting_place
from bench._programs import Program, ProgramFailed
from tests.media.clips import make_clip

TINY = _clip.Format(320, 180, 10)


@pytest.fixture
def film(tmp_path: Path) -> _clip.Film:
    """Noise, which no encoder can send for less than it is given."""
    plain = _clip.make_film(make_clip(tmp_path / "a.mkv", seconds=1.3, sound_seconds=1.3), TINY, tmp_path)
    dice = np.random.default_rng(7)
    noise = (dice.integers(0, 255, TINY.frame_bytes, dtype=np.uint8) for _ in range(plain.count))
    _clip.write_pictures(plain.pictures, TINY, noise)
    return plain


async def test_sender_and_receiver_are_told_apart(film: _clip.Film) -> None:
    async with meeting_place() as place:
        session = await place.session()
        async with AsyncExitStack() as stack:
            ada = await OurSeat.take(stack, place, session, Role("Ada", window=False, stamped=True), film)
            watcher = Role("Ben", camera=False, window=False, look=(160, 90))
            ben = await OurSeat.take(stack, place, session, watcher, film)
            await ada.join()
            await ben.join()
            assert await _window.settled([ada, ben], [0, 1], (320, 180)) == _window.Settled(size=True, rate=True)
            await ben.start_probe()
            sending, receiving = await _window.measure([ada, ben], 1.5)
            likeness, latencies = await ben.likeness(film)
            async with asyncio.timeout(60):
                while not likeness:  # of so few frames none that is compared came whole
                    await ben.start_probe()
                    await _window.measure([ben], 1.5)
                    likeness, _ = await ben.likeness(film)
            first = await ben.first_frame_ms()
            assert await ben.tile() == (160, 90)
            (other,) = (await ben.figures())["others"]
            assert all(0 <= held <= 1000 * MOST_S + 500 for held in other["heldMs"]), "p50 and p95"
            pids = [one.pid for one in _procs.family(_procs.all_stats(), os.getpid())]
        left = {one.pid for one in _procs.family(_procs.all_stats(), os.getpid())}
    assert len(pids) >= 3
    assert left == {os.getpid()}, "every process is gone"
    assert sending.fps == []
    assert receiving.fps == [pytest.approx(10, abs=2.5)]
    assert receiving.sizes == [(320, 180)]
    assert sending.sent_kbps > 10 > receiving.sent_kbps
    assert 0 < sending.cores < 2
    assert 20 < receiving.uss_mb < 500
    assert likeness
    assert latencies
    assert first is not None
    assert 0 < first < 20_000


async def test_one_more_receiver(film: _clip.Film, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_extra, "COUNTS", (1, 2))
    run = await _extra.run(film, 1.0)
    assert [step["receivers"] for step in run["steps"]] == [1, 2]
    assert [len(step["packetsPerSecond"]) for step in run["steps"]] == [1, 2]
    assert all(rate > 3 for step in run["steps"] for rate in step["packetsPerSecond"])
    assert run["extra"] is not None


async def test_a_program_that_does_not_start_is_an_error_and_no_silence() -> None:
    with pytest.raises(ProgramFailed, match="ended at 'start'"):
        await Program.start("bench._xvfb", {})
