"""How the chat is laid out in rows: who is named where, what stands together, what counts as unread. Pure.

Rules: messages of one sender within five minutes of each other stand together; the first one of somebody else's bears name and
time, the last one the picture; our own bear time and delivery below the last one; what is not sent yet stands alone. A new day and
a system message end a group.
"""

from __future__ import annotations

from collections.abc import Sequence
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
    """Local midnight, where a new day begins with this row."""

    @property
    def key(self) -> str:
        return self.message.key

    @property
    def has_footer(self) -> bool:
        """Time and delivery, or the way out of a failure, below one of our own."""
        return self.message.mine and (self.is_last or self.message.delivery is not Delivery.SENT)

    @property
    def has_header(self) -> bool:
        return self.is_first and not self.message.mine and self.message.kind is not MessageKind.SYSTEM

    @property
    def has_picture(self) -> bool:
        return self.is_last and not self.message.mine and self.message.kind is not MessageKind.SYSTEM


def rows(messages: Sequence[Message], zone: tzinfo | None = None) -> list[Row]:
    """One row per message; ``zone`` is the local one unless said."""
    days = [_day(one.at, zone) for one in messages]
    made: list[Row] = []
    for index, message in enumerate(messages):
        begins_day = index == 0 or days[index] != days[index - 1]
        starts = begins_day or not _together(messages[index - 1], message)
        ends = (
            index + 1 == len(messages)
            or days[index + 1] != days[index]
            or not _together(message, messages[index + 1])
        )
        made.append(Row(message, starts, ends, days[index] if begins_day else None))
    return made


def unread(messages: Sequence[Message], seen: set[str]) -> int:
    """How many messages of others came after the newest one that was seen."""
    count = 0
    for message in reversed(messages):
        if message.key in seen:
            break
        if not message.mine and message.kind is not MessageKind.SYSTEM:
            count += 1
    return count


def _together(first: Message, second: Message) -> bool:
    if MessageKind.SYSTEM in (first.kind, second.kind):
        return first.kind is second.kind
    return (
        (first.user_id, first.user_name, first.mine) == (second.user_id, second.user_name, second.mine)
        and first.delivery is Delivery.SENT
        and second.delivery is Delivery.SENT
        and second.at - first.at < TOGETHER
    )


def _day(at: datetime, zone: tzinfo | None) -> datetime:
    return at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
