"""Who is signed in, and on which server.

Promises: an intent never raises for what can be expected (a wrong password, no network, a server of another kind):
that ends in ``AccountState.problem``. One intent runs at a time. The token is kept by a ``TokenVault``; server and
e-mail are remembered in the settings. A server that is away does not cost the sign-in: ``restore`` may be tried again.
A keyring that asks its owner, or does not answer, keeps nobody waiting for longer than ``PATIENCE_S``.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Protocol
from urllib.parse import urlsplit

from pydantic import ValidationError

from app.errors import DeskmatesError, ServerRefused, ServerUnreachable, SignedOut
from app.net.rest import RestClient
from app.store import Store
from app.vault import KeyringVault, MemoryVault, TokenVault
from protocol.errors import ErrorCode
from protocol.model import bad_payload
from protocol.rest import Login, Profile, ProfileChange, Register, Role, SignedIn

__all__ = ["Account", "AccountPhase", "AccountState", "KeyringVault", "MemoryVault", "TokenVault", "address"]

log = logging.getLogger(__name__)

PATIENCE_S = 3.0
"""Seconds that an intent waits for the vault."""


class AccountPhase(StrEnum):
    SIGNED_OUT = "signed-out"
    WORKING = "working"
    SIGNED_IN = "signed-in"


@dataclass(frozen=True, slots=True)
class AccountState:
    phase: AccountPhase
    server: str
    """Base address, such as ``http://192.168.1.5:8765``."""
    profile: Profile | None = None
    problem: DeskmatesError | None = None
    """Why the last intent came to nothing."""


class Remembered(Protocol):
    @property
    def server(self) -> str: ...

    @property
    def email(self) -> str: ...


class AccountSettings(Protocol):
    """What is remembered between two starts, and may be changed: ``server`` and ``email``."""

    @property
    def state(self) -> Remembered: ...

    def change(self, *, server: str, email: str) -> None: ...


class Account:
    def __init__(self, *, vault: TokenVault, settings: AccountSettings, patience_s: float = PATIENCE_S) -> None:
        server = settings.state.server
        self.store: Store[AccountState] = Store(AccountState(AccountPhase.SIGNED_OUT, server))
        self.rest = RestClient(server)
        """Speaks to the server of ``AccountState.server``, with the token where there is one."""
        self._vault = vault
        self._settings = settings
        self._email = settings.state.email
        self._patience_s = patience_s
        self._one_at_a_time = asyncio.Lock()
        self._late: asyncio.Task[str | None] | None = None
        """The vault's answer to ``restore`` that may still come, while nothing else was wanted."""
        self._resuming: asyncio.Task[None] | None = None

    @property
    def token(self) -> str | None:
        return self.rest.token

    # ---- intents -------------------------------------------------------------------------------------------------

    async def restore(self) -> None:
        """Sign in with what is remembered; without a token that is kept it ends signed out, and no problem.

        Where the vault answers late, its owner being asked first, it ends signed out too; with the answer they are
        signed in, unless they wanted something else meanwhile.
        """
        self._late = None
        server, email = self._settings.state.server, self._settings.state.email
        if not server or not email:
            return
        reading = await self._briefly(self._vault.read(server, email))
        if reading.done():
            await self._resume(server, email, reading.result())
        else:
            self._late = reading
            self._resuming = asyncio.create_task(self._resume_late(server, email, reading))

    async def sign_in(self, server: str, email: str, password: str) -> None:
        await self._sign(server, lambda: Login(email=email, password=password), lambda wish: self.rest.login(wish))

    async def register(self, server: str, name: str, email: str, password: str, role: Role) -> None:
        await self._sign(
            server,
            lambda: Register(name=name, email=email, password=password, role=role),
            lambda wish: self.rest.register(wish),
        )

    async def sign_out(self) -> None:
        self._late = None
        async with self._one_at_a_time:
            self.rest.token = None
            self.store.set(AccountState(AccountPhase.SIGNED_OUT, self.store.state.server))
            await self._briefly(self._vault.forget(self.store.state.server, self._email))

    async def change_profile(self, name: str, email: str) -> None:
        """Let the server know us by another name or e-mail address.

        Raises:
            DeskmatesError: it will not (the address is taken, or is none), or it cannot be reached.
        """
        try:
            async with self._one_at_a_time:
                await self._change_profile(name, email)
        except SignedOut as error:
            await self.expire(error)
            raise

    async def expire(self, error: SignedOut) -> None:
        """A server that had accepted our token does so no more."""
        async with self._one_at_a_time:
            if self.store.state.phase is AccountPhase.SIGNED_IN:
                self._fail(error)
                await self._briefly(self._vault.forget(self.store.state.server, self._email))

    async def close(self) -> None:
        self._late = None
        if self._resuming is not None:
            self._resuming.cancel()
        await self.rest.close()

    # ---- how -----------------------------------------------------------------------------------------------------

    async def _resume(self, server: str, email: str, token: str | None) -> None:
        if token is None:
            return
        async with self._one_at_a_time:
            await self._use(server, token)
            self._working()
            try:
                profile = await self.rest.profile()
            except SignedOut as error:
                self._fail(error)
                await self._briefly(self._vault.forget(server, email))
            except DeskmatesError as error:
                self._fail(error)
            else:
                self._email = email
                self._enter(profile)

    async def _resume_late(self, server: str, email: str, reading: asyncio.Task[str | None]) -> None:
        token = await reading
        if self._late is reading:
            self._late = None
            await self._resume(server, email, token)

    async def _briefly[T](self, asking: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Ask the vault; where it makes us wait, the task is not done and goes on."""
        task = asyncio.create_task(asking)
        await asyncio.wait([task], timeout=self._patience_s)
        if not task.done():
            log.warning("the keyring does not answer")
        return task

    async def _sign[Wish: Login | Register](
        self, server: str, make: Callable[[], Wish], ask: Callable[[Wish], Awaitable[SignedIn]]
    ) -> None:
        self._late = None
        async with self._one_at_a_time:
            self._working()
            try:
                wish = make()
                await self._use(address(server), None)
                signed = await ask(wish)
            except ValidationError as error:
                bad = bad_payload("", error)
                self._fail(ServerRefused(0, ErrorCode.BAD_PAYLOAD, f"{bad.field}: {bad.problem}"))
            except DeskmatesError as error:
                self._fail(error)
            else:
                self.rest.token = signed.token
                self._email = wish.email
                self._settings.change(server=self.rest.base_url, email=wish.email)
                self._enter(signed)
                await self._briefly(self._vault.keep(self.rest.base_url, wish.email, signed.token))

    async def _change_profile(self, name: str, email: str) -> None:
        try:
            wish = ProfileChange(name=name, email=email)
        except ValidationError as error:
            bad = bad_payload("", error)
            raise ServerRefused(0, ErrorCode.BAD_PAYLOAD, f"{bad.field}: {bad.problem}") from error
        profile = await self.rest.change_profile(wish)
        server, token = self.rest.base_url, self.rest.token
        before, self._email = self._email, profile.email
        self._enter(profile)
        if profile.email != before and token is not None:
            self._settings.change(server=server, email=profile.email)
            await self._briefly(self._vault.forget(server, before))
            await self._briefly(self._vault.keep(server, profile.email, token))

    async def _use(self, server: str, token: str | None) -> None:
        if server != self.rest.base_url:
            await self.rest.close()
            self.rest = RestClient(server)
        self.rest.token = token

    def _working(self) -> None:
        self.store.apply(lambda state: replace(state, phase=AccountPhase.WORKING, problem=None))

    def _enter(self, who: Profile) -> None:
        profile = Profile.model_validate({"_id": who.id, "name": who.name, "email": who.email, "role": who.role})
        self.store.set(AccountState(AccountPhase.SIGNED_IN, self.rest.base_url, profile))

    def _fail(self, error: DeskmatesError) -> None:
        self.rest.token = None
        self.store.set(AccountState(AccountPhase.SIGNED_OUT, self.rest.base_url, None, error))


def address(text: str) -> str:
    """A server's base address as a person types it: ``study.example.org`` is ``http://study.example.org``.

    Raises:
        ServerUnreachable: it is no address.
    """
    text = text.strip().rstrip("/")
    whole = text if "://" in text else f"http://{text}"
    try:
        parts = urlsplit(whole)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or any(letter.isspace() for letter in whole):
        raise ServerUnreachable(text, "this is no address")
    return whole
