"""Servers as processes of their own, that are waited for, and ended by their id."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Generator, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATIENCE_S = 30.0


@contextlib.contextmanager
def process(command: Sequence[str], **environment: str) -> Generator[subprocess.Popen[str]]:
    """A running process with its output as text; it is gone when the block is left."""
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(ROOT), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        try:
            yield running
        finally:
            running.kill()


def python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]


def address(running: subprocess.Popen[str]) -> str:
    """Where it says that it listens."""
    assert running.stdout is not None
    line = running.stdout.readline()
    if not line.startswith("listening on "):
        running.kill()
        raise AssertionError(f"it did not start: {line}{running.communicate()[1]}")
    return line.removeprefix("listening on ").strip()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for_port(port: int, running: subprocess.Popen[str]) -> None:
    """Until something listens there."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        if running.poll() is not None:
            raise AssertionError(f"it ended: {running.communicate()}")
        with socket.socket() as probe:
            probe.settimeout(0.2)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        with contextlib.suppress(subprocess.TimeoutExpired):
            running.wait(0.05)
    raise AssertionError(f"nothing listens on port {port}")
