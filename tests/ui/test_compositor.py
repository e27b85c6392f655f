"""Popups on a desktop through whose windows nothing can be seen: nothing of them is black."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.ui.tokens import LIGHT
from tests.fakes.desktop import desktop

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Xvfb is a desktop for Linux")
def test_popups_are_square_and_whole_where_there_is_no_compositor() -> None:
    with desktop() as display:
        run = subprocess.run(
            [sys.executable, str(ROOT / "tests/ui/seen_on_bare_x11.py")],
            env={
                **{name: value for name, value in os.environ.items() if name != "WAYLAND_DISPLAY"},
                "DISPLAY": display,
                "QT_QPA_PLATFORM": "xcb",
                "PYTHONPATH": str(ROOT),
            },
            capture_output=True,
            text=True,
            timeout=40,
            check=False,
        )
    assert run.returncode == 0, run.stderr
    told = json.loads(run.stdout.splitlines()[-1])
    surface = LIGHT.surface.lower()
    assert told == {
        "clear": False,
        "menu": surface,
        "row": surface,
        "around the row": "#ff0000",
        "clear with a compositor": True,
    }
