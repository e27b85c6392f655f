"""A screen that nobody sees, of its own for each test, with a picture on it that the test knows."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.relay.npm import MissingToolError

WIDTH, HEIGHT = 1280, 720
ROOT = Path(__file__).parents[2]


@contextmanager
def desktop() -> Generator[str]:
    """An Xvfb on a free display; the display as DISPLAY has it.

    Raises:
        MissingToolError: there is no Xvfb.
        RuntimeError: it does not start.
    """
    program = shutil.which("Xvfb")
    if program is None:
        raise MissingToolError("Xvfb", "xvfb")
    reading, writing = os.pipe()
    command = [program, "-displayfd", str(writing), "-screen", "0", f"{WIDTH}x{HEIGHT}x24"]
    process = subprocess.Popen(
        [*command, "-nolisten", "tcp", "-noreset"],
        pass_fds=(writing,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        os.close(writing)
        number = os.read(reading, 16).decode().strip()
        if not number:
            raise RuntimeError("Xvfb did not start")
        yield f":{number}"
    finally:
        os.close(reading)
        process.terminate()
        process.wait()


def told_on_a_desktop(program: str) -> Any:
    """What ``program`` (a file of ours) says in its last line, as JSON, when it runs with a desktop of its own."""
    with desktop() as display:
        surroundings = {name: value for name, value in os.environ.items() if name != "WAYLAND_DISPLAY"}
        surroundings |= {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "XDG_SESSION_TYPE": "x11"}
        run = subprocess.run(
            [sys.executable, str(ROOT / program)],
            env=surroundings | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            timeout=40,
            check=False,
        )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout.splitlines()[-1])
