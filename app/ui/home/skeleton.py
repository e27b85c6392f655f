"""Grey cards in the places of Home's while nothing is known yet."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.components.cards import Card, CardPage
from app.ui.components.skeletons import Skeleton
from app.ui.home.streak_card import HEIGHT

_YEAR = 264


class HomeSkeleton(CardPage):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._row = QHBoxLayout()
        for share in (31, 60, 31):
            self._row.addWidget(_GreyCard(HEIGHT), share)
        self._column.addLayout(self._row)
        self._column.addWidget(_GreyCard(_YEAR))
        self._column.addStretch(1)

    def set_frame(self, margin: int, gap: int) -> None:
        self._column.setContentsMargins(margin, 0, margin, 0)
        self._column.setSpacing(gap)
        self._row.setSpacing(gap)


class _GreyCard(Card):
    def __init__(self, height: int) -> None:
        super().__init__()
        self.setFixedHeight(height)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addWidget(Skeleton(72, 14))
        column.addWidget(Skeleton(0, 24))
        column.addWidget(Skeleton(120, 14))
        column.addStretch(1)
