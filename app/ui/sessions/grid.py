"""The cards of a list of sessions, in as many columns as there is room for.

Cards are kept by session id across refreshes, so that neither the focus nor the pointer loses its card when the list
is read again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from PySide6.QtCore import QRect, Qt, Signal
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
        self._ahead: list[str] = []
        self._over: list[str] = []
        self._margin = 0
        self._outer = 0
        self._heading = Label("", 16, 600, parent=self)
        self._heading.hide()

    @property
    def cards(self) -> list[SessionCard]:
        """The cards on show, in reading order."""
        return [self._cards[key] for key in (*self._ahead, *self._over)]

    def set_frame(self, margin: int, outer: int) -> None:
        """Room left and right of the cards, of ``outer`` pixels that a scroll bar may take a part of."""
        self._margin, self._outer = margin, outer
        self._place()

    def set_heading(self, words: str) -> None:
        """What stands over what is over."""
        self._heading.setText(words)

    def show_sessions(self, ahead: Sequence[Session], over: Sequence[Session], now: datetime, viewer: Viewer) -> None:
        order_before = (*self._ahead, *self._over)
        self._ahead = [session.id for session in ahead]
        self._over = [session.id for session in over]
        for session in (*ahead, *over):
            card = self._cards.get(session.id)
            if card is None:
                card = self._cards[session.id] = SessionCard(self)
                card.acted.connect(self.acted)
                card.managed.connect(self.managed)
                card.show()
            card.show_session(session, now, viewer)
        for key in self._cards.keys() - {*self._ahead, *self._over}:
            gone = self._cards.pop(key)
            gone.hide()
            gone.deleteLater()
        if order_before != (*self._ahead, *self._over):
            self._place()
            self._order_tabs()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _order_tabs(self) -> None:
        buttons = [button for card in self.cards for button in (card.more, card.button)]
        for first, second in pairwise(buttons):
            QWidget.setTabOrder(first, second)

    def _place(self) -> None:
        width = max(self.width(), self._outer) - 2 * self._margin
        columns = columns_for(width)
        y = self._place_rows(self._ahead, _TOP, width, columns)
        self._heading.setVisible(bool(self._over))
        if self._over:
            y += 4 if self._ahead else _HEADING // 4
            self._heading.setGeometry(self._margin, y, width, _HEADING)
            y = self._place_rows(self._over, y + _HEADING + 12, width, columns)
        self.setMinimumHeight(y - GAP + _BOTTOM)
        self.update()

    def _place_rows(self, keys: Sequence[str], top: int, width: int, columns: int) -> int:
        """Places cards from ``top`` on; the place below them."""
        for index, key in enumerate(keys):
            row, column = divmod(index, columns)
            rect = _cell(column, columns, width).translated(self._margin, top + row * (HEIGHT + GAP))
            if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
                rect.moveLeft(self.width() - rect.right() - 1)
            self._cards[key].setGeometry(rect)
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
