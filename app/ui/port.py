"""What the main window needs from below, and nothing else: ``app.desk.Desk`` is one, a test's own desk another.

Coroutines run on the engine (``engine.call``); stores tell from its thread, so they are heard through a
``StoreBridge``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from app.account import AccountState
    from app.config import SettingsFile
    from app.engine import Engine
    from app.lobby import LobbyState
    from app.store import Store
    from app.ui.room.port import Room
    from protocol.rest import Role, Session, SessionDraft


class AccountPort(Protocol):
    """Who is signed in. Expected failures end in the state's ``problem``."""

    @property
    def store(self) -> Store[AccountState]: ...
    async def restore(self) -> None: ...
    async def sign_in(self, server: str, email: str, password: str) -> None: ...
    async def register(self, server: str, name: str, email: str, password: str, role: Role) -> None: ...
    async def sign_out(self) -> None: ...


class LobbyPort(Protocol):
    """The sessions on offer. ``create`` raises what went wrong."""

    @property
    def store(self) -> Store[LobbyState]: ...
    async def refresh(self) -> None: ...
    async def create(self, draft: SessionDraft) -> Session: ...


class DeskPort(Protocol):
    """What the windows are given."""

    @property
    def engine(self) -> Engine: ...
    @property
    def account(self) -> AccountPort: ...
    @property
    def lobby(self) -> LobbyPort: ...
    @property
    def settings(self) -> SettingsFile: ...
    @property
    def hosted_address(self) -> str | None: ...
    async def open_room(self, session: Session) -> Room: ...
    async def host_room(self, name: str) -> Room: ...
