"""Opening rooms: one at a time, each in a window of its own.

The room's window, and with it everything that plays video, is imported when the first room is opened.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.account import AccountState
from app.errors import AlreadyInRoom, ServerRefused
from app.study.attendance import Attendance
from app.study.days import on
from app.ui.bridge import Failed, Intents
from app.ui.leaving.visit import Visit
from app.ui.port import DeskPort
from protocol.errors import ErrorCode
from protocol.rest import Session

if TYPE_CHECKING:
    from app.choices import Choices
    from app.ui.room.port import Room
    from app.ui.room.window import RoomWindow

log = logging.getLogger(__name__)

NOTED_EACH_MS = 60_000
"""The stay that goes on is written down so often: should the app die in the room, no more than this is lost."""


class Rooms(QObject):
    """``changed`` comes when a room is being opened, was opened, was left or could not be opened."""

    changed = Signal()
    left = Signal(object)
    """Carries a ``Visit``, or None where the room never let us in."""
    full = Signal(object)
    """Carries the session that would not have us, since it is full."""

    def __init__(self, desk: DeskPort, intents: Intents, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._intents = intents
        self._window: RoomWindow | None = None
        self._attendance: Attendance | None = None
        self._session: Session | None = None
        self._name = ""
        self.visitor: AccountState | None = None
        """Who went into the room that is open or about to be, where it speaks with their account."""
        self.opening = ""
        """The session whose room is being opened; "" for none."""
        self.here = ""
        """The session whose room is open; "" for none."""
        self._noting = QTimer(self, interval=NOTED_EACH_MS)
        self._noting.timeout.connect(self._note)

    @property
    def is_busy(self) -> bool:
        """A room is open or about to be."""
        return self._window is not None or bool(self.opening)

    def open(self, session: Session, choices: Choices, *, failed: Failed, opened: Callable[[], None]) -> None:
        """Open the session's room with what was chosen before it; ``failed`` hears why it could not be."""
        if self.is_busy:
            failed(AlreadyInRoom())
            return
        self._session, self.visitor = session, self._desk.account.store.state
        self._start(session.id, self._desk.open_room(session, choices), failed, choices.goal, opened)

    def host(
        self, name: str, title: str, choices: Choices, *, again: str, failed: Failed, opened: Callable[[], None]
    ) -> None:
        """As ``open``, for a room on this computer: a new one, or the one that is called ``again``."""
        if self.is_busy:
            failed(AlreadyInRoom())
            return
        self._session = None
        self._start(HOSTED, self._desk.host_room(name, title, choices, again), failed, choices.goal, opened)

    def raise_window(self) -> None:
        if self._window is not None:
            self._window.come_to_front()

    def leave(self) -> None:
        """Leave the room, whichever of its windows is shown."""
        if self._window is not None:
            self._window.leave()

    def _start(
        self,
        key: str,
        opening: Coroutine[Any, Any, Room],
        failed: Failed,
        goal: str,
        opened: Callable[[], None],
    ) -> None:
        self.opening = key
        self.changed.emit()

        def give_up(error: Exception) -> None:
            self.opening, self.visitor = "", None
            self.changed.emit()
            if isinstance(error, ServerRefused) and error.code == ErrorCode.FULL:
                self._say_full()
            failed(error)

        def show(room: Room) -> None:
            self._show(room, goal)
            opened()

        self._intents.start(self._desk.engine.call(opening), done=show, failed=give_up)

    def _show(self, room: Room, goal: str) -> None:
        from app.ui.room.memory import RoomMemory
        from app.ui.room.window import RoomWindow

        attendance = self._attendance = Attendance(room.store, goal=goal)
        self._name = room.store.state.me.name
        settings = self._desk.settings
        memory, hardware = RoomMemory(settings.folder), self._desk.hardware
        window = RoomWindow(
            self._desk.engine,
            room,
            settings=settings,
            memory=memory,
            hardware=hardware,
            attendance=attendance,
            earlier=self._minutes_today,
        )
        self.here, self.opening = self.opening, ""
        self._window = window
        window.left.connect(self._on_left)
        self._noting.start()
        window.show()
        self.changed.emit()

    def _minutes_today(self) -> int:
        """What was counted today, before the stay that goes on now."""
        return on(self._desk.study.store.state.days, datetime.now().astimezone().date()).minutes

    def _note(self) -> None:
        stay = self._attendance.stay() if self._attendance is not None else None
        if self._attendance is not None and stay is not None:
            noting = self._desk.study.note(stay, self._attendance.said)
            self._intents.see_through(self._desk.engine.submit(noting))

    def _on_left(self) -> None:
        window, self._window = self._window, None
        self.here, self.visitor = "", None
        self._noting.stop()
        visit = self._visit()
        room = window.bridge.state if window is not None else None
        if window is not None:
            window.close()
            window.deleteLater()
        self.changed.emit()
        is_full = room is not None and room.refusal is not None and room.refusal.code == ErrorCode.FULL
        if visit is not None or is_full:
            self._give_place_back()
        if is_full:
            self._say_full()
        self.left.emit(visit)

    def _give_place_back(self) -> None:
        """For somebody else, while the session goes on; of one that is over it stays on the list of those who came."""
        session = self._session
        if session is None or session.end_time <= datetime.now(UTC):
            return

        def failed(error: Exception) -> None:
            log.warning("the place in %s stays ours: %s", session.id, error)

        self._intents.see_through(self._desk.engine.submit(self._desk.lobby.leave(session.id)), failed=failed)

    def _say_full(self) -> None:
        if self._session is not None:
            self.full.emit(self._session)

    def _visit(self) -> Visit | None:
        attendance, self._attendance = self._attendance, None
        stay = attendance.end() if attendance is not None else None
        if attendance is None or stay is None:
            return None
        return Visit(stay, attendance.said, self._session, self._name)


HOSTED = "on-this-computer"
"""Stands for the session of a room on this computer while it is being opened."""
