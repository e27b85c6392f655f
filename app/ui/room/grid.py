"""Where the tiles of a room go, and who gets one. Pure: numbers in, rectangles out.

Promises: tiles have one size, do not overlap, keep their gaps and stay inside the area; an unfinished last row is
centred. Somebody who is shown stays where they are until they go, or until a speaker who is not shown needs the
place.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

MAX_TILES = 9
GAP = 8
NARROWEST = 4 / 3
WIDEST = 2.0
"""Shapes (width by height) that a 16:9 picture is still cropped to with the face kept."""


class Cell(NamedTuple):
    """A tile's place in pixels."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Shown:
    """Who has a tile, in order, and how many have none."""

    ids: tuple[str, ...]
    more: int


def cells(count: int, width: int, height: int, gap: int = GAP) -> tuple[Cell, ...]:
    """``count`` places in an area of ``width`` x ``height``: the arrangement that gives the largest tiles."""
    if count <= 0 or width <= 0 or height <= 0:
        return ()
    columns = max(range(1, count + 1), key=lambda n: _area(_tile(count, n, width, height, gap)))
    tile_width, tile_height = _tile(count, columns, width, height, gap)
    rows = -(-count // columns)
    top = (height - rows * tile_height - (rows - 1) * gap) // 2
    placed: list[Cell] = []
    for index in range(count):
        row, column = divmod(index, columns)
        in_row = min(columns, count - row * columns)
        left = (width - in_row * tile_width - (in_row - 1) * gap) // 2
        placed.append(
            Cell(left + column * (tile_width + gap), top + row * (tile_height + gap), tile_width, tile_height)
        )
    return tuple(placed)


def choose(everybody: Sequence[str], speaking: Collection[str], before: Sequence[str], limit: int) -> Shown:
    """Who of ``everybody`` (in order of arrival) gets one of ``limit`` places, given who had one ``before``.

    Where not all fit, one place is left to the tile that says how many more there are.
    """
    if len(everybody) <= limit:
        return Shown(tuple(everybody), 0)
    places = limit - 1
    shown = [one for one in before if one in everybody][:places]
    for one in everybody:
        if len(shown) < places and one not in shown:
            shown.append(one)
    for one in everybody:
        silent = [place for place, other in enumerate(shown) if other not in speaking]
        if one in speaking and one not in shown and silent:
            shown[silent[-1]] = one
    return Shown(tuple(shown), len(everybody) - len(shown))


def _tile(count: int, columns: int, width: int, height: int, gap: int) -> tuple[int, int]:
    rows = -(-count // columns)
    room_x = max(1, (width - (columns - 1) * gap) // columns)
    room_y = max(1, (height - (rows - 1) * gap) // rows)
    if room_x / room_y > WIDEST:
        return max(1, round(room_y * WIDEST)), room_y
    if room_x / room_y < NARROWEST:
        return room_x, max(1, round(room_x / NARROWEST))
    return room_x, room_y


def _area(size: tuple[int, int]) -> int:
    return size[0] * size[1]
