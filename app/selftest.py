"""``deskmates --self-test``: tries every part on this computer and says what works, one line each.

Meant for a bundle on a stranger's machine: whatever was left out of it, or is missing here, shows by name. Exit code
0 only if everything that a call needs works; devices are listed and not required.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)

PATIENCE_S = 20.0
"""How long one check may take."""

Check = Callable[[], str]


def main() -> int:
    logging.basicConfig(level=logging.ERROR)
    checks: tuple[tuple[str, Check], ...] = (
        ("icons and fonts", look),
        ("test picture and sound", lambda: asyncio.run(within(source()))),
        ("loopback call", lambda: asyncio.run(within(loopback_call()))),
        ("embedded server", lambda: asyncio.run(within(embedded_server()))),
        ("demo clips", lambda: asyncio.run(within(clip()))),
        ("screen sharing", capturing),
        ("devices", devices),
    )
    failures = 0
    for name, check in checks:
        started = time.monotonic()
        try:
            outcome = check()
        except Exception as error:
            failures += 1
            log.debug("%s", name, exc_info=error)
            say(f"FAILED  {name}: {type(error).__name__}: {error}")
        else:
            say(f"ok      {name}: {outcome} ({time.monotonic() - started:.1f} s)")
    say("Everything a call needs works here." if not failures else f"{failures} of {len(checks)} failed.")
    return 1 if failures else 0


def say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


async def within[T](work: Coroutine[Any, Any, T]) -> T:
    return await asyncio.wait_for(work, PATIENCE_S)


def look() -> str:
    """Qt starts, Inter is loaded, and an icon paints something."""
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QFontInfo
    from PySide6.QtWidgets import QApplication

    from app.ui.icons import pixmap
    from app.ui.theme import font, start_theme

    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(["deskmates"])
    start_theme(app)
    family = QFontInfo(font(14)).family()
    if family != "Inter":
        raise RuntimeError(f"the font is {family!r} instead of Inter")
    image = pixmap("mic", "text", 24).toImage()
    painted = any(image.pixelColor(x, y).alpha() for x in range(image.width()) for y in range(image.height()))
    if not painted:
        raise RuntimeError("an icon paints nothing")
    return f"{family}, on {app.platformName()}"


async def source() -> str:
    from app.media.audio.speaker import SilentSpeaker
    from app.media.call import CallMedia
    from app.media.sources import SourceSpec, VideoFormat

    call = CallMedia(speaker=SilentSpeaker(), video=VideoFormat(320, 180, 15))
    try:
        call.self_view.show(320, 180)
        await call.set_microphone(SourceSpec.parse("test"))
        await call.set_camera(SourceSpec.parse("test"))
        await until(lambda: call.self_view.take() is not None)
        return "320x180"
    finally:
        await call.close()


async def clip() -> str:
    from app import paths
    from app.media.audio.speaker import SilentSpeaker
    from app.media.call import CallMedia
    from app.media.sources import SourceSpec, VideoFormat

    clips = sorted((paths.resources() / "demo").glob("*.webm"))
    if not clips:
        raise RuntimeError("none are shipped")
    call = CallMedia(speaker=SilentSpeaker(), video=VideoFormat(320, 180, 15))
    try:
        call.self_view.show(320, 180)
        await call.set_camera(SourceSpec.parse(f"file:{clips[0]}"))
        await until(lambda: call.self_view.take() is not None)
        return f"{len(clips)} play"
    finally:
        await call.close()


async def loopback_call() -> str:
    """Two ends in this process: encode, encrypt, send, receive, decode, both ways."""
    from app.media.audio.speaker import SilentSpeaker
    from app.media.call import CallMedia
    from app.media.slot import FrameSlot
    from app.media.sources import SourceSpec, VideoFormat

    ends = [CallMedia(speaker=SilentSpeaker(), video=VideoFormat(320, 180, 15)) for _ in range(2)]
    try:
        for end in ends:
            await end.set_camera(SourceSpec.parse("test"))
            await end.set_microphone(SourceSpec.parse("test"))
            end.set_muted(False)
        caller, callee = (end.connect(FrameSlot(), (), lambda _: None) for end in ends)
        offer = await caller.offer()
        answer = await callee.answer(offer.sdp, offer.streams)
        await caller.accept(answer.sdp, answer.streams)

        def both_ways() -> bool:
            figures = (caller.figures(), callee.figures())
            return all(one.video.frames >= 10 and one.audio.frames_received >= 10 for one in figures)

        await until(both_ways)
        return "picture and sound both ways"
    finally:
        for end in ends:
            await end.close()


async def embedded_server() -> str:
    from app.hosting import open_session
    from server.embedded import EmbeddedServer

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        server = EmbeddedServer(Path(folder))
        await asyncio.to_thread(server.start)
        try:
            _, session = await open_session(server.url, "Self-test", "Self-test")
            return f"opened session {session.id} on {server.url}"
        finally:
            await asyncio.to_thread(server.stop)


def capturing() -> str:
    """Qt has what captures a screen; nothing is captured, which would ask the person on some desktops."""
    from PySide6.QtCore import QObject

    from app.media.capture import qt_screen
    from app.media.sources import SourceSpec

    parent = QObject()
    qt_screen.make_capture(SourceSpec.parse("screen:0"), parent)
    return "Qt can"


def devices() -> str:
    from app.media import devices

    counts = (
        (devices.cameras(), "camera(s)"),
        (devices.microphones(), "microphone(s)"),
        (devices.speakers(), "speaker(s)"),
        (devices.screens(), "screen(s)"),
    )
    return ", ".join(f"{len(found)} {words}" for found, words in counts)


async def until(condition: Callable[[], bool], every_s: float = 0.02) -> None:
    """Wait for a condition that nobody announces; ``within`` bounds it."""
    while not condition():
        await asyncio.sleep(every_s)
