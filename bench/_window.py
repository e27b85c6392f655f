"""What happens between two moments of a call: the cost and the pictures of each participant. Same for both sides."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol

SETTLE_S = 25.0
"""How long a sender may take to reach the size that was asked for."""
CALM_S = 2.0
"""After that, before anything is measured: start-up work ends, bit rates level out."""
LOOK_S = 0.1


class Seat(Protocol):
    """A participant of either side."""

    async def received(self) -> list[tuple[int, tuple[int, int]]]: ...
    async def sent_bytes(self) -> int: ...
    async def key_frames(self) -> int: ...
    async def at_rate(self) -> bool: ...
    async def spent(self) -> dict[str, float]: ...
    def cpu_seconds(self) -> float: ...
    def screen_cpu_seconds(self) -> float: ...
    def unique_mb(self) -> float: ...


@dataclass(frozen=True)
class Cost:
    """Of one participant; ``cores`` are processor seconds a second, ``fps`` and ``sizes`` one for each stream."""

    cores: float
    screen_cores: float
    uss_mb: float
    sent_kbps: float
    fps: list[float]
    sizes: list[tuple[int, int]]
    key_frames: int
    spent: dict[str, float]
    """Cores by thread (ours) or by kind of process (Chromium)."""

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Settled:
    """Whether every stream has its full size, and every sender had its full bit rate once."""

    size: bool = False
    rate: bool = False

    def to_json(self) -> dict[str, bool]:
        return {"fullSize": self.size, "fullRate": self.rate}


async def settled(seats: Sequence[Seat], streams: Sequence[int], size: tuple[int, int]) -> Settled:
    """Wait until every seat decodes so many streams, each in ``size``, and every sender is at its bit rate; then for
    calm. A film that is too plain for its bit rate never gets there."""
    end = time.monotonic() + SETTLE_S
    state = Settled()
    while time.monotonic() < end and not (state.size and state.rate):
        now = [await seat.received() for seat in seats]
        full = all(
            sum(frames > 0 and came == size for frames, came in found) >= wanted
            for found, wanted in zip(now, streams, strict=True)
        )
        state = Settled(full, full and all([await seat.at_rate() for seat in seats]))
        await asyncio.sleep(LOOK_S)
    await asyncio.sleep(CALM_S)
    return state


@dataclass(frozen=True)
class _Count:
    """What a seat has counted up to a moment."""

    at: float
    streams: list[tuple[int, tuple[int, int]]]
    sent: int
    keys: int
    spent: dict[str, float]

    @classmethod
    async def of(cls, seat: Seat) -> _Count:
        return cls(
            time.monotonic(),
            await seat.received(),
            await seat.sent_bytes(),
            await seat.key_frames(),
            await seat.spent(),
        )


@dataclass(frozen=True)
class _Clock:
    """What a seat has used up to a moment."""

    at: float
    cpu: float
    screen: float

    @classmethod
    def of(cls, seat: Seat) -> _Clock:
        return cls(time.monotonic(), seat.cpu_seconds(), seat.screen_cpu_seconds())


async def measure(seats: Sequence[Seat], seconds: float) -> list[Cost]:
    """The cost of each while ``seconds`` pass. Nobody is asked for statistics while the processor's use is counted."""
    counts = [await _Count.of(seat) for seat in seats]
    clocks = [_Clock.of(seat) for seat in seats]
    await asyncio.sleep(seconds)
    late_clocks = [_Clock.of(seat) for seat in seats]
    memory = [seat.unique_mb() for seat in seats]
    late_counts = [await _Count.of(seat) for seat in seats]
    pairs = zip(clocks, late_clocks, counts, late_counts, memory, strict=True)
    return [_cost(*pair) for pair in pairs]


def _cost(clock: _Clock, late_clock: _Clock, count: _Count, late: _Count, uss: float) -> Cost:
    elapsed, wall = late_clock.at - clock.at, late.at - count.at
    streams = [
        (frames - before if frames >= before else frames, size)  # fewer: the connection was rebuilt, and counts anew
        for (frames, size), (before, _) in zip(late.streams, count.streams, strict=True)
        if frames  # somebody without a camera is no stream; one that has stopped is
    ]
    return Cost(
        cores=round((late_clock.cpu - clock.cpu) / elapsed, 4),
        screen_cores=round((late_clock.screen - clock.screen) / elapsed, 4),
        uss_mb=round(uss, 1),
        sent_kbps=round((late.sent - count.sent) * 8 / wall / 1000, 1),
        fps=[round(frames / wall, 2) for frames, _ in streams],
        sizes=[size for _, size in streams],
        key_frames=late.keys - count.keys,
        spent={
            name: round((seconds - count.spent.get(name, 0.0)) / wall, 4)
            for name, seconds in sorted(late.spent.items())
        },
    )
