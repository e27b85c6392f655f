"""What we do with single people, for ourselves alone: loudness that is remembered, the menu, the figures."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication

from app.engine import Engine
from app.media.figures import PeerFigures
from app.room.state import Participant, RoomState
from app.ui.bridge import Intents
from app.ui.room.layouts import sharer_of
from app.ui.room.memory import RoomMemory
from app.ui.room.people import PeoplePanel
from app.ui.room.person_menu import Deeds, details_text, person_menu
from app.ui.room.port import Room
from app.ui.room.stage import SELF, Stage
from app.ui.words import person, tr


class PeopleDeeds(QObject):
    def __init__(
        self,
        *,
        engine: Engine,
        room: Room,
        intents: Intents,
        memory: RoomMemory,
        stage: Stage,
        people: PeoplePanel,
        said: Callable[[str], None],
    ) -> None:
        """``said`` has a word put before the person."""
        super().__init__(stage)
        self._engine = engine
        self._room = room
        self._intents = intents
        self._memory = memory
        self._stage = stage
        self._people = people
        self._said = said
        self._state: RoomState | None = None
        self._met: set[str] = set()
        stage.menu_wanted.connect(self.open_menu)
        people.menu_wanted.connect(self.open_menu)
        people.volume_changed.connect(self.set_volume)

    def show_state(self, state: RoomState) -> None:
        """Newcomers are as loud as they were last time."""
        self._state = state
        present = {one.id for one in state.participants}
        for one in state.participants:
            if one.id not in self._met:
                volume = self._memory.volume(one.user_id)
                self._people.show_volume(one.id, volume)
                if volume != 1.0:
                    self._do(self._room.set_volume(one.id, volume))
        self._met = present

    def set_volume(self, participant_id: str, volume: float) -> None:
        self._people.show_volume(participant_id, volume)
        self._do(self._room.set_volume(participant_id, volume))
        who = self._participant(participant_id)
        if who is not None:
            self._memory.set_volume(who.user_id, volume)

    def open_menu(self, tile_id: str, at: QPoint) -> None:
        own = self._stage.own
        who = self._participant(sharer_of(tile_id) or tile_id)
        is_pinned = own.pinned == tile_id
        if tile_id == SELF:
            deeds = Deeds(pin=lambda: self._stage.pin(SELF), hide_self=lambda: self._stage.hide_self(True))
            menu = person_menu(self._stage, deeds, is_pinned=is_pinned, is_hidden=False, volume=1.0)
        elif who is None:
            return
        elif sharer_of(tile_id) is not None:
            deeds = Deeds(pin=lambda: self._stage.pin(tile_id))
            menu = person_menu(self._stage, deeds, is_pinned=is_pinned, is_hidden=False, volume=1.0)
        else:
            deeds = Deeds(
                pin=lambda: self._stage.pin(tile_id),
                set_volume=lambda volume: self.set_volume(tile_id, volume),
                hide_video=lambda is_hidden: self._stage.hide_video(tile_id, is_hidden),
                copy_details=lambda: self._copy_details(who),
            )
            volume = self._memory.volume(who.user_id)
            is_hidden = tile_id in own.hidden
            menu = person_menu(self._stage, deeds, is_pinned=is_pinned, is_hidden=is_hidden, volume=volume)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)
        menu.setActiveAction(menu.actions()[0])

    def _copy_details(self, who: Participant) -> None:
        async def measured() -> PeerFigures | None:
            return self._room.peer_figures(who.id)

        def copy(figures: PeerFigures | None) -> None:
            QGuiApplication.clipboard().setText(details_text(who, figures))
            self._said(tr("The details about %1 are copied.").replace("%1", person(who.name)))

        self._intents.start(self._engine.call(measured()), done=copy)

    def _participant(self, participant_id: str) -> Participant | None:
        return None if self._state is None else self._state.participant(participant_id)

    def _do(self, intent: Coroutine[Any, Any, None]) -> None:
        self._intents.start(self._engine.call(intent))
