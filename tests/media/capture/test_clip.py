"""Clips in real time, over and over without a seam, picture and sound together."""

from __future__ import annotations

import threading
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from av import VideoFrame

from app.errors import DeviceError, DeviceKind, DeviceProblem
from app.media.capture import clip
from app.media.capture.worker import Item
from app.media.sources import VideoFormat
from tests.media.clips import FPS, make_clip

CAMERA, MICROPHONE = DeviceKind.CAMERA, DeviceKind.MICROPHONE
WANTED = VideoFormat(64, 48, FPS)


def played(path: Path, kinds: set[DeviceKind], count: int, wanted: VideoFormat = WANTED) -> list[Item]:
    items = clip.play(str(path), frozenset(kinds), wanted, threading.Event())
    with closing(items):
        return [next(items) for _ in range(count)]


def drift(items: list[Item], due: np.ndarray, run: int) -> float:
    """By how much runs of so many items differ in how late their most punctual one was. A busy machine makes some of
    them late; a clock that is wrong, or a seam, moves all that follow."""
    late = np.array([item.at for item in items]) - due
    punctual = [late[start : start + run].min() for start in range(0, len(late), run)]
    return float(np.ptp(punctual))


def number(item: Item) -> int:
    """Which picture of the clip it is."""
    assert isinstance(item.content, VideoFrame)
    return round((memoryview(item.content.planes[0])[0] - 40) / 8)


def test_pictures_come_when_they_are_due_and_start_over_without_a_seam(tmp_path: Path) -> None:
    path = make_clip(tmp_path / "clip.mkv", seconds=0.5)
    items = played(path, {CAMERA}, 25)
    assert [number(item) for item in items] == [*range(10), *range(10), *range(5)]
    assert drift(items, np.arange(25) / FPS, 5) < 0.03


def test_sound_goes_on_over_the_seam(tmp_path: Path) -> None:
    path = make_clip(tmp_path / "clip.mkv", sound_seconds=0.25)
    items = played(path, {MICROPHONE}, 30)
    sound = np.concatenate([item.content for item in items if not isinstance(item.content, VideoFrame)])
    assert len(sound) == 30 * 960
    steps = np.abs(np.diff(sound.astype(int)))
    assert steps.max() < 700, "500 Hz of amplitude 8000 moves by at most 524 a sample"
    assert drift(items, np.arange(30) * 0.02, 10) < 0.015


def test_the_longer_stream_says_when_it_starts_over(tmp_path: Path) -> None:
    path = make_clip(tmp_path / "clip.mkv", seconds=0.2, sound_seconds=0.4)
    items = played(path, {CAMERA, MICROPHONE}, 47)
    pictures = [item for item in items if isinstance(item.content, VideoFrame)]
    assert [number(item) for item in pictures[:8]] == [0, 1, 2, 3] * 2
    assert drift(pictures[:8], np.array([0, 0.05, 0.1, 0.15, 0.4, 0.45, 0.5, 0.55]), 4) < 0.04


def test_fewer_and_smaller_pictures_where_less_is_wanted(tmp_path: Path) -> None:
    path = make_clip(tmp_path / "clip.mkv", seconds=0.5)
    items = played(path, {CAMERA}, 6, VideoFormat(32, 24, 10))
    assert [number(item) for item in items] == [0, 2, 4, 6, 8, 0]
    assert {(item.content.width, item.content.height) for item in items if isinstance(item.content, VideoFrame)} == {
        (32, 24)
    }


@pytest.mark.parametrize(
    ("seconds", "sound_seconds", "kind", "problem"),
    [
        (0.2, 0.0, MICROPHONE, DeviceProblem.NO_SOUND),
        (0.0, 0.2, CAMERA, DeviceProblem.FAILED),
        (0.0, 0.0, CAMERA, DeviceProblem.ABSENT),
    ],
)
def test_a_clip_that_cannot_serve_says_why(
    tmp_path: Path, seconds: float, sound_seconds: float, kind: DeviceKind, problem: DeviceProblem
) -> None:
    path = tmp_path / "clip.mkv"
    if seconds or sound_seconds:
        make_clip(path, seconds=seconds, sound_seconds=sound_seconds)
    with pytest.raises(DeviceError) as raised:
        played(path, {kind}, 1)
    assert (raised.value.kind, raised.value.problem) == (kind, problem)


def test_a_file_that_is_no_clip(tmp_path: Path) -> None:
    path = tmp_path / "notes.dat"
    path.write_text("not a clip " * 100)
    with pytest.raises(DeviceError) as raised:
        played(path, {CAMERA}, 1)
    assert raised.value.problem is DeviceProblem.FAILED


def test_it_ends_when_told(tmp_path: Path) -> None:
    stopping = threading.Event()
    path = make_clip(tmp_path / "clip.mkv", seconds=0.5)
    items = clip.play(str(path), frozenset({CAMERA}), WANTED, stopping)
    next(items)
    stopping.set()
    assert next(items, None) is None


def test_sound_comes_when_its_last_sample_was_said_as_from_a_microphone(tmp_path: Path) -> None:
    path = make_clip(tmp_path / "clip.mkv", seconds=0.25, sound_seconds=0.25)
    items = played(path, {CAMERA, MICROPHONE}, 40)
    pictures = [item.at for item in items if isinstance(item.content, VideoFrame)]
    sounds = [item.at for item in items if not isinstance(item.content, VideoFrame)]
    since = np.array(sounds) - pictures[0] - 0.02 * np.arange(1, len(sounds) + 1)
    assert abs(np.median(since)) < 0.008, "a clip of 12½ frames is played three times"
    kinds = [isinstance(item.content, VideoFrame) for item in items]
    assert kinds[:4] == [True, False, False, True], "0, 20, 40 and 50 ms"
