"""What the signed-in person studied: their stays on this computer, and the days that the server has counted.

Promises: a stay is on this computer's disk before the server is asked to count its day; of one that goes on is there
what was noted last, should the app die in the room; what the disk does not take is tried again with every reading, and
is counted all the same, so that its day is not lost with it; what the server could not be told is told later, with the
day it was for; a stay is of whoever was signed in when its room was opened; intents never raise for what can be
expected, that ends in ``StudyState.problem``. Runs on the engine's loop.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Protocol

from app.account import AccountPhase, AccountState
from app.errors import DeskmatesError, ServerRefused, SignedOut
from app.store import Store
from app.study.book import Book, BookFailed
from app.study.days import StudyDay, merged, streaks
from app.study.stays import Outcome, Owner, Said, Stay
from protocol.rest import Activity, ActivityDraft, Streaks

log = logging.getLogger(__name__)


class StudyPhase(StrEnum):
    LOADING = "loading"
    READY = "ready"


@dataclass(frozen=True, slots=True)
class StudyState:
    phase: StudyPhase = StudyPhase.LOADING
    owner: Owner = field(default_factory=Owner)
    stays: tuple[Stay, ...] = ()
    """On this computer, oldest first."""
    counted: tuple[Activity, ...] = ()
    """As the server said last."""
    problem: DeskmatesError | None = None
    """Why the stays on this computer, or the server's days, are not known, or not those of now; ``BookFailed`` also
    where what is known here is not on the disk."""
    days: tuple[StudyDay, ...] = ()
    """Both together, oldest first."""

    @property
    def is_unknown(self) -> bool:
        """Nothing has been found out yet, here or from the server."""
        return self.phase is StudyPhase.LOADING and not self.days

    @property
    def waiting(self) -> int:
        """Stays that the server is still to count."""
        return sum(1 for one in self.stays if _is_waiting(one)) if self.owner.user_id else 0

    def streaks(self, today: date) -> Streaks:
        return streaks(self.days, today)


class Counting(Protocol):
    """The server's side, ``app.net.rest.RestClient``."""

    async def activities(self) -> tuple[Activity, ...]: ...
    async def record_activity(self, draft: ActivityDraft) -> None: ...


class Signed(Protocol):
    """Who is signed in, ``app.account.Account``."""

    @property
    def store(self) -> Store[AccountState]: ...
    @property
    def rest(self) -> Counting: ...


class Study:
    def __init__(self, account: Signed, book: Book) -> None:
        self.store: Store[StudyState] = Store(StudyState())
        self._account = account
        self._book = book
        self._one_at_a_time = asyncio.Lock()
        self._is_read = False
        """The book has told what it knows of the state's owner."""
        self._unwritten: dict[str, tuple[Owner, Stay]] = {}
        """The stays that the book would not take yet, by key."""
        self._unsaid: dict[str, Sequence[Said]] = {}
        """What was said during a stay and the book would not take yet, by key."""
        self._book_problem: BookFailed | None = None
        self._server_problem: DeskmatesError | None = None
        self._entered: tuple[str, Owner] | None = None
        """The session whose room was opened last, and for whom."""
        self._elsewhere: tuple[Owner, Stay] | None = None
        """The last stay of somebody who was not signed in any more at its end: it can still be changed."""
        self._exchanging: asyncio.Task[None] | None = None
        self._is_closing = False
        self._going_on = ""
        """Key of the stay that goes on."""
        self._lines_noted = 0
        """Of what was said during it."""
        self._too_short: Stay | None = None
        """The last stay that did not count: it is kept once its goal is answered."""

    def enter(self, session_id: str) -> None:
        """A room is being opened: what is studied in it is whose who is signed in now."""
        self._entered = session_id, self._owner()

    async def refresh(self) -> None:
        """Read what this computer knows, tell the server what it does not know yet, and ask what it has counted."""
        async with self._one_at_a_time:
            await self._take_abandoned()
            await self._read()
            await self._exchange()

    async def note(self, stay: Stay, said: Sequence[Said] = ()) -> None:
        """Write down a stay that goes on, and what was ``said`` so far: that much is kept, should the app die."""
        if not stay.minutes:
            return
        async with self._one_at_a_time:
            if self._going_on != stay.key:
                self._going_on, self._lines_noted = stay.key, 0
            try:
                await self._book.note(self._owner_of(stay), stay)
            except BookFailed:
                log.exception("a stay that goes on could not be noted")
            if len(said) != self._lines_noted:
                self._lines_noted = len(said)
                await self._keep_said(stay.key, said)

    async def record(self, stay: Stay, said: Sequence[Said] = ()) -> None:
        """Keep a stay that has ended, and what was ``said``; have its day counted. What was too short is not kept,
        unless its goal is answered.
        """
        if not stay.minutes and stay.outcome is Outcome.OPEN:
            self._too_short = stay
            return
        async with self._one_at_a_time:
            self._going_on = ""
            await self._read()
            await self._keep_new(stay)
            await self._keep_said(stay.key, said)
            await self._exchange()

    async def said(self, key: str) -> tuple[Said, ...]:
        """What was said during the stay ``key``, oldest first.

        Raises:
            BookFailed: it cannot be read.
        """
        return await self._book.read_said(key)

    async def answer(self, key: str, outcome: Outcome) -> None:
        """What came of the goal of stay ``key``, however short it was."""
        stay, self._too_short = self._too_short, None
        if stay is not None and stay.key == key:
            async with self._one_at_a_time:
                await self._read()
                await self._keep_new(stay)
        await self._change(key, lambda stay: replace(stay, outcome=outcome))

    async def remember_notes(self, key: str, path: str) -> None:
        """The notes of stay ``key`` were saved as ``path``."""
        await self._change(key, lambda stay: replace(stay, notes=path))

    async def close(self) -> None:
        """Let go of the disk, without waiting for a server; what is known is read again on the next ``refresh``."""
        self._is_closing = True
        if self._exchanging is not None:
            self._exchanging.cancel()
        try:
            async with self._one_at_a_time:
                await self._book.close()
                self._forget(self.store.state.owner)
        finally:
            self._is_closing = False

    # ---- how -----------------------------------------------------------------------------------------------------

    def _owner(self) -> Owner:
        state = self._account.store.state
        if state.phase is AccountPhase.SIGNED_IN and state.profile is not None:
            return Owner(state.server, state.profile.id)
        return Owner()

    def _forget(self, owner: Owner) -> None:
        """Begin anew with the stays of ``owner``."""
        self._is_read = False
        self._server_problem = None
        self.store.set(StudyState(owner=owner))

    async def _take_abandoned(self) -> None:
        """Of rooms in which the app died: their stays are read with the others."""
        try:
            if await self._book.take_abandoned(self._owner(), now=time.time(), but=self._going_on):
                self._is_read = False
        except BookFailed:
            log.exception("stays that went on when the app died cannot be read")

    async def _read(self) -> None:
        owner = self._owner()
        if self.store.state.owner != owner:
            self._forget(owner)
        if not self._is_read:
            try:
                stays = await self._book.read(owner)
            except BookFailed as error:
                log.exception("the stays of this computer cannot be read")
                self._book_problem = error
                self._put(self.store.state)
                return
            self._is_read = True
            for kept_for, stay in self._unwritten.values():
                if kept_for == owner:
                    stays = _with(stays, stay)
            self._put(replace(self.store.state, stays=stays))
        await self._write_again()

    async def _write_again(self) -> None:
        """What the book would not take before, until it would not again."""
        for owner, stay in tuple(self._unwritten.values()):
            if not await self._write(owner, stay):
                return
        for key, said in tuple(self._unsaid.items()):
            if not await self._keep_said(key, said):
                return
        self._on_taken()

    async def _exchange(self) -> None:
        """Both ways with the server, unless we are about to end; without an account there is none."""
        if not self.store.state.owner.user_id or self._is_closing:
            self._put(replace(self.store.state, phase=StudyPhase.READY))
            return
        asking = self._exchanging = asyncio.create_task(self._ask_server())
        try:
            await asyncio.wait([asking])
        finally:
            asking.cancel()
        if not asking.cancelled():
            asking.result()

    async def _ask_server(self) -> None:
        try:
            for stay in self.store.state.stays:
                if _is_waiting(stay):
                    await self._count(stay)
            counted = await self._account.rest.activities()
        except DeskmatesError as error:
            self._server_problem = error
            self._put(replace(self.store.state, phase=StudyPhase.READY))
        else:
            self._server_problem = None
            self._put(replace(self.store.state, phase=StudyPhase.READY, counted=counted))

    async def _count(self, stay: Stay) -> None:
        """Have one day counted. A server that would never have it is not asked again; what it cannot do now, it may
        later.
        """
        try:
            await self._account.rest.record_activity(ActivityDraft(date=stay.day))
        except ServerRefused as refusal:
            if isinstance(refusal, SignedOut) or refusal.status == 429 or refusal.status >= 500:
                raise
            log.warning("the server does not count %s: %s", stay.day, refusal)
        # Shielded: what the server has counted is written down also where we end meanwhile, or it would count it twice.
        await asyncio.shield(self._keep(replace(stay, is_counted=True)))

    async def _change(self, key: str, step: Callable[[Stay], Stay]) -> None:
        async with self._one_at_a_time:
            stay = next((one for one in self.store.state.stays if one.key == key), None)
            if stay is not None:
                await self._keep(step(stay))
            elif self._elsewhere is not None and self._elsewhere[1].key == key:
                owner, stay = self._elsewhere
                await self._keep_elsewhere(owner, step(stay))

    async def _keep_new(self, stay: Stay) -> None:
        """A stay that has just ended, for whom its room was opened."""
        owner = self._owner_of(stay)
        if owner != self.store.state.owner:
            await self._keep_elsewhere(owner, stay)
        else:
            await self._keep(stay)

    def _owner_of(self, stay: Stay) -> Owner:
        """For whom its room was opened."""
        session_id, owner = self._entered or ("", Owner())
        return owner if session_id == stay.session_id else self.store.state.owner

    async def _keep_elsewhere(self, owner: Owner, stay: Stay) -> None:
        """Of somebody who is not signed in: it is read, and counted, when they are again."""
        self._elsewhere = owner, stay
        await self._write(owner, stay)

    async def _keep(self, stay: Stay) -> None:
        """In the state whatever the disk does: it holds until the app ends."""
        state = self.store.state
        self._put(replace(state, stays=_with(state.stays, stay)))
        await self._write(state.owner, stay)

    async def _write(self, owner: Owner, stay: Stay) -> bool:
        """Whether the book took it."""
        try:
            await self._book.write(owner, stay)
        except BookFailed as error:
            log.exception("a stay could not be written down")
            self._unwritten[stay.key] = owner, stay
            self._book_problem = error
            self._put(self.store.state)
            return False
        self._unwritten.pop(stay.key, None)
        self._on_taken()
        return True

    async def _keep_said(self, key: str, said: Sequence[Said]) -> bool:
        """Whether the book took it."""
        try:
            await self._book.write_said(key, said)
        except BookFailed as error:
            log.exception("what was said during a stay could not be written down")
            self._unsaid[key] = said
            self._book_problem = error
            self._put(self.store.state)
            return False
        self._unsaid.pop(key, None)
        self._on_taken()
        return True

    def _on_taken(self) -> None:
        """The book did as it was told: nothing is wrong with it once it knows all that we know."""
        if self._book_problem is not None and self._is_read and not (self._unwritten or self._unsaid):
            self._book_problem = None
            self._put(self.store.state)

    def _put(self, state: StudyState) -> None:
        problem = self._book_problem or self._server_problem
        self.store.set(replace(state, problem=problem, days=merged(state.counted, state.stays)))


def _with(stays: Sequence[Stay], stay: Stay) -> tuple[Stay, ...]:
    """``stay`` among the others, oldest first, in the place of what was known of it."""
    others = (one for one in stays if one.key != stay.key)
    return tuple(sorted((*others, stay), key=lambda one: one.began))


def _is_waiting(stay: Stay) -> bool:
    return not stay.is_counted and stay.minutes > 0
