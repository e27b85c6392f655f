"""From one engine's microphone to another's loudspeaker, over a real connection on loopback.

What a sound card adds on either side is not in it: the sound is handed to the engine as a microphone would, and taken
as a speaker would.
"""

from __future__ import annotations

import asyncio
import threading
import time
from typing import Any

import numpy as np

from app.media.audio.sound import FRAME, MS, RATE, Mono, Stereo
from app.media.audio.speaker import Pull, SilentSpeaker
from app.media.call import CallMedia
from app.media.slot import FrameSlot
from bench._talk import talk

SECONDS = 8.0
PIECE_S = 2.0
"""The delay is looked at in pieces of this length."""
LONGEST_S = 0.6


class Ear(SilentSpeaker):
    """Keeps what it plays, and when the first of it was taken."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[Stereo] = []
        self.begun = 0.0

    def start(self, pull: Pull) -> None:
        self.begun = time.monotonic()

        def keep(samples: int) -> Stereo:
            sound = pull(samples)
            self.parts.append(sound)
            return sound

        super().start(keep)


def measure() -> dict[str, Any]:
    """Median delay in ms."""
    said = talk(SECONDS)
    begun, ear = asyncio.run(_call(said))
    heard = np.concatenate(ear.parts)[:, 0]
    offset = round((begun - ear.begun) * RATE)
    delays = [
        delay
        for begin in np.arange(2.0, SECONDS - PIECE_S - LONGEST_S, PIECE_S / 2)
        if (delay := delay_of(said, heard, round(begin * RATE), offset)) is not None
    ]
    return {"mouthToEarMs": round(float(np.median(delays)), 1) if delays else None}


async def _call(said: Mono) -> tuple[float, Ear]:
    ear = Ear()
    speaks, hears = CallMedia(speaker=SilentSpeaker()), CallMedia(speaker=ear)
    try:
        caller = speaks.connect(FrameSlot(), (), lambda state: None)
        callee = hears.connect(FrameSlot(), (), lambda state: None)
        offer = await caller.offer()
        answer = await callee.answer(offer.sdp, offer.streams)
        await caller.accept(answer.sdp, answer.streams)
        while callee.figures().audio.frames_received < 50:  # noqa: ASYNC110 - nothing tells
            await asyncio.sleep(0.02)
        speaks.audio.set_has_source(True)
        speaks.set_muted(False)
        begun = await asyncio.to_thread(_speak, speaks, said)
        await asyncio.sleep(LONGEST_S)
    finally:
        await asyncio.gather(speaks.close(), hears.close())
    return begun, ear


def _speak(call: CallMedia, said: Mono) -> float:
    """Hand ``said`` over in 20 ms, each when its last sample is spoken. When its first one was."""
    begun = time.monotonic()
    pause = threading.Event()
    for index in range(len(said) // FRAME):
        pause.wait(max(0.0, begun + (index + 1) * FRAME / RATE - time.monotonic()))
        call.audio.put(said[index * FRAME : (index + 1) * FRAME], time.monotonic())
    return begun


def delay_of(said: Mono, heard: Mono, begin: int, offset: int) -> float | None:
    """By how much later than spoken the piece of ``said`` at ``begin`` is best found in ``heard``, in ms."""
    piece = said[begin : begin + round(PIECE_S * RATE)].astype(float)
    place = heard[begin + offset : begin + offset + len(piece) + round(LONGEST_S * RATE)].astype(float)
    if len(place) <= len(piece) or not piece.any() or not place.any():
        return None
    size = 1 << (len(place) + len(piece)).bit_length()
    likeness = np.fft.irfft(np.fft.rfft(place, size) * np.conj(np.fft.rfft(piece, size)), size)
    return float(likeness[: len(place) - len(piece)].argmax()) / MS
