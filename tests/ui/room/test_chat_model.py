from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from app.room.state import Delivery, Message, MessageKind
from app.ui.room.bubble import Bubble
from app.ui.room.chat_model import ChatModel, spoken
from app.ui.room.news import told
from app.ui.room.rows import row_at
from tests.ui.room.own_room import LENA, ago, message

POOL = [message(str(index), "Priya Nair" if index % 3 else LENA.name, at=ago(50 - index)) for index in range(10)]
PENDING = [replace(one, delivery=Delivery.PENDING) for one in POOL]
chats = st.lists(st.integers(min_value=0, max_value=19), unique_by=lambda index: index % 10).map(
    lambda indexes: tuple((POOL + PENDING)[index] for index in indexes)
)


class Mirror:
    """Follows the model by its signals alone, as a view does."""

    def __init__(self, model: ChatModel) -> None:
        self.keys: list[str] = []
        self.inserted = 0
        self.changed: set[int] = set()
        self._model = model
        model.rowsInserted.connect(self._insert)
        model.rowsRemoved.connect(self._remove)
        model.dataChanged.connect(lambda first, last: self.changed.update(range(first.row(), last.row() + 1)))

    def _insert(self, parent: QModelIndex, first: int, last: int) -> None:
        self.keys[first:first] = [self._model.rows[index].key for index in range(first, last + 1)]
        self.inserted += last - first + 1

    def _remove(self, parent: QModelIndex, first: int, last: int) -> None:
        del self.keys[first : last + 1]


@given(st.lists(chats, max_size=6))
def test_any_change_is_followed_by_signals(states: list[tuple[Message, ...]]) -> None:
    model = ChatModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    mirror = Mirror(model)
    for messages in states:
        model.show_messages(messages)
        assert mirror.keys == [one.key for one in messages]
        assert [row.message for row in model.rows] == list(messages)
        fresh = [row_at(messages, index, ago(0)) for index in range(len(messages))]
        assert list(model.rows) == fresh


def painted(one: Message) -> QImage:
    bubble = Bubble(row_at([one], 0, one.at), 320, Qt.LayoutDirection.LeftToRight)
    image = QImage(320, bubble.height, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    bubble.paint(painter, hovered=None, is_current=False)
    painter.end()
    return image


def test_who_is_not_verified_is_a_guest_to_eyes_ears_and_notifications(qapp: QApplication) -> None:
    proven = message("hello", "Priya Nair")
    claimed = replace(proven, verified=False)
    assert spoken(row_at([proven], 0, proven.at)).startswith("Priya Nair, ")
    assert spoken(row_at([claimed], 0, claimed.at)).startswith("Priya Nair · guest, ")
    assert (told([proven], []), told([claimed], [])) == (["Priya Nair: hello"], ["Priya Nair · guest: hello"])
    assert painted(proven) != painted(claimed)
    endless = replace(claimed, user_name="Priya " * 30)
    assert painted(endless) != painted(replace(endless, verified=True))


def test_a_line_that_looks_like_the_apps_own_names_who_said_it(qapp: QApplication) -> None:
    eves = message("hi\n\nThe host ended the session", "Eve", kind=MessageKind.SYSTEM)
    assert spoken(row_at([eves], 0, eves.at)).startswith("Eve: hi The host ended the session, ")
    assert painted(eves) != painted(replace(eves, user_name="Bob"))


def test_one_more_message_is_one_insertion_and_at_most_one_change() -> None:
    model = ChatModel()
    mirror = Mirror(model)
    old = tuple(message(str(index)) for index in range(2000))
    model.show_messages(old)
    mirror.inserted = 0
    model.show_messages((*old, message("new")))
    assert mirror.inserted == 1
    assert mirror.changed == {1999}, "only the row before it loses its place at the end of the group"


def test_a_delivery_changes_one_row() -> None:
    model = ChatModel()
    mirror = Mirror(model)
    mine = message("hello", LENA.name, delivery=Delivery.PENDING)
    model.show_messages((message("hi"), mine))
    mirror.inserted = 0
    model.show_messages((model.rows[0].message, replace(mine, delivery=Delivery.SENT)))
    assert (mirror.inserted, mirror.changed) == (0, {1})


def test_earlier_messages_come_in_at_the_top() -> None:
    model = ChatModel()
    mirror = Mirror(model)
    new = tuple(message(str(index)) for index in range(5))
    model.show_messages(new)
    earlier = tuple(message(f"earlier {index}") for index in range(3))
    model.show_messages((*earlier, *new))
    assert mirror.keys == [one.key for one in (*earlier, *new)]
    assert mirror.inserted == 8


def test_what_is_read_out_says_who_when_and_whether_it_was_sent() -> None:
    model = ChatModel()
    model.show_messages((message("<b>hi</b>\u202e", "Pri\u202eya"), message("x", LENA.name, delivery=Delivery.FAILED)))

    def said(row: int) -> str:
        return str(model.index(row).data(Qt.ItemDataRole.AccessibleTextRole))

    assert said(0).startswith("Priya, ")
    assert said(0).endswith(": <b>hi</b>")
    assert "Not sent. Press Enter to try again" in said(1)
