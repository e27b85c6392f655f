"""One participant of ours in a process of its own, with the room's window or without; started by ``bench/_ours.py``.

It is what ``deskmates participant`` and the app's window are, and does what it is told in lines of JSON: ``join``,
``figures``, ``probe`` (from now on keep what latency and likeness are computed from), ``likeness``, ``time`` (from now
on note latencies only) and ``timed``, ``camera-off``, and with a window ``hide`` (minimise it) and ``show``. It leaves
when its input ends.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.engine import Engine
from app.media.audio.speaker import SilentSpeaker, Speaker
from app.media.call import CallMedia
from app.media.sources import SourceKind, SourceSpec, VideoFormat
from app.net.rest import RestClient
from app.room.outbox import Outbox
from app.room.session import RoomSession
from app.room.state import Me, Phase, RoomState, SessionInfo, Switch
from bench import _taps
from bench._clip import Film
from protocol.rest import Login

LEAVE_S = 10.0


@dataclass(frozen=True)
class Options:
    """As they come in JSON; ``look`` is the size in which a participant without a window asks for pictures."""

    server: str
    email: str
    password: str
    session: str
    camera: str
    microphone: str
    width: int
    height: int
    fps: int
    stamped: bool
    window: bool
    look: list[int] | None
    layout: str
    """A ``Layout`` of the stage's, for the window."""


class Seat:
    """The engine's side of the participant; every method but the constructor runs on the engine's loop."""

    def __init__(self, options: Options, speaker: Callable[[], Speaker], notes: _taps.Notes) -> None:
        self.options = options
        self.notes = notes
        self._speaker = speaker
        self._camera = SourceSpec.parse(options.camera)
        self._microphone = SourceSpec.parse(options.microphone)
        self._connected: dict[str, float] = {}
        self._rest = RestClient(options.server)

    async def open(self) -> RoomSession:
        options = self.options
        account = await self._rest.login(Login(email=options.email, password=options.password))
        self._rest.token = account.token
        session = await self._rest.join(options.session)
        self.room = RoomSession(
            rest=self._rest,
            server=options.server,
            token=account.token,
            me=Me.of(account),
            session=SessionInfo.of(session),
            media=CallMedia(
                speaker=self._speaker(),
                video=VideoFormat(options.width, options.height, options.fps, stamped=options.stamped),
            ),
            outbox=Outbox.in_memory(),
            camera=self._camera,
            microphone=self._microphone,
        )
        self.room.store.subscribe(self._watch)
        return self.room

    def _watch(self, state: RoomState) -> None:
        for one in state.participants:
            if one.phase is Phase.CONNECTED and one.id not in self._connected:
                self._connected[one.id] = time.monotonic()
            if self.options.look is not None:
                width, height = self.options.look
                self.room.picture(one.id).show(width, height)

    async def switch_on(self) -> None:
        await self.room.set_microphone(self._microphone.kind is not SourceKind.NONE)
        await self.room.set_camera(self._camera.kind is not SourceKind.NONE)

    async def do(self, command: dict[str, Any]) -> Any:
        match command["do"]:
            case "join":
                await self.room.join()
                await self.switch_on()
                return {}
            case "switch-on":
                await self.switch_on()
                return {}
            case "figures":
                return await self.figures()
            case "camera-off":
                await self.room.set_camera(False)
                return {}
            case "time":
                self.notes.clear()
                self.notes.timing = True
                return {}
            case "timed":
                latencies = list(self.notes.latencies)
                self.notes.clear()
                return latencies
            case "probe":
                self.notes.clear()
                self.notes.probing = True
                return {}
            case "likeness":
                self.notes.probing = False
                return {"psnr": self.notes.compare(Film.of(command["film"])), "latencies": self.notes.latencies}
            case unknown:
                raise ValueError(f"{unknown!r} is nothing that a seat can do")

    async def figures(self) -> dict[str, Any]:
        joined_at, notes = self.room.joined_at or 0.0, self.notes
        others: list[dict[str, Any]] = []
        for one in self.room.store.state.participants:
            figures = self.room.peer_figures(one.id)
            look = self.room.picture(one.id).look
            video = None if figures is None else figures.video
            first = None if video is None else video.first_frame_at
            others.append(
                {
                    "name": one.name,
                    "phase": str(one.phase),
                    "frames": 0 if video is None else video.frames,
                    "size": None if video is None else [video.width, video.height],
                    "heldMs": None if video is None else video.held_ms,
                    "look": None if look is None else [look.width, look.height],
                    "joinToFirstFrameMs": None if first is None else round((first - joined_at) * 1000),
                    "connectedAt": self._connected.get(one.id),
                }
            )
        return {
            "others": others,
            "sent": await notes.sent(),
            "times": notes.times,
            "sizes": notes.sizes,
            "keyTimes": notes.key_times,
            "threads": thread_seconds(),
            "problems": [str(one.problem) for one in self._switches() if one.problem is not None],
        }

    def _switches(self) -> tuple[Switch, Switch]:
        state = self.room.store.state
        return state.microphone, state.camera

    async def leave(self) -> None:
        await self.room.leave()
        await self._rest.close()


def thread_seconds() -> dict[str, float]:
    """Processor time of each of Python's threads so far, by name; Qt's and the codecs' own are not among them."""
    used: dict[str, float] = {}
    for thread in threading.enumerate():
        if thread.ident is not None:
            try:
                seconds = time.clock_gettime(time.pthread_getcpuclockid(thread.ident))
            except OSError:
                continue  # it has just ended
            name = thread.name.rstrip("0123456789_-")
            used[name] = used.get(name, 0.0) + seconds
    return used


def say(answer: Any) -> None:
    print(json.dumps(answer), flush=True)  # noqa: T201


def listen(engine: Engine, seat: Seat) -> None:
    """Do what the lines of standard input say, until they end."""
    for line in sys.stdin:
        say(engine.submit(seat.do(json.loads(line))).result())


def without_window(options: Options, notes: _taps.Notes) -> None:
    engine = Engine()
    engine.start()
    seat = Seat(options, SilentSpeaker, notes)
    engine.submit(seat.open()).result()
    say({})
    try:
        listen(engine, seat)
    finally:
        engine.submit(seat.leave()).result(LEAVE_S)
        engine.stop()


def with_window(options: Options, notes: _taps.Notes) -> int:
    """The app's own window, in Qt's main thread, on the display that the environment names."""
    from PySide6.QtCore import QObject, Signal

    from app import windows
    from app.ui.room.layouts import Layout
    from app.ui.room.window import RoomWindow
    from app.ui.theme import start_theme

    class Orders(QObject):
        join = Signal()
        leave = Signal()
        hide = Signal()
        show = Signal()

    app = windows.application()
    start_theme(app)
    engine = Engine()
    engine.start()
    seat = Seat(options, lambda: windows.speaker(""), notes)
    orders = Orders()
    kept: list[RoomWindow] = []

    def obey() -> None:
        for line in sys.stdin:
            command = json.loads(line)
            if command["do"] in ("hide", "show"):
                (orders.hide if command["do"] == "hide" else orders.show).emit()
                say({})
                continue
            if command["do"] == "join":
                orders.join.emit()  # the window joins when it is shown
                command = {"do": "switch-on"}
            say(engine.submit(seat.do(command)).result())
        orders.leave.emit()

    async def begin() -> None:
        room = await engine.call(seat.open())
        window = RoomWindow(engine, room)
        window.stage.choose_layout(Layout(options.layout))
        window.left.connect(app.quit)
        orders.join.connect(window.show)
        orders.leave.connect(window.leave)
        orders.hide.connect(window.showMinimized)
        orders.show.connect(window.showNormal)
        kept.append(window)
        threading.Thread(target=obey, daemon=True).start()
        say({})

    return windows.run(app, engine, seat.leave, begin)


def main() -> int:
    options = Options(**json.loads(sys.argv[1]))
    notes = _taps.install()
    if options.window:
        return with_window(options, notes)
    without_window(options, notes)
    return 0


if __name__ == "__main__":
    sys.exit(main())
