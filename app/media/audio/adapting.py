"""How much the voice may cost, and how much of it is said to get lost: from what receivers report. Pure."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from app.media.audio.encoders import BITRATE, EXPECTED_LOSS

STEPS = ((0.10, BITRATE), (0.25, 32_000), (1.0, 24_000))
"""Up to this share of loss, so many bit/s: where packets are lost, less is sent."""
HIGHEST_LOSS = 30
SHARE_OF_LIMIT = 0.25
"""Of what the path carries in all."""
LEAST = 16_000
SMOOTHING = 0.3
WHOLE = 50
"""Packets that make a report as telling as it can be: in a pause there are few, and one lost is much of them."""


@dataclass(frozen=True, slots=True)
class Effort:
    bitrate: int = BITRATE
    expected_loss: int = EXPECTED_LOSS
    """Percent."""


class Adaptation:
    """One encoder serves all, so the receiver that is worst off decides."""

    def __init__(self) -> None:
        self._loss: dict[Hashable, float] = {}
        self._limit: dict[Hashable, int] = {}

    def reported(self, receiver: Hashable, loss: float, packets: int) -> None:
        """``receiver`` misses this share of the ``packets`` that were sent lately."""
        before = self._loss.get(receiver, 0.0)
        self._loss[receiver] = before + SMOOTHING * min(1.0, packets / WHOLE) * (min(max(loss, 0.0), 1.0) - before)

    def limited(self, receiver: Hashable, bitrate: int) -> None:
        """The path to ``receiver`` carries no more than this, everything counted."""
        self._limit[receiver] = bitrate

    def gone(self, receiver: Hashable) -> None:
        self._loss.pop(receiver, None)
        self._limit.pop(receiver, None)

    def effort(self) -> Effort:
        loss = max(self._loss.values(), default=0.0)
        bitrate = next(bits for most, bits in STEPS if loss <= most)
        if self._limit:
            bitrate = min(bitrate, affordable(min(self._limit.values())))
        return Effort(bitrate, min(max(EXPECTED_LOSS, round(loss * 100)), HIGHEST_LOSS))


def affordable(limit: int) -> int:
    """Bits a second for the voice where the path carries no more than ``limit``, everything counted."""
    return min(BITRATE, max(LEAST, round(limit * SHARE_OF_LIMIT)))
