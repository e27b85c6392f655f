"""What a room without pictures costs one of those in it: connections, sealing, processing, coding, mixing, playing.

Either all speak at once and without a pause, which is the worst that can be, or they speak in turns, the next one
beginning before the last one has ended. The others are in a process of its own (this file, started with ``python
-m``), each a whole engine; CPU time is that of this process alone. There is no sound card: what is spoken, and a
microphone's own noise where nothing is, is handed over as a microphone's, and a silent clock plays.
"""

from __future__ import annotations

import asyncio
import json
import sys
import threading
import time
from typing import Any

import numpy as np

from app.media.audio.processing import processor
from app.media.audio.settings import SoundSettings
from app.media.audio.sound import FRAME, RATE, Mono
from app.media.audio.speaker import SilentSpeaker
from app.media.call import CallMedia
from app.media.slot import FrameSlot
from app.rubbish import tidying
from bench._programs import Program
from bench._seat import say
from bench._talk import talk

SETTLE_S, HEARD_S = 3.0, 30.0
TURN_S, OVERLAP_S = 2.5, 0.5
NOISE = 30
"""RMS of a microphone's own noise, 60 dB below full scale."""


def talking(people: int, voice: int, *, in_turns: bool) -> Mono:
    """What the microphone of one among ``people`` gives, to be played over and over."""
    seconds = TURN_S * people
    said = talk(seconds, voice)
    if in_turns:
        said[round((TURN_S + OVERLAP_S) * RATE) :] = 0
        said = np.roll(said, round(voice * TURN_S * RATE))
    noise = np.random.default_rng(voice).normal(0, NOISE, len(said))
    return np.clip(said + noise, -32768, 32767).astype(np.int16)


class Speaking:
    """An engine that hears ``said`` from a microphone."""

    def __init__(self, said: Mono) -> None:
        self.media = CallMedia(speaker=SilentSpeaker())
        self._said = said
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._speak, name="speaking", daemon=True)

    async def open(self) -> None:
        self.media.audio.voice.use(await asyncio.to_thread(processor, SoundSettings()), evens=True)
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
            at = turn * FRAME % (len(self._said) // FRAME * FRAME)
            self.media.audio.put(self._said[at : at + FRAME], time.monotonic())
            turn += 1


@tidying()
async def cores(people: int, *, in_turns: bool) -> float:
    """CPU seconds a second of one among ``people``, over as long as all have their turn."""
    program = await Program.start("bench._voices", {"people": people, "in_turns": in_turns})
    me = Speaking(talking(people, 0, in_turns=in_turns))
    try:
        await me.open()
        peers = [me.media.connect(FrameSlot(), (), lambda _: None) for _ in range(people - 1)]
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
        await asyncio.sleep(TURN_S * people)
        return (time.process_time() - before) / (time.monotonic() - begin)
    finally:
        await me.close()
        await program.end()


@tidying()
async def main(people: int, *, in_turns: bool) -> None:
    there: list[Speaking] = []
    say({})
    try:
        while line := await asyncio.to_thread(sys.stdin.readline):
            one = Speaking(talking(people, len(there) + 1, in_turns=in_turns))
            there.append(one)
            await one.open()
            answer = await one.media.connect(FrameSlot(), (), lambda _: None).answer(json.loads(line)["sdp"], None)
            say({"sdp": answer.sdp})
    finally:
        for one in there:
            await one.close()


def room_of(people: int) -> dict[str, Any]:
    return {
        "people": people,
        "allAtOnce": round(asyncio.run(cores(people, in_turns=False)), 4),
        "inTurns": round(asyncio.run(cores(people, in_turns=True)), 4),
    }


if __name__ == "__main__":
    asyncio.run(main(**json.loads(sys.argv[1])))
