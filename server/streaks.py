"""How many days in a row somebody studied. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from protocol.rest import Streaks


def streaks(days: Iterable[date], today: date) -> Streaks:
    """The current and the longest run of consecutive days.

    A current run ends today or, since today is not over, yesterday. Days after ``today`` do not count.
    """
    now = today.toordinal()  # numbers of days: there is no date before the first one
    studied = {day.toordinal() for day in days if day <= today}
    longest = max((_run_up_to(day, studied) for day in studied if day + 1 not in studied), default=0)
    last = now if now in studied else now - 1
    return Streaks(current_streak=_run_up_to(last, studied), longest_streak=longest)


def _run_up_to(last: int, studied: set[int]) -> int:
    length = 0
    while last - length in studied:
        length += 1
    return length
