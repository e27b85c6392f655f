from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from app.account import Account, MemoryVault
from app.config import SettingsFile
from app.errors import ServerRefused, ServerUnreachable
from app.lobby import Lobby, LobbyPhase, LobbyState
from app.net.rest import RestClient
from protocol.errors import ErrorCode
from protocol.rest import Role, Session, SessionChange, SessionDraft
from tests.fakes.house import House
from tests.fakes.seed_server import SeedServer

PATIENCE_S = 20


@pytest_asyncio.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with House(tmp_path / "server") as one:
        yield one


@pytest_asyncio.fixture
async def account(tmp_path: Path) -> AsyncIterator[Account]:
    one = Account(vault=MemoryVault(), settings=SettingsFile(tmp_path / "config"))
    yield one
    await one.close()


async def lobby_of(account: Account, server: str, role: Role) -> Lobby:
    await account.register(server, "Ann", "ann@example.org", "long enough", role)
    return Lobby(account)


def viewer_id(account: Account) -> str:
    profile = account.store.state.profile
    assert profile is not None
    return profile.id


def draft(title: str) -> SessionDraft:
    start = datetime.now(UTC)
    return SessionDraft(title=title, subject="Maths", start_time=start, end_time=start + timedelta(hours=1))


class HeldBack(RestClient):
    """Brings the list once it is released."""

    def __init__(self, base_url: str, token: str | None) -> None:
        super().__init__(base_url, token)
        self.asked = asyncio.Event()
        self.released = asyncio.Event()

    async def sessions(self) -> tuple[Session, ...]:
        found = await super().sessions()
        self.asked.set()
        await self.released.wait()
        return found


async def test_a_new_session_is_on_offer_at_once(house: House, account: Account) -> None:
    lobby = await lobby_of(account, house.url, "tutor")
    assert lobby.store.state == LobbyState(LobbyPhase.LOADING, viewer_id=viewer_id(account))
    await lobby.refresh()
    assert lobby.store.state.viewer_id == viewer_id(account)
    created = await lobby.create(draft("Geometry"))
    assert [one.title for one in lobby.store.state.sessions] == ["Geometry", "Algebra"]
    before = lobby.store.state.loaded_at
    await lobby.refresh()
    assert [one.title for one in lobby.store.state.sessions] == ["Geometry", "Algebra"]
    assert before is not None
    assert lobby.store.state.loaded_at is not None
    assert lobby.store.state.loaded_at > before
    joined = await lobby.join(created.id)
    assert lobby.store.state.sessions[0] == joined
    assert (await lobby.join(created.id)).id == created.id


async def test_ones_own_session_is_changed_and_deleted(house: House, account: Account) -> None:
    lobby = await lobby_of(account, house.url, "tutor")
    created = await lobby.create(draft("Geometry"))
    await lobby.refresh()
    changed = await lobby.change(created.id, SessionChange(title="Solids", max_participants=4))
    assert (changed.title, changed.max_participants, changed.subject) == ("Solids", 4, "Maths")
    assert changed in lobby.store.state.sessions
    await lobby.delete(created.id)
    assert [one.title for one in lobby.store.state.sessions] == ["Algebra"]
    await lobby.delete(created.id)
    with pytest.raises(ServerRefused) as refusal:
        await lobby.delete(house.session.id)
    assert refusal.value.status == 403


async def test_a_student_may_not_create(house: House, account: Account) -> None:
    lobby = await lobby_of(account, house.url, "student")
    with pytest.raises(ServerRefused) as refusal:
        await lobby.create(draft("Geometry"))
    assert refusal.value.status == 403


async def test_a_session_that_is_gone(house: House, account: Account) -> None:
    lobby = await lobby_of(account, house.url, "student")
    with pytest.raises(ServerRefused) as refusal:
        await lobby.join("0123456789abcdef01234567")
    assert refusal.value.status == 404


async def test_what_was_known_stays_when_the_server_goes(house: House, account: Account) -> None:
    lobby = await lobby_of(account, house.url, "student")
    await lobby.refresh()
    await house.stop_server()
    await lobby.refresh()
    state = lobby.store.state
    assert (state.phase, len(state.sessions)) == (LobbyPhase.FAILED, 1)
    assert isinstance(state.problem, ServerUnreachable)
    await house.start_server()
    await lobby.refresh()
    assert (lobby.store.state.phase, lobby.store.state.problem) == (LobbyPhase.READY, None)


async def test_another_servers_sessions_are_not_on_offer(house: House, account: Account) -> None:
    lobby = await lobby_of(account, house.url, "student")
    await lobby.refresh()
    seed = SeedServer()
    await seed.start()
    await account.sign_in(seed.url, "ann@example.org", "secret1")
    assert lobby.store.state == LobbyState(LobbyPhase.LOADING, viewer_id=viewer_id(account))
    await seed.stop()
    await lobby.refresh()
    state = lobby.store.state
    assert (state.phase, state.sessions) == (LobbyPhase.FAILED, ())


async def test_a_list_that_comes_after_its_server_was_left_is_not_taken(house: House, account: Account) -> None:
    lobby = await lobby_of(account, house.url, "student")
    seed = SeedServer()
    await seed.start()
    first, account.rest = account.rest, HeldBack(account.rest.base_url, account.token)
    old = asyncio.create_task(lobby.refresh())
    await account.rest.asked.wait()
    held, account.rest = account.rest, first
    await account.sign_in(seed.url, "ann@example.org", "secret1")
    async with asyncio.timeout(PATIENCE_S):
        await lobby.refresh()
        held.released.set()
        await old
    assert [one.id for one in lobby.store.state.sessions] == ["s1", "s2"]
    await held.close()
    await seed.stop()


async def test_a_list_of_before_a_change_does_not_undo_it(house: House, account: Account) -> None:
    lobby = await lobby_of(account, house.url, "tutor")
    gone = await lobby.create(draft("Geometry"))
    plain, account.rest = account.rest, HeldBack(account.rest.base_url, account.token)
    refreshing = asyncio.create_task(lobby.refresh())
    await account.rest.asked.wait()
    held, account.rest = account.rest, plain
    await lobby.create(draft("Optics"))
    await lobby.delete(gone.id)
    held.released.set()
    async with asyncio.timeout(PATIENCE_S):
        await refreshing
    assert [one.title for one in lobby.store.state.sessions] == ["Optics", "Algebra"]
    assert lobby.store.state.phase is LobbyPhase.READY
    await held.close()


async def test_another_name_is_no_other_person(house: House, account: Account) -> None:
    lobby = await lobby_of(account, house.url, "student")
    await lobby.refresh()
    await account.change_profile("Anna", "anna@example.org")
    assert lobby.store.state.phase is LobbyPhase.READY


async def test_who_asks_together_gets_one_answer(house: House, account: Account) -> None:
    lobby = await lobby_of(account, house.url, "student")
    phases: list[LobbyPhase] = []
    lobby.store.subscribe(lambda state: phases.append(state.phase))
    await asyncio.gather(*(lobby.refresh() for _ in range(5)))
    assert phases == [LobbyPhase.READY]


async def test_the_seeds_server_serves_too(account: Account) -> None:
    seed = SeedServer()
    await seed.start()
    await account.sign_in(seed.url, "ann@example.org", "secret1")
    lobby = Lobby(account)
    await lobby.refresh()
    assert [one.id for one in lobby.store.state.sessions] == ["s1", "s2"]
    assert [(await lobby.join("s1")).id for _ in range(2)] == ["s1", "s1"]
    await seed.stop()


async def test_a_place_that_is_given_back_is_free_for_somebody_else(house: House, account: Account) -> None:
    lobby = await lobby_of(account, house.url, "student")
    small = await house.open_session(places=2)
    omar, yuki = [house.rest(await house.sign_up(name)) for name in ("Omar", "Yuki")]
    await omar.join(small.id)
    await yuki.join(small.id)
    with pytest.raises(ServerRefused) as refused:
        await lobby.join(small.id)
    assert refused.value.code == ErrorCode.FULL
    await omar.leave(small.id)
    await lobby.join(small.id)
    await lobby.leave(small.id)
    await lobby.refresh()
    [found] = [one for one in lobby.store.state.sessions if one.id == small.id]
    assert [one.name for one in found.participants] == ["Yuki"]
