"""How long the main thread does not answer while a room is busy: a process of its own.

Four tiles play, the window changes its size all the time, and a thousand messages arrive one by one.

    python -m bench._block      prints {"longestBlockMs": …, "busyMs": …, "frames": …}
"""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import replace

from av import VideoFrame
from PySide6.QtWidgets import QApplication

from app.engine import Engine
from app.media.slot import FrameSlot
from app.media.video.scale import TileScaler
from app.room.state import Message
from app.ui.gallery.people import LENA, calm, message, room_state
from app.ui.gallery.still import StillRoom
from app.ui.room.window import RoomWindow
from bench._film import FPS, Player, decoded
from tests.ui.watchdog import Watchdog

MESSAGES = 1_000
EVERY_S = 0.005
SIZES = tuple((1100 + 10 * step, 720 + 6 * step) for step in (*range(30), *range(30, 0, -1)))
SETTLE_S = 1.0


class _Feed:
    """Scales into a slot, in the player's thread."""

    def __init__(self, slot: FrameSlot) -> None:
        self._slot = slot
        self._scaler = TileScaler()

    def show(self, frame: VideoFrame) -> None:
        look = self._slot.look
        if look is not None:
            self._slot.put(self._scaler.picture(frame, look))


async def busy_room(engine: Engine) -> dict[str, float]:
    others = calm(3)
    room = StillRoom(room_state(others, messages=()))
    frames = decoded()
    slots = [room.self_view, *(room.picture(one.id) for one in others)]
    players = [Player(frames, _Feed(slot).show, number / FPS / len(slots)) for number, slot in enumerate(slots)]
    window = RoomWindow(engine, room.port)
    window.resize(*SIZES[0])
    window.show()
    for player in players:
        player.start()
    await asyncio.sleep(SETTLE_S)
    watchdog = Watchdog()
    watchdog.start()
    for number in range(MESSAGES):
        sender = LENA.name if number % 3 == 0 else others[number % 3].name
        said = message(f"Message {number} with a few words, now and then a good many more of them", 0, sender)
        _arrive(room, replace(said, key=str(number)))
        window.resize(*SIZES[number % len(SIZES)])
        await asyncio.sleep(EVERY_S)
    longest = watchdog.stop()
    painted = sum(window.stage.tile(one.id).frames_painted for one in others)
    for player in players:
        player.stop()
    window.hide()
    return {"longestBlockMs": watchdog.longest_wall_ms, "busyMs": longest.busy_ms, "frames": painted}


def _arrive(room: StillRoom, said: Message) -> None:
    room.store.apply(lambda state: replace(state, messages=(*state.messages, said)))


def main() -> int:
    import qasync

    app = QApplication(sys.argv[:1])
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    engine = Engine()
    engine.start()
    with loop:
        print(json.dumps(loop.run_until_complete(busy_room(engine))), flush=True)  # noqa: T201
    engine.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
