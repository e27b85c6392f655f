"""What we tell the others about what we show of them, and when. Pure: every moment is an argument.

A tile that shows up or grows is told at once; one that shrinks or is hidden only when it has stayed so for a while,
since layouts change in steps and every change costs its sender a key frame. Of somebody whose picture was never shown
in a window, such as where there is none, nothing is said: they send what they have.
"""

from __future__ import annotations

from dataclasses import dataclass

SETTLE_S = 0.5
STEP = 60
"""Heights are told in steps of so many pixels, rounded up."""
UNLIMITED = 4320


@dataclass(frozen=True, slots=True)
class Wish:
    """Heights in device pixels; None: not looked at."""

    camera: int | None = UNLIMITED
    screen: int | None = UNLIMITED

    def asks_more_than(self, other: Wish) -> bool:
        return (self.camera or 0) > (other.camera or 0) or (self.screen or 0) > (other.screen or 0)


@dataclass(slots=True)
class _Tile:
    seen: bool = False

    def height(self, look: int | None) -> int | None:
        """``look`` is the height that is shown now, or None."""
        self.seen = self.seen or look is not None
        if look is None:
            return None if self.seen else UNLIMITED
        return min(-(-look // STEP) * STEP, UNLIMITED)


class Wishes:
    """Those that concern one participant."""

    def __init__(self) -> None:
        self._camera = _Tile()
        self._screen = _Tile()
        self._told = Wish()
        self._pending: tuple[Wish, float] | None = None

    def forget(self) -> None:
        """What was told may not have arrived: tell it again."""
        self._told = Wish()
        self._pending = None

    def news(self, camera: int | None, screen: int | None, now: float) -> Wish | None:
        """What is to be told now; heights are those that are shown, None for hidden."""
        wish = Wish(self._camera.height(camera), self._screen.height(screen))
        if wish == self._told:
            self._pending = None
            return None
        if self._pending is None or self._pending[0] != wish:
            self._pending = wish, now
        if not wish.asks_more_than(self._told) and now - self._pending[1] < SETTLE_S:
            return None
        self._told, self._pending = wish, None
        return wish


def seed_height(others: int) -> int:
    """How large somebody who cannot say it, the seed's client, probably shows us in a room with ``others``."""
    if others <= 2:
        return UNLIMITED
    return 360 if others <= 5 else 180
