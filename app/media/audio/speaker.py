"""Where the mix goes. A speaker asks for it in its own thread, on its own clock; that is the pace of all playout."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Protocol

from app.media.audio.sound import Stereo

log = logging.getLogger(__name__)

Pull = Callable[[int], Stereo]
"""The next n samples of the mix, stereo at 48 kHz."""

PERIOD_SAMPLES = 960
PERIOD_S = 0.020
FORGET_S = 0.5
"""A clock that was held up longer than this (the machine slept) does not catch up."""


class Speaker(Protocol):
    def start(self, pull: Pull) -> None:
        """Call ``pull`` from now on, 48,000 samples a second. Never blocks for long, never fails."""
        ...

    def use(self, device_id: str) -> None:
        """Play on another device from now on; the system's default where it is "". Returns at once."""
        ...

    @property
    def delay_s(self) -> float:
        """From ``pull`` to the ear, as far as is known. Any thread."""
        ...

    def stop(self) -> None:
        """Never call it again, and release the device. Blocks until that is so; harmless to repeat."""
        ...


class SilentSpeaker:
    """Plays on the clock and throws it away: for headless participants, and where there is no sound device."""

    def __init__(self) -> None:
        self._playing = threading.Lock()
        """Held as long as it plays: waiting for it is one call, for an event it is a dozen, fifty times a second."""
        self._thread: threading.Thread | None = None

    def start(self, pull: Pull) -> None:
        self._playing = playing = threading.Lock()  # another each time: who ended keeps theirs
        playing.acquire()
        self._thread = threading.Thread(target=self._run, args=(pull, playing), name="silent-speaker", daemon=True)
        self._thread.start()

    def use(self, device_id: str) -> None:
        del device_id  # silence is the same everywhere

    @property
    def delay_s(self) -> float:
        return 0.0

    def stop(self) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            self._playing.release()
            thread.join()

    def _run(self, pull: Pull, playing: threading.Lock) -> None:
        due = time.monotonic()
        while not playing.acquire(timeout=max(0.0, due - time.monotonic())):
            try:
                pull(PERIOD_SAMPLES)
            except Exception:
                log.exception("the mix failed")
            due += PERIOD_S
            if time.monotonic() - due > FORGET_S:
                due = time.monotonic()
