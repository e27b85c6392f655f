"""One peer's sound between the network, which brings packets, and the mixer, which takes samples at its time.

Decoding happens when the sound is wanted, in the speaker's thread, as the jitter buffer decides: so a packet may come
until its very moment, and what is missing then is made up by the decoder, which knows the voice.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable

import numpy as np
from av.error import FFmpegError

from app.media.audio.decoders import SoundDecoder
from app.media.audio.jitter import Action, Decision, JitterBuffer, Packet
from app.media.audio.opus import OpusError
from app.media.audio.sound import FRAME, MS, Sound, blend, is_still, joined, rising, stillness
from app.media.audio.stretch import lengthen, shorten

log = logging.getLogger(__name__)

FADE = 5 * MS
FADES_AFTER, FADED_AFTER = 6 * FRAME, 18 * FRAME
"""Made-up sound stays as loud for 120 ms, and is silent from 360 ms on: a longer drone tells nobody anything."""
COUNTED_GAP = 50 * FRAME
"""Somebody who left is not concealed for ever."""
UNTOLD = 10 * FRAME
"""So much of a silence may be handed out before the buffer is told, all in one go: a quiet room asks for nothing else,
and a processor does ten things of one kind sooner than one of ten kinds."""


class Playout:
    """``insert`` is called on the loop, the rest in the speaker's thread."""

    def __init__(self, on_decoded: Callable[[Sound, float], None]) -> None:
        """``on_decoded`` gets what was sent, and when, before it is stretched."""
        self.decoder: SoundDecoder | None = None
        """None: nothing has come that can be decoded."""
        self.buffer = JitterBuffer()
        self._lock = threading.Lock()
        """The buffer is asked and filled by different threads."""
        self._on_decoded = on_decoded
        self._parts: deque[Sound] = deque()
        self._stored = 0
        self._gap = 0
        """Samples made up in one piece until now."""
        self._silent = True
        """What was made last is silence."""
        self._recovered = self._concealed = 0
        self._taken = 0
        self._credit = 0
        """Samples of the silence that may be handed out without a further look."""
        self._untold: list[tuple[int, float]] = []
        """Which were, and when."""
        self.cue: tuple[int, float] | None = None
        """The newest timestamp (48 kHz, unwrapped) of which it is known when it was handed out, and that moment."""

    @property
    def played(self) -> int:
        """Samples handed out that somebody sent."""
        return max(0, self._taken - self._concealed)

    @property
    def concealed(self) -> int:
        """Samples handed out that were made up."""
        return self._concealed

    @property
    def recovered(self) -> int:
        """Samples of lost packets that the next one repeated."""
        return self._recovered

    def insert(self, packet: Packet, now: float) -> None:
        with self._lock:
            self._tell()
            self.buffer.insert(packet, now)

    def take(self, count: int, now: float) -> Sound | None:
        """The next ``count`` samples, or None where there is nothing but silence."""
        with self._lock:
            if self._stored < count <= self._credit:
                self._credit -= count
                self._untold.append((count, now))
                return None
            self._tell()
            self.buffer.pulled(count, now)
            is_silent = self._silent and all(map(is_still, self._parts))
            if is_silent and self._stored < count and self.buffer.rests(count, self._stored):
                self._rest(count)
                self._credit = min(UNTOLD, self.buffer.rest_left)
                return None
        while self._stored < count:
            with self._lock:
                decision = self.buffer.decide(now, self._stored)
            if decision.action is Action.WAIT:
                return self._run_dry(count)
            self._store(self._carry_out(decision, now))
        self._taken += count
        position = self.buffer.position
        if position is not None:
            self.cue = position - self._stored, now
        sound = self._cut(count)
        return None if is_still(sound) else sound

    # ---- inside

    def _tell(self) -> None:
        """Tell the buffer of the silence that was handed out without asking it."""
        untold, self._untold, self._credit = self._untold, [], 0
        for count, at in untold:
            self.buffer.pulled(count, at)
            self.buffer.rests(count, self._stored)
            self._rest(count)

    def _rest(self, count: int) -> None:
        """What would be decided on, decoded and handed out is nothing; what is stored is as good for the next time."""
        self._gap += count
        self._taken += count

    def _carry_out(self, decision: Decision, now: float) -> Sound:
        decoder = self.decoder
        assert decoder is not None, "packets are inserted after the decoder is there"
        try:
            if decision.action is Action.DECODE:
                return self._decode(decoder, decision, now)
            if decision.action is Action.RECOVER:
                sound = decoder.recover(decision.payload, decision.samples)
                if sound is not None:
                    self._recovered += len(sound)
                    return self._told(sound, now)
        except (OpusError, FFmpegError) as error:
            log.info("sound could not be decoded: %s", error)
        return self._make_up(decoder, decision)

    def _decode(self, decoder: SoundDecoder, decision: Decision, now: float) -> Sound:
        bridge = self._bridge(decoder) if decision.leap else None
        sound = self._told(decoder.decode(decision.payload), now)
        if bridge is not None and len(sound) >= FADE:
            sound = joined((blend(bridge, sound[:FADE]), sound[FADE:]))  # with as many channels as the wider one
        if decision.stretch == 0:
            return sound
        change = shorten if decision.stretch < 0 else lengthen
        changed = change(sound, abs(decision.stretch), decision.haste)
        if len(changed) != len(sound):
            with self._lock:
                self.buffer.stretched(len(changed) - len(sound))
        return changed

    def _bridge(self, decoder: SoundDecoder) -> Sound:
        """What leads over to sound that does not follow what was played."""
        return stillness(FADE) if self._silent else decoder.conceal(FADE)

    def _told(self, sound: Sound, now: float) -> Sound:
        self._gap = 0
        self._on_decoded(sound, now)
        return sound

    def _make_up(self, decoder: SoundDecoder, decision: Decision) -> Sound:
        begin, self._gap = self._gap, self._gap + decision.samples
        if decision.action is Action.COMFORT:
            return decoder.conceal(decision.samples)
        if begin < COUNTED_GAP:
            self._concealed += decision.samples
        if begin >= FADED_AFTER:
            return stillness(decision.samples)
        sound = decoder.conceal(decision.samples)
        if self._gap <= FADES_AFTER:
            return sound
        steps = (np.arange(begin, begin + len(sound), dtype=np.float32) - FADES_AFTER) / (FADED_AFTER - FADES_AFTER)
        return sound * (1 - np.clip(steps, 0, 1)).astype(np.float32)[:, None]

    def _run_dry(self, count: int) -> Sound | None:
        """What is left, with its end faded, and silence."""
        self._silent = True
        if self._stored == 0:
            return None
        left = self._cut(self._stored).copy()
        self._taken += len(left)
        fade = min(FADE, len(left))
        left[-fade:] *= rising(fade)[::-1, None]
        return joined((left, stillness(count - len(left))))

    def _store(self, sound: Sound) -> None:
        if len(sound):
            self._parts.append(sound)
            self._stored += len(sound)
            self._silent = is_still(sound)

    def _cut(self, count: int) -> Sound:
        self._stored -= count
        if len(self._parts[0]) == count:
            return self._parts.popleft()
        length, cut = count, list[Sound]()
        while count > 0:
            part = self._parts.popleft()
            if len(part) > count:
                self._parts.appendleft(part[count:])
                part = part[:count]
            cut.append(part)
            count -= len(part)
        if all(map(is_still, cut)):
            return stillness(length)
        return cut[0] if len(cut) == 1 else joined(cut)
