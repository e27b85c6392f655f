"""Moments in words, in the person's own time zone and way of writing times."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo

from PySide6.QtCore import QDate, QLocale, QTime, QTimeZone

from app.ui.language import day_format
from app.ui.words import tr

EVENING_HOUR = 18


def time_format() -> str:
    """How the person writes a time of day; the C locale would add seconds."""
    locale = QLocale()
    return "HH:mm" if locale.language() == QLocale.Language.C else locale.timeFormat(QLocale.FormatType.ShortFormat)


def clock(moment: datetime, zone: tzinfo | None = None) -> str:
    """The time of day, "16:30", in ``zone`` or, where that is None, here and now."""
    local = moment.astimezone(zone)
    return QLocale().toString(QTime(local.hour, local.minute), time_format())


def day(moment: datetime, now: datetime) -> str:
    """The local day, "Fri 15 May"; its year is said where that is not this one."""
    local = moment.astimezone()
    plain = "ddd d MMM" if local.year == local_day(now).year else "ddd d MMM yyyy"
    return QLocale().toString(QDate(local.year, local.month, local.day), day_format(plain))


def local_day(moment: datetime) -> date:
    return moment.astimezone().date()


def span(start: datetime, end: datetime, now: datetime) -> str:
    """When a session is: "Since 14:00 · until 16:00", "15:00 – 16:30" today, "Fri 15 May, 16:30 – 18:00" later."""
    last = clock(end) if local_day(end) == local_day(start) else f"{day(end, now)}, {clock(end)}"
    if start <= now < end:
        first = clock(start) if local_day(start) == local_day(now) else f"{day(start, now)}, {clock(start)}"
        return tr("Since %1 · until %2").replace("%1", first).replace("%2", last)
    if local_day(start) == local_day(now):
        return f"{clock(start)} – {last}"
    return f"{day(start, now)}, {clock(start)} – {last}"


def nearness(start: datetime, now: datetime) -> str:
    """How far away a session that has not begun is: "Soon", "Later today", "Tonight", "Tomorrow", or its day."""
    if start - now <= timedelta(hours=1):
        return tr("Soon")
    if local_day(start) == local_day(now):
        return tr("Tonight") if start.astimezone().hour >= EVENING_HOUR else tr("Later today")
    if local_day(start) == local_day(now) + timedelta(days=1):
        return tr("Tomorrow")
    return day(start, now)


def countdown(start: datetime, now: datetime) -> str:
    """What a button says of a session within the next hour, "Starts in 12 min"; "" for later ones."""
    minutes = -(-int((start - now).total_seconds()) // 60)
    return tr("Starts in %n min", max(1, minutes)) if minutes < 60 else ""


def zone_words() -> str:
    """The person's time zone by its city, "Berlin time"."""
    name = bytes(QTimeZone.systemTimeZoneId().data()).decode()
    city = name.rpartition("/")[2].replace("_", " ")
    return tr("%1 time").replace("%1", city) if "/" in name and not name.startswith("Etc/") else city or "UTC"
