"""How many days in a row somebody studied. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from protocol.rest import Streaks

_DAY = timedelta(days=1)


def streaks(days: Iterable[date], today: date) -> Streaks:
    """The current and the longest run of consecutive days.

    A current run ends today or, since today is not over, yesterday. Days after ``today`` do not count.
    """
    studied = {day for day in days if day <= today}
    longest = max((_run_up_to(day, studied) for day in studied if day + _DAY not in studied), default=0)
    last = today if today in studied else today - _DAY
    return Streaks(current_streak=_run_up_to(last, studied), longest_streak=longest)


def _run_up_to(last: date, studied: set[date]) -> int:
    length = 0
    while last in studied:
        length += 1
        last -= _DAY
    return length
