"""Which arrangement the stage has, who stands where in it, and the places. Pure: values in, values out.

Rules: a pin wins; else, while somebody shares a screen, that is the large picture, until the person turns to another
layout; else what the person chose. The large place is a speaker's until somebody else speaks while they are silent.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from app.room.state import ME
from app.ui.room.grid import GAP, MAX_TILES, Cell, cells, choose

_SCREEN = "screen of "
_STRIP_SHARE = 0.19
_LOWEST, _HIGHEST = 84, 136
_NARROWEST = 150
_SHAPE = 1.5
"""Width by height of a tile in the filmstrip."""
_MOST_IN_STRIP = 8


class Layout(StrEnum):
    GRID = "grid"
    SPEAKER = "speaker"
    SHARE = "share"


def screen_of(participant_id: str) -> str:
    """The id of the tile with somebody's screen."""
    return _SCREEN + participant_id


def sharer_of(tile_id: str) -> str | None:
    """Whose screen a tile shows; None for a person's own tile."""
    return tile_id.removeprefix(_SCREEN) if tile_id.startswith(_SCREEN) else None


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chose."""

    layout: Layout = Layout.GRID
    pinned: str | None = None
    """A tile's id."""
    turned_away: bool = False
    """From the screen that is being shared."""

    def layout_of(self, screens: Collection[str]) -> Layout:
        """What is shown, given whose ``screens`` are shared."""
        if self.pinned is not None:
            return Layout.SPEAKER if sharer_of(self.pinned) is None else Layout.SHARE
        if screens and not self.turned_away:
            return Layout.SHARE
        return self.layout

    def stepped(self, step: int, screens: Collection[str]) -> Choice:
        """The layout ``step`` places further; a pin ends."""
        offered = [Layout.GRID, Layout.SPEAKER, *([Layout.SHARE] if screens else [])]
        to = offered[(offered.index(self.layout_of(screens)) + step) % len(offered)]
        return self.chosen(to, screens)

    def chosen(self, layout: Layout, screens: Collection[str]) -> Choice:
        if layout is Layout.SHARE:
            return replace(self, pinned=None, turned_away=False)
        return Choice(layout, None, bool(screens))

    def with_pin(self, tile_id: str) -> Choice:
        """Pin it, or unpin it where it is pinned."""
        return replace(self, pinned=None if self.pinned == tile_id else tile_id)

    def settled(self, tiles: Collection[str], screens: Collection[str]) -> Choice:
        """Without the pin of somebody who has gone; a screen that is shared next is looked at again."""
        pinned = self.pinned if self.pinned in tiles else None
        return replace(self, pinned=pinned, turned_away=self.turned_away and bool(screens))


@dataclass(frozen=True, slots=True)
class Plan:
    """Who is shown: ``main`` large over a filmstrip of ``rest``, or without it ``rest`` in a grid."""

    layout: Layout
    main: str | None
    rest: tuple[str, ...]
    more: int = 0

    @property
    def order(self) -> tuple[str, ...]:
        return self.rest if self.main is None else (self.main, *self.rest)


def plan(
    choice: Choice,
    *,
    everybody: Sequence[str],
    speaking: Collection[str],
    speaker: str | None,
    screens: Sequence[str],
    before: Sequence[str],
    shows_self: bool,
    places: int,
) -> Plan:
    """Who gets which place. ``screens`` are those who share, ``before`` the tiles until now, ``places`` how many a
    filmstrip has."""
    layout = choice.layout_of(screens)
    own = (ME,) if shows_self else ()
    shared = tuple(screen_of(one) for one in screens)
    main = choice.pinned
    if main is None and layout is Layout.SHARE:
        main = shared[0]
    if main is None and layout is Layout.SPEAKER:
        main = speaker if speaker in everybody else next(iter(everybody), None)
    if main is None:
        limit = MAX_TILES - len(own) - len(shared)
        shown = choose(everybody, speaking, [one for one in before if one in everybody], max(1, limit))
        return Plan(Layout.GRID, None, (*shared, *shown.ids, *own), shown.more)
    first = tuple(one for one in (*shared, *own) if one != main)
    others = [one for one in everybody if one != main]
    limit = max(1, places - len(first))
    shown = choose(others, speaking, [one for one in before if one in others], limit)
    return Plan(layout, main, (*first, *shown.ids), shown.more)


def next_speaker(before: str | None, everybody: Sequence[str], speaking: Collection[str]) -> str | None:
    """Who has the large place: the same one, until somebody else speaks while they are silent."""
    if before in everybody and (before in speaking or not speaking):
        return before
    return next((one for one in everybody if one in speaking), before if before in everybody else None)


def places_in(width: int) -> int:
    """How many tiles a filmstrip of that width has."""
    return max(2, min(_MOST_IN_STRIP, (width + GAP) // (_NARROWEST + GAP)))


def places_of(made: Plan, width: int, height: int, extra: int = 0) -> tuple[Cell, ...]:
    """A cell for each of ``made.order``, and for ``extra`` tiles after them, in an area of ``width`` x ``height``."""
    count = len(made.order) + extra
    if made.main is None:
        return cells(count, width, height)
    in_strip = count - 1
    if in_strip == 0:
        return (Cell(0, 0, width, height),)
    highest = round(min(_HIGHEST, max(_LOWEST, height * _STRIP_SHARE)))
    widest = (width - (in_strip - 1) * GAP) // in_strip
    tile_height = min(highest, max(1, round(widest / _SHAPE)))
    tile_width = min(widest, round(tile_height * 16 / 9))
    top = height - tile_height
    left = (width - in_strip * tile_width - (in_strip - 1) * GAP) // 2
    strip = [Cell(left + index * (tile_width + GAP), top, tile_width, tile_height) for index in range(in_strip)]
    return (Cell(0, 0, width, max(1, top - GAP)), *strip)
