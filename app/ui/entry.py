"""The step between Join and the room: the green room, as a page of the main window. Every way into a room leads here.

Promises: the room is opened with what was chosen here; where it would not have us, the page says why and stays.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.errors import AlreadyInRoom
from app.lobby import LobbyState
from app.ui.bridge import StoreBridge
from app.ui.keyboard import last_focus
from app.ui.port import DeskPort
from app.ui.rooms import HOSTED, Rooms
from app.ui.words import explain, line, tr
from protocol.rest import Person, Session

if TYPE_CHECKING:
    from app.choices import Choices
    from app.ui.green_room.page import GreenRoom

_REAP_MS = 250


class Entry(QObject):
    """``ended`` comes when the green room has been left, either way."""

    ended = Signal()

    def __init__(self, desk: DeskPort, rooms: Rooms, pages: QStackedWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rooms = rooms
        self._pages = pages
        self.page: GreenRoom | None = None
        self._retired: list[GreenRoom] = []
        self._reaping = QTimer(self, interval=_REAP_MS)
        self._reaping.timeout.connect(self._reap)
        self._lobby = StoreBridge(desk.lobby.store)
        self._lobby.listen(self._on_lobby)

    def begin(self, session: Session, goal: str = "") -> None:
        """Show the green room of ``session``."""
        page = self._show(session, goal)
        page.joined.connect(lambda choices: self._enter(page, choices))
        self._on_lobby(self._lobby.state)

    def host(self, name: str, goal: str = "", again: str = "") -> None:
        """As ``begin``, for a room on this computer with ``name`` as its host. It is started when Join is pressed, and
        not before; ``again`` is one that was left and is gone back to."""
        title = tr("%1’s room").replace("%1", line(name)[:60])
        page = self._show(_planned(name, title), goal)
        page.mirror.show_person(name, "")
        page.joined.connect(lambda choices: self._start(page, name, title, choices, again))

    def _show(self, session: Session, goal: str) -> GreenRoom:
        """Everything that touches devices is imported now."""
        from app.ui.green_room.page import GreenRoom

        self.close()
        page = self.page = GreenRoom(self._desk, session)
        page.goal.edit.setText(goal)
        page.cancelled.connect(self.end)
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        return page

    def close(self) -> None:
        """Take the page away. It lives on until what it asked for has been answered: its devices are being freed.

        No key reaches it any more: one that is pressed in haste does not join what has been left.
        """
        page, self.page = self.page, None
        if page is not None:
            focused = last_focus(page)
            if focused is not None:
                focused.clearFocus()
            page.hide()
            self._pages.removeWidget(page)
            page.setEnabled(False)
            self._retired.append(page)
            self._reaping.start()

    def close_bridges(self) -> None:
        """Hear nothing more."""
        self._lobby.close()

    def _on_lobby(self, state: LobbyState) -> None:
        """Who takes part is told as it is now: one may have come here with what was known long ago."""
        page = self.page
        fresh = next((one for one in state.sessions if page is not None and one.id == page.session.id), None)
        if page is not None and fresh is not None:
            page.follow(fresh)

    def _reap(self) -> None:
        for page in tuple(self._retired):
            if not page.intents.is_busy:
                self._retired.remove(page)
                page.deleteLater()
        if not self._retired:
            self._reaping.stop()

    def end(self) -> None:
        """Leave it without its room, or for its room."""
        self.close()
        self.ended.emit()

    def _enter(self, page: GreenRoom, choices: Choices) -> None:
        if page is not self.page:  # it was left while its devices were being freed
            return

        def failed(error: Exception) -> None:
            self._fail(page, explain(error))

        self._rooms.open(page.session, choices, failed=failed, opened=self.end)

    def _start(self, page: GreenRoom, name: str, title: str, choices: Choices, again: str) -> None:
        if page is not self.page:
            return

        def failed(error: Exception) -> None:
            words = tr("The room could not be started on this computer. Try again; if it stays, restart the app.")
            self._fail(page, explain(error) if isinstance(error, AlreadyInRoom) else words)

        self._rooms.host(name, title, choices, again=again, failed=failed, opened=self.end)

    def _fail(self, page: GreenRoom, words: str) -> None:
        """One that was left meanwhile does not turn its devices on again."""
        if page is self.page:
            page.fail(words)


def _planned(name: str, title: str) -> Session:
    """A room on this computer before it is there, for the page to show."""
    now = datetime.now(UTC)
    host = Person.model_validate({"_id": HOSTED, "name": name})
    return Session.model_validate(
        {"_id": HOSTED, "title": title, "startTime": now, "endTime": now + timedelta(hours=1), "createdBy": host}
    )
