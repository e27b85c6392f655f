"""Ctrl+C in the terminal, in a process of its own: it is the process's alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(sys.platform == "win32", reason="a process of Windows sends itself no Ctrl+C")
@pytest.mark.parametrize("times", [1, 2])
def test_windows_that_do_not_close_do_not_hold_it_up(times: int) -> None:
    """Once: for no longer than its patience. Twice: not at all."""
    run = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "ui" / "interrupted.py"), str(times)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.stdout.split() == ["ended", "0", "asked", "1"], run.stderr
