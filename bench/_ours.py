"""A participant of ours as the benchmark sees it: its process, and what it answers."""

from __future__ import annotations

import time
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass
from typing import Any

from app.ui.room.layouts import Layout
from bench import _procs, _xvfb
from bench._bitrates import bitrate
from bench._clip import Film, Format
from bench._place import Place
from bench._programs import Program

AT_RATE = 0.9
RATE_S = 1.0
"""Over so long a rate is taken."""
QUIET = "qt.multimedia*=false"
"""Qt complains of each library for sound and video that a computer without them lacks."""


@dataclass(frozen=True)
class Role:
    """What somebody brings. ``window``: the app's room window paints; else ``look`` is the size that is asked for."""

    name: str
    camera: bool = True
    voice: bool = True
    window: bool = True
    look: tuple[int, int] | None = None
    stamped: bool = False
    layout: Layout = Layout.GRID
    """Of the window."""


class OurSeat:
    side = "ours"

    def __init__(self, program: Program, screen_pid: int | None, role: Role, wanted: Format) -> None:
        self.role = role
        self._program = program
        self._screen_pid = screen_pid
        self._format = wanted
        self._asked = (time.monotonic(), 0)
        self._at_rate = False

    @classmethod
    async def take(cls, stack: AsyncExitStack, place: Place, session: str, role: Role, film: Film) -> OurSeat:
        """Start the process, ready to join; it ends with ``stack``."""
        account = await place.account(role.name)
        environment: dict[str, str] = {"QT_QPA_PLATFORM": "offscreen"}
        screen_pid = None
        if role.window:
            screen = await stack.enter_async_context(_xvfb.screen())
            environment = {
                "QT_QPA_PLATFORM": "xcb",
                "DISPLAY": screen.display,
                "QT_LOGGING_RULES": "qt.multimedia*=false",
            }
            screen_pid = screen.pid
        options = {
            "server": place.url,
            "email": account.email,
            "password": account.password,
            "session": session,
            "camera": f"file:{film.pictures}" if role.camera else "none",
            "microphone": f"file:{film.sound}" if role.voice else "none",
            **asdict(film.format),
            "stamped": role.stamped,
            "window": role.window,
            "look": role.look,
            "layout": role.layout,
        }
        program = await Program.start("bench._seat", options, **environment)
        stack.push_async_callback(program.end)
        return cls(program, screen_pid, role, film.format)

    async def join(self) -> None:
        await self._program.ask("join")

    async def figures(self) -> dict[str, Any]:
        return await self._program.ask("figures")

    async def received(self) -> list[tuple[int, tuple[int, int]]]:
        """Frames decoded so far of everybody who is there, and the size they came in."""
        others = (await self.figures())["others"]
        return [(one["frames"], (one["size"][0], one["size"][1])) if one["size"] else (0, (0, 0)) for one in others]

    async def tile(self) -> tuple[int, int] | None:
        """Pixels in which the first other one is painted, or None while nobody looks."""
        looks = [one["look"] for one in (await self.figures())["others"]]
        return (looks[0][0], looks[0][1]) if looks and looks[0] else None

    async def sent_bytes(self) -> int:
        return (await self.figures())["sent"]["bytesSent"]

    async def at_rate(self) -> bool:
        """Whether as much was sent, for once, as the format deserves, to everybody: at the start the receivers'
        estimates hold it back."""
        if not self.role.camera or self._at_rate:
            return True
        now, figures = time.monotonic(), await self.figures()
        (then, before), sent = self._asked, figures["sent"]["bytesSent"]
        if now - then < RATE_S:
            return False
        self._asked = now, sent
        wanted = bitrate(self._format) * len(figures["others"])
        self._at_rate = 8 * (sent - before) / (now - then) >= AT_RATE * wanted
        return self._at_rate

    async def spent(self) -> dict[str, float]:
        """Processor seconds so far by thread; what no thread of Python's used is Qt's and the codecs'."""
        threads: dict[str, float] = (await self.figures())["threads"]
        return {**threads, "other": max(0.0, self.cpu_seconds() - sum(threads.values()))}

    async def key_frames(self) -> int:
        return len((await self.figures())["keyTimes"])

    async def first_frame_ms(self) -> float | None:
        """From joining to the first decoded picture of anybody."""
        found = [one["joinToFirstFrameMs"] for one in (await self.figures())["others"]]
        return min((one for one in found if one is not None), default=None)

    async def start_probe(self) -> None:
        await self._program.ask("probe")

    async def start_timing(self) -> None:
        """From now on note nothing but latencies, which ``timed`` has to fetch."""
        await self._program.ask("time")

    async def timed(self) -> list[float]:
        """Latency in seconds of each picture since this was asked last."""
        return await self._program.ask("timed")

    async def hide(self) -> None:
        """Minimise the window."""
        await self._program.ask("hide")

    async def show(self) -> None:
        """Show the window again."""
        await self._program.ask("show")

    async def camera_off(self) -> None:
        await self._program.ask("camera-off")

    async def likeness(self, film: Film) -> tuple[list[float], list[float]]:
        """Decibels of the frames that were kept, and the latency in seconds of all, since ``start_probe``."""
        found = await self._program.ask("likeness", film=film.to_json())
        return found["psnr"], found["latencies"]

    def cpu_seconds(self) -> float:
        return _procs.cpu_seconds(self._program.pid)

    def screen_cpu_seconds(self) -> float:
        """What the X server, which belongs to no participant, has used for this window."""
        return _procs.cpu_seconds(self._screen_pid) if self._screen_pid is not None else 0.0

    def unique_mb(self) -> float:
        return _procs.unique_mb(self._program.pid)
