"""The chat as an item model: a row per message, and the smallest change that turns the old rows into the new ones.

Promises: a state of n messages of which k are new costs k insertions, not a reset; a row whose look changed
(delivery, its place in a group) is reported by ``dataChanged``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.room.state import Delivery, Message, MessageKind
from app.ui.room.links import find_links
from app.ui.room.rows import Row, row_at
from app.ui.room.when import clock_time
from app.ui.words import line, person, plain, tr

type Index = QModelIndex | QPersistentModelIndex

_NOWHERE = QModelIndex()


class ChatModel(QAbstractListModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._messages: tuple[Message, ...] = ()
        self._rows: list[Row] = []
        self._first_new: str | None = None

    @property
    def first_new(self) -> str | None:
        """Above which message it says "New"."""
        return self._first_new

    def mark_new(self, key: str | None) -> None:
        """Say "New" above that message, and above no other."""
        if key != self._first_new:
            moved = {key, self._first_new}
            self._first_new = key
            for index, row in enumerate(self._rows):
                if row.key in moved:
                    self._refresh(range(index, index + 1))

    @property
    def rows(self) -> Sequence[Row]:
        return self._rows

    def show_messages(self, messages: tuple[Message, ...]) -> None:
        """Show these from now on."""
        if messages == self._messages:
            return
        old, self._messages = self._messages, messages
        head = _common_start(old, messages)
        tail = _common_start(old[head:][::-1], messages[head:][::-1])
        old_keys = [one.key for one in old[head : len(old) - tail]]
        keys = [one.key for one in messages[head : len(messages) - tail]]
        first = head + _common_start(old_keys, keys)
        kept_after = tail + _common_start(old_keys[first - head :][::-1], keys[first - head :][::-1])
        self._remove(first, len(old) - kept_after)
        self._insert(first, len(messages) - kept_after)
        self._refresh(range(max(0, head - 1), min(len(messages), len(messages) - tail + 1)))

    def _remove(self, first: int, end: int) -> None:
        if first < end:
            self.beginRemoveRows(_NOWHERE, first, end - 1)
            del self._rows[first:end]
            self.endRemoveRows()

    def _insert(self, first: int, end: int) -> None:
        if first < end:
            self.beginInsertRows(_NOWHERE, first, end - 1)
            self._rows[first:first] = [self._row(index) for index in range(first, end)]
            self.endInsertRows()

    def _refresh(self, indexes: range) -> None:
        """Make the rows anew whose messages or neighbours changed."""
        for index in indexes:
            made = self._row(index)
            if made != self._rows[index]:
                self._rows[index] = made
                self.dataChanged.emit(self.index(index), self.index(index))

    def _row(self, index: int) -> Row:
        return row_at(self._messages, index, datetime.now(UTC), first_new=self._first_new)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return plain(row.message.text)
            case Qt.ItemDataRole.AccessibleTextRole:
                return spoken(row)
            case _:
                return None


def sender(message: Message) -> str:
    """Who said it, as far as that is proven."""
    return person(message.user_name) + guest_mark(message)


def guest_mark(message: Message) -> str:
    """What follows the name of somebody who only says that it is theirs."""
    return "" if message.verified else f" · {tr('guest')}"


def system_words(message: Message) -> str:
    """On one line, and with the sender, since anybody may say such a thing."""
    return f"{sender(message)}: {line(message.text)}"


def spoken(row: Row) -> str:
    """The row for a screen reader."""
    message = row.message
    if message.kind is MessageKind.SYSTEM:
        return f"{system_words(message)}, {clock_time(message.at)}"
    text = plain(message.text)
    who = tr("You") if message.mine else sender(message)
    said = f"{who}, {clock_time(message.at)}: {text}"
    if row.begins_new:
        said = tr("New") + ". " + said
    if find_links(text):
        said += ". " + tr("Press Enter to open its link")
    match message.delivery:
        case Delivery.PENDING:
            return said + ". " + tr("Sending")
        case Delivery.FAILED:
            return said + ". " + tr("Not sent. Press Enter to try again, Delete to remove it.")
        case Delivery.SENT:
            return said


def _common_start[T](first: Sequence[T], second: Sequence[T]) -> int:
    count = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        count += 1
    return count
