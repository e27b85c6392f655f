"""What time it is, as a value that is handed in, so that status, tokens and study days can be tested at any hour."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]
"""Returns the present moment: aware, UTC, whole milliseconds."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def utc_now() -> datetime:
    """The present, cut to milliseconds: what both databases can hold."""
    return in_milliseconds(datetime.now(UTC))


def in_milliseconds(moment: datetime) -> datetime:
    return from_millis(to_millis(moment))


def to_millis(moment: datetime) -> int:
    """Whole milliseconds since 1970; ``moment`` must be aware."""
    return (moment - EPOCH) // _MILLISECOND


def from_millis(millis: int) -> datetime:
    return EPOCH + millis * _MILLISECOND
