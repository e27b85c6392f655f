"""WebRTC's audio processing: takes echo, noise and rumble out of the voice, and evens its loudness.

By livekit's ``rtc.AudioProcessingModule``, which is that and nothing more: no network is touched. Its library is loaded
with the first processor (30 MB, four idle threads), never by an import of this file. Frames are exactly 10 ms.
"""

from __future__ import annotations

import logging
import threading
from typing import Protocol

import numpy as np

from app.media.audio import webrtc_calls
from app.media.audio.gate import ECHO, VOICE, PauseGate
from app.media.audio.level import loudness
from app.media.audio.settings import SoundSettings
from app.media.audio.sound import MS, RATE, Mono, Stereo

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


class Processor(Protocol):
    @property
    def calms_pauses(self) -> bool:
        """Whether what is left while nobody speaks may be made quieter."""
        ...

    @property
    def was_only_echo(self) -> bool:
        """Whether what was processed last held hardly anything but what is played."""
        ...

    def heard(self, mix: Stereo) -> None:
        """What is being played. Called in the speaker's thread."""
        ...

    def process(self, sound: Mono, delay_s: float) -> Mono:
        """What is left of ``sound``, whole pieces of 10 ms from the microphone.

        ``delay_s``: from ``heard`` to the speaker, and from the microphone to here.
        """
        ...


def processor(settings: SoundSettings) -> Processor | None:
    """None where nothing is to be done, or livekit is missing or will not load."""
    if not settings.changes_anything:
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
            auto_gain_control=settings.gain_control and not settings.cancels_echo,
        )
        self._evens = settings.gain_control and settings.cancels_echo
        self.calms_pauses = settings.noise_suppression
        self.was_only_echo = False
        self._cancels_echo = settings.cancels_echo
        self._delay_ms = -DELAY_STEP_MS
        self._near = rtc.AudioFrame(bytearray(2 * PIECE), RATE, 1, PIECE)
        self._near_samples = np.frombuffer(self._near.data, np.int16)
        self._far = rtc.AudioFrame(bytearray(2 * PIECE), RATE, 1, PIECE)
        self._far_samples = np.frombuffer(self._far.data, np.int16)
        self._far_filled = 0
        self._echoes = 0
        """Pieces in which an echo may still come."""
        self._process_near = webrtc_calls.ready(self._module, "process_stream", self._near)
        if self._evens:
            self._gain_control = rtc.AudioProcessingModule(auto_gain_control=True)
            self._even_near = webrtc_calls.ready(self._gain_control, "process_stream", self._near)
        self._gate = PauseGate()
        self._process_far = webrtc_calls.ready(self._module, "process_reverse_stream", self._far)
        self._lock = threading.Lock()
        """The module may be called by one thread at a time."""

    def heard(self, mix: Stereo) -> None:
        if not self._cancels_echo:
            return
        mono = (mix[:, 0] >> 1) + (mix[:, 1] >> 1)
        if loudness(mono) > PLAYED_DB:
            self._echoes = ECHOES_PIECES
        begin = 0
        while begin < len(mono):
            count = min(PIECE - self._far_filled, len(mono) - begin)
            self._far_samples[self._far_filled : self._far_filled + count] = mono[begin : begin + count]
            self._far_filled += count
            begin += count
            if self._far_filled == PIECE:
                self._far_filled = 0
                with self._lock:
                    self._process_far()

    def process(self, sound: Mono, delay_s: float) -> Mono:
        delay_ms = min(max(round(delay_s * 1000), 0), LONGEST_DELAY_MS)
        processed = np.empty_like(sound)
        for begin in range(0, len(sound), PIECE):
            self._near_samples[:] = sound[begin : begin + PIECE]
            with self._lock:
                if self._cancels_echo and abs(delay_ms - self._delay_ms) >= DELAY_STEP_MS:
                    self._module.set_stream_delay_ms(delay_ms)
                    self._delay_ms = delay_ms
                self._process_near()
            processed[begin : begin + PIECE] = self._near_samples
        if self._cancels_echo:
            self._judge(loudness(sound), loudness(processed), len(sound) // PIECE)
            processed = self._gate.apply(processed, ECHO if self.was_only_echo else VOICE)
        return self._evened(processed) if self._evens else processed

    def _evened(self, sound: Mono) -> Mono:
        """Equally loud, by a module of its own: it must not take what is left of an echo for a faint voice."""
        evened = np.empty_like(sound)
        for begin in range(0, len(sound), PIECE):
            self._near_samples[:] = sound[begin : begin + PIECE]
            self._even_near()
            evened[begin : begin + PIECE] = self._near_samples
        return evened

    def _judge(self, captured_db: float, left_db: float, pieces: int) -> None:
        taken_out = captured_db - left_db
        enough = taken_out > STILL_DB or left_db < FADED_DB if self.was_only_echo else taken_out > TAKEN_OUT_DB
        audible = self.was_only_echo or captured_db > CAPTURED_DB
        self.was_only_echo = self._echoes > 0 and audible and enough
        self._echoes = max(0, self._echoes - pieces)
