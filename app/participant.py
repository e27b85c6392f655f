"""``deskmates participant``: joins a session with the real engine and no window, and reports what it saw and heard.

It plays clips, test pictures or real devices, says what it is told to say, and leaves after ``--seconds`` or on
Ctrl+C. Exit code 0 only if it joined and left cleanly; otherwise the reason is on standard error.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from app.account import address
from app.engine import RateLimitedHandler
from app.errors import DeskmatesError
from app.media.audio.speaker import SilentSpeaker, Speaker
from app.media.call import CallMedia
from app.media.sources import SourceKind, SourceSpec, VideoFormat
from app.net.rest import RestClient
from app.report import Witness
from app.room.outbox import Outbox
from app.room.session import RoomSession
from app.room.state import Link, Me, RoomState, SessionInfo
from app.rubbish import tidying
from protocol.model import bad_payload
from protocol.rest import Login, Session, SignedIn

log = logging.getLogger(__name__)

SAMPLE_EVERY_S = 0.25
DEFAULT = "default"


@dataclass(frozen=True)
class Options:
    server: str
    email: str
    password: str
    session: str
    camera: SourceSpec
    microphone: SourceSpec
    speaker: str | None
    """An output's id, DEFAULT, or None: nothing is played."""
    video: VideoFormat
    seconds: float | None
    say: tuple[str, ...]
    say_every: float
    until_eof: bool
    json: str | None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--server", required=True, metavar="URL", help="base address, such as http://127.0.0.1:8765")
    parser.add_argument("--email", required=True)
    parser.add_argument("--password", required=True)
    parser.add_argument("--session", required=True, metavar="ID")
    parser.add_argument("--camera", type=spec, default=SourceSpec.parse("none"), metavar="SPEC", help=SPEC_HELP)
    parser.add_argument("--microphone", type=spec, default=SourceSpec.parse("none"), metavar="SPEC", help=SPEC_HELP)
    parser.add_argument("--speaker", metavar="ID", help=SPEAKER_HELP)
    add_format_arguments(parser)
    parser.add_argument("--stamp", action="store_true", help="draw a clock into the picture: others measure latency")
    parser.add_argument("--seconds", type=float, help="leave after so long in the room (default: on Ctrl+C)")
    parser.add_argument("--until-eof", action="store_true", help="leave when standard input ends")
    parser.add_argument("--say", action="append", default=[], metavar="TEXT", help="say this; may be repeated")
    parser.add_argument("--say-every", type=float, default=0.0, metavar="SECONDS", help="pause between two --say")
    parser.add_argument("--json", metavar="FILE", help="write the report there; - for standard output")


SPEC_HELP = "none, test, file:PATH, device:ID or screen:N"
SPEAKER_HELP = f"play on this output; {DEFAULT}: on the system's (without this nothing is played)"


def add_format_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--size", type=size, metavar="WxH", help="of the picture sent")
    parser.add_argument("--fps", type=int, choices=range(1, 61), metavar="N", help="pictures a second sent")


def spec(text: str) -> SourceSpec:
    try:
        return SourceSpec.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    if not (width.isdecimal() and height.isdecimal() and 16 <= int(width) <= 3840 and 16 <= int(height) <= 2160):
        raise argparse.ArgumentTypeError(f"{text!r} is not a size such as 1280x720")
    if int(width) % 2 or int(height) % 2:
        raise argparse.ArgumentTypeError("width and height must be even")
    return int(width), int(height)


def options(arguments: argparse.Namespace) -> Options:
    """What was said on the command line.

    Raises:
        ServerUnreachable: the server's address is none.
    """
    width, height = arguments.size or (1280, 720)
    return Options(
        server=address(arguments.server),
        email=arguments.email,
        password=arguments.password,
        session=arguments.session,
        camera=arguments.camera,
        microphone=arguments.microphone,
        speaker=arguments.speaker,
        video=VideoFormat(width, height, arguments.fps or 30, stamped=arguments.stamp),
        seconds=arguments.seconds,
        say=tuple(arguments.say),
        say_every=arguments.say_every,
        until_eof=arguments.until_eof,
        json=arguments.json,
    )


def main(arguments: argparse.Namespace) -> int:
    try:
        chosen = options(arguments)
        report = asyncio.run(life(chosen))
    except DeskmatesError as error:
        print(f"deskmates participant: {error}", file=sys.stderr)  # noqa: T201
        return 1
    write_report(report, chosen.json)
    return 0


def write_report(report: dict[str, Any], target: str | None) -> None:
    if target == "-":
        print(json.dumps(report), flush=True)  # noqa: T201
    elif target:
        Path(target).write_text(json.dumps(report, indent=1), encoding="utf-8")


@tidying()
async def life(chosen: Options) -> dict[str, Any]:
    """``take_part`` in a process of its own."""
    return await take_part(chosen)


async def take_part(chosen: Options) -> dict[str, Any]:
    """Sign in, join, stay, leave; the report.

    Raises:
        DeskmatesError: signing in, joining or leaving did not work out; devices that fail end it too, since they
        were asked for.
    """
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(RateLimitedHandler())
    rest = RestClient(chosen.server)
    try:
        account = await rest.login(credentials(chosen))
        rest.token = account.token
        session = await rest.join(chosen.session)
        room = build_room(chosen, rest, account, session)
        try:
            stopped = stop_signals(loop)
            if chosen.until_eof:
                stop_at_eof(loop, stopped)
            return await stay(room, chosen, stopped)
        finally:
            with contextlib.suppress(DeskmatesError):  # the server may be gone by now, and our place with it
                await rest.leave(session.id)
    finally:
        await rest.close()


def credentials(chosen: Options) -> Login:
    """Raises DeskmatesError where nobody could be signed in with them."""
    try:
        return Login(email=chosen.email, password=chosen.password)
    except ValidationError as error:
        bad = bad_payload("", error)
        raise DeskmatesError(f"{bad.field}: {bad.problem}") from error


def build_room(chosen: Options, rest: RestClient, account: SignedIn, session: Session) -> RoomSession:
    return RoomSession(
        rest=rest,
        server=chosen.server,
        token=account.token,
        me=Me.of(account),
        session=SessionInfo.of(session),
        media=CallMedia(speaker=loudspeaker(chosen.speaker), video=chosen.video),
        outbox=Outbox.in_memory(),
        camera=chosen.camera,
        microphone=chosen.microphone,
    )


def loudspeaker(device_id: str | None) -> Speaker:
    if device_id is None:
        return SilentSpeaker()
    from app.media.audio.qt_speaker import QtSpeaker  # Qt is loaded for those who want to hear something

    return QtSpeaker("" if device_id == DEFAULT else device_id)


async def stay(room: RoomSession, chosen: Options, stopped: asyncio.Event) -> dict[str, Any]:
    witness = Witness(room)
    try:
        await room.join()
        refuse_if_refused(room.store.state)
        await room.set_microphone(chosen.microphone.kind is not SourceKind.NONE)
        await room.set_camera(chosen.camera.kind is not SourceKind.NONE)
        talker = asyncio.ensure_future(talk(room, chosen.say, chosen.say_every))
        try:
            await watch(witness, room, stopped, chosen.seconds)
        finally:
            talker.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await talker
        state = room.store.state
        refuse_if_refused(state)
        for switch in (state.microphone, state.camera):
            if switch.problem is not None:
                raise DeskmatesError(f"a device failed: {switch.problem}")
        return witness.report()
    finally:
        await room.leave()


def refuse_if_refused(state: RoomState) -> None:
    if state.link is Link.REFUSED:
        refusal = state.refusal
        raise DeskmatesError(f"not admitted: {refusal.code}: {refusal.message}" if refusal else "not admitted")


async def talk(room: RoomSession, texts: Sequence[str], pause: float) -> None:
    for text in texts:
        await room.say(text)
        await asyncio.sleep(pause)


async def watch(witness: Witness, room: RoomSession, stopped: asyncio.Event, seconds: float | None) -> None:
    """Sample the room until ``stopped``, or for ``seconds``, or until it would not have us any more."""
    loop = asyncio.get_running_loop()
    end = None if seconds is None else loop.time() + seconds
    while not stopped.is_set() and (end is None or loop.time() < end):
        if room.store.state.link in (Link.REFUSED, Link.LEFT):
            break
        witness.sample()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stopped.wait(), SAMPLE_EVERY_S)
    witness.sample()


def stop_signals(loop: asyncio.AbstractEventLoop) -> asyncio.Event:
    """Is set on Ctrl+C or when the program is asked to end."""
    stopped = asyncio.Event()
    set_stopped: Callable[[], None] = stopped.set
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, set_stopped)
        except NotImplementedError:  # Windows: the loop has no signal handlers, Ctrl+C raises in asyncio.run
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(set_stopped))
    return stopped


def stop_at_eof(loop: asyncio.AbstractEventLoop, stopped: asyncio.Event) -> None:
    """Set ``stopped`` too when standard input ends, as it does when whoever holds its other end dies."""

    def wait() -> None:
        while os.read(0, 4096):  # not through sys.stdin, whose lock a thread that still waits would hold at the end
            pass
        with contextlib.suppress(RuntimeError):  # the loop has ended by itself
            loop.call_soon_threadsafe(stopped.set)

    threading.Thread(target=wait, name="stdin", daemon=True).start()
