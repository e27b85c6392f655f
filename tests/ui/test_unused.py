"""PySide is spared what nobody uses; in a process of its own, for it is done when modules are imported."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import {first}
import linecache, wave
print(" ".join(name for name, kept in linecache.cache.items() if len(kept) > 1 and kept[2]))
"""


def sources_kept_after(first: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(first=first)], capture_output=True, text=True, check=True
    )
    return done.stdout


def test_the_sources_of_what_is_imported_are_not_read() -> None:
    assert "wave.py" in sources_kept_after("PySide6.QtCore"), "PySide reads none any more: app.ui.unused can go"
    assert "wave.py" not in sources_kept_after("app.ui")
