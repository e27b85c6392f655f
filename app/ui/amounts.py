"""Amounts of study in words: minutes, days, sessions, and what keeps them from being known."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale

from app.study.book import BookFailed
from app.study.days import StudyDay
from app.ui.language import day_format
from app.ui.words import explain, tr


def minutes(count: int) -> str:
    """ "50 min", "1 h 50 min", "2 h"."""
    hours, rest = divmod(count, 60)
    if not hours:
        return tr("%n min", rest)
    whole = tr("%1 h").replace("%1", QLocale().toString(hours))
    return f"{whole} {tr('%n min', rest)}" if rest else whole


def hours(count: int) -> str:
    """Minutes as whole hours, "214 h"."""
    return tr("%1 h").replace("%1", QLocale().toString(count // 60))


def days(count: int) -> str:
    return tr("1 day") if count == 1 else tr("%n days", count)


def sessions(count: int) -> str:
    return tr("1 session") if count == 1 else tr("%n sessions", count)


def people(count: int) -> str:
    return tr("1 person") if count == 1 else tr("%n people", count)


def amount(day: StudyDay) -> str:
    """How much there was on a day: its minutes, and where those are not known its sessions."""
    if day.minutes:
        return minutes(day.minutes)
    return sessions(day.sessions) if day.sessions else tr("Nothing")


def long_day(day: date) -> str:
    """ "Tuesday 17 March"."""
    return QLocale().toString(QDate(day.year, day.month, day.day), day_format("dddd d MMMM"))


def short_day(day: date) -> str:
    """ "Tue 17 Mar"."""
    return QLocale().toString(QDate(day.year, day.month, day.day), day_format("ddd d MMM"))


def day_month(day: date) -> str:
    """ "17 Mar"."""
    return QLocale().toString(QDate(day.year, day.month, day.day), day_format("d MMM"))


def month(day: date) -> str:
    """ "Mar"."""
    return QLocale().standaloneMonthName(day.month, QLocale.FormatType.ShortFormat)


def weekday_letter(day: date) -> str:
    """ "T"."""
    return QLocale().standaloneDayName(day.isoweekday(), QLocale.FormatType.NarrowFormat)


def weekday(day: date) -> str:
    """ "Tue"."""
    return QLocale().standaloneDayName(day.isoweekday(), QLocale.FormatType.ShortFormat)


def explain_study(error: Exception) -> str:
    """What to say when not all that was studied is known."""
    if isinstance(error, BookFailed):
        return tr("What you study can’t be written down on this computer. Is the disk full, or read-only?")
    return explain(error) + " " + tr("Days from other computers may be missing.")
