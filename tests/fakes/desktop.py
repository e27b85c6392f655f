"""A screen that nobody sees, of its own for each test, with a picture on it that the test knows."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Generator
from contextlib import contextmanager

from tests.relay.npm import MissingToolError

WIDTH, HEIGHT = 1280, 720


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
