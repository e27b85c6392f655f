"""Stays for the tests of what was studied."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from app.study.stays import Stay


def today() -> date:
    """Asked anew each time: a run of the tests may go on over midnight."""
    return datetime.now().astimezone().date()


def stay(key: str, day: date | None = None, minutes: float = 50, **known: object) -> Stay:
    """One that began at local noon of ``day``, by default of today."""
    began = datetime.now(UTC) if day is None else datetime(day.year, day.month, day.day, 12).astimezone()
    base = Stay(key, "s1", "Linear algebra", began, began + timedelta(minutes=minutes))
    return replace(base, **known)  # pyright: ignore[reportArgumentType]
