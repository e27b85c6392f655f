"""The chat as an item model: a row per message, and the smallest change that turns the old rows into the new ones.

Promises: a state of n messages of which k are new costs k insertions, not a reset; a row whose look changed (delivery, its place in a
group) is reported by ``dataChanged``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.room.state import Delivery, Message, MessageKind
from app.ui.room.rows import Row, rows
from app.ui.room.when import clock_time
from app.ui.words import person, plain, tr

type Index = QModelIndex | QPersistentModelIndex

_NOWHERE = QModelIndex()


class ChatModel(QAbstractListModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._messages: tuple[Message, ...] = ()
        self._rows: list[Row] = []

    @property
    def rows(self) -> Sequence[Row]:
        return self._rows

    def show_messages(self, messages: tuple[Message, ...]) -> None:
        if messages == self._messages:
            return
        made = rows(messages)
        keys = [one.key for one in made]
        old_keys = [one.key for one in self._rows]
        head = _common_start(old_keys, keys)
        tail = _common_start(old_keys[head:][::-1], keys[head:][::-1])
        gone = len(old_keys) - head - tail
        came = len(keys) - head - tail
        before = self._rows
        if gone:
            self.beginRemoveRows(_NOWHERE, head, head + gone - 1)
            self._rows = before[:head] + before[head + gone :]
            self.endRemoveRows()
        if came:
            self.beginInsertRows(_NOWHERE, head, head + came - 1)
            self._rows = self._rows[:head] + made[head : head + came] + self._rows[head:]
            self.endInsertRows()
        self._messages = messages
        shown, self._rows = self._rows, made
        for index, (old, new) in enumerate(zip(shown, made, strict=True)):
            if old is not new and old != new:
                self.dataChanged.emit(self.index(index), self.index(index))

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


def spoken(row: Row) -> str:
    """The row for a screen reader."""
    message = row.message
    text = plain(message.text)
    if message.kind is MessageKind.SYSTEM:
        return f"{text}, {clock_time(message.at)}"
    sender = tr("You") if message.mine else person(message.user_name)
    said = f"{sender}, {clock_time(message.at)}: {text}"
    match message.delivery:
        case Delivery.PENDING:
            return said + ". " + tr("Sending")
        case Delivery.FAILED:
            return said + ". " + tr("Not sent. Press Enter to try again, Delete to remove it.")
        case Delivery.SENT:
            return said


def _common_start(first: Sequence[str], second: Sequence[str]) -> int:
    count = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        count += 1
    return count
