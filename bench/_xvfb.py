"""A screen that nobody sees, one for each window: windows on one screen would cover each other."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from tests.relay.npm import tool

SIZE = "1600x1000x24"
START_S = 20.0


@dataclass(frozen=True)
class Screen:
    display: str
    """As DISPLAY has it."""
    pid: int


@asynccontextmanager
async def screen() -> AsyncGenerator[Screen]:
    """An Xvfb on a free display.

    Raises:
        MissingToolError: there is no Xvfb.
        RuntimeError: it does not start.
    """
    program = tool("Xvfb", "xvfb")
    reading, writing = os.pipe()
    process = None
    try:
        try:
            process = await asyncio.create_subprocess_exec(
                program,
                *("-displayfd", str(writing), "-screen", "0", SIZE, "-nolisten", "tcp", "-noreset"),
                pass_fds=(writing,),
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.DEVNULL,
            )
        finally:
            os.close(writing)
        async with asyncio.timeout(START_S):
            number = (await asyncio.to_thread(os.read, reading, 16)).decode().strip()
        if not number:
            raise RuntimeError("Xvfb did not start")
        yield Screen(f":{number}", process.pid)
    finally:
        os.close(reading)
        if process is not None and process.returncode is None:
            process.terminate()
            await process.wait()
