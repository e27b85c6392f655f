"""Relieves a computer that does not keep up with what it sends: measured every second, decided by ``pressure``."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable

from app.media.video.layers import CameraLayers
from app.media.video.pressure import Load, Pressure, Step

EVERY_S = 1.0


class Relief:
    def __init__(self, layers: CameraLayers, changed: Callable[[Step], None]) -> None:
        """``changed`` is called on the loop after ``layers`` were told what they may send from now on."""
        self._layers = layers
        self._changed = changed
        self._pressure = Pressure()
        self._cores = os.cpu_count() or 1
        self._spent = (0.0, 0.0)
        """Wall and processor seconds up to the last look."""
        self._timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Begin to look. Harmless to repeat."""
        if self._timer is None:
            self._spent = time.monotonic(), time.process_time()
            self._timer = asyncio.get_running_loop().call_later(EVERY_S, self._look)

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def feel(self, load: Load, now: float) -> None:
        """``load`` was measured up to ``now`` (monotonic)."""
        if not self._layers.is_sending and self._pressure.step is Step.ALL:
            self._pressure.forget()
        elif self._pressure.feel(load, now):
            self._layers.relieve(self._pressure.step)
            self._changed(self._pressure.step)

    def _look(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(EVERY_S, self._look)
        (then, before), (now, spent) = self._spent, (time.monotonic(), time.process_time())
        self._spent = now, spent
        busy = (spent - before) / max(now - then, 1e-3) / self._cores
        self.feel(Load.of(self._layers.take_tolls(), busy), now)
