"""The taps sit where the app looks its classes up: seen from a real call of two ends in this process."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.media import call, peer
from app.media.rtc import receiver
from app.media.sources import SourceSpec, VideoFormat
from bench import _clip, _taps
from tests.media.calls import Ends, new_call, until
from tests.media.clips import make_clip

TINY = _clip.Format(320, 180, 10)


@pytest.fixture
def notes(monkeypatch: pytest.MonkeyPatch) -> _taps.Notes:
    """What the taps note; the app's own classes are back after the test."""
    monkeypatch.setattr(call, "VideoIn", call.VideoIn)
    monkeypatch.setattr(peer, "RTCPeerConnection", peer.RTCPeerConnection)
    monkeypatch.setattr(receiver, "DecoderInput", receiver.DecoderInput)
    return _taps.install()


async def test_frames_are_counted_timed_and_compared(notes: _taps.Notes, tmp_path: Path) -> None:
    film = _clip.make_film(make_clip(tmp_path / "a.mkv", seconds=1.3, size=(320, 180)), TINY, tmp_path)
    caller, callee = (new_call(VideoFormat(320, 180, 10, stamped=True)) for _ in range(2))
    try:
        await caller.set_camera(SourceSpec.parse(f"file:{film.pictures}"))
        notes.probing = True
        await Ends(caller, callee).connected()
        await until(lambda: notes.kept and len(notes.times) >= 20)
        assert len(notes.connections) == 2
        assert (await notes.sent())["bytesSent"] > 1_000
    finally:
        await caller.close()
        await callee.close()
    assert notes.key_times
    assert notes.key_times[0] < notes.times[0], "nothing is decoded before a key frame is there"
    assert len(notes.key_times) < len(notes.times)
    assert set(notes.sizes) == {(320, 180)}
    assert len(notes.latencies) == len(notes.times)
    assert all(0 <= latency < 1 for latency in notes.latencies)
    likeness = notes.compare(film)
    assert len(likeness) == len(notes.kept)
    assert min(likeness) > 25
    notes.clear()
    assert not (notes.times or notes.kept or notes.latencies)


def test_a_class_that_has_moved_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(call, "VideoIn")
    with pytest.raises(RuntimeError, match="no longer looks up VideoIn"):
        _taps.install()
