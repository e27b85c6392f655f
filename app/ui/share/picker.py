"""Which screen or window to share: cards with living pictures, chosen with the mouse or the arrow keys.

Promises: nothing is captured once it is closed; ``chosen`` comes at most once. Where the desktop itself asks (Wayland)
there is one card, which says so.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QShowEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from app.media.sources import SourceKind, SourceSpec
from app.ui.components.buttons import Button, Kind
from app.ui.components.labels import Label
from app.ui.room.controls import HEIGHT as CONTROLS_HEIGHT
from app.ui.room.sheet import Sheet
from app.ui.room.top_bar import HEIGHT as TOP_HEIGHT
from app.ui.share.card import LARGE, LARGE_CARD, PICTURE, SurfaceCard
from app.ui.share.port import Desktop
from app.ui.words import line, one_way, tr

COLUMNS = 3
LIST_AGAIN_MS = 1_000
"""Windows come and go while one chooses."""
_EDGE, _GAP = 4, 12
_NOTHING_HEIGHT = 120
_MOST_HEIGHT = 402
"""Of the cards that are seen at once: two rows."""
_LEAST_HEIGHT = 201
"""One row."""
_AROUND = 208
"""Title, words, buttons and margins."""


class _Area(QScrollArea):
    """As large at first as it has to be at least, however much there is in it."""

    def sizeHint(self) -> QSize:
        return self.minimumSize()


class SharePicker(Sheet):
    chosen = Signal(object)
    """The ``SourceSpec``."""

    def __init__(self, desktop: Desktop, parent: QWidget) -> None:
        super().__init__(tr("Share your screen"), parent)
        self._desktop = desktop
        self.cards: dict[SourceSpec, SurfaceCard] = {}
        """In the order in which they are shown."""
        self.about = Label(_about(desktop), 14, tone="muted").wrapped()
        self.column.addWidget(self.about)
        self._nothing = Label(tr("There is no screen or window here that could be shared."), 14).wrapped()
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.hide()
        self._nothing.setMinimumSize(LARGE.width(), _NOTHING_HEIGHT)
        self.column.addWidget(self._nothing, 1)
        self._inside = QWidget()
        self._inside.setObjectName("plain")
        self._grid = QGridLayout(self._inside)
        self._grid.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        self._grid.setSpacing(_GAP)
        self._grid.setColumnStretch(COLUMNS, 1)  # cards keep to the leading edge, as the words above them do
        area = _Area()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._inside)
        self._area = area
        self.column.addWidget(area, 1)
        self.share = Button(tr("Share"), Kind.PRIMARY, icon="screen-share")
        self.cancel = Button(tr("Cancel"))
        self.share.clicked.connect(self._choose)
        self.cancel.clicked.connect(self.reject)
        self.add_buttons(self.cancel, self.share)
        self._timer = QTimer(self, interval=LIST_AGAIN_MS)
        self._timer.timeout.connect(self._list)
        self.finished.connect(self._end)
        self._list()
        self._show_choice()
        first = next(iter(self.cards.values()), None)
        if first is not None:
            first.setChecked(True)
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        self._timer.start()
        desktop.watch(self._show_picture)

    @property
    def selected(self) -> SourceSpec | None:
        return next((spec for spec, card in self.cards.items() if card.isChecked()), None)

    def _list(self) -> None:
        """Show what there is now; what was there stays in its place, with its picture and its choice."""
        surfaces = self._desktop.listed()
        wanted = [one.spec for one in surfaces]
        if wanted == list(self.cards):
            return
        for spec in [spec for spec in self.cards if spec not in wanted]:
            gone = self.cards.pop(spec)
            self._grid.removeWidget(gone)
            gone.deleteLater()
        count = sum(spec.kind is SourceKind.SCREEN for spec in wanted)
        made: dict[SourceSpec, SurfaceCard] = {}
        for surface in surfaces:
            card = self.cards.get(surface.spec)
            if card is None:
                title, detail = line(surface.title), ""
                if surface.spec.kind is SourceKind.SCREEN:
                    number = str(int(surface.spec.name) + 1)
                    title = tr("Screen %1").replace("%1", number) if count > 1 else tr("Entire screen")
                    detail = one_way(f"{surface.width} × {surface.height}") if surface.width else ""
                icon = "laptop" if surface.spec.kind is SourceKind.SCREEN else "picture-in-picture-2"
                card = SurfaceCard(title, detail, icon, self._inside)
                card.stepped.connect(self._step)
                card.taken.connect(self._choose)
                card.toggled.connect(self._show_choice)
            made[surface.spec] = card
        self.cards = made
        for place, card in enumerate(made.values()):
            card.show_large(len(made) == 1 and not self._desktop.asks_itself and self._most >= LARGE_CARD)
            self._grid.addWidget(card, place // COLUMNS, place % COLUMNS, Qt.AlignmentFlag.AlignTop)
        self._fit()
        self._show_choice()

    def _fit(self) -> None:
        """Be as large as what is offered needs. It grows with what comes, and does not shrink under the hand when
        something goes."""
        cards = list(self.cards.values())
        rows = [cards[at : at + COLUMNS] for at in range(0, len(cards), COLUMNS)]
        width = max((sum(card.width() + _GAP for card in row) - _GAP for row in rows), default=0)
        height = sum(max(card.height() for card in row) + _GAP for row in rows) - _GAP
        most = self._most
        bar = self._area.verticalScrollBar().sizeHint().width() if height > most else 0
        needed = QSize(max(width, LARGE.width()) + 2 * _EDGE + bar, min(height, most) + 2 * _EDGE)
        self._area.setMinimumSize(needed.expandedTo(self._area.minimumSize()))

    def showEvent(self, arg__1: QShowEvent) -> None:
        """Qt puts it into the middle of the room's window; the stage's middle is a little higher."""
        super().showEvent(arg__1)
        if not arg__1.spontaneous():  # the system shows it again where it was
            self.move(self.x(), self.y() - (CONTROLS_HEIGHT - TOP_HEIGHT) // 2)

    @property
    def _most(self) -> int:
        """How high the cards may be together, so that the bars of a low room stay in sight above and below."""
        parent = self.parentWidget()
        free = parent.height() - TOP_HEIGHT - CONTROLS_HEIGHT - _AROUND if parent is not None else _MOST_HEIGHT
        return max(_LEAST_HEIGHT, min(_MOST_HEIGHT, free))

    def _step(self, across: int, down: int) -> None:
        """Choose a neighbour, as the arrow keys do in every group of choices."""
        cards = list(self.cards.values())
        place = next(place for place, card in enumerate(cards) if card.isChecked()) + across + COLUMNS * down
        if 0 <= place < len(cards):
            cards[place].setChecked(True)
            cards[place].setFocus(Qt.FocusReason.TabFocusReason)
            self._area.ensureWidgetVisible(cards[place])

    def _show_choice(self) -> None:
        self.share.setEnabled(self.selected is not None)
        self._nothing.setVisible(not self.cards)
        self._area.setVisible(bool(self.cards))

    def _show_picture(self, spec: SourceSpec, image: QImage) -> None:
        card = self.cards.get(spec)
        if card is not None:
            card.show_picture(image)

    def _choose(self) -> None:
        spec = self.selected
        if spec is not None:
            self.accept()
            self.chosen.emit(spec)

    def _end(self) -> None:
        self._timer.stop()
        self._desktop.close()


def _about(desktop: Desktop) -> str:
    if desktop.asks_itself:
        return tr("Your desktop will ask which screen everyone may see.")
    return tr("Everyone in the room will see what you choose, until you stop.")


def open_picker(parent: QWidget) -> SharePicker:
    """The picker over this computer's desktop, shown; connect ``chosen``."""
    from app.media.capture.surfaces import Surfaces

    picker = SharePicker(Surfaces(2 * PICTURE.width(), 2 * PICTURE.height(), parent), parent)
    picker.open()
    return picker
