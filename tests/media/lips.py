"""A clip in which a flash and a beep begin together, over and over, two ends between which it is played, and what notes
when each arrives: for the test and the benchmark of lips and words."""

from __future__ import annotations

import threading
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av import AudioFrame, VideoFrame

from app.media.audio.sound import RATE, Stereo
from app.media.audio.speaker import PERIOD_S, PERIOD_SAMPLES, Pull
from app.media.call import CallMedia
from app.media.slot import FrameSlot
from app.media.sources import SourceSpec, VideoFormat
from app.media.sync import LipSync
from tests.media.calls import Ends, new_call

FPS = 30
EVERY_S = 1.0
"""Between two flashes; so far apart that no beep is taken for another flash's."""
LASTS_S = 0.2
AT_S = 0.5
"""Where in each second they begin."""
BRIGHT = 128
LOUD = 1500


def make_claps(path: Path, seconds: int = 10, size: tuple[int, int] = (320, 180)) -> Path:
    """Black and silent but for a white picture and a tone of 1 kHz in each second, uncompressed sound."""
    with av.open(str(path), "w") as container:
        video = container.add_stream("mpeg4", rate=FPS)
        video.width, video.height = size
        video.pix_fmt = "yuv420p"
        video.bit_rate = 2_000_000
        audio = container.add_stream("pcm_s16le", rate=RATE, layout="mono")
        for index in range(seconds * FPS):
            frame = VideoFrame(*size, "yuv420p")
            luma = 235 if _is_on(index / FPS) else 16
            for plane, value in zip(frame.planes, (luma, 128, 128), strict=True):
                plane.update(bytes([value]) * plane.buffer_size)
            frame.pts, frame.time_base = index, Fraction(1, FPS)
            container.mux(video.encode(frame))
        container.mux(video.encode(None))
        places = np.arange(seconds * RATE) / RATE
        tone = np.where(_is_on(places), 12_000 * np.sin(places * 2 * np.pi * 1000), 0).astype(np.int16)
        sound = AudioFrame.from_ndarray(tone.reshape(1, -1), format="s16", layout="mono")
        sound.sample_rate, sound.pts, sound.time_base = RATE, 0, Fraction(1, RATE)
        container.mux(audio.encode(sound))
        container.mux(audio.encode(None))
    return path


def _is_on(place: float | np.ndarray) -> bool | np.ndarray:
    within = np.round(place % EVERY_S, 6)
    return (within >= AT_S) & (within < AT_S + LASTS_S)


class Eye:
    """Looks at a slot, as a tile does, and notes when it becomes bright."""

    def __init__(self, slot: FrameSlot) -> None:
        self.flashes: list[float] = []
        self._slot = slot
        self._was_bright = False
        slot.on_ready = self._look
        slot.show(64, 36)

    def _look(self) -> None:
        """In the decoder's thread, the moment a picture is there."""
        now = time.monotonic()
        picture = self._slot.take()
        if picture is not None:
            is_bright = picture.data[len(picture.data) // 2] > BRIGHT
            if is_bright and not self._was_bright:
                self.flashes.append(now)
            self._was_bright = is_bright


class Ear:
    """A ``Speaker`` that plays ``delay_s`` after it has fetched, and notes when it becomes loud."""

    def __init__(self, delay_s: float) -> None:
        self.beeps: list[float] = []
        self._delay_s = delay_s
        self._was_loud = 0.0
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def delay_s(self) -> float:
        return self._delay_s

    def start(self, pull: Pull) -> None:
        self._thread = threading.Thread(target=self._run, args=(pull,), name="silent-speaker", daemon=True)
        self._thread.start()

    def use(self, device_id: str) -> None:
        del device_id

    def stop(self) -> None:
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self, pull: Pull) -> None:
        due = time.monotonic()
        while not self._stopping.wait(max(0.0, due - time.monotonic())):
            self._hear(pull(PERIOD_SAMPLES), due)
            due += PERIOD_S

    def _hear(self, sound: Stereo, fetched: float) -> None:
        """What a device fetched at an even pace."""
        loud = np.flatnonzero(np.abs(sound[:, 0]) > LOUD)
        if not len(loud):
            return
        at = fetched + self._delay_s + int(loud[0]) / RATE
        if at - self._was_loud > LASTS_S:
            self.beeps.append(at)
        self._was_loud = at


class AtOnce(LipSync):
    """Holds nothing."""

    def due(self, timestamp: int, now: float) -> float:
        return now


@dataclass(frozen=True)
class Claps:
    """A call in which one end claps and the other one watches."""

    ends: Ends
    eye: Eye
    ear: Ear

    def leads(self) -> list[float]:
        """Seconds by which each flash until now was seen before its beep was heard; below 0: after."""
        return leads(self.eye.flashes, self.ear.beeps)


@asynccontextmanager
async def clapping(path: Path, video: VideoFormat, loudspeaker_s: float) -> AsyncGenerator[Claps]:
    """``path``, made by ``make_claps``, is played by one end to the other, whose loudspeaker is so slow."""
    ear = Ear(loudspeaker_s)
    caller, callee = new_call(video), CallMedia(speaker=ear, video=video)
    try:
        spec = SourceSpec.parse(f"file:{path}")
        await caller.set_camera(spec)
        await caller.set_microphone(spec)
        caller.set_muted(False)
        ends = Ends(caller, callee)
        eye = Eye(ends.callee_slot)
        await ends.connected()
        yield Claps(ends, eye, ear)
    finally:
        await caller.close()
        await callee.close()


def leads(flashes: Sequence[float], beeps: Sequence[float]) -> list[float]:
    """Seconds by which each flash was seen before its beep was heard."""
    return [
        min((beep - flash for beep in beeps), key=abs)
        for flash in flashes
        if any(abs(beep - flash) < EVERY_S / 2 for beep in beeps)
    ]
