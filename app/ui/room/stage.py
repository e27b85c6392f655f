"""The dark stage: a tile for each person, in the largest grid that fits, and the banner above them.

Promises: a person keeps their tile widget for as long as they have a place; who loses it lets go of the slot at once.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent, Qt
from PySide6.QtWidgets import QWidget

from app.media.slot import FrameSlot
from app.room.state import Link, RoomState
from app.ui.room import grid
from app.ui.room.banner import HEIGHT as BANNER_HEIGHT
from app.ui.room.banner import LinkBanner
from app.ui.room.face import Face, face_of, own_face
from app.ui.room.seat import FreeSeat, MoreTile
from app.ui.room.tile import VideoTile
from app.ui.theme import theme
from app.ui.words import line, tr

SELF = ""
"""The id of our own tile."""
_ROOMY_FROM = 1000


class Stage(QWidget):
    retried = Signal(str)
    everybody_wanted = Signal()

    def __init__(
        self,
        slot_of: Callable[[str], FrameSlot],
        own_slot: FrameSlot,
        server: str,
        banner: LinkBanner,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._slot_of = slot_of
        self._own_slot = own_slot
        self._server = server
        self._tiles: dict[str, VideoTile] = {}
        self._order: tuple[str, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setProperty("stage", True)
        self.setAccessibleName(tr("People on stage"))
        self.banner = banner
        banner.setParent(self)
        banner.changed.connect(self._place)
        self._seat = FreeSeat(self)
        self._seat.hide()
        self._more = MoreTile(self)
        self._more.hide()
        self._more.clicked.connect(self.everybody_wanted)

    @property
    def order(self) -> tuple[str, ...]:
        """Who has a tile, in order; ``SELF`` is us."""
        return self._order

    @property
    def more(self) -> int:
        """How many have no tile."""
        return 0 if self._more.isHidden() else self._more.count

    @property
    def seat(self) -> FreeSeat:
        return self._seat

    def tile(self, participant_id: str) -> VideoTile:
        return self._tiles[participant_id]

    def show_state(self, state: RoomState) -> None:
        others = [one.id for one in state.participants]
        speaking = {one.id for one in state.participants if one.speaking}
        before = [one for one in self._order if one != SELF]
        shown = grid.choose(others, speaking, before, grid.MAX_TILES - 1)
        faces: dict[str, Face] = {one.id: face_of(one) for one in state.participants if one.id in shown.ids}
        faces[SELF] = own_face(state)
        for gone in [one for one in self._tiles if one not in faces]:
            self._remove(gone)
        order = (*shown.ids, SELF)
        for one in order:
            if one in self._tiles:
                self._tiles[one].show_face(faces[one])
            else:
                self._add(one, faces[one])
        is_alone = not others and state.link is Link.ONLINE
        needs_place = order != self._order or shown.more != self.more or is_alone == self._seat.isHidden()
        self._order = order
        self._more.show_count(shown.more)
        self._more.setVisible(shown.more > 0)
        self._seat.show_address(self._server, line(state.session.title))
        self._seat.setVisible(is_alone)
        self.banner.show_state(state)
        if needs_place:
            self._place()

    def let_go(self) -> None:
        """Stop looking at every slot."""
        for tile in self._tiles.values():
            tile.let_go()

    def look_again(self) -> None:
        """The window was minimised or came back: tell every slot."""
        for tile in self._tiles.values():
            tile.look_again()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrow keys go from tile to tile."""
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}.get(
            Qt.Key(event.key()), 0
        )
        focused = [index for index, one in enumerate(self._order) if self._tiles[one].hasFocus()]
        if step and focused:
            target = self._order[(focused[0] + step) % len(self._order)]
            self._tiles[target].setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), theme().colour("stage"))

    def _add(self, participant_id: str, face: Face) -> None:
        slot = self._own_slot if participant_id == SELF else self._slot_of(participant_id)
        tile = VideoTile(face, slot, self)
        tile.retried.connect(self.retried)
        self._tiles[participant_id] = tile
        tile.show()

    def _remove(self, participant_id: str) -> None:
        tile = self._tiles.pop(participant_id)
        tile.let_go()
        tile.hide()
        tile.deleteLater()

    def _place(self) -> None:
        margin = 12 if self.window().width() >= _ROOMY_FROM else 8
        area = self.rect().adjusted(margin, margin, -margin, -margin)
        if not self.banner.isHidden():
            self.banner.setGeometry(area.x(), area.y(), area.width(), BANNER_HEIGHT)
            area.setTop(area.top() + BANNER_HEIGHT + grid.GAP)
        places: list[QWidget] = [self._tiles[one] for one in self._order]
        if not self._more.isHidden():
            places.insert(len(places) - 1, self._more)
        if not self._seat.isHidden():
            places.append(self._seat)
        for widget, cell in zip(places, grid.cells(len(places), area.width(), area.height()), strict=True):
            widget.setGeometry(QRect(area.x() + cell.x, area.y() + cell.y, cell.width, cell.height))
        self._chain(places)

    def _chain(self, places: list[QWidget]) -> None:
        """Tab goes through the tiles as the eye does."""
        before: QWidget = self.banner.leave
        for widget in places:
            QWidget.setTabOrder(before, widget)
            before = widget
            if isinstance(widget, VideoTile):
                QWidget.setTabOrder(widget, widget.again)
                before = widget.again
