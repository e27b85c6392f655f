"""Watches the main thread: how long it does not come round to the next event.

A timer ticks in the main thread; the time between two ticks beyond the timer's own is a block. On a machine that does
much else, a thread is also kept waiting for a processor: so a block counts as long as the thread itself was at work,
where the clock of the thread says less than the clock on the wall. What is worse comes from outside too (a processor
shared with others, or a slower one, does less in the same time): so a block is one only if it comes again each time,
measured by how fast the processor is at that moment.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QTimer

TICK_MS = 4
BOUND_MS = 50.0
TRIES = 8
YARDS = 9
REFERENCE_S = 0.00056
"""What the yardstick's work takes on the processor by which the bound was set, where nobody else is at work."""


@dataclass(frozen=True, slots=True)
class Block:
    """Milliseconds by the wall's clock, and those of them in which the thread was at work."""

    wall_ms: float
    busy_ms: float


class Watchdog(QObject):
    """Made in the main thread; watches from ``start`` on."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._blocks: list[Block] = []
        self._wall = 0.0
        self._busy = 0.0
        self._timer = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        self._blocks.clear()
        self._wall, self._busy = time.perf_counter(), time.thread_time()
        self._timer.start()

    def stop(self) -> Block:
        """The longest block by the thread's own clock since ``start``."""
        self._tick()
        self._timer.stop()
        return self.longest

    @property
    def longest(self) -> Block:
        return max(self._blocks, key=lambda one: one.busy_ms, default=Block(0.0, 0.0))

    @property
    def longest_wall_ms(self) -> float:
        return max((one.wall_ms for one in self._blocks), default=0.0)

    def _tick(self) -> None:
        wall, busy = time.perf_counter(), time.thread_time()
        spent = (wall - self._wall) * 1000, (busy - self._busy) * 1000
        self._wall, self._busy = wall, busy
        if spent[0] > TICK_MS:
            self._blocks.append(Block(spent[0] - TICK_MS, min(spent[0] - TICK_MS, spent[1])))


class _Yardstick:
    """How much slower this processor is just now than the reference, by a piece of work that is always the same."""

    def __init__(self) -> None:
        self._best = REFERENCE_S

    def slowness(self) -> float:
        """1 on the reference where nobody else is at work, 2 where the same work takes twice the thread's own time; on
        a faster processor by what that does at its best."""
        found = sorted(self._once() for _ in range(YARDS))
        self._best = min(self._best, found[0])
        return found[YARDS // 2] / self._best

    @staticmethod
    def _once() -> float:
        begun = time.thread_time()
        _ = {str(number): [number] for number in range(4_000)}
        return time.thread_time() - begun


_yardstick = _Yardstick()


def blocked_ms(act: Callable[[], None]) -> float:
    """The longest block while ``act`` runs, which lets Qt's loop turn until everything it began is done.

    Of several times the best, until one is within the bound; what the processor is slower just now than the reference
    is taken off.
    """
    gc.collect()  # windows of earlier tests, which a change of theme would reach too
    best = float("inf")
    watchdog = Watchdog()
    for _ in range(TRIES):
        before = _yardstick.slowness()
        watchdog.start()
        act()
        busy = watchdog.stop().busy_ms
        best = min(best, busy * 2 / (before + _yardstick.slowness()))
        if best <= BOUND_MS:
            break
    return best
