"""What one path carries, divided among those who send over it. Pure: every moment is an argument.

Sound goes first, and pictures share the rest: each may take what the others leave, and its equal part in any case. So a
shared screen that stands still costs the camera nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from app.media.audio.adapting import affordable

VOICE_HEADERS = 25_000
"""Bits a second of one voice's headers."""
HEADERS = 0.95
"""Share of pictures' bits that is not headers."""
WATCHED_S = 0.5
"""What is spent is measured over so long."""
STEP = 0.02
"""Smaller changes are not told at once."""


@runtime_checkable
class Spender(Protocol):
    """Sends over the path."""

    @property
    def kind(self) -> str: ...

    @property
    def octets(self) -> int:
        """Bytes sent so far."""
        ...

    def limit(self, bits_per_second: int) -> None:
        """Pictures: send no more than this. Sound: the path carries no more than this in all."""
        ...


class _Account:
    def __init__(self, spender: Spender) -> None:
        self.spender = spender
        self.use = 0.0
        """Bits a second."""
        self.told = 0
        self._octets = spender.octets

    def measure(self, seconds: float) -> None:
        octets = self.spender.octets
        self.use = (octets - self._octets) * 8 / seconds
        self._octets = octets

    def tell(self, limit: int, *, again: bool) -> None:
        if again or abs(limit - self.told) > STEP * self.told:
            self.told = limit
            self.spender.limit(limit)


class Budget:
    def __init__(self) -> None:
        self._accounts: dict[Spender, _Account] = {}
        self._measured_at: float | None = None

    def add(self, spender: Spender) -> None:
        self._accounts.setdefault(spender, _Account(spender))  # negotiated anew: what it spends is known already

    def discard(self, spender: Spender) -> None:
        self._accounts.pop(spender, None)

    def share(self, total: int, now: float) -> None:
        """The path carries ``total`` bits a second: tell everybody their part."""
        accounts = tuple(self._accounts.values())
        again = self._measured_at is None or now - self._measured_at >= WATCHED_S
        if again:
            if self._measured_at is not None:
                for account in accounts:
                    account.measure(now - self._measured_at)
            self._measured_at = now
        pictures = [account for account in accounts if account.spender.kind == "video"]
        voices = [account for account in accounts if account.spender.kind == "audio"]
        for account in voices:
            account.tell(total, again=again)
        rest = round(max(0, total - voice_bits(total) * len(voices)) * HEADERS)
        for account, part in zip(pictures, parts(rest, [one.use for one in pictures]), strict=True):
            account.tell(part, again=again)


def voice_bits(total: int) -> int:
    """Of one voice on such a path, headers included."""
    return affordable(total) + VOICE_HEADERS


def parts(total: int, uses: Sequence[float]) -> list[int]:
    """How much of ``total`` each may take who takes ``uses`` now."""
    fair = total // max(len(uses), 1)
    return [max(fair, round(total - (sum(uses) - use))) for use in uses]
