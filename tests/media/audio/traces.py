"""Simulated journeys of packets: sent on the sender's clock, delayed and lost on the way, played on the speaker's.

No real time passes, so that the outcome does not depend on the machine.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from app.media.audio import opus
from app.media.audio.jitter import Packet
from app.media.audio.opus import OpusDecoder, OpusEncoder
from app.media.audio.opus_packet import samples_of
from app.media.audio.playout import Playout
from app.media.audio.sound import FRAME, MS, RATE, Mono, Sound, joined, stillness
from tests.media.audio.signals import frames

FIRST_SEQUENCE, FIRST_TIMESTAMP = 0xFFF0, 0xFFFFFFFF - 5 * RATE
"""Both wrap soon."""
PATH_S = 0.03


@dataclass(frozen=True)
class Way:
    loss: float = 0.0
    jitter_s: float = 0.0
    """Packets take up to twice as much longer."""
    clock_ppm: float = 0.0
    """How much the sender's clock is slower than ours."""
    clean_after_s: float = float("inf")


@dataclass
class Heard:
    sound: Sound
    playout: Playout
    delays_ms: list[float] = field(default_factory=list[float])
    """At each pull."""

    def p95(self) -> float:
        return float(np.percentile(self.delays_ms, 95))


def libopus() -> opus.ctypes.CDLL:
    lib = opus.library()
    assert lib is not None, "PyAV's wheel has it"
    return lib


def encoded(sound: Mono) -> list[bytes]:
    encoder = OpusEncoder(libopus(), bitrate=48_000, expected_loss=10)
    return [encoder.encode(frame) for frame in frames(sound)]


def packet(index: int, payload: bytes) -> Packet:
    sequence, timestamp = (FIRST_SEQUENCE + index) % 2**16, (FIRST_TIMESTAMP + index * FRAME) % 2**32
    return Packet(sequence, timestamp, payload, samples_of(payload))


def arrivals(payloads: Sequence[bytes], way: Way, seed: int = 1) -> list[tuple[float, Packet]]:
    rng = random.Random(seed)
    found: list[tuple[float, Packet]] = []
    for index, payload in enumerate(payloads):
        sent = index * FRAME / RATE * (1 + way.clock_ppm * 1e-6)
        bad = sent < way.clean_after_s
        late = rng.uniform(0, 2 * way.jitter_s)
        if bad and rng.random() < way.loss:
            continue
        found.append((sent + PATH_S + (late if bad else 0.0), packet(index, payload)))
    return sorted(found, key=lambda one: one[0])


def play(
    coming: Sequence[tuple[float, Packet]],
    seconds: float,
    *,
    pull: Callable[[int], int] = lambda index: FRAME,
    begin: float = 0.005,
) -> Heard:
    """What a speaker hears that fetches ``pull(n)`` samples at its n-th turn."""
    playout = Playout(lambda sound, now: None)
    playout.decoder = OpusDecoder(libopus())
    heard = Heard(stillness(0), playout)
    parts: list[Sound] = []
    now, turn, waiting = begin, 0, list(reversed(coming))
    while now < seconds:
        while waiting and waiting[-1][0] <= now:
            at, one = waiting.pop()
            playout.insert(one, at)
        count = pull(turn)
        sound = playout.take(count, now)
        parts.append(stillness(count) if sound is None else sound)
        heard.delays_ms.append(playout.buffer.delay / MS)
        now, turn = now + count / RATE, turn + 1
    heard.sound = joined(parts)
    return heard
