"""Signing in, up and out, against a real server, and against one that is away, wrong, or of another kind."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import keyring
import keyring.backend
import keyring.errors
import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st

from app.account import Account, AccountPhase, AccountState, KeyringVault, MemoryVault, address
from app.config import SettingsFile
from app.engine import Engine
from app.errors import DeskmatesError, ServerRefused, ServerUnreachable, SignedOut
from app.lobby import Lobby, LobbyPhase
from app.net.rest import WRONG_PASSWORD
from app.vault import SERVICE
from protocol.errors import ErrorCode
from tests.fakes.house import House
from tests.fakes.waiting import until

NOWHERE = "http://127.0.0.1:9"
PATIENCE_S = 20


@dataclass(frozen=True)
class Values:
    server: str = NOWHERE
    email: str = ""


class Remembering:
    """Settings that live as long as a test."""

    def __init__(self) -> None:
        self.state = Values()

    def change(self, *, server: str, email: str) -> None:
        self.state = replace(self.state, server=server, email=email)


@pytest_asyncio.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with House(tmp_path / "server") as one:
        yield one


@pytest_asyncio.fixture
async def account() -> AsyncIterator[Account]:
    one = Account(vault=MemoryVault(), settings=Remembering())
    yield one
    await one.close()


async def signed_up(account: Account, server: str) -> AccountState:
    await account.register(server, "Ann", "Ann@Example.org", "long enough", "tutor")
    return account.store.state


async def test_signing_up_signs_in(house: House, account: Account) -> None:
    phases: list[AccountPhase] = []
    account.store.subscribe(lambda state: phases.append(state.phase))
    state = await signed_up(account, house.url + "/")
    assert phases == [AccountPhase.WORKING, AccountPhase.SIGNED_IN]
    assert state.profile is not None
    assert (state.server, state.profile.name, state.profile.email, state.profile.role, state.problem) == (
        house.url,
        "Ann",
        "ann@example.org",
        "tutor",
        None,
    )
    assert account.token
    assert "token" not in str(state)


async def test_a_restart_of_the_app_stays_signed_in(house: House) -> None:
    vault, settings = MemoryVault(), Remembering()
    first = Account(vault=vault, settings=settings)
    await signed_up(first, house.url)
    await first.close()
    second = Account(vault=vault, settings=settings)
    assert second.store.state.phase is AccountPhase.SIGNED_OUT
    await second.restore()
    assert second.store.state.profile == first.store.state.profile
    assert second.token == first.token
    await second.sign_out()
    assert (second.store.state.phase, second.token) == (AccountPhase.SIGNED_OUT, None)
    await second.close()
    third = Account(vault=vault, settings=settings)
    await third.restore()
    assert third.store.state == AccountState(AccountPhase.SIGNED_OUT, house.url)
    assert settings.state.email == "ann@example.org"
    await third.close()


async def test_a_server_that_is_away_does_not_cost_the_sign_in(house: House) -> None:
    vault, settings = MemoryVault(), Remembering()
    first = Account(vault=vault, settings=settings)
    await signed_up(first, house.url)
    await first.close()
    await house.stop_server()
    again = Account(vault=vault, settings=settings)
    await again.restore()
    assert isinstance(again.store.state.problem, ServerUnreachable)
    await house.start_server()
    await again.restore()
    assert again.store.state.phase is AccountPhase.SIGNED_IN
    await again.close()


async def test_a_token_that_is_not_accepted_is_forgotten(house: House) -> None:
    vault, settings = MemoryVault(), Remembering()
    settings.change(server=house.url, email="ann@example.org")
    await vault.keep(house.url, "ann@example.org", "stale")
    account = Account(vault=vault, settings=settings)
    await account.restore()
    assert isinstance(account.store.state.problem, SignedOut)
    assert await vault.read(house.url, "ann@example.org") is None
    await account.close()


async def test_a_wrong_password_says_so_and_nobody_is_signed_out(house: House, account: Account) -> None:
    await signed_up(account, house.url)
    await account.sign_in(house.url, "ann@example.org", "guess guess")
    problem = account.store.state.problem
    assert isinstance(problem, ServerRefused)
    assert not isinstance(problem, SignedOut)
    assert problem.code == WRONG_PASSWORD
    await account.sign_in(house.url, "ANN@example.org ", "long enough")
    assert account.store.state.phase is AccountPhase.SIGNED_IN


@pytest.mark.parametrize(
    ("name", "email", "password", "field"),
    [
        ("", "a@b.c", "long enough", "name"),
        ("Ann", "no address", "long enough", "email"),
        ("Ann", "a@b.c", "short", "password"),
    ],
)
async def test_what_cannot_be_is_refused_before_it_is_sent(
    account: Account, name: str, email: str, password: str, field: str
) -> None:
    await account.register(NOWHERE, name, email, password, "student")
    problem = account.store.state.problem
    assert isinstance(problem, ServerRefused)
    assert (problem.code, problem.message.partition(":")[0]) == (ErrorCode.BAD_PAYLOAD, field)


@pytest.mark.parametrize("server", [NOWHERE, "", "http://", "two words", "ftp://example.org", "http://[::1", "x:99999"])
async def test_an_address_where_nobody_is(account: Account, server: str) -> None:
    await account.sign_in(server, "a@b.c", "long enough")
    assert account.store.state.phase is AccountPhase.SIGNED_OUT
    assert isinstance(account.store.state.problem, ServerUnreachable)


def test_an_address_as_it_is_typed() -> None:
    assert address(" study.example.org/ ") == "http://study.example.org"
    assert address("192.168.1.5:8765") == "http://192.168.1.5:8765"
    assert address("https://study.example.org") == "https://study.example.org"


@given(st.text(max_size=30))
def test_any_text_is_an_address_or_a_plain_error(text: str) -> None:
    try:
        assert "://" in address(text)
    except DeskmatesError as error:
        assert isinstance(error, ServerUnreachable)


async def test_one_intent_at_a_time(house: House, account: Account) -> None:
    await asyncio.gather(*(signed_up(account, house.url) for _ in range(3)))
    problem = account.store.state.problem
    assert isinstance(problem, ServerRefused)  # the second and third found the e-mail taken, and saw the first finished
    assert problem.status == 400


async def test_without_a_keyring_the_memory_serves(caplog: pytest.LogCaptureFixture) -> None:
    vault = KeyringVault()
    assert await vault.read("s", "e") is None
    await vault.keep("s", "e", "t")
    assert await vault.read("s", "e") == "t"
    await vault.forget("s", "e")
    assert await vault.read("s", "e") is None
    assert sum("no keyring" in record.message for record in caplog.records) == 1


class Chain(keyring.backend.KeyringBackend):
    """A keyring that works."""

    priority = 1  # pyright: ignore[reportAssignmentType, reportIncompatibleVariableOverride, reportUnannotatedClassAttribute]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError


async def test_a_keyring_keeps_it_for_the_next_start() -> None:
    before, chain = keyring.get_keyring(), Chain()
    keyring.set_keyring(chain)
    try:
        await KeyringVault().keep("http://s", "e@x", "t")
        assert chain.kept == {(SERVICE, "e@x at http://s"): "t"}
        assert await KeyringVault().read("http://s", "e@x") == "t"
        await KeyringVault().forget("http://s", "e@x")
        await KeyringVault().forget("http://s", "e@x")
        assert chain.kept == {}
    finally:
        keyring.set_keyring(before)


class LockedChain(Chain):
    """A keyring that answers once its owner has unlocked it."""

    def __init__(self) -> None:
        super().__init__()
        self.unlocked = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.unlocked.wait()
        return super().get_password(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self.unlocked.wait()
        super().set_password(service, username, password)


@pytest.fixture
def locked() -> Iterator[LockedChain]:
    before, chain = keyring.get_keyring(), LockedChain()
    keyring.set_keyring(chain)
    yield chain
    chain.unlocked.set()
    keyring.set_keyring(before)


async def test_a_keyring_that_does_not_answer_keeps_nobody_from_signing_in(house: House, locked: LockedChain) -> None:
    settings = Remembering()
    settings.change(server=house.url, email="ann@example.org")
    account = Account(vault=KeyringVault(), settings=settings, patience_s=0.05)
    async with asyncio.timeout(PATIENCE_S):
        await account.restore()
        assert account.store.state == AccountState(AccountPhase.SIGNED_OUT, house.url)
        state = await signed_up(account, house.url)
    assert (state.phase, state.problem) == (AccountPhase.SIGNED_IN, None)
    phases: list[AccountPhase] = []
    account.store.subscribe(lambda state: phases.append(state.phase))
    locked.unlocked.set()
    await until(lambda: locked.kept == {(SERVICE, f"ann@example.org at {house.url}"): account.token})
    assert phases == []  # what the keyring held before is not wanted any more
    await account.close()


async def test_who_unlocks_the_keyring_late_is_signed_in_then(house: House, locked: LockedChain) -> None:
    settings = Remembering()
    settings.change(server=house.url, email="p0@example.org")
    locked.kept[SERVICE, f"p0@example.org at {house.url}"] = house.tutor.token
    account = Account(vault=KeyringVault(), settings=settings, patience_s=0.05)
    async with asyncio.timeout(PATIENCE_S):
        await account.restore()
    assert account.store.state.phase is AccountPhase.SIGNED_OUT
    locked.unlocked.set()
    await until(lambda: account.store.state.phase is AccountPhase.SIGNED_IN)
    await account.close()


def test_a_keyring_that_does_not_answer_does_not_hold_the_end_up(locked: LockedChain) -> None:
    engine = Engine()
    engine.start()
    asking = engine.submit(KeyringVault().read("s", "e"))
    engine.submit(asyncio.sleep(0)).result(PATIENCE_S)  # by now the question is asked
    engine.stop()
    assert not any(one.name == "engine" for one in threading.enumerate())
    assert asking.cancelled()


async def test_the_token_is_in_no_file(house: House, tmp_path: Path) -> None:
    settings = SettingsFile(tmp_path / "config")
    account = Account(vault=KeyringVault(), settings=settings)
    await signed_up(account, house.url)
    assert account.token
    for path in (tmp_path / "config").rglob("*"):
        assert account.token not in path.read_text(encoding="utf-8")
    assert (settings.state.server, settings.state.email) == (house.url, "ann@example.org")
    await account.close()


async def test_an_expired_sign_in_ends_at_the_lobby(house: House, account: Account) -> None:
    await signed_up(account, house.url)
    lobby = Lobby(account)
    await lobby.refresh()
    assert lobby.store.state.phase is LobbyPhase.READY
    assert [one.id for one in lobby.store.state.sessions] == [house.session.id]
    account.rest.token = "stale"
    await lobby.refresh()
    assert lobby.store.state.phase is LobbyPhase.FAILED
    assert isinstance(lobby.store.state.problem, SignedOut)
    assert [one.id for one in lobby.store.state.sessions] == [house.session.id]
    assert account.store.state.phase is AccountPhase.SIGNED_OUT
    assert isinstance(account.store.state.problem, SignedOut)


async def test_another_name_and_address_are_known_after_a_restart(house: House) -> None:
    vault, settings = MemoryVault(), Remembering()
    first = Account(vault=vault, settings=settings)
    await signed_up(first, house.url)
    await first.change_profile("Ann B.", "New@Example.org")
    profile = first.store.state.profile
    assert profile is not None
    assert (profile.name, profile.email) == ("Ann B.", "new@example.org")
    assert await vault.read(house.url, "ann@example.org") is None
    await first.close()
    second = Account(vault=vault, settings=settings)
    await second.restore()
    assert second.store.state.profile == profile
    await second.close()


async def test_an_address_that_is_taken_or_none_changes_nothing(house: House, account: Account) -> None:
    other = Account(vault=MemoryVault(), settings=Remembering())
    await other.register(house.url, "Bob", "bob@example.org", "long enough", "student")
    await other.close()
    before = await signed_up(account, house.url)
    for email in ("bob@example.org", "no address"):
        with pytest.raises(ServerRefused):
            await account.change_profile("Ann", email)
    assert account.store.state == before
