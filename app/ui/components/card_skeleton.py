"""Grey cards in the places of a page's while nothing is known yet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui.components.cards import Card, CardPage
from app.ui.components.skeletons import Skeleton


class CardSkeleton(CardPage):
    """A row of cards, ``high`` pixels each, that take their ``shares`` of the width; below it one of each height."""

    def __init__(self, shares: Sequence[int], high: int, below: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # No page has to be as high as its grey cards: in a low window it scrolls.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._column = QVBoxLayout(self)
        self._row = QHBoxLayout()
        for share in shares:
            self._row.addWidget(_GreyCard(high), share)
        self._column.addLayout(self._row, high)
        for height in below:
            self._column.addWidget(_GreyCard(height), height)
        self._column.addStretch(1)

    def set_frame(self, margin: int, gap: int) -> None:
        self._column.setContentsMargins(margin, 0, margin, 0)
        self._column.setSpacing(gap)
        self._row.setSpacing(gap)


class _GreyCard(Card):
    def __init__(self, height: int) -> None:
        super().__init__()
        self.setMaximumHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addWidget(Skeleton(72, 14))
        column.addWidget(Skeleton(0, 24))
        column.addWidget(Skeleton(120, 14))
        column.addStretch(1)
