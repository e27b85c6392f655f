"""WebRTC's audio processing: takes echo, noise and rumble out of the voice.

By livekit's ``rtc.AudioProcessingModule``, which is that and nothing more: no network is touched. Its library is loaded
with the first processor (30 MB, four idle threads), never by an import of this file. Frames are exactly 10 ms.
"""

from __future__ import annotations

import logging
import math
from collections import deque
from typing import Any, Protocol

import numpy as np

from app.media.audio import webrtc_calls
from app.media.audio.level import loudness
from app.media.audio.settings import SoundSettings
from app.media.audio.sound import FRAME, MS, RATE, Mono, Played

log = logging.getLogger(__name__)

PIECE = 10 * MS
LONGEST_DELAY_MS = 500
"""What the module accepts."""
DELAY_STEP_MS = 10
"""It finds smaller differences by itself."""
PLAYED_DB, CAPTURED_DB = -50.0, -60.0
"""Less than this, played or captured, is no echo that could be heard."""
TAKEN_OUT_DB, STILL_DB = 15.0, 11.0
"""Where so much is taken out of what is captured while something is played, nobody spoke: a voice would be left. It
may be a little less once that is so."""
FADED_DB = -48.0
"""What dies away in the room is less than this, and the canceller finds little to take out of it."""
ECHOES_PIECES = 30
"""So long after it was played something may still be captured: what the way takes, and the room."""
WAITING = 64
"""Pieces of the mix that are kept until something is captured; what is older is no echo in it any more."""


class Processor(Protocol):
    @property
    def calms_pauses(self) -> bool:
        """Whether what is left while nobody speaks may be made quieter."""
        ...

    @property
    def left_db(self) -> float:
        """Loudness (RMS in dBFS) of what was left of what was processed last."""
        ...

    @property
    def was_only_echo(self) -> bool:
        """Whether what was processed last held hardly anything but what is played."""
        ...

    def heard(self, mix: Played) -> None:
        """What is being played. Called in the speaker's thread, and returns at once."""
        ...

    def process(self, sound: Mono, captured_db: float, delay_s: float) -> Mono:
        """What is left of ``sound``, 20 ms from the microphone. Called in the encoder's thread.

        ``captured_db``: its loudness. ``delay_s``: from ``heard`` to the speaker, and from the microphone to here.
        """
        ...


def processor(settings: SoundSettings) -> Processor | None:
    """None where nothing is to be done, or livekit is missing or will not load."""
    if not settings.takes_anything_out:
        return None
    try:
        return WebRtcProcessor(settings)
    except (ImportError, OSError) as error:
        log.warning("the voice is sent as it is, with noise and echo: %s", error)
        return None


class WebRtcProcessor:
    """A ``Processor``."""

    def __init__(self, settings: SoundSettings) -> None:
        """
        Raises:
            ImportError, OSError: livekit or its library cannot be loaded.
        """
        from livekit import rtc

        self._module = rtc.AudioProcessingModule(
            echo_cancellation=settings.cancels_echo,
            noise_suppression=settings.noise_suppression,
            high_pass_filter=settings.high_pass,
            auto_gain_control=False,
        )
        self.calms_pauses = settings.noise_suppression
        self.was_only_echo = False
        self.left_db = -math.inf
        self._cancels_echo = settings.cancels_echo
        self._delay_ms = -DELAY_STEP_MS
        self._near, near_frames = _two_frames()
        self._far, far_frames = _two_frames()
        self._far_filled = 0
        self._heard: deque[Played] = deque(maxlen=WAITING)
        """Played and not told to the module yet, which may be called by one thread at a time."""
        self._echoes = 0
        """Pieces in which an echo may still come."""
        self._process_near = [webrtc_calls.ready(self._module, "process_stream", one) for one in near_frames]
        self._process_far = [webrtc_calls.ready(self._module, "process_reverse_stream", one) for one in far_frames]

    def heard(self, mix: Played) -> None:
        if self._cancels_echo:
            self._heard.append(mix)

    def process(self, sound: Mono, captured_db: float, delay_s: float) -> Mono:
        if self._cancels_echo:
            self._tell_played()
            delay_ms = min(max(round(delay_s * 1000), 0), LONGEST_DELAY_MS)
            if abs(delay_ms - self._delay_ms) >= DELAY_STEP_MS:
                self._module.set_stream_delay_ms(delay_ms)
                self._delay_ms = delay_ms
        near = self._near
        near[:] = sound
        for process in self._process_near:
            process()
        self.left_db = loudness(near)
        if self._cancels_echo:
            self._judge(captured_db, self.left_db)
        return near.copy()

    def _tell_played(self) -> None:
        heard = self._heard
        while heard:
            mix = heard.popleft()
            mono = mix[:, 0] if mix.shape[1] == 1 else (mix[:, 0] >> 1) + (mix[:, 1] >> 1)
            if loudness(mono) > PLAYED_DB:
                self._echoes = ECHOES_PIECES
            self._fill_far(mono)

    def _fill_far(self, mono: Mono) -> None:
        begin = 0
        while begin < len(mono):
            filled = self._far_filled
            count = min(FRAME - filled, len(mono) - begin)
            self._far[filled : filled + count] = mono[begin : begin + count]
            begin += count
            self._far_filled = (filled + count) % FRAME
            if filled < PIECE <= filled + count:
                self._process_far[0]()
            if filled + count == FRAME:
                self._process_far[1]()

    def _judge(self, captured_db: float, left_db: float) -> None:
        taken_out = captured_db - left_db
        enough = taken_out > STILL_DB or left_db < FADED_DB if self.was_only_echo else taken_out > TAKEN_OUT_DB
        audible = self.was_only_echo or captured_db > CAPTURED_DB
        self.was_only_echo = self._echoes > 0 and audible and enough
        self._echoes = max(0, self._echoes - FRAME // PIECE)


def _two_frames() -> tuple[Mono, list[Any]]:
    """Memory for 20 ms, and its two halves of 10 ms as livekit's frames."""
    from livekit import rtc

    memory = np.zeros(FRAME, np.int16)
    halves = (memory[:PIECE].view(np.uint8), memory[PIECE:].view(np.uint8))
    found = [rtc.AudioFrame(memoryview(half), RATE, 1, PIECE) for half in halves]
    if not all(np.shares_memory(np.frombuffer(one.data, np.int16), memory) for one in found):
        raise ImportError("livekit keeps its frames in memory of its own")
    return memory, found
