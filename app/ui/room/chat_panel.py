"""The chat: messages, a way back to the newest one, emoji, and the line one types in.

What was read is remembered for each room: who comes back finds unread what was said meanwhile, and who comes for the
first time nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.room.merging import SKEW
from app.room.state import Delivery, Link, Message, MessageKind, RoomState
from app.ui.components.buttons import Button, Kind
from app.ui.components.labels import Label
from app.ui.components.margins import between, place
from app.ui.components.skeletons import DELAY_MS, Skeleton
from app.ui.room.chat_model import ChatModel
from app.ui.room.chat_view import SCROLLBAR, ChatView
from app.ui.room.composer import Composer
from app.ui.room.emoji import is_only_emoji
from app.ui.room.emoji_picker import EmojiPicker
from app.ui.room.memory import RoomMemory
from app.ui.room.rows import unread, unread_keys
from app.ui.words import tr


def place_of(server: str, state: RoomState) -> str:
    """Under which it is remembered how far one person has read in one room, and what they were writing there: others
    use this computer too."""
    return f"{server} {state.session.id} {state.me.user_id}"


class ChatPanel(QWidget):
    said = Signal(str, MessageKind)
    retried = Signal(str)
    discarded = Signal(str)
    earlier_wanted = Signal()
    unread_changed = Signal(int)
    link_wanted = Signal(object)
    """Carries a ``Link``."""
    escaped = Signal()

    def __init__(self, server: str, memory: RoomMemory, parent: QWidget | None = None) -> None:
        """``server`` is the address of the one that keeps the messages."""
        super().__init__(parent)
        self._server = server
        self._memory = memory
        self._read_until: datetime | None = None
        """How far it was read before the room was entered."""
        self._state: RoomState | None = None
        self._seen: set[str] = set()
        self._unread = 0
        self._below = 0
        self._is_asking = False
        self.model = ChatModel(self)
        self.view = ChatView(self.model)
        self.composer = Composer()
        self.picker = EmojiPicker(memory.often)
        self.picker.hide()
        self._note = Label("", 13, 400, "muted").wrapped()
        self._note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._again = Button("", Kind.PLAIN, height=36)
        self._waiting = _Waiting()
        self.newest = Button("", Kind.SECONDARY, icon="arrow-down", height=36, parent=self.view)
        self.newest.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._waiting)
        column.addWidget(self._note)
        column.addWidget(self._again, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.view, 1)
        for part in (self.picker, self.composer):
            column.addLayout(between(part, 0, SCROLLBAR))
        self._delay = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._delay.timeout.connect(self._show_note)
        self._delay.start()
        self._connect()
        self.say_again()

    def say_again(self) -> None:
        """In another language."""
        self._again.say(tr("Try again"))
        self._waiting.setAccessibleName(tr("Messages are being loaded"))
        self.view.say_again()
        self.picker.say_again()
        self.composer.say_again()
        self._show_note()
        self._show_newest()

    def _connect(self) -> None:
        self.view.link_wanted.connect(self.link_wanted)
        self.view.retried.connect(self.retried)
        self.view.discarded.connect(self.discarded)
        self.view.earlier_wanted.connect(self._ask_for_earlier)
        self.view.at_end_changed.connect(self._on_end)
        self.view.installEventFilter(self)
        self._again.clicked.connect(self.earlier_wanted)
        self.newest.clicked.connect(self.view.go_to_end)
        self.composer.said.connect(self._say)
        self.composer.picker_wanted.connect(self.open_picker)
        self.composer.escaped.connect(self._on_escape)
        self.picker.closed.connect(lambda: self.open_picker(False))
        self.picker.picked.connect(self._put_emoji)

    @property
    def unread(self) -> int:
        return self._unread

    @property
    def note(self) -> str:
        """What is said in place of messages, or about them."""
        return self._note.text() if not self._note.isHidden() else ""

    def show_state(self, state: RoomState) -> None:
        before, self._state = self._state, state
        if before is None:
            self._read_until = self._memory.read_until(place_of(self._server, state))
        if self._read_until is None and (before is None or not before.history_loaded):
            self._mark_read(state)
        if before is None or state.messages is not before.messages:
            was_at_end = self.view.is_at_end
            earlier = before.messages if before is not None else ()
            newest = state.messages[-1] if state.messages else None
            mine_is_new = newest is not None and newest.mine and all(one.key != newest.key for one in earlier)
            if not was_at_end:
                self._below += unread(state.messages, _keys_of_sent(earlier))
            self._is_asking = False
            self.model.show_messages(state.messages)
            self.view.setProperty("ring", not state.messages)  # where there is a message, that one shows the focus
            if mine_is_new:
                self.model.mark_new(None)
                self.view.go_to_end()
            self._count()
        elif before.history_problem != state.history_problem:
            self._is_asking = False
        self._show_note()
        self._show_newest()

    def open_picker(self, is_open: bool) -> None:
        """The picker takes its room from the list, which keeps showing the newest message."""
        self.picker.setVisible(is_open)
        self.composer.show_picker_open(is_open)
        if is_open:
            self.picker.start()
        elif self.isVisible():
            self.composer.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.look_again()

    def look_again(self) -> None:
        """The window has come to the front, or is no longer there."""
        if self._state is not None and self._unread and self._is_looked_at:
            self.model.mark_new(unread_keys(self._state.messages, self._seen, self._read_until)[-1])
        self._count()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.model.mark_new(None)
        self._count()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._show_newest()
        return False

    @property
    def _is_looked_at(self) -> bool:
        """Whoever is told of a message elsewhere, because the window is not in front, has not read it here."""
        window = self.window()
        return self.isVisible() and window.isActiveWindow() and not window.isMinimized()

    def _count(self) -> None:
        """Messages are read while the panel shows in the window in front and its end is in sight."""
        state = self._state
        if state is None:
            return
        if self._is_looked_at and self.view.is_at_end:
            self._mark_read(state)
        count = unread(state.messages, self._seen, self._read_until)
        if count != self._unread:
            self._unread = count
            self.unread_changed.emit(count)

    def _mark_read(self, state: RoomState) -> None:
        self._seen = _keys_of_sent(state.messages[-500:])
        newest = next((one for one in reversed(state.messages) if one.delivery is Delivery.SENT), None)
        if newest is not None:
            until = min(newest.at, datetime.now(UTC) + SKEW)  # a wrong clock must not hide what is said tomorrow
            self._memory.set_read_until(place_of(self._server, state), until)

    def _on_end(self, is_at_end: bool) -> None:
        if is_at_end:
            self._below = 0
        self._count()
        self._show_newest()

    def _show_newest(self) -> None:
        count = self._below
        self.newest.say(tr("%n new", count) if count else tr("Newest"))
        self.newest.setAccessibleName(tr("Go to the newest message"))
        self.newest.setVisible(not self.view.is_at_end)
        size = self.newest.sizeHint()
        left = (self.view.width() - SCROLLBAR - size.width()) // 2
        place(self.newest, self.view, QRect(QPoint(left, self.view.height() - size.height() - 8), size))

    def _show_note(self) -> None:
        state = self._state
        is_loaded = state is not None and state.history_loaded
        problem = state.history_problem if state is not None else ""
        is_empty = state is None or not state.messages
        words = ""
        if problem:
            words = tr("Earlier messages could not be loaded.")
        elif is_loaded and is_empty:
            words = tr("No messages yet. Say hello!")
        self._note.setText(words)
        self._note.setVisible(bool(words))
        self._again.setVisible(bool(problem))
        waits = is_empty and not is_loaded and not problem and not self._delay.isActive()
        self._waiting.setVisible(waits and (state is None or state.link in (Link.JOINING, Link.ONLINE)))

    def _ask_for_earlier(self) -> None:
        state = self._state
        if state is not None and state.has_earlier_messages and not self._is_asking and not state.history_problem:
            self._is_asking = True
            self.earlier_wanted.emit()

    def _say(self, text: str) -> None:
        if not self.picker.isHidden():
            self.open_picker(False)
        self.said.emit(text, MessageKind.EMOJI if is_only_emoji(text) else MessageKind.TEXT)

    def _put_emoji(self, emoji: str) -> None:
        self.composer.insert(emoji)
        self._memory.count_emoji(emoji)

    def _on_escape(self) -> None:
        if self.picker.isVisible():
            self.open_picker(False)
        else:
            self.escaped.emit()


def _keys_of_sent(messages: Sequence[Message]) -> set[str]:
    """What tells old from new. One of ours that is not sent yet stays below whatever others say meanwhile, so that
    having seen it says nothing of what stands above it.
    """
    return {one.key for one in messages if one.delivery is Delivery.SENT}


class _Waiting(QWidget):
    """Where the messages will be, while they are on their way."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout()
        column.setSpacing(8)
        self.setLayout(between(column, 36, 0, 8))
        for width in (96, 212, 168, 240):
            column.addWidget(Skeleton(width, 14 if width < 100 else 36, 6 if width < 100 else 14))
