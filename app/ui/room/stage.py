"""The dark stage: a tile for each person and each shared screen, in a grid or large over a filmstrip; above
them whether the server is away and whether we share.

Promises: a person keeps their tile widget for as long as they have a place, in whatever layout; who loses it lets go of
the slot at once; our own tile covers nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QRect, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent, Qt
from PySide6.QtWidgets import QWidget

from app.media.slot import FrameSlot
from app.room.state import ME, Link, RoomState
from app.ui.announce import announce
from app.ui.components.margins import place
from app.ui.room import grid, layouts
from app.ui.room.banner import LinkBanner
from app.ui.room.face import Face, Own, face_of, own_face
from app.ui.room.layouts import Choice, Layout, Plan
from app.ui.room.screen_tile import ScreenTile
from app.ui.room.seat import FreeSeat, MoreTile
from app.ui.room.sharing_bar import HEIGHT as SHARING_HEIGHT
from app.ui.room.sharing_bar import SharingBar
from app.ui.room.tile import VideoTile
from app.ui.theme import theme
from app.ui.words import line, person, tr

SELF = ME
"""The id of our own tile."""
_ROOMY_FROM = 1000
_NOBODY = Plan(Layout.GRID, None, ())


class Stage(QWidget):
    retried = Signal(str)
    everybody_wanted = Signal()
    menu_wanted = Signal(str, QPoint)
    """The menu of a tile, there on the screen."""
    self_hidden = Signal(bool)
    rearranged = Signal()

    def __init__(
        self,
        slot_of: Callable[[str], FrameSlot],
        screen_of: Callable[[str], FrameSlot],
        own_slot: FrameSlot,
        server: str,
        banner: LinkBanner,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._slot_of = slot_of
        self._screen_of = screen_of
        self._own_slot = own_slot
        self._server = server
        self._state: RoomState | None = None
        self._choice = Choice()
        self._own = Own()
        self._is_self_hidden = False
        self._speaker: str | None = None
        self._covered = 0
        self._plan = _NOBODY
        self._tiles: dict[str, VideoTile] = {}
        self._screens: dict[str, ScreenTile] = {}
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setProperty("stage", True)
        self.setProperty("ring", False)
        self.banner = banner
        banner.setParent(self)
        banner.changed.connect(self._place)
        self.sharing_bar = SharingBar(self)
        self.sharing_bar.changed.connect(self._place)
        self._seat = FreeSeat(self)
        self._seat.hide()
        self._more = MoreTile(self)
        self._more.hide()
        self._more.clicked.connect(self.everybody_wanted)
        self.say_again()

    def say_again(self) -> None:
        """In another language."""
        self.setAccessibleName(tr("People on stage"))
        self.banner.say_again()
        self.sharing_bar.say_again()
        self._seat.say_again()
        for tile in (*self._tiles.values(), *self._screens.values()):
            tile.say_again()
        self._show_again()

    @property
    def order(self) -> tuple[str, ...]:
        """What has a tile, in order; ``SELF`` is us, ``layouts.screen_of`` names screens."""
        return self._plan.order

    @property
    def layout_now(self) -> Layout:
        return self._plan.layout

    @property
    def chosen_layout(self) -> Layout:
        """What the person chose, whatever a pin or a shared screen makes of it."""
        return self._choice.layout

    @property
    def large(self) -> str | None:
        """Whose tile is large; None in a grid."""
        return self._plan.main

    @property
    def speaker(self) -> str | None:
        """Who spoke last."""
        return self._speaker

    @property
    def more(self) -> int:
        """How many have no tile."""
        return 0 if self._more.isHidden() else self._more.count

    @property
    def strip_height(self) -> int:
        """What the filmstrip takes at the bottom; 0 in a grid."""
        rest = self._plan.rest if self._plan.main is not None else ()
        return self._widget(rest[0]).height() + grid.GAP if rest else 0

    @property
    def seat(self) -> FreeSeat:
        return self._seat

    @property
    def own(self) -> Own:
        return self._own

    @property
    def is_self_hidden(self) -> bool:
        return self._is_self_hidden

    def tile(self, participant_id: str) -> VideoTile:
        return self._tiles[participant_id]

    def screen_tile(self, participant_id: str) -> ScreenTile:
        """The tile of somebody's shared screen."""
        return self._screens[layouts.screen_of(participant_id)]

    # -- what a person chooses

    def step_layout(self, step: int) -> None:
        """The next or the one before; said to whoever listens."""
        self._choose(self._choice.stepped(step, self._sharing()))
        said = {
            Layout.GRID: tr("Grid"),
            Layout.SPEAKER: tr("Speaker and filmstrip"),
            Layout.SHARE: tr("Shared screen and filmstrip"),
        }
        announce(self, said[self.layout_now])

    def choose_layout(self, layout: Layout) -> None:
        self._choose(self._choice.chosen(layout, self._sharing()))

    def pin(self, tile_id: str) -> None:
        """Pin somebody or a screen to the large place, also where they have no tile, or unpin them."""
        if tile_id in self._everything():
            self._choose(self._choice.with_pin(tile_id))

    def pin_number(self, number: int) -> None:
        """Pin the tile that is the ``number``-th on the stage, from 1 on."""
        if 0 < number <= len(self.order):
            self.pin(self.order[number - 1])

    def hide_video(self, participant_id: str, is_hidden: bool) -> None:
        hidden = self._own.hidden | {participant_id} if is_hidden else self._own.hidden - {participant_id}
        self._own = replace(self._own, hidden=frozenset(hidden))
        self._show_again()

    def hide_self(self, is_hidden: bool) -> None:
        """Our own tile goes, or comes back. Alone in the room it stays."""
        if is_hidden != self._is_self_hidden:
            self._is_self_hidden = is_hidden
            self._show_again()
            self.self_hidden.emit(is_hidden)

    # -- snapshots

    def show_state(self, state: RoomState) -> None:
        self._state = state
        others = [one.id for one in state.participants]
        speaking = {one.id for one in state.participants if one.speaking}
        sharing = self._sharing()
        everything = self._everything()
        self._choice = self._choice.settled(everything, sharing)
        self._own = Own(self._choice.pinned, self._own.hidden & frozenset(others))
        self._speaker = layouts.next_speaker(self._speaker, others, speaking)
        made = layouts.plan(
            self._choice,
            everybody=others,
            speaking=speaking,
            speaker=self._speaker,
            screens=sharing,
            before=self.order,
            shows_self=SELF in everything,
            places=layouts.places_in(self.width()),
        )
        faces: dict[str, Face] = {
            one.id: face_of(one, state, self._own) for one in state.participants if one.id in made.order
        }
        if SELF in made.order:
            faces[SELF] = own_face(state, self._own)
        self._show_people(faces)
        self._show_screens(made, state)
        is_alone = not others and state.link is Link.ONLINE
        needs_place = made != self._plan or is_alone == self._seat.isHidden()
        self._plan = made
        self._more.show_count(made.more)
        self._more.setVisible(made.more > 0)
        if state.participants:
            self._seat.had_company()
        self._seat.show_address(self._server, line(state.session.title))
        self._seat.setVisible(is_alone)
        self.banner.show_state(state)
        self.sharing_bar.show_state(state)
        if needs_place:
            self._place()

    def set_covered(self, width: int) -> None:
        """The side panel lies over so much of the right side: what is said above the tiles keeps clear of it."""
        if width != self._covered:
            self._covered = width
            self._place()

    def let_go(self) -> None:
        """Stop looking at every slot."""
        for tile in (*self._tiles.values(), *self._screens.values()):
            tile.let_go()

    def look_again(self) -> None:
        """The window was minimised or came back: tell every slot."""
        for tile in (*self._tiles.values(), *self._screens.values()):
            tile.look_again()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if layouts.places_in(event.size().width()) != layouts.places_in(event.oldSize().width()):
            self._show_again()
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrow keys go from tile to tile."""
        ahead = -1 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 1
        step = {Qt.Key.Key_Right: ahead, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -ahead, Qt.Key.Key_Up: -1}.get(
            Qt.Key(event.key()), 0
        )
        focused = [index for index, one in enumerate(self.order) if self._widget(one).hasFocus()]
        if step and focused:
            target = self.order[(focused[0] + step) % len(self.order)]
            self._widget(target).setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), theme().colour("stage"))

    # -- how

    def _sharing(self) -> list[str]:
        return [one.id for one in self._state.participants if one.screen] if self._state is not None else []

    def _everything(self) -> set[str]:
        """What may have a tile, whether or not there is a place for it."""
        others = [one.id for one in self._state.participants] if self._state is not None else []
        own = () if self._is_self_hidden and others else (SELF,)
        return {*own, *others, *(layouts.screen_of(one) for one in self._sharing())}

    def _choose(self, choice: Choice) -> None:
        self._choice = choice
        self._show_again()

    def _show_again(self) -> None:
        if self._state is not None:
            self.show_state(self._state)

    def _widget(self, tile_id: str) -> VideoTile | ScreenTile:
        return self._screens[tile_id] if tile_id in self._screens else self._tiles[tile_id]

    def _show_people(self, faces: dict[str, Face]) -> None:
        for gone in [one for one in self._tiles if one not in faces]:
            _end(self._tiles.pop(gone))
        for one, face in faces.items():
            if one in self._tiles:
                self._tiles[one].show_face(face)
            else:
                self._add(one, face)

    def _show_screens(self, made: Plan, state: RoomState) -> None:
        wanted = {one: sharer for one in made.order if (sharer := layouts.sharer_of(one)) is not None}
        for gone in [one for one in self._screens if one not in wanted]:
            _end(self._screens.pop(gone))
        for tile_id, sharer in wanted.items():
            if tile_id not in self._screens:
                who = state.participant(sharer)
                name = person(who.name) if who is not None else ""
                tile = self._screens[tile_id] = ScreenTile(sharer, name, self._screen_of(sharer), self)
                tile.pin_wanted.connect(self.pin)
                tile.menu_wanted.connect(self.menu_wanted)
                tile.show()
            self._screens[tile_id].show_pinned(self._choice.pinned == tile_id)

    def _add(self, participant_id: str, face: Face) -> None:
        slot = self._own_slot if participant_id == SELF else self._slot_of(participant_id)
        tile = VideoTile(face, slot, self)
        tile.retried.connect(self.retried)
        tile.pin_wanted.connect(self.pin)
        tile.menu_wanted.connect(self.menu_wanted)
        self._tiles[participant_id] = tile
        tile.show()

    def _place(self) -> None:
        margin = 12 if self.window().width() >= _ROOMY_FROM else 8
        area = self.rect().adjusted(margin, margin, -margin, -margin)
        beside = area.width() - self._covered
        for part, height in ((self.banner, self.banner.height_in(beside)), (self.sharing_bar, SHARING_HEIGHT)):
            if not part.isHidden():
                place(part, self, QRect(area.x(), area.y(), beside, height))
                area.setTop(area.top() + height + grid.GAP)
        places: list[QWidget] = [self._widget(one) for one in self.order]
        if not self._more.isHidden():
            own_is_last = self._plan.main is None and self.order[-1:] == (SELF,)
            places.insert(len(places) - own_is_last, self._more)
        if not self._seat.isHidden():
            places.append(self._seat)
        cells = layouts.places_of(self._plan, area.width(), area.height(), len(places) - len(self.order))
        for widget, cell in zip(places, cells, strict=False):
            place(widget, self, QRect(area.x() + cell.x, area.y() + cell.y, cell.width, cell.height))
        self._chain(places)
        self.rearranged.emit()

    def _chain(self, places: list[QWidget]) -> None:
        """Tab goes through the tiles as the eye does."""
        before: QWidget = self.banner.leave
        for widget in (self.sharing_bar.stop, *places):
            QWidget.setTabOrder(before, widget)
            before = widget
            inner: tuple[QWidget, ...] = ()
            if isinstance(widget, VideoTile):
                inner = (widget.again,)
            elif isinstance(widget, ScreenTile):
                bar = widget.zoom_bar
                inner = (bar.smaller, bar.larger, bar.fit)
            for part in inner:
                QWidget.setTabOrder(before, part)
                before = part


def _end(tile: VideoTile | ScreenTile) -> None:
    tile.let_go()
    tile.hide()
    tile.deleteLater()
