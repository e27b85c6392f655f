"""What a person writes for a day or a time of day, read as generously as it is clear."""

from __future__ import annotations

import re

from PySide6.QtCore import QDate, QLocale, QTime

_CENTURY = 2_000
_WORDS = ("ddd d MMM yyyy", "d MMM yyyy", "d MMMM yyyy", "d. MMM yyyy", "d. MMMM yyyy", "MMM d, yyyy", "MMMM d, yyyy")
_NUMBERS = re.compile(r"\s*(\d{1,4})\s*([./\-\s])\s*(\d{1,2})(?:\s*[./\-\s]\s*(\d{1,4}))?\s*[./-]?\s*")
_TIME = re.compile(r"\s*(\d{1,2})\s*[:.h]?\s*(\d{2})?\s*([ap])?\.?\s*(?:m\.?|Uhr)?\s*", re.IGNORECASE)


def typed_day(text: str, locale: QLocale, earliest: QDate) -> QDate | None:
    """ "24.12.2026", "24.12.", "12/24/26" where people write so, "2026-12-24" or "24 Dec 2026"; None for anything else.

    A day without a year is the next such day from ``earliest`` on.
    """
    numbers = _NUMBERS.fullmatch(text)
    if numbers is not None:
        first, between, second, third = numbers.groups()
        return _of_numbers(first, between, second, third, locale, earliest)
    formats = (
        *_WORDS,
        *(locale.dateFormat(one) for one in (QLocale.FormatType.ShortFormat, QLocale.FormatType.LongFormat)),
    )
    for wanted in formats:
        day = locale.toDate(text.strip(), wanted, _CENTURY)
        if day.isValid():
            return day
    return None


def day_example(locale: QLocale, year: int) -> str:
    """A day in numbers as it can be typed, with its whole year: "24.12.2026", "12/24/2026" where people write so."""
    short = locale.dateFormat(QLocale.FormatType.ShortFormat).replace(" MM ", "/MM/")  # nobody's way: the C locale's
    return locale.toString(QDate(year, 12, 24), short if "yyyy" in short else short.replace("yy", "yyyy"))


def _of_numbers(
    first: str, between: str, second: str, third: str | None, locale: QLocale, earliest: QDate
) -> QDate | None:
    if len(first) > 2:
        return _valid(int(first), int(second), int(third)) if third is not None and len(third) <= 2 else None
    short = locale.dateFormat(QLocale.FormatType.ShortFormat)
    is_month_first = between == "/" and short.find("M") < short.find("d")
    month, day = (first, second) if is_month_first else (second, first)
    if third is not None:
        if len(third) not in (2, 4):
            return None
        return _valid(int(third) + (_CENTURY if len(third) == 2 else 0), int(month), int(day))
    years = range(earliest.year(), earliest.year() + 9)  # a 29 February may be as far away as that
    ahead = (_valid(year, int(month), int(day)) for year in years)
    return next((one for one in ahead if one is not None and one >= earliest), None)


def _valid(year: int, month: int, day: int) -> QDate | None:
    made = QDate(year, month, day)
    return made if made.isValid() else None


def typed_time(text: str) -> QTime | None:
    """ "18:30", "18.30", "1830", "18", "6:30 pm"; None for anything else."""
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    made = QTime(hour, minute)
    return made if made.isValid() else None
