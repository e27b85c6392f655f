"""Covers app/demo.py: what it takes a call to pass, and a short real one."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest

from app.classmates import own_command, own_environment
from app.demo import least_fps, shortcomings


def report(**changes: Any) -> dict[str, Any]:
    video = {"width": 1280, "height": 720, "fps": 29.8, "frames": 400, "freezes": 0, "freezeMs": 0, "latencyMs": None}
    audio = {"framesReceived": 750, "framesPlayed": 750, "framesConcealed": 0, "seconds": 15.0}
    other: dict[str, Any] = {"name": "Omar", "connection": "connected", "video": video, "audio": audio}
    for key, value in changes.items():
        part, _, field = key.partition("_")
        other[part] = value if not field else {**other[part], field: value}
    return {"name": "Priya", "participants": [other]}


def check(one: dict[str, Any]) -> list[str]:
    return shortcomings(one, others=1, size=(1280, 720), fps=30)


def test_a_good_call_has_no_shortcomings() -> None:
    assert check(report()) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"video_fps": 26.9}, "26.9 pictures a second, at least 27 expected"),
        ({"video_width": 640}, "640x720 instead of 1280x720"),
        ({"video": None}, "no video"),
        ({"video_frames": 0}, "no video"),
        ({"audio": None}, "no sound"),
        ({"audio_framesReceived": 700}, "46.7 frames of sound a second"),
    ],
)
def test_each_shortcoming_has_its_words(changes: dict[str, Any], words: str) -> None:
    complaints = check(report(**changes))
    assert len(complaints) == 1
    assert complaints[0].startswith("Priya from Omar: ")
    assert words in complaints[0]


def test_somebody_missing_is_said() -> None:
    assert check({"name": "Priya", "participants": []}) == ["Priya saw 0 others instead of 1"]


def test_how_many_pictures_are_enough() -> None:
    assert [least_fps(fps) for fps in (30, 15, 5)] == [27, 14, 4]


def test_a_small_call_without_a_window() -> None:
    """The whole program: an embedded server, two participant processes, a report of each."""
    arguments = ["demo", "--headless", "--seconds", "4", "--size", "320x180", "--fps", "15", "--json", "-"]
    ran = subprocess.run(
        [*own_command(), *arguments], env=own_environment(), capture_output=True, text=True, timeout=90, check=False
    )
    assert ran.returncode == 0, ran.stderr
    reports = json.loads(ran.stdout)["reports"]
    assert sorted(one["name"] for one in reports) == ["Omar", "Priya"]
    for one in reports:
        [other] = one["participants"]
        assert (other["video"]["width"], other["video"]["height"]) == (320, 180)
        assert other["joinToFirstFrameMs"] > 0
        assert other["video"]["latencyMs"]["p50"] > 0
        assert sorted(line["message"] for line in one["chat"]) == ["Hello from Omar", "Hello from Priya"]
        assert {"wallSeconds", "cpuSeconds", "rssMb"} <= one.keys()
