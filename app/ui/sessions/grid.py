"""The cards of a list of sessions, in as many columns as there is room for.

Promises: cards are kept by session id across refreshes, so that neither the focus nor the pointer loses its card when
the list is read again, and as long as the session is known, so that none is made twice; however many there are, only
some are made or brought up to date in one turn of Qt's loop, the first ones at once.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import pairwise

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.components.cards import Card, CardPage
from app.ui.components.labels import Label
from app.ui.components.skeletons import Skeleton
from app.ui.sessions.card import HEIGHT, SessionCard
from app.ui.sessions.offers import Viewer
from protocol.rest import Session

GAP = 24
MIN_CARD = 340
MOST_COLUMNS = 3
AT_ONCE, LATER = 40, 12
"""So much is done when there is something new to show, and in each turn after that: in cards brought up to date."""
NEW = 6
"""To make a card is so much."""
_HEADING = 24
_TOP = 8
_BOTTOM = 32


def columns_for(width: int) -> int:
    """How many cards fit side by side into ``width`` pixels."""
    return max(1, min(MOST_COLUMNS, (width + GAP) // (MIN_CARD + GAP)))


class SessionGrid(CardPage):
    """``acted`` carries the id of the session whose button was pressed, ``managed`` that of one to do more with."""

    acted = Signal(str)
    managed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: dict[str, SessionCard] = {}
        """By session, also of those that are left out just now."""
        self._sessions: dict[str, Session] = {}
        """What is wanted on show, in reading order."""
        self._ahead = 0
        """So many of them, the first ones, are not over."""
        self._now = datetime.now(UTC)
        self._viewer = Viewer()
        self._waiting: deque[str] = deque()
        """Whose cards are still to be made, or to be brought up to date."""
        self._is_reordered = False
        """Their order for the Tab key is another one than before."""
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(lambda: self._work(LATER))
        self._margin = 0
        self._outer = 0
        self._places: dict[str, QRect] = {}
        self._heading = Label("", 16, 600, parent=self)
        self._heading.hide()

    @property
    def cards(self) -> list[SessionCard]:
        """The cards on show, in reading order."""
        made = [self._cards[key] for key in self._sessions if key in self._cards]
        return [card for card in made if not card.isHidden()]

    def set_frame(self, margin: int, outer: int) -> None:
        """Room left and right of the cards, of ``outer`` pixels that a scroll bar may take a part of."""
        self._margin, self._outer = margin, outer
        self._place()

    def set_heading(self, words: str) -> None:
        """What stands over what is over."""
        self._heading.setText(words)

    def show_sessions(
        self,
        ahead: Sequence[Session],
        over: Sequence[Session],
        now: datetime,
        viewer: Viewer,
        known: Iterable[Session] = (),
    ) -> None:
        """What is ``known`` beside them is left out for now: its cards wait for being wanted again."""
        order_before = [*self._sessions]
        self._sessions = {one.id: one for one in (*ahead, *over)}
        self._ahead = len({one.id for one in ahead})
        self._now, self._viewer = now, viewer
        kept = self._sessions.keys() | {one.id for one in known}
        for key, card in tuple(self._cards.items()):
            if key not in self._sessions:
                card.hide()
            if key not in kept:
                del self._cards[key]
                card.deleteLater()
        if order_before != [*self._sessions]:
            self._is_reordered = True
            self._place()
        self._waiting = deque(self._sessions)
        self._work(AT_ONCE)

    def card_of(self, session_id: str) -> SessionCard | None:
        """The card of a session that is wanted on show, also where its turn has not come yet."""
        if session_id not in self._sessions:
            return None
        self._bring(session_id)
        return self._cards[session_id]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _work(self, effort: int) -> None:
        """Bring cards up to date, as many as ``effort`` is enough for, and the rest in other turns of Qt's loop."""
        while self._waiting and effort > 0:
            key = self._waiting.popleft()
            effort -= 1 if key in self._cards else NEW
            self._bring(key)
        if self._waiting:
            self._turn.start()
        elif self._is_reordered:
            self._is_reordered = False
            self._order_tabs()

    def _bring(self, key: str) -> None:
        card = self._cards.get(key)
        if card is None:
            card = self._cards[key] = SessionCard(self)
            card.acted.connect(self.acted)
            card.managed.connect(self.managed)
        card.show_session(self._sessions[key], self._now, self._viewer)
        if card.isHidden():
            card.setGeometry(self._places[key])
            card.show()
            self.update()

    def _order_tabs(self) -> None:
        buttons = [button for card in self.cards for button in (card.more, card.button)]
        for first, second in pairwise(buttons):
            QWidget.setTabOrder(first, second)

    def _place(self) -> None:
        width = max(self.width(), self._outer) - 2 * self._margin
        columns = columns_for(width)
        keys = [*self._sessions]
        ahead, over = keys[: self._ahead], keys[self._ahead :]
        self._places.clear()
        y = self._place_rows(ahead, _TOP, width, columns)
        self._heading.setVisible(bool(over))
        if over:
            y += 4 if ahead else _HEADING // 4
            self._heading.setGeometry(self._margin, y, width, _HEADING)
            y = self._place_rows(over, y + _HEADING + 12, width, columns)
        self.setMinimumHeight(y - GAP + _BOTTOM)
        self.update()

    def _place_rows(self, keys: Sequence[str], top: int, width: int, columns: int) -> int:
        """Places cards from ``top`` on, those that are not on show yet where they will be; the place below them."""
        for index, key in enumerate(keys):
            row, column = divmod(index, columns)
            rect = _cell(column, columns, width).translated(self._margin, top + row * (HEIGHT + GAP))
            if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
                rect.moveLeft(self.width() - rect.right() - 1)
            self._places[key] = rect
            card = self._cards.get(key)
            if card is not None and not card.isHidden():
                card.setGeometry(rect)
        rows = -(-len(keys) // columns)
        return top + rows * (HEIGHT + GAP)


def _cell(column: int, columns: int, width: int) -> QRect:
    """One column's place; the division's rest is spread so that the last edge is exact."""
    usable = width - (columns - 1) * GAP
    left = column * usable // columns + column * GAP
    right = (column + 1) * usable // columns + column * GAP
    return QRect(left, 0, right - left, HEIGHT)


class SkeletonGrid(CardPage):
    """Grey cards while the list is on its way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._margin = 0
        self._cards = [_SkeletonCard(self) for _ in range(2 * MOST_COLUMNS)]

    def set_margin(self, margin: int) -> None:
        self._margin = margin
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        width = self.width() - 2 * self._margin
        columns = columns_for(width)
        for index, card in enumerate(self._cards):
            row, column = divmod(index, columns)
            card.setGeometry(_cell(column, columns, width).translated(self._margin, _TOP + row * (HEIGHT + GAP)))
            card.setVisible(row < 2)


class _SkeletonCard(Card):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        bottom = QHBoxLayout()
        bottom.addWidget(Skeleton(96, 28, 14))
        bottom.addStretch(1)
        bottom.addWidget(Skeleton(168, 40, 8))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(Skeleton(72, 24, 12))
        column.addWidget(Skeleton(0, 18))
        column.addWidget(Skeleton(160, 14))
        column.addStretch(1)
        column.addLayout(bottom)
