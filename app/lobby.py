"""The sessions on offer to one person at one server: fetched when asked for, kept while a new list is on its way."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from app.account import Account, AccountPhase, AccountState
from app.errors import DeskmatesError, ServerRefused, SignedOut
from app.store import Store
from protocol.rest import Session, SessionChange, SessionDraft


class LobbyPhase(StrEnum):
    LOADING = "loading"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class LobbyState:
    phase: LobbyPhase
    sessions: tuple[Session, ...] = ()
    """In the server's order; while loading, and after a failure, what was known before."""
    problem: DeskmatesError | None = None
    loaded_at: datetime | None = None
    """When ``sessions`` was fetched (UTC); None: never."""
    viewer_id: str = ""
    """To whom they are offered."""


class Lobby:
    def __init__(self, account: Account) -> None:
        self.store: Store[LobbyState] = Store(LobbyState(LobbyPhase.LOADING))
        self._account = account
        self._refreshing: asyncio.Task[None] | None = None
        self._viewer: tuple[str, str] | None = None
        """Server and id of whose list it is."""
        self._news = 0
        """How often the server has told of one session, or has deleted one."""
        self._on_account(account.store.state)
        account.store.subscribe(self._on_account)

    async def refresh(self) -> None:
        """Fetch the list; whoever asks meanwhile waits for the same answer. Failures end in ``LobbyState.problem``."""
        if self._refreshing is None or self._refreshing.done():
            self._refreshing = asyncio.create_task(self._refresh())
        await asyncio.shield(self._refreshing)

    async def create(self, draft: SessionDraft) -> Session:
        """Open a new session.

        Raises:
            DeskmatesError: not allowed, not valid, or the server cannot be reached.
        """
        session = await self._watched(self._account.rest.create(draft))
        self._know(session)
        return session

    async def change(self, session_id: str, change: SessionChange) -> Session:
        """Change one's own session; what ``change`` leaves out stays as it is.

        Raises:
            DeskmatesError: not allowed, not valid, gone, or the server cannot be reached.
        """
        session = await self._watched(self._account.rest.change(session_id, change))
        self._know(session)
        return session

    async def delete(self, session_id: str) -> None:
        """Delete one's own session and its chat. One that is gone already counts as deleted.

        Raises:
            DeskmatesError: not allowed, or the server cannot be reached.
        """
        try:
            await self._watched(self._account.rest.delete(session_id))
        except ServerRefused as refusal:
            if refusal.status != 404:
                raise
        self._news += 1
        self.store.apply(
            lambda state: replace(state, sessions=tuple(one for one in state.sessions if one.id != session_id))
        )

    async def join(self, session_id: str) -> Session:
        """Enrol; to have joined before counts.

        Raises:
            DeskmatesError: full, gone, signed out, or the server cannot be reached.
        """
        session = await self._watched(self._account.rest.join(session_id))
        self._know(session)
        return session

    async def leave(self, session_id: str) -> None:
        """Give one's place back, for somebody else to take.

        Raises:
            DeskmatesError: gone, signed out, or the server cannot be reached.
        """
        await self._watched(self._account.rest.leave(session_id))

    def _on_account(self, state: AccountState) -> None:
        """What one server offers to one person is not shown to another."""
        if state.phase is not AccountPhase.SIGNED_IN or state.profile is None:
            return
        viewer = state.server, state.profile.id
        if viewer != self._viewer:
            self._viewer = viewer
            self._refreshing = None
            self.store.set(LobbyState(LobbyPhase.LOADING, viewer_id=state.profile.id))

    async def _refresh(self) -> None:
        viewer = self._viewer
        self.store.apply(lambda state: replace(state, phase=LobbyPhase.LOADING))
        try:
            sessions = await self._ask()
        except DeskmatesError as error:
            if viewer == self._viewer:
                self.store.apply(lambda state, problem=error: replace(state, phase=LobbyPhase.FAILED, problem=problem))
        else:
            if viewer == self._viewer:
                self.store.apply(lambda state: _read(state, sessions))

    async def _ask(self) -> tuple[Session, ...]:
        """All sessions, asked for again where a person has changed one meanwhile: the list may be that of before."""
        while True:
            news = self._news
            sessions = await self._watched(self._account.rest.sessions())
            if news == self._news:
                return sessions

    async def _watched[T](self, asking: Awaitable[T]) -> T:
        try:
            return await asking
        except SignedOut as error:
            await self._account.expire(error)
            raise

    def _know(self, session: Session) -> None:
        """A session that the server has just told of, in its place or at the top."""
        self._news += 1

        def step(state: LobbyState) -> LobbyState:
            known = any(one.id == session.id for one in state.sessions)
            if known:
                return replace(
                    state, sessions=tuple(session if one.id == session.id else one for one in state.sessions)
                )
            return replace(state, sessions=(session, *state.sessions))

        self.store.apply(step)


def _read(state: LobbyState, sessions: tuple[Session, ...]) -> LobbyState:
    return LobbyState(LobbyPhase.READY, sessions, None, datetime.now(UTC), state.viewer_id)
