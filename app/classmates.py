"""``deskmates classmates``: simulated people in a session that is there already, for whoever tries the app alone.

Each is a ``participant`` process of its own, with an account made for the purpose, that plays a shipped clip and says
its lines. They stay until Ctrl+C, or until the last of them was sent away. Without ``--session`` they go where people
are, or into a session that runs; where there is none they wait for one.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import secrets
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app import paths
from app.account import address
from app.config import SettingsFile
from app.errors import DeskmatesError
from app.hosting import fresh_account, sign_up
from app.net.rest import RestClient
from app.participant import add_format_arguments, stop_signals
from protocol.rest import Session

LOOK_S = 2.0
"""Between two looks for a session."""
GOODBYE_S = 10.0
SIZE = (640, 360)
FPS = 24
"""Three people and a window on one computer: a laptop should stay cool."""


@dataclass(frozen=True)
class Classmate:
    name: str
    clip: str
    lines: tuple[str, ...]


CLASSMATES = (
    Classmate("Priya", "priya.webm", ("Sheet 6 is on the course page.", "Start with question 2.")),
    Classmate("Omar", "omar.webm", ("What if an eigenvalue repeats?", "Ah, count its eigenvectors 👀")),
    Classmate("Yuki", "yuki.webm", ("I'm on the essay until four.", "☕ in ten minutes?")),
    Classmate("Mateo", "mateo.webm", ("Good luck everyone 💪", "Tengo, tienes, tiene…")),
)


def own_command() -> list[str]:
    """What starts this very program again: the bundle's executable, or this Python with the app."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-P", "-m", "app.main"]


def own_environment() -> dict[str, str]:
    root = str(Path(__file__).resolve().parent.parent)
    inherited = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{inherited}" if inherited else root}


@dataclass
class Crowd:
    """The session ``session_id`` at ``url``, and the processes that sit in it."""

    url: str
    session_id: str
    processes: list[tuple[str, asyncio.subprocess.Process]]

    async def seat(self, name: str, clip: str, extra: Sequence[str]) -> None:
        """Start one classmate."""
        password = secrets.token_urlsafe(16)
        account = await sign_up(self.url, name, password)
        source = f"file:{paths.resources() / 'demo' / clip}"
        arguments = ["participant", "--server", self.url, "--email", account.email, f"--password={password}"]
        arguments += ["--session", self.session_id, "--camera", source, "--microphone", source, "--until-eof", *extra]
        process = await asyncio.create_subprocess_exec(
            *own_command(), *arguments, env=own_environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.processes.append((name, process))

    async def seat_talking(self, count: int, size: tuple[int, int], fps: int) -> None:
        """Start the first ``count`` of ``CLASSMATES``, who say their lines."""
        extra = ["--size", f"{size[0]}x{size[1]}", "--fps", str(fps), "--say-every", "4"]
        for classmate in CLASSMATES[:count]:
            lines = [word for line in classmate.lines for word in ("--say", line)]
            await self.seat(classmate.name, classmate.clip, [*extra, *lines])

    async def dismiss(self) -> None:
        """Let everybody leave; end those who do not.

        They are told by the end of their standard input: on Windows ``terminate`` is no request, and who is ended by it
        keeps their place.
        """
        for _, process in self.processes:
            if process.stdin is not None:
                process.stdin.close()
        leaving = [asyncio.ensure_future(process.wait()) for _, process in self.processes]
        if leaving:
            await asyncio.wait(leaving, timeout=GOODBYE_S)
        for _, process in self.processes:
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):  # gone in this very moment
                    process.kill()
        await asyncio.gather(*leaving)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--server", metavar="URL", help="base address (the one that the app signed in to last)")
    parser.add_argument("--session", metavar="ID", help="which session (where people are, or one that runs)")
    parser.add_argument(
        "--participants", type=int, choices=range(1, len(CLASSMATES) + 1), default=2, metavar="N", help="how many (2)"
    )
    add_format_arguments(parser)


def main(arguments: argparse.Namespace) -> int:
    try:
        server = address(arguments.server or SettingsFile(paths.config_dir()).state.server)
        return asyncio.run(_come(server, arguments))
    except DeskmatesError as error:
        print(f"deskmates classmates: {error}", file=sys.stderr)  # noqa: T201
        return 1


async def _come(server: str, arguments: argparse.Namespace) -> int:
    stopped = stop_signals(asyncio.get_running_loop())
    session = await _find(server, arguments.session, stopped)
    if session is None:
        return 0
    crowd = Crowd(server, session.id, [])
    try:
        await crowd.seat_talking(arguments.participants, arguments.size or SIZE, arguments.fps or FPS)
        names = ", ".join(name for name, _ in crowd.processes)
        print(f"{names}: on the way into “{session.title}”. Ctrl+C ends the visit.", flush=True)  # noqa: T201
        return await _stay(crowd, stopped)
    finally:
        await crowd.dismiss()


async def _find(server: str, session_id: str | None, stopped: asyncio.Event) -> Session | None:
    """The session that is meant; None where somebody stopped us before there was one."""
    rest = RestClient(server)
    try:
        account = await rest.register(fresh_account("Classmate"))
        rest.token = account.token
        if session_id is not None:
            return await rest.session(session_id)
        has_said = False
        while not stopped.is_set():
            session = wanted(await rest.sessions(), datetime.now(UTC))
            if session is not None:
                return session
            if not has_said:
                print(f"No session runs at {server} yet: waiting for one. Ctrl+C ends this.", flush=True)  # noqa: T201
                has_said = True
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stopped.wait(), LOOK_S)
        return None
    finally:
        await rest.close()


def wanted(sessions: Sequence[Session], now: datetime) -> Session | None:
    """The session to join at ``now``: one with people in it and a place, also where its host came early, or else one
    that runs; of several the one that begins last. None where there is none.
    """
    found = [
        one
        for one in sessions
        if one.status in ("scheduled", "active")
        and (one.participants or one.start_time <= now or one.status == "active")
        and now < one.end_time
        and len(one.participants) < one.max_participants
    ]
    return max(found, key=lambda one: (bool(one.participants), one.start_time, one.id), default=None)


async def _stay(crowd: Crowd, stopped: asyncio.Event) -> int:
    """Until somebody stops us, or nobody is left; 1 where one of them failed."""
    gone = [asyncio.ensure_future(process.wait()) for _, process in crowd.processes]
    stopping = asyncio.ensure_future(stopped.wait())
    try:
        everybody = asyncio.ensure_future(asyncio.wait(gone))
        await asyncio.wait([everybody, stopping], return_when=asyncio.FIRST_COMPLETED)
        everybody.cancel()
        if stopped.is_set():
            return 0
        return 1 if any(one.done() and one.result() != 0 for one in gone) else 0
    finally:
        stopping.cancel()
        for one in gone:
            one.cancel()
