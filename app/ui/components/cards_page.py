"""What Home and the statistics have in common: a heading over cards that scroll as one page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.ui.components.card_skeleton import CardSkeleton
from app.ui.components.cards import CardPage
from app.ui.components.margins import set_margins
from app.ui.components.scroll import FollowingScroll
from app.ui.components.skeletons import DELAY_MS

NARROW = 1100


class CardsPage(QWidget):
    """Shows its cards, or, after a moment in which nothing is known, grey ones. Who fills ``head`` and ``cards`` ends
    with a stretch, and calls ``fit`` by showing something."""

    def __init__(self, skeleton: CardSkeleton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Where the focus rests when nothing is chosen yet, so that Tab begins at the top of the page.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setProperty("ring", False)
        self.skeleton = skeleton
        self.canvas = CardPage()
        self.cards = QVBoxLayout(self.canvas)
        self.area = FollowingScroll(self.canvas)
        self.area.viewport().installEventFilter(self)
        self._rows: list[QHBoxLayout] = []
        self._body = QStackedWidget()
        for body in (QWidget(), skeleton, self.area):
            self._body.addWidget(body)
        self._clock = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._clock.timeout.connect(lambda: self._body.setCurrentWidget(skeleton))
        self.head = QVBoxLayout()
        self.head.setSpacing(2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self.head)
        whole.addWidget(self._body, 1)

    def add_row(self) -> QHBoxLayout:
        """Cards side by side, below what there is."""
        row = QHBoxLayout()
        self._rows.append(row)
        self.cards.addLayout(row)
        return row

    def add_body(self, body: QWidget) -> None:
        """What may be shown in place of the cards."""
        self._body.addWidget(body)

    def wait(self) -> None:
        """Nothing is known yet: after a moment, grey cards."""
        if self._body.currentWidget() is not self.skeleton and not self._clock.isActive():
            self._body.setCurrentIndex(0)
            self._clock.start()

    def show_body(self, body: QWidget) -> None:
        """The cards (``area``), or something that was added."""
        self._clock.stop()
        self._body.setCurrentWidget(body)
        self.fit()

    @property
    def is_wide(self) -> bool:
        return self.width() >= NARROW

    def fit(self) -> None:
        """Margins and gaps by width; the right edge stays where it is when a scroll bar comes."""
        margin, gap = (48, 24) if self.is_wide else (32, 16)
        bar = self.area.width() - self.area.viewport().width() if self.area.isVisible() else 0
        set_margins(self.cards, margin, 0, margin - bar, 32)
        self.head.setContentsMargins(margin, 40 if self.is_wide else 32, margin, 24 if self.is_wide else 16)
        self.skeleton.set_frame(margin, gap)
        for layout in (self.cards, *self._rows):
            layout.setSpacing(gap)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.fit()
        return False
