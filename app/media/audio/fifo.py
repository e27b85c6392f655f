"""A short store of one peer's sound between the decoder, which adds, and the mixer, which takes on the speaker's clock.

It starts when 40 ms are there, drops the oldest beyond 240 ms, gives up 20 ms now and then while it never runs low
(the two clocks drift apart, and a burst after a stall would be heard as delay for ever), and makes
up what is missing: what was lost on the way is filled in where it belongs, and an empty store gives silence. Made-up
sound that nobody sent (they left, the network died) is not counted beyond one second. Positions are RTP timestamps at
48 kHz.
"""

from __future__ import annotations

import threading
from collections import deque

import numpy as np
import numpy.typing as npt

from app.media.capture.shaping import SAMPLES

Stereo = npt.NDArray[np.int16]
"""(samples, 2) at 48 kHz."""

START = 2 * SAMPLES
LIMIT = 12 * SAMPLES
TARGET = 3 * SAMPLES
LONGEST_GAP = 5 * SAMPLES
COUNTED_SILENCE = 50 * SAMPLES
LOOK_EVERY = 48_000
FADE = 240
"""5 ms: a cut in the sound is heard as a click, a fade is not."""


class SoundFifo:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._parts: deque[Stereo] = deque()
        self._stored = 0
        self._running = False
        self._ever = False
        self._expected: int | None = None
        self._starving = 0
        self._lowest = LIMIT
        """The least that was left after a take, since it was last looked at."""
        self._until_look = LOOK_EVERY
        self._played = 0
        self._concealed = 0

    @property
    def played(self) -> int:
        """Samples taken that somebody sent."""
        return self._played

    @property
    def concealed(self) -> int:
        """Samples taken that were made up."""
        return self._concealed

    @property
    def stored(self) -> int:
        """Samples that wait to be taken: the delay that this store adds."""
        return self._stored

    def add(self, sound: Stereo, timestamp: int) -> None:
        with self._lock:
            gap = 0 if self._expected is None else timestamp - self._expected
            if 0 < gap <= LONGEST_GAP:
                self._store(np.zeros((gap, 2), np.int16))
                self._concealed += gap
                self._played -= gap  # it will be taken as if it had been sent
            self._expected = timestamp + len(sound)
            self._store(sound)
            if self._stored > LIMIT:
                self._cut(self._stored - TARGET)
            if not self._running and self._stored >= START:
                self._running = self._ever = True

    def take(self, count: int) -> Stereo | None:
        """The next ``count`` samples, or None where there is nothing but silence."""
        with self._lock:
            if not self._running:
                self._starve(count)
                return None
            self._starving = 0
            taken = self._cut(min(count, self._stored))
            self._played += len(taken)
            missing = count - len(taken)
            if missing == 0:
                self._shrink(count)
                return taken
            self._running = False
            self._starve(missing)
            fade = min(FADE, len(taken))
            filled = np.zeros((count, 2), np.int16)
            filled[: len(taken)] = taken
            if fade:
                tail = filled[len(taken) - fade : len(taken)]
                tail[:] = (tail * np.linspace(1, 0, fade)[:, None]).astype(np.int16)
            return filled

    def _shrink(self, taken: int) -> None:
        """Give up 20 ms where more than the target was there all the time."""
        self._lowest = min(self._lowest, self._stored)
        self._until_look -= taken
        if self._until_look <= 0:
            if self._lowest > TARGET:
                self._cut(SAMPLES)
            self._lowest, self._until_look = LIMIT, LOOK_EVERY

    def _starve(self, count: int) -> None:
        if self._ever and self._starving < COUNTED_SILENCE:
            self._starving += count
            self._concealed += count

    def _store(self, sound: Stereo) -> None:
        self._parts.append(sound)
        self._stored += len(sound)

    def _cut(self, count: int) -> Stereo:
        cut: list[Stereo] = []
        while count > 0:
            part = self._parts.popleft()
            if len(part) > count:
                self._parts.appendleft(part[count:])
                part = part[:count]
            cut.append(part)
            count -= len(part)
            self._stored -= len(part)
        return np.concatenate(cut) if cut else np.zeros((0, 2), np.int16)
