"""Where the sign-in token is kept between two starts: the system's keyring, else only in memory. Never in a plain
file."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Protocol

log = logging.getLogger(__name__)

SERVICE = "Deskmates"


class TokenVault(Protocol):
    """One token for each account on each server. Nothing here raises: a token that is not kept means signing in
    again."""

    async def read(self, server: str, email: str) -> str | None: ...

    async def keep(self, server: str, email: str, token: str) -> None: ...

    async def forget(self, server: str, email: str) -> None: ...


class MemoryVault:
    """Remembers until the app ends."""

    def __init__(self) -> None:
        self._tokens: dict[tuple[str, str], str] = {}

    async def read(self, server: str, email: str) -> str | None:
        return self._tokens.get((server, email))

    async def keep(self, server: str, email: str, token: str) -> None:
        self._tokens[server, email] = token

    async def forget(self, server: str, email: str) -> None:
        self._tokens.pop((server, email), None)


class KeyringVault:
    """The system's keyring, behind a memory that serves where there is none, it is locked, or its owner says no.

    A keyring may ask its owner and wait for the answer, or never answer: each question has a thread of its own, that
    nobody waits for when the app ends.
    """

    def __init__(self) -> None:
        self._memory = MemoryVault()
        self._one_at_a_time = threading.Lock()
        self._complained = False

    async def read(self, server: str, email: str) -> str | None:
        found = await self._memory.read(server, email)
        return found if found is not None else await self._ask(lambda: self._read(_name(server, email)))

    async def keep(self, server: str, email: str, token: str) -> None:
        await self._memory.keep(server, email, token)
        await self._ask(lambda: self._write(_name(server, email), token))

    async def forget(self, server: str, email: str) -> None:
        await self._memory.forget(server, email)
        await self._ask(lambda: self._delete(_name(server, email)))

    async def _ask[T](self, question: Callable[[], T]) -> T:
        answer: Future[T] = Future()
        answer.set_running_or_notify_cancel()  # whoever gives up waiting does not take it away from the thread

        def run() -> None:
            try:
                with self._one_at_a_time:
                    answer.set_result(question())
            except BaseException as error:  # noqa: BLE001 - it is raised where the answer is awaited
                answer.set_exception(error)

        threading.Thread(target=run, name="keyring", daemon=True).start()
        return await asyncio.wrap_future(answer)

    def _read(self, name: str) -> str | None:
        import keyring

        try:
            return keyring.get_password(SERVICE, name)
        except Exception as error:  # noqa: BLE001 - backends raise their own: D-Bus, Win32, Keychain …
            self._complain(error)
            return None

    def _write(self, name: str, token: str) -> None:
        import keyring

        try:
            keyring.set_password(SERVICE, name, token)
        except Exception as error:  # noqa: BLE001
            self._complain(error)

    def _delete(self, name: str) -> None:
        import keyring
        import keyring.errors

        try:
            keyring.delete_password(SERVICE, name)
        except keyring.errors.PasswordDeleteError:
            return  # there was none
        except Exception as error:  # noqa: BLE001
            self._complain(error)

    def _complain(self, error: Exception) -> None:
        if not self._complained:
            self._complained = True
            log.warning("no keyring (%s): the sign-in is remembered until the app ends", type(error).__name__)


def _name(server: str, email: str) -> str:
    return f"{email} at {server}"
