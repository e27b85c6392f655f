"""What a room in which all only speak costs one of them: connections, sealing, processing, coding, mixing, playing.

The others are in a process of its own (this file, started with ``python -m``), each a whole engine that speaks without
a pause; CPU time is that of this process alone. There is no sound card: the voice is handed over as a microphone's, and
a silent clock plays.
"""

from __future__ import annotations

import asyncio
import json
import sys
import threading
import time
from typing import Any

from app.media.audio.processing import processor
from app.media.audio.settings import SoundSettings
from app.media.audio.sound import FRAME, RATE
from app.media.audio.speaker import SilentSpeaker
from app.media.call import CallMedia
from app.media.slot import FrameSlot
from bench._programs import Program
from bench._seat import say
from bench._talk import talk

SETTLE_S, SECONDS, HEARD_S = 3.0, 15.0, 30.0


class Speaking:
    """An engine that hears speech from a microphone."""

    def __init__(self, voice: int) -> None:
        self.media = CallMedia(speaker=SilentSpeaker())
        self._said = talk(20.0, voice)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._speak, name="speaking", daemon=True)

    async def open(self) -> None:
        self.media.audio.voice.use(await asyncio.to_thread(processor, SoundSettings()))
        self.media.audio.set_has_source(True)
        self.media.set_muted(False)
        self._thread.start()

    async def close(self) -> None:
        self._over.set()
        await asyncio.to_thread(self._thread.join)
        await self.media.close()

    def _speak(self) -> None:
        begun, turn = time.monotonic(), 0
        while not self._over.wait(max(0.0, begun + (turn + 1) * FRAME / RATE - time.monotonic())):
            at = turn * FRAME % (len(self._said) - FRAME)
            self.media.audio.put(self._said[at : at + FRAME], time.monotonic())
            turn += 1


async def cores(others: int) -> float:
    """CPU seconds a second of one among ``others``."""
    program = await Program.start("bench._voices", {})
    me = Speaking(0)
    try:
        await me.open()
        peers = [me.media.connect(FrameSlot(), (), lambda _: None) for _ in range(others)]
        for peer in peers:
            answer = await program.ask("answer", sdp=(await peer.offer()).sdp)
            await peer.accept(answer["sdp"], None)
        end = time.monotonic() + HEARD_S
        while any(peer.figures().audio.frames_received < 50 for peer in peers):
            if time.monotonic() > end:
                raise RuntimeError("not everybody is heard")
            await asyncio.sleep(0.05)
        await asyncio.sleep(SETTLE_S)
        begin, before = time.monotonic(), time.process_time()
        await asyncio.sleep(SECONDS)
        return (time.process_time() - before) / (time.monotonic() - begin)
    finally:
        await me.close()
        await program.end()


async def main() -> None:
    there: list[Speaking] = []
    say({})
    try:
        while line := await asyncio.to_thread(sys.stdin.readline):
            one = Speaking(len(there) + 1)
            there.append(one)
            await one.open()
            answer = await one.media.connect(FrameSlot(), (), lambda _: None).answer(json.loads(line)["sdp"], None)
            say({"sdp": answer.sdp})
    finally:
        for one in there:
            await one.close()


def room_of(people: int) -> dict[str, Any]:
    return {"people": people, "cores": round(asyncio.run(cores(people - 1)), 4)}


if __name__ == "__main__":
    asyncio.run(main())
