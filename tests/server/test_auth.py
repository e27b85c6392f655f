"""The secret of an installation, and passwords off the event loop."""

from __future__ import annotations

import asyncio
import contextlib
import os
import stat
from collections.abc import Generator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from protocol.errors import ErrorCode
from server.auth import SECRET_FILE, Passwords, installation_secret
from server.errors import Refused


@pytest.fixture
def passwords() -> Generator[Passwords]:
    opened = Passwords()
    yield opened
    opened.close()


def test_the_secret_is_made_once_and_is_its_owners(tmp_path: Path) -> None:
    secret = installation_secret(tmp_path)
    assert len(bytes.fromhex(secret)) >= 32
    assert installation_secret(tmp_path) == secret
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / SECRET_FILE).stat().st_mode) == 0o600


def test_every_installation_has_its_own(tmp_path: Path) -> None:
    places = [tmp_path / name for name in "ab"]
    for place in places:
        place.mkdir()
    assert len({installation_secret(place) for place in places}) == 2


def test_half_a_secret_is_none(tmp_path: Path) -> None:
    (tmp_path / SECRET_FILE).write_text("abc\n")
    with pytest.raises(ValueError, match="too short"):
        installation_secret(tmp_path)


async def test_passwords_are_argon2id_and_salted(passwords: Passwords) -> None:
    first, second = await passwords.hash("secret1"), await passwords.hash("secret1")
    assert first.startswith("$argon2id$")
    assert first != second
    assert await passwords.matches(first, "secret1")
    assert not await passwords.matches(first, "secret2")
    assert not passwords.is_outdated(first)


async def test_nobody_and_a_broken_hash_match_nothing(passwords: Passwords) -> None:
    for password_hash in (None, "", "$2b$10$something", "secret1"):
        assert not await passwords.matches(password_hash, "secret1")


def test_a_weaker_hash_is_outdated(passwords: Passwords) -> None:
    assert passwords.is_outdated(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("secret1"))


async def test_the_loop_goes_on_while_a_password_is_hashed(passwords: Passwords) -> None:
    hashing = asyncio.create_task(passwords.hash("secret1"))
    turns = 0
    while not hashing.done():
        turns += 1
        await asyncio.sleep(0)
    assert turns > 10


async def test_too_many_at_once_are_turned_away() -> None:
    with contextlib.closing(Passwords(max_waiting=4)) as passwords:
        outcomes = await asyncio.gather(*(passwords.hash("secret1") for _ in range(10)), return_exceptions=True)
    refused = [one for one in outcomes if isinstance(one, Refused)]
    assert len(refused) == 6
    assert {one.code for one in refused} == {ErrorCode.RATE_LIMITED}
