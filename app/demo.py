"""``deskmates demo``: a living call on a computer without a camera, a server or a friend.

An embedded server on a free loopback port, one session, and simulated classmates: each a ``participant`` process of
its own that plays a shipped clip. With ``--headless`` there is no window; every participant's report is checked and
printed, and the exit code says whether everybody saw and heard everybody.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import sys
import tempfile
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app import paths
from app.classmates import CLASSMATES, FPS, SIZE, Crowd
from app.errors import DeskmatesError
from app.hosting import open_session
from app.media import devices
from app.media.audio.speaker import Speaker
from app.media.call import CallMedia
from app.media.sources import SourceKind, SourceSpec, VideoFormat
from app.net.rest import RestClient
from app.participant import add_format_arguments
from app.room.outbox import Outbox
from app.room.session import RoomSession
from app.room.state import Me, SessionInfo
from protocol.rest import SignedIn
from server.embedded import EmbeddedServer

GRACE_S = 60.0
"""How much longer than its stay a participant process may take, for starting and leaving."""
FRAMES_OF_SOUND = 49.0
"""At least so many of the 50 frames of sound a second must arrive."""
UNDER_WAY_S = 0.1
"""What was sent in the last moment may still come: on a busy computer five frames are not lost for being late."""
TITLE = "Exam week, quiet desk"
OWN_CLIP = "mateo.webm"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--headless", action="store_true", help="no window: check the call, print the reports, and end")
    parser.add_argument(
        "--participants", type=int, choices=range(2, 9), metavar="N", help="simulated people (2 headless, else 3)"
    )
    add_format_arguments(parser)
    parser.add_argument("--seconds", type=float, default=15.0, help="how long the headless call lasts (15)")
    parser.add_argument("--json", metavar="FILE", help="write the reports there; - for standard output")


HEADLESS_FORMAT = (1280, 720, 30)
WINDOW_FORMAT = (*SIZE, FPS)


def picture_format(arguments: argparse.Namespace) -> tuple[int, int, int]:
    """Width, height and pictures a second, as asked for or as fits the kind of demo."""
    width, height, fps = HEADLESS_FORMAT if arguments.headless else WINDOW_FORMAT
    if arguments.size is not None:
        width, height = arguments.size
    return width, height, arguments.fps or fps


@dataclass
class DemoRoom(Crowd):
    """A server of its own with a session."""

    owner: SignedIn


@contextlib.asynccontextmanager
async def demo_room(places: int) -> AsyncGenerator[DemoRoom]:
    with tempfile.TemporaryDirectory(prefix="deskmates-demo-", ignore_cleanup_errors=True) as folder:
        server = EmbeddedServer(Path(folder))
        await asyncio.to_thread(server.start)
        try:
            owner, session = await open_session(server.url, "You", TITLE, places)
            room = DemoRoom(server.url, session.id, [], owner)
            try:
                yield room
            finally:
                await room.dismiss()
        finally:
            await asyncio.to_thread(server.stop)


# ---- with a window -------------------------------------------------------------------------------------------------


async def own_seat(stack: contextlib.AsyncExitStack, arguments: argparse.Namespace, speaker: Speaker) -> RoomSession:
    """A room with classmates on their way into it, and one's own seat in it; all of it ends with ``stack``.

    A computer without a camera shows a clip as one's own picture.
    """
    room = await stack.enter_async_context(demo_room(10))
    width, height, fps = picture_format(arguments)
    rest = RestClient(room.url, room.owner.token)
    stack.push_async_callback(rest.close)
    session = await rest.session(room.session_id)
    camera = SourceSpec(SourceKind.DEVICE)
    shown_at_once = not devices.cameras()
    if shown_at_once:
        camera = SourceSpec.parse(f"file:{paths.resources() / 'demo' / OWN_CLIP}")
    seat = RoomSession(
        rest=rest,
        server=room.url,
        token=room.owner.token,
        me=Me.of(room.owner),
        session=SessionInfo.of(session),
        media=CallMedia(speaker=speaker, video=VideoFormat(width, height, fps)),
        outbox=Outbox.in_memory(),
        camera=camera,
        microphone=SourceSpec(SourceKind.DEVICE),
    )
    stack.push_async_callback(seat.leave)
    if shown_at_once:
        await seat.set_camera(True)
    await room.seat_talking(arguments.participants or 3, (width, height), fps)
    return seat


# ---- headless ------------------------------------------------------------------------------------------------------


def main(arguments: argparse.Namespace) -> int:
    """The headless demo; the one with a window is joined in ``app.main``."""
    try:
        reports, complaints = asyncio.run(headless(arguments))
    except DeskmatesError as error:
        print(f"deskmates demo: {error}", file=sys.stderr)  # noqa: T201
        return 1
    text = json.dumps({"reports": reports})
    if arguments.json == "-":
        print(text, flush=True)  # noqa: T201
    elif arguments.json:
        Path(arguments.json).write_text(text, encoding="utf-8")
    for complaint in complaints:
        print(f"deskmates demo: {complaint}", file=sys.stderr)  # noqa: T201
    if not complaints and arguments.json != "-":
        print(summary(reports))  # noqa: T201
    return 1 if complaints else 0


async def headless(arguments: argparse.Namespace) -> tuple[list[dict[str, Any]], list[str]]:
    """The reports, and what was not as it should be."""
    count = arguments.participants or 2
    width, height, fps = picture_format(arguments)
    extra = ["--size", f"{width}x{height}", "--fps", str(fps), "--seconds", str(arguments.seconds), "--stamp"]
    extra += ["--json", "-"]
    async with demo_room(count + 1) as room:
        for number in range(count):
            classmate = CLASSMATES[number % len(CLASSMATES)]
            name = classmate.name if number < len(CLASSMATES) else f"{classmate.name} {number // len(CLASSMATES) + 1}"
            await room.seat(name, classmate.clip, [*extra, "--say", f"Hello from {name}"])
        outcomes = await asyncio.gather(
            *(collect(name, process, arguments.seconds + GRACE_S) for name, process in room.processes)
        )
    reports = [report for report, _ in outcomes if report is not None]
    complaints = [complaint for _, complaint in outcomes if complaint]
    for report in reports:
        complaints += shortcomings(report, count - 1, (width, height), fps)
    return reports, complaints


async def collect(
    name: str, process: asyncio.subprocess.Process, timeout_s: float
) -> tuple[dict[str, Any] | None, str]:
    """The report of one participant process, or why there is none."""
    assert process.stdout is not None
    try:
        async with asyncio.timeout(timeout_s):  # ``communicate`` would end their standard input, and they would leave
            output = await process.stdout.read()
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
        return None, f"{name} did not end in time"
    if process.returncode != 0:
        return None, f"{name} ended with exit code {process.returncode}"
    try:
        return {"name": name, **json.loads(output)}, ""
    except ValueError as error:
        return None, f"{name} printed no report: {error}"


def least_fps(fps: int) -> int:
    """27 of 30, 14 of 15."""
    return fps - max(1, fps // 10)


def shortcomings(report: dict[str, Any], others: int, size: tuple[int, int], fps: int) -> list[str]:
    """What ``report`` lacks, in words."""
    me = report["name"]
    found: list[str] = []
    if len(report["participants"]) != others:
        found.append(f"{me} saw {len(report['participants'])} others instead of {others}")
    for other in report["participants"]:
        pair = f"{me} from {other['name']}"
        video, audio = other["video"], other["audio"]
        if not video or not video["frames"]:
            found.append(f"{pair}: no video")
        else:
            if (video["width"], video["height"]) != size:
                found.append(f"{pair}: {video['width']}x{video['height']} instead of {size[0]}x{size[1]}")
            if video["fps"] < least_fps(fps):
                found.append(f"{pair}: {video['fps']} pictures a second, at least {least_fps(fps)} expected")
        if not audio or not audio["seconds"]:
            found.append(f"{pair}: no sound")
        elif audio["framesReceived"] < FRAMES_OF_SOUND * (audio["seconds"] - UNDER_WAY_S):
            rate = audio["framesReceived"] / audio["seconds"]
            found.append(f"{pair}: {rate:.1f} frames of sound a second, at least {FRAMES_OF_SOUND:.0f} expected")
    return found


def summary(reports: Sequence[dict[str, Any]]) -> str:
    lines: list[str] = []
    for report in reports:
        for other in report["participants"]:
            video, audio = other["video"], other["audio"]
            rate = audio["framesReceived"] / audio["seconds"]
            lines.append(
                f"{report['name']} saw {other['name']} at {video['width']}x{video['height']}, {video['fps']:.1f} fps,"
                f" and heard {rate:.1f} frames of sound a second"
            )
    return "\n".join(lines)
