"""What a signed-in person sees: the rail, and beside it the sessions or a new one; and the list's polite refreshing.

The list is read again when the page is shown, when the window is come back to, and every half minute while it is
looked at; never while nobody looks or a question is still unanswered.
"""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from app.lobby import LobbyState
from app.ui.bridge import Intents, StoreBridge
from app.ui.port import DeskPort
from app.ui.rail import Rail
from app.ui.sessions.create_page import CreatePage
from app.ui.sessions.page import SessionsPage
from app.ui.words import explain
from protocol.rest import Profile, Session, SessionDraft

REFRESH_MS = 30_000
TICK_MS = 5_000
STALE_S = 10.0
"""A list older than this is read again when the window is come back to."""


class Shell(QWidget):
    """``wants_room`` carries a session; ``created`` one that was just made."""

    wants_room = Signal(object)
    created = Signal(object)

    def __init__(self, desk: DeskPort, intents: Intents, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk = desk
        self._intents = intents
        self._profile: Profile | None = None
        self._since = datetime.now(UTC)
        self._is_asking = False
        self._is_wanted = False
        self._lobby = StoreBridge(desk.lobby.store)
        self.rail = Rail()
        self.sessions = SessionsPage()
        self.create_page = CreatePage()
        self._pages = QStackedWidget()
        self._pages.addWidget(self.sessions)
        self._pages.addWidget(self.create_page)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(self._pages, 1)
        self._refreshing = QTimer(self, interval=REFRESH_MS)
        self._refreshing.timeout.connect(self._refresh_if_looked_at)
        self._ticking = QTimer(self, interval=TICK_MS)
        self._ticking.timeout.connect(self.sessions.tick)
        self._connect()
        self._lobby.listen(self._on_lobby)

    def enter(self, profile: Profile) -> None:
        """Somebody has signed in."""
        if self._profile != profile:
            self._since = datetime.now(UTC)
        self._profile = profile
        self.rail.show_person(profile)
        self.sessions.show_person(profile.id, profile.role == "tutor")
        self._on_lobby(self._lobby.state)
        self._to_sessions()
        self.sessions.setFocus(Qt.FocusReason.OtherFocusReason)
        self._refreshing.start()
        self._ticking.start()

    def leave(self) -> None:
        """Nobody is signed in any more."""
        self._profile = None
        self._refreshing.stop()
        self._ticking.stop()

    def close_bridges(self) -> None:
        self._lobby.close()

    def come_back(self) -> None:
        """The window is looked at again: read the list if it is old."""
        loaded_at = self._lobby.state.loaded_at
        if loaded_at is None or (datetime.now(UTC) - loaded_at).total_seconds() > STALE_S:
            self._refresh_if_looked_at()

    def refresh(self) -> None:
        """Read the list now, or once more as soon as the answer under way has come."""
        if self._profile is None:
            return
        self._is_wanted = True
        if not self._is_asking:
            self._is_asking = True
            self._intents.start(self._ask())

    def _connect(self) -> None:
        self.rail.to_sessions.connect(self._to_sessions)
        self.sessions.wants_refresh.connect(self.refresh)
        self.sessions.wants_session.connect(self._to_create)
        self.sessions.wants_room.connect(self.wants_room)
        self.create_page.cancelled.connect(self._to_sessions)
        self.create_page.drafted.connect(self._create)

    def _refresh_if_looked_at(self) -> None:
        if self.sessions.isVisible() and self.window().isActiveWindow():
            self.refresh()

    async def _ask(self) -> None:
        try:
            while self._is_wanted:
                self._is_wanted = False
                await self._desk.engine.call(self._desk.lobby.refresh())
        finally:
            self._is_asking = False

    def _on_lobby(self, state: LobbyState) -> None:
        if state.loaded_at is not None and state.loaded_at < self._since:
            # Another person's list, or another server's.
            state = LobbyState(state.phase, problem=state.problem)
        self.sessions.show_state(state)

    def _to_sessions(self) -> None:
        self._pages.setCurrentWidget(self.sessions)
        self.rail.sessions.setChecked(True)
        self.refresh()

    def _to_create(self) -> None:
        if self._profile is not None:
            self._pages.setCurrentWidget(self.create_page)
            self.create_page.begin(self._profile, [one.subject for one in self._lobby.state.sessions])

    def _create(self, draft: SessionDraft) -> None:
        self._intents.start(
            self._desk.engine.call(self._desk.lobby.create(draft)),
            done=self._on_created,
            failed=lambda error: self.create_page.fail(explain(error)),
        )

    def _on_created(self, session: Session) -> None:
        self._to_sessions()
        self.sessions.reveal(session)
        self.created.emit(session)
