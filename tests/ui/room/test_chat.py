"""The chat panel in its window: sending, failing, trying again, reading far above, and what people may try to
smuggle in.
"""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QFontMetrics
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.room.state import Delivery
from app.ui.room.bubble import Action, Bubble
from app.ui.room.chat_panel import ChatPanel
from app.ui.room.window import RoomWindow
from tests.ui.room.own_room import LENA, OwnRoom, ago, message, somebody

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def chat(window: RoomWindow, room: OwnRoom, qtbot: QtBot) -> ChatPanel:
    room.enter(somebody("Priya Nair"))
    window.open_panel("chat")
    qtbot.waitUntil(lambda: len(window.stage.order) == 2)
    return window.panel.chat


def place(chat: ChatPanel, row: int, action: Action) -> QPoint:
    """Where an action of a message is, in the view."""
    rect = chat.view.visualRect(chat.model.index(row))
    bubble = Bubble(chat.model.rows[row], rect.width(), Qt.LayoutDirection.LeftToRight)
    press = next(one for one in bubble.presses if one.action is action)
    return (QPointF(rect.topLeft()) + press.rect.center()).toPoint()


def test_enter_sends_and_empties_the_line(qtbot: QtBot, chat: ChatPanel, room: OwnRoom) -> None:
    qtbot.keyClicks(chat.composer.input, "  hello all ")
    qtbot.keyClick(chat.composer.input, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "say text hello all" in room.asked)
    assert chat.composer.text == ""
    qtbot.waitUntil(lambda: chat.model.rowCount() == 1)


def test_shift_enter_begins_a_line_and_blanks_are_not_sent(qtbot: QtBot, chat: ChatPanel, room: OwnRoom) -> None:
    qtbot.keyClick(chat.composer.input, Qt.Key.Key_Return)
    qtbot.keyClicks(chat.composer.input, "   ")
    qtbot.keyClick(chat.composer.input, Qt.Key.Key_Return)
    chat.composer.input.clear()
    before = chat.composer.input.height()
    qtbot.keyClicks(chat.composer.input, "one")
    qtbot.keyClick(chat.composer.input, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(chat.composer.input, "two")
    assert chat.composer.text == "one\ntwo"
    assert chat.composer.input.height() > before
    assert room.asked == ["join"]


def test_what_is_written_keeps_from_the_edge_above_and_below(qtbot: QtBot, chat: ChatPanel) -> None:
    def gap() -> tuple[int, int]:
        text, cursor = chat.composer.input, chat.composer.input.cursorRect()
        middle = text.viewport().mapTo(chat.composer, cursor.center()).y()
        return middle, chat.composer.height() - middle

    line = QFontMetrics(chat.composer.input.font()).lineSpacing()
    above, below = gap()
    assert abs(above - below) <= 2
    before = chat.composer.height()
    qtbot.keyClicks(chat.composer.input, "one")
    qtbot.keyClick(chat.composer.input, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(chat.composer.input, "two")
    qtbot.waitUntil(lambda: chat.composer.height() > before)
    above, below = gap()
    assert abs(above - line - below) <= 2
    assert below - line / 2 >= 11


def test_a_failed_message_is_sent_again_by_click(qtbot: QtBot, chat: ChatPanel, room: OwnRoom) -> None:
    room.server_is_away = True
    qtbot.keyClicks(chat.composer.input, "hello")
    qtbot.keyClick(chat.composer.input, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: chat.model.rowCount() == 1)
    key = chat.model.rows[0].key
    qtbot.mouseClick(chat.view.viewport(), LEFT, pos=place(chat, 0, Action.RETRY))
    qtbot.waitUntil(lambda: f"retry {key}" in room.asked)
    qtbot.waitUntil(lambda: chat.model.rows[0].message.delivery is Delivery.SENT)


def test_a_failed_message_is_removed_by_key(qtbot: QtBot, chat: ChatPanel, room: OwnRoom) -> None:
    room.hear(message("fine"), message("lost", LENA.name, delivery=Delivery.FAILED))
    qtbot.waitUntil(lambda: chat.model.rowCount() == 2)
    chat.view.setFocus()
    assert chat.view.currentIndex().row() == 1, "the keyboard begins at the newest"
    qtbot.keyClick(chat.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: chat.model.rowCount() == 1)
    qtbot.keyClick(chat.view, Qt.Key.Key_Delete)
    assert [one for one in room.asked if one.startswith("discard")] == [room.asked[-1]], (
        "only what failed can be removed"
    )


@pytest.mark.parametrize(("words", "intent"), [("Delete", "discard"), ("Try again", "retry")])
def test_the_menu_stays_with_its_message_whatever_is_said_meanwhile(
    qtbot: QtBot, chat: ChatPanel, room: OwnRoom, words: str, intent: str
) -> None:
    lost = [message(text, LENA.name, delivery=Delivery.FAILED) for text in ("first lost", "second lost")]
    room.hear(*lost)
    qtbot.waitUntil(lambda: chat.model.rowCount() == 2)
    menu = open_menu(chat, 1)
    room.change(messages=(message("said meanwhile"), *lost))
    qtbot.waitUntil(lambda: chat.model.rowCount() == 3)
    choices = {one.text(): one for one in menu.actions()}
    choices["Copy text"].trigger()
    assert QApplication.clipboard().text() == "second lost"
    choices[words].trigger()
    qtbot.waitUntil(lambda: len(room.asked) == 2)
    assert room.asked == ["join", f"{intent} {lost[1].key}"]
    menu.close()


def open_menu(chat: ChatPanel, row: int) -> QMenu:
    """The context menu of a message, as a click of the other button opens it."""
    viewport = chat.view.viewport()
    at = chat.view.visualRect(chat.model.index(row)).center()
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(viewport, QContextMenuEvent(reason, at, viewport.mapToGlobal(at)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def test_a_refused_message_comes_back_into_the_line(
    qtbot: QtBot, window: RoomWindow, chat: ChatPanel, room: OwnRoom
) -> None:
    qtbot.keyClicks(chat.composer.input, "/refuse this")
    qtbot.keyClick(chat.composer.input, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: chat.composer.text == "/refuse this")
    assert window.toasts.words


def test_a_text_that_is_too_long_is_kept_and_explained(qtbot: QtBot, chat: ChatPanel, room: OwnRoom) -> None:
    chat.composer.input.setPlainText("x" * 4_000)
    assert chat.composer.limit_words == "4000 of 4000 characters"
    assert chat.composer.send_button.isEnabled()
    chat.composer.insert("y" * 12)
    assert chat.composer.limit_words.startswith("Too long by 12.")
    assert not chat.composer.send_button.isEnabled()
    qtbot.keyClick(chat.composer.input, Qt.Key.Key_Return)
    assert len(chat.composer.text) == 4_012
    assert room.asked == ["join"]


def test_lengths_are_written_as_the_language_does(qtbot: QtBot, chat: ChatPanel, german: None) -> None:
    chat.composer.input.setPlainText("x" * 5_234)
    assert chat.composer.limit_words.startswith("Um 1.234 zu lang.")
    chat.composer.input.setPlainText("x" * 3_950)
    assert chat.composer.limit_words == "3.950 von 4.000 Zeichen"


def test_markup_stays_text(qtbot: QtBot, chat: ChatPanel, room: OwnRoom) -> None:
    text = "<img src='file:///etc/passwd' width=9999><b>x</b>"
    room.hear(message(text, "<h1>Eve</h1>"))
    qtbot.waitUntil(lambda: chat.model.rowCount() == 1)
    index = chat.model.index(0)
    assert index.data() == text
    assert chat.view.visualRect(index).width() <= chat.view.width()
    chat.view.setFocus()
    qtbot.keyClick(chat.view, Qt.Key.Key_Down)
    qtbot.keyClick(chat.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == text


def test_an_emoji_is_picked_and_goes_as_emoji(qtbot: QtBot, chat: ChatPanel, room: OwnRoom) -> None:
    height = chat.view.height()
    qtbot.mouseClick(chat.composer.emoji_button, LEFT)
    assert chat.picker.isVisible()
    qtbot.waitUntil(lambda: chat.view.height() < height)
    qtbot.keyClicks(chat.picker.search, "thumbs")
    assert chat.picker.offered == ["👍", "👎"]
    qtbot.keyClick(chat.picker.search, Qt.Key.Key_Return)
    assert chat.composer.text == "👍"
    qtbot.keyClick(chat.picker.search, Qt.Key.Key_Escape)
    qtbot.keyClick(chat.picker.search, Qt.Key.Key_Escape)
    assert not chat.picker.isVisible()
    qtbot.keyClick(chat.composer.input, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "say emoji 👍" in room.asked)


def fill(room: OwnRoom, count: int) -> None:
    room.hear(*(message(f"line {index} " + "word " * (index % 20), at=ago(count - index)) for index in range(count)))


def test_whoever_reads_above_is_not_moved_and_finds_the_way_back(qtbot: QtBot, chat: ChatPanel, room: OwnRoom) -> None:
    fill(room, 300)
    qtbot.waitUntil(lambda: chat.model.rowCount() == 300)
    view = chat.view
    assert view.is_at_end
    assert chat.newest.isHidden()
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    assert not view.is_at_end
    reading = view.indexAt(QPoint(10, 100))
    where = view.visualRect(reading).top()
    room.hear(message("new one"))
    qtbot.waitUntil(lambda: chat.model.rowCount() == 301)
    assert view.visualRect(reading).top() == where
    assert chat.newest.isVisible()
    assert chat.newest.text() == "1 new"
    assert chat.unread == 1
    qtbot.mouseClick(chat.newest, LEFT)
    assert view.is_at_end
    assert chat.newest.isHidden()
    assert chat.unread == 0


def test_the_scroll_bar_comes_with_the_messages_that_need_it(qtbot: QtBot, chat: ChatPanel, room: OwnRoom) -> None:
    bar = chat.view.verticalScrollBar()
    assert not bar.isVisible()
    fill(room, 60)
    qtbot.waitUntil(bar.isVisible)
    assert chat.view.is_at_end


def test_earlier_messages_load_above_without_a_jump(qtbot: QtBot, chat: ChatPanel, room: OwnRoom) -> None:
    room.earlier = [message(f"earlier {index} " + "word " * (index % 9), at=ago(500)) for index in range(60)]
    room.change(has_earlier_messages=True)
    fill(room, 40)
    qtbot.waitUntil(lambda: chat.model.rowCount() == 40)
    assert "load earlier" not in room.asked
    view = chat.view
    top_key = chat.model.rows[0].key
    view.verticalScrollBar().setValue(10)
    where = view.visualRect(chat.model.index(0)).top()
    qtbot.waitUntil(lambda: chat.model.rowCount() == 90)
    row = next(index for index, one in enumerate(chat.model.rows) if one.key == top_key)
    assert row == 50
    # the first of the old ones lost its place at the head of the list, and may be a little lower or higher for it
    assert abs(view.visualRect(chat.model.index(row)).top() - where) <= 40
    assert chat.unread == 0
    assert room.asked.count("load earlier") == 1


def test_our_own_message_brings_the_end_into_sight(qtbot: QtBot, chat: ChatPanel, room: OwnRoom) -> None:
    fill(room, 100)
    qtbot.waitUntil(lambda: chat.model.rowCount() == 100)
    chat.view.verticalScrollBar().setValue(0)
    qtbot.keyClicks(chat.composer.input, "here")
    qtbot.keyClick(chat.composer.input, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: chat.model.rowCount() == 101)
    assert chat.view.is_at_end


def test_ten_thousand_messages_do_not_stutter(qtbot: QtBot, chat: ChatPanel, room: OwnRoom) -> None:
    fill(room, 10_000)
    qtbot.waitUntil(lambda: chat.model.rowCount() == 10_000)
    chat.view.grab()
    started = time.process_time()
    for index in range(20):
        chat.model.show_messages((*(row.message for row in chat.model.rows), message(f"more {index}")))
        chat.view.grab()
    each = (time.process_time() - started) / 20
    assert each < 0.05, f"a message among ten thousand costs {each * 1000:.0f} ms"
    bar = chat.view.verticalScrollBar()
    started = time.process_time()
    for step in range(40):
        bar.setValue(bar.maximum() * step // 40)
        chat.view.grab()
    each = (time.process_time() - started) / 40
    assert each < 0.05, f"a jump costs {each * 1000:.0f} ms"


def test_history_that_could_not_be_loaded_is_said(qtbot: QtBot, chat: ChatPanel, room: OwnRoom) -> None:
    assert chat.note == "No messages yet. Say hello!"
    room.change(history_problem="timeout")
    qtbot.waitUntil(lambda: chat.note == "Earlier messages could not be loaded.")
