"""One's own voice between microphone and encoder: processed, judged, and measured. In the encoder's thread."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable

import numpy as np

from app.media.audio import gate
from app.media.audio.activity import DeadMicrophone, TalkingWhileMuted, VoiceActivity
from app.media.audio.gain import GainControl
from app.media.audio.gate import Gate, QuietRoom
from app.media.audio.level import LevelMeter, loudness
from app.media.audio.processing import Processor
from app.media.audio.sound import FRAME, RATE, Mono, Played

log = logging.getLogger(__name__)

SILENCE: Mono = np.zeros(FRAME, np.int16)


class Voice:
    def __init__(self, on_talking_while_muted: Callable[[], None], on_dead_microphone: Callable[[bool], None]) -> None:
        """Both are called in the encoder's thread; the latter with whether it is dead."""
        self.level = LevelMeter()
        """Of what is sent; nothing while nobody speaks, where the voice is processed."""
        self.speaker_delay: Callable[[], float] = lambda: 0.0
        """Seconds from the mix to the ear."""
        self._processor: Processor | None = None
        self._on_talking_while_muted = on_talking_while_muted
        self._on_dead_microphone = on_dead_microphone
        self._activity = VoiceActivity()
        self._gain: GainControl | None = None
        self._gate = Gate()
        self._quiet = QuietRoom()
        self._muted_talk = TalkingWhileMuted()
        self._dead = DeadMicrophone()

    def use(self, processor: Processor | None, *, evens: bool) -> None:
        """Another microphone, or other settings. ``evens``: a faint voice is made louder. Any thread."""
        self._processor = processor
        self._gain = GainControl() if evens else None
        self._activity = VoiceActivity()
        if self._dead.forget():
            self._on_dead_microphone(False)

    def heard(self, mix: Played) -> None:
        """What is played. In the speaker's thread."""
        processor = self._processor
        if processor is not None:
            processor.heard(mix)

    def sent(self, captured: Mono | None, at: float, now: float, *, muted: bool) -> Mono:
        """What is sent of ``captured`` (None: nothing came in time), of which the last sample came at ``at``."""
        if captured is None:
            self.level.add_loudness(-math.inf, now)
            return SILENCE
        seconds = len(captured) / RATE
        decibels = loudness(captured)
        if self._dead.add(captured, decibels, seconds, muted=muted):
            self._on_dead_microphone(self._dead.is_dead)
        processor, gain = self._processor, self._gain
        sound = captured
        if processor is not None:
            sound, decibels = self._processed(processor, captured, decibels, now - at + seconds)
        only_echo = processor is not None and processor.was_only_echo
        speaks = not only_echo and self._activity.add(decibels, now)
        if self._muted_talk.add(seconds, now, muted=muted, speaks=speaks):
            self._on_talking_while_muted()
        wanted = gate.VOICE
        if processor is not None and processor.calms_pauses:
            is_quiet = self._quiet.add(decibels, speaks=speaks)
            wanted = gate.VOICE if speaks else gate.NOTHING if is_quiet else gate.CALM
        if only_echo:
            wanted *= gate.ECHO
        elif gain is not None:
            wanted *= gain.add(sound, decibels, speaks=speaks, floor=self._activity.floor)
            decibels += gain.decibels
        unheard = muted or (processor is not None and not speaks)
        self.level.add_loudness(-math.inf if unheard else decibels, now)
        if muted:
            self._gate.skip(wanted)
            return SILENCE
        return self._gate.apply(sound, wanted)

    def _processed(
        self, processor: Processor, captured: Mono, decibels: float, capture_delay: float
    ) -> tuple[Mono, float]:
        """What is left of ``captured``, and its loudness."""
        try:
            left = processor.process(captured, decibels, self.speaker_delay() + capture_delay)
        except RuntimeError:
            log.exception("the voice could not be processed and is sent as it is from now on")
            self._processor = None
            return captured, decibels
        return left, processor.left_db
