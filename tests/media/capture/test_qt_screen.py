"""Capture through Qt, in a process of its own that has a desktop: the tests' own Qt has none."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes.desktop import HEIGHT, WIDTH, desktop

ROOT = Path(__file__).parents[3]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Xvfb is a desktop for Linux")
def test_a_screen_is_captured_and_looked_at_and_what_is_not_there_is_named() -> None:
    with desktop() as display:
        run = subprocess.run(
            [sys.executable, str(ROOT / "tests/media/capture/seen_by_qt.py")],
            env={
                **{name: value for name, value in os.environ.items() if name != "WAYLAND_DISPLAY"},
                "DISPLAY": display,
                "QT_QPA_PLATFORM": "xcb",
                "XDG_SESSION_TYPE": "x11",
                "PYTHONPATH": str(ROOT),
            },
            capture_output=True,
            text=True,
            timeout=40,
            check=False,
        )
    assert run.returncode == 0, run.stderr
    told = json.loads(run.stdout.splitlines()[-1])
    assert told["usable"]
    assert told["surfaces"][0] == "screen:0"
    spec, width, height, light = told["glimpse"]
    assert (spec, width, height) == ("screen:0", 160, 90)
    assert light > 240
    seen = told["screen:0"]
    assert seen["size"] == [640, 640 * HEIGHT // WIDTH]
    assert seen["luma"] > 220
    assert 3 < seen["fps"] < 7, "nothing changes, so hardly anything is sent"
    assert told["screen:7"]["problem"] == "absent"
    assert told["window:5"]["problem"] == "absent"
