"""How the chat is laid out in rows: who is named where, what stands together, what counts as unread. Pure.

Rules: messages of one sender within five minutes of each other stand together; the first one of somebody else's bears
name and time, the last one the picture; our own bear time and delivery below the last one; what is not sent yet
stands alone. A new day and a system message end a group.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from app.room.state import Delivery, Message, MessageKind

TOGETHER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Row:
    """One message and its place in its group."""

    message: Message
    is_first: bool
    is_last: bool
    day: datetime | None = None
    """Local midnight of the day that this row begins, where that has to be said."""
    begins_new: bool = False
    """What was not read yet begins here."""

    @property
    def key(self) -> str:
        return self.message.key

    @property
    def is_system(self) -> bool:
        return self.message.kind is MessageKind.SYSTEM

    @property
    def has_footer(self) -> bool:
        """Time and delivery, or the way out of a failure, below one of our own."""
        return self.message.mine and not self.is_system and self.is_last

    @property
    def has_header(self) -> bool:
        return self.is_first and not self.message.mine and not self.is_system

    @property
    def has_picture(self) -> bool:
        return self.is_last and not self.message.mine and not self.is_system


def row_at(
    messages: Sequence[Message], index: int, now: datetime, zone: tzinfo | None = None, *, first_new: str | None = None
) -> Row:
    """The row of one message; it depends on its two neighbours only.

    ``zone`` is the local one unless said. The oldest message names its day only where that is not the day of ``now``.
    ``first_new`` is the key of the first message that was not read.
    """
    message = messages[index]
    day = _day(message, zone)
    before = messages[index - 1] if index else None
    after = messages[index + 1] if index + 1 < len(messages) else None
    begins_day = before is None or _day(before, zone) != day
    is_first = begins_day or before is None or not _together(before, message)
    is_last = after is None or _day(after, zone) != day or not _together(message, after)
    names_day = begins_day and (before is not None or day != _midnight(now, zone))
    return Row(message, is_first, is_last, day if names_day else None, message.key == first_new)


def unread_keys(messages: Sequence[Message], seen: Collection[str], read_until: datetime | None = None) -> list[str]:
    """The messages of others after the newest one that was seen, the newest first. What was sent up to
    ``read_until`` was seen another time.
    """
    keys: list[str] = []
    for message in reversed(messages):
        is_old = read_until is not None and message.delivery is Delivery.SENT and message.at <= read_until
        if is_old or message.key in seen:
            break
        if not message.mine and message.kind is not MessageKind.SYSTEM:
            keys.append(message.key)
    return keys


def unread(messages: Sequence[Message], seen: Collection[str], read_until: datetime | None = None) -> int:
    """How many messages of others came after the newest one that was seen."""
    return len(unread_keys(messages, seen, read_until))


def _together(first: Message, second: Message) -> bool:
    if MessageKind.SYSTEM in (first.kind, second.kind):
        return first.kind is second.kind
    return (
        _author(first) == _author(second)
        and first.delivery is Delivery.SENT
        and second.delivery is Delivery.SENT
        and second.at - first.at < TOGETHER
    )


def _author(message: Message) -> tuple[str, str, bool, bool]:
    return message.user_id, message.user_name, message.mine, message.verified


def _day(message: Message, zone: tzinfo | None) -> datetime:
    return _midnight(message.at, zone)


def _midnight(at: datetime, zone: tzinfo | None) -> datetime:
    return at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
