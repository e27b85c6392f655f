"""Times and days as people say them, in their own zone."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QDate, QLocale, QTime

from app.ui.language import day_format
from app.ui.words import tr


def clock_time(at: datetime) -> str:
    """``14:05``, as the person's locale writes it."""
    local = at.astimezone()
    return QLocale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)


def day_words(day: datetime, now: datetime | None = None) -> str:
    """Today, Yesterday, or the weekday and the date."""
    today = (now or datetime.now().astimezone()).date()
    if day.date() == today:
        return tr("Today")
    if day.date() == today - timedelta(days=1):
        return tr("Yesterday")
    return QLocale().toString(
        QDate(day.year, day.month, day.day), day_format("ddd d MMMM" if day.year == today.year else "d MMMM yyyy")
    )
