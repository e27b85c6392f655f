"""What is worth telling somebody who looks elsewhere: new messages, raised hands, and who came.

News is gathered for a moment, so that much at once is one notification of a kind.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer

from app.room.state import Message, MessageKind, Notice, RoomState
from app.ui.notify import Notifier
from app.ui.room.chat_model import sender
from app.ui.room.notices import crowd_words
from app.ui.words import line, plain, tr

GATHER_MS = 1_500
_LONGEST = 140


class News(QObject):
    def __init__(self, notifier: Notifier) -> None:
        super().__init__(notifier)
        self._notifier = notifier
        self._state: RoomState | None = None
        self._messages: list[Message] = []
        self._notices: list[Notice] = []
        self._timer = QTimer(self, singleShot=True, interval=GATHER_MS)
        self._timer.timeout.connect(self._tell)

    def show_state(self, state: RoomState) -> None:
        before, self._state = self._state, state
        if before is None:
            return
        self._messages += new_messages(before, state)
        newest = before.notices[-1].number if before.notices else -1
        self._notices += [one for one in state.notices if one.number > newest and one.kind in ("hand", "joined")]
        if (self._messages or self._notices) and not self._timer.isActive():
            self._timer.start()

    def _tell(self) -> None:
        messages, self._messages = self._messages, []
        notices, self._notices = self._notices, []
        title = line(self._state.session.title) if self._state is not None else ""
        for words in told(messages, notices):
            self._notifier.tell(title or tr("Study room"), words)


def new_messages(before: RoomState, after: RoomState) -> list[Message]:
    """What others said since; history that is loaded is not news."""
    if after.messages is before.messages or not before.history_loaded:
        return []
    known = {one.key for one in before.messages}
    newest = max((one.at for one in before.messages), default=None)
    return [
        one
        for one in after.messages
        if one.key not in known
        and not one.mine
        and one.kind is not MessageKind.SYSTEM
        and (newest is None or one.at >= newest)
    ]


def told(messages: Sequence[Message], notices: Sequence[Notice]) -> list[str]:
    """The words of the notifications, at most one of a kind."""
    made: list[str] = []
    if len(messages) == 1:
        text = " ".join(plain(messages[0].text).split())
        short = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
        made.append(f"{sender(messages[0])}: {short}")
    elif messages:
        made.append(tr("%n new messages", len(messages)))
    return [*made, *(words for kind in ("hand", "joined") if (words := crowd_words(kind, notices)))]
