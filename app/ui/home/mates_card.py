"""With whom one studied lately: name, when last, and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.study.days import DAY
from app.study.stays import Stay
from app.ui import amounts
from app.ui.components.avatars import Avatar
from app.ui.components.cards import Card
from app.ui.components.labels import ElidingLabel, Label
from app.ui.words import person, tr

MOST = 3


@dataclass(frozen=True, slots=True)
class Company:
    """Somebody, and the last stay together of at least a minute."""

    user_id: str
    name: str
    day: date
    minutes: int


def recent(stays: Sequence[Stay], most: int = MOST) -> tuple[Company, ...]:
    """Who was there in the last stays, the latest first; within a stay the longest company first."""
    found: dict[str, Company] = {}
    for stay in reversed(stays):
        for mate in stay.mates:
            if mate.seconds >= 60 and mate.user_id not in found:
                found[mate.user_id] = Company(mate.user_id, mate.name, stay.day, mate.seconds // 60)
    return tuple(found.values())[:most]


class MatesCard(Card):
    """Hidden while there is nobody."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown: tuple[Company, ...] = ()
        self._today = date.min
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 24, 24, 24)
        self._column.setSpacing(12)
        self._column.addWidget(Label(tr("Recent study mates"), 16, 600))
        self._column.addStretch(1)
        self._rows: list[QWidget] = []
        self.hide()

    def show_stays(self, stays: Sequence[Stay], today: date) -> None:
        mates = recent(stays)
        if mates == self.shown and today == self._today:
            return
        self.shown, self._today = mates, today
        for row in self._rows:
            self._column.removeWidget(row)
            row.deleteLater()
        self._rows = [_Row(one, today) for one in mates]
        for number, row in enumerate(self._rows):
            self._column.insertWidget(1 + number, row)
        self.setVisible(bool(mates))


class _Row(QWidget):
    def __init__(self, mate: Company, today: date) -> None:
        super().__init__()
        words = tr("%1, %2 together").replace("%1", _day(mate.day, today))
        words = words.replace("%2", amounts.minutes(mate.minutes))
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(ElidingLabel(person(mate.name), 14, 500))
        column.addWidget(ElidingLabel(words, 13, 400, "muted"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(Avatar(mate.name, mate.user_id, 40))
        row.addLayout(column, 1)


def _day(day: date, today: date) -> str:
    if day >= today:
        return tr("Today")
    return tr("Yesterday") if day == today - DAY else amounts.short_day(day)
