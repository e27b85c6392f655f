"""Medians and ratios of runs, and what a series of frames amounts to. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean, median

import numpy as np

type Numbers = Sequence[float | None]


def middle(values: Numbers, digits: int = 4) -> float | None:
    """The median of what was measured, or None where nothing was."""
    known = [value for value in values if value is not None]
    return round(median(known), digits) if known else None


def mean(values: Sequence[float], digits: int = 4) -> float | None:
    return round(fmean(values), digits) if values else None


def ratio(ours: Numbers, theirs: Numbers) -> float | None:
    """Median by median; None where a side was not measured, or theirs is nothing."""
    above, below = middle(ours, 9), middle(theirs, 9)
    return None if above is None or not below else round(above / below, 3)


def difference(ours: Numbers, theirs: Numbers) -> float | None:
    above, below = middle(ours, 9), middle(theirs, 9)
    return None if above is None or below is None else round(above - below, 2)


def percentile(values: Sequence[float], percent: float) -> float | None:
    return round(float(np.percentile(np.array(values), percent)), 2) if values else None


def slope(points: Sequence[tuple[int, float]]) -> float | None:
    """Of the straight line nearest to ``points`` (least squares); None below two different places."""
    if len({x for x, _ in points}) < 2:
        return None
    xs, ys = (np.array(side, float) for side in zip(*points, strict=True))
    return round(float(np.polyfit(xs, ys, 1)[0]), 4)


def sustained_from(times: Sequence[float], count: int, window_s: float = 1.0) -> float | None:
    """When the first stretch of ``window_s`` with at least ``count`` events begins. ``times`` rise."""
    for first in range(len(times) - count + 1):
        if times[first + count - 1] - times[first] <= window_s:
            return times[first]
    return None


def matched(sent: Sequence[tuple[int, float]], seen: Sequence[tuple[int, float]], within_s: float) -> list[float]:
    """Seconds from ``sent`` to ``seen`` for each frame that was seen, both (number, when), the numbers cyclic.

    A number comes again each time the clip starts over, so only what is less than ``within_s`` old counts as the same
    frame.
    """
    when: dict[int, list[float]] = {}
    for number, at in sent:
        when.setdefault(number, []).append(at)
    ages: list[float] = []
    for number, at in seen:
        young = [at - start for start in when.get(number, []) if 0 <= at - start < within_s]
        if young:
            ages.append(min(young))
    return ages
