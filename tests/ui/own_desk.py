"""A desk of the tests' own: real stores on a real engine over a server that is a few dictionaries.

It answers as ``app.desk.Desk`` does: an account's expected failures end in its state, a lobby's ``create`` raises.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from app.account import AccountPhase, AccountState
from app.choices import Choices, Devices
from app.config import SettingsFile
from app.engine import Engine
from app.errors import DeskmatesError, DeviceError, ServerRefused
from app.hardware import Hardware
from app.lobby import LobbyPhase, LobbyState
from app.media.preview import Preview
from app.store import Store
from app.study.book import FILE, Book
from app.study.study import Study
from app.ui.room.port import Room
from protocol.rest import Activity, ActivityDraft, Person, Profile, Role, Session, SessionChange, SessionDraft

SERVER = "http://127.0.0.1:8765"


def session(
    key: str,
    title: str = "Linear algebra",
    *,
    begins: float = -30,
    ends: float = 60,
    host: str = "priya",
    people: int = 1,
    places: int = 8,
    subject: str = "Maths",
    status: str = "scheduled",
    description: str = "",
) -> Session:
    """A session that begins and ends so many minutes from now."""
    now = datetime.now(UTC)
    return Session.model_validate(
        {
            "_id": key,
            "title": title,
            "subject": subject,
            "description": description,
            "startTime": now + timedelta(minutes=begins),
            "endTime": now + timedelta(minutes=ends),
            "status": status,
            "maxParticipants": places,
            "createdBy": {"_id": host, "name": host.title()},
            "participants": [{"_id": f"p{number}", "name": f"Person {number}"} for number in range(people)],
        }
    )


@dataclass
class OwnServer:
    """Accounts by e-mail, sessions by id, and what was asked."""

    accounts: dict[str, tuple[str, Profile]] = field(default_factory=dict[str, tuple[str, Profile]])
    sessions: dict[str, Session] = field(default_factory=dict[str, Session])
    days: dict[date, int] = field(default_factory=dict[date, int])
    """Study days and their counts."""
    problem: DeskmatesError | None = None
    """What every question ends in, while it is set."""
    asked: list[str] = field(default_factory=list[str])
    gate: asyncio.Event | None = None
    """Set to hold answers back until it is opened."""

    async def ask(self, what: str) -> None:
        self.asked.append(what)
        if self.gate is not None:
            await self.gate.wait()
        if self.problem is not None:
            raise self.problem


class OwnCounting:
    """The days that the server counts."""

    def __init__(self, server: OwnServer) -> None:
        self._server = server

    async def activities(self) -> tuple[Activity, ...]:
        await self._server.ask("activities")
        return tuple(Activity(user_id="me", date=day, count=count) for day, count in self._server.days.items())

    async def record_activity(self, draft: ActivityDraft) -> None:
        await self._server.ask(f"count {draft.date}")
        assert draft.date is not None
        self._server.days[draft.date] = self._server.days.get(draft.date, 0) + 1


class OwnAccount:
    def __init__(self, server: OwnServer) -> None:
        self.rest = OwnCounting(server)
        self.store: Store[AccountState] = Store(AccountState(AccountPhase.SIGNED_OUT, SERVER))
        self.remembered: Profile | None = None
        self._server = server

    async def restore(self) -> None:
        if self.remembered is not None:
            await self._do("restore", self.remembered)

    async def sign_in(self, server: str, email: str, password: str) -> None:
        known = self._server.accounts.get(email.lower())
        who = known[1] if known is not None and known[0] == password else None
        await self._do(f"sign_in {server}", who or ServerRefused(401, "wrong-password", "Invalid email or password"))

    async def register(self, server: str, name: str, email: str, password: str, role: Role) -> None:
        if email.lower() in self._server.accounts:
            await self._do("register", ServerRefused(400, "", "User already exists"))
            return
        profile = Profile.model_validate({"_id": email, "name": name, "email": email, "role": role})
        self._server.accounts[email.lower()] = (password, profile)
        await self._do(f"register {server}", profile)

    async def sign_out(self) -> None:
        await self._server.ask("sign_out")
        self.store.set(AccountState(AccountPhase.SIGNED_OUT, self.store.state.server))

    async def change_profile(self, name: str, email: str) -> None:
        await self._server.ask(f"change {name} {email}")
        who = self.store.state.profile
        assert who is not None
        changed = Profile.model_validate({"_id": who.id, "name": name, "email": email, "role": who.role})
        self.store.apply(lambda state: replace(state, profile=changed))

    async def _do(self, what: str, answer: Profile | DeskmatesError) -> None:
        self.store.apply(lambda state: replace(state, phase=AccountPhase.WORKING, problem=None))
        try:
            await self._server.ask(what)
            if isinstance(answer, DeskmatesError):
                raise answer
        except DeskmatesError as error:
            self.store.set(AccountState(AccountPhase.SIGNED_OUT, SERVER, None, error))
        else:
            self.store.set(AccountState(AccountPhase.SIGNED_IN, SERVER, answer))


class OwnLobby:
    def __init__(self, server: OwnServer, account: OwnAccount) -> None:
        self.store: Store[LobbyState] = Store(LobbyState(LobbyPhase.LOADING))
        self._server = server
        self._account = account

    async def refresh(self) -> None:
        profile = self._account.store.state.profile
        viewer_id = profile.id if profile is not None else ""
        if viewer_id != self.store.state.viewer_id:
            self.store.set(LobbyState(LobbyPhase.LOADING, viewer_id=viewer_id))
        self.store.apply(lambda state: replace(state, phase=LobbyPhase.LOADING))
        try:
            await self._server.ask("sessions")
        except DeskmatesError as error:
            self.store.apply(lambda state, problem=error: replace(state, phase=LobbyPhase.FAILED, problem=problem))
        else:
            known = tuple(self._server.sessions.values())
            self.store.set(LobbyState(LobbyPhase.READY, known, None, datetime.now(UTC), viewer_id))

    async def create(self, draft: SessionDraft) -> Session:
        await self._server.ask("create")
        who = self._account.store.state.profile
        assert who is not None
        made = Session.model_validate(
            {
                "_id": f"s{len(self._server.sessions)}",
                **draft.to_wire(),
                "createdBy": Person.model_validate({"_id": who.id, "name": who.name}),
            }
        )
        self._server.sessions[made.id] = made
        return made

    async def change(self, session_id: str, change: SessionChange) -> Session:
        await self._server.ask(f"change {session_id}")
        made = self._server.sessions[session_id].model_copy(update=change.model_dump(exclude_none=True))
        self._server.sessions[session_id] = made
        await self.refresh()
        return made

    async def leave(self, session_id: str) -> None:
        await self._server.ask(f"leave {session_id}")

    async def delete(self, session_id: str) -> None:
        await self._server.ask(f"delete {session_id}")
        del self._server.sessions[session_id]
        await self.refresh()


class OwnDesk:
    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine = engine
        self.server = OwnServer()
        self.account = OwnAccount(self.server)
        self.lobby = OwnLobby(self.server, self.account)
        self.settings = SettingsFile(folder)
        self.study = Study(self.account, Book(folder / FILE))
        self.hosted_address: str | None = None
        self.room: Room | None = None
        """What a room is answered with."""
        self.choices: Choices | None = None
        """What the last room was opened with."""
        self.known = Devices()
        """What is plugged in."""
        self.hardware = Hardware(lambda: self.known)
        self.previews: list[Preview] = []
        self.chimes: list[str] = []
        """The speakers that were tried."""
        self.speaker_problem: DeviceError | None = None
        self.is_in_room = False

    async def preview(self) -> Preview:
        self.previews.append(Preview())
        return self.previews[-1]

    async def chime(self, speaker: str) -> None:
        self.chimes.append(speaker)
        if self.speaker_problem is not None:
            raise self.speaker_problem

    async def forget_everything(self) -> None:
        await self.server.ask("forget")
        await self.account.sign_out()
        self.settings.reset()

    async def open_room(self, session: Session, choices: Choices | None = None) -> Room:
        await self.server.ask(f"open {session.id}")
        self.choices = choices
        assert self.room is not None
        return self.room

    async def host_room(self, name: str, title: str, choices: Choices | None = None, again: str = "") -> Room:
        await self.server.ask(f"host {name}" + (f" again {again}" if again else ""))
        self.choices = choices
        self.hosted_address = "http://192.168.1.5:8765"
        assert self.room is not None
        return self.room
