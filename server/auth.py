"""Who somebody is: passwords (Argon2id) and tokens (JWT, HS256, signed with a secret of this installation)."""

from __future__ import annotations

import asyncio
import os
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from protocol.errors import ErrorCode
from server.clock import Clock
from server.errors import Refused, too_fast

SECRET_FILE = "secret"
_SECRET_BYTES = 32
_ALGORITHM = "HS256"
_SIGN_IN_AGAIN = "The sign-in is not valid any more. Please sign in again."
_ARGON2 = PasswordHasher(time_cost=1, memory_cost=47_104, parallelism=1)
"""Argon2id with 46 MiB and one pass, the first of OWASP's equivalent choices (Password Storage Cheat Sheet)."""
_LEEWAY_S = 60
"""How far the clock may have been set back since a token was issued."""
_NOBODYS_HASH = "$argon2id$v=19$m=47104,t=1,p=1$R6rW8XJuTrvxH+k+n3mawQ$WSvU5WEkp2mQiC1SSaDHGgzRV+lGmuHXFCv4Tj8uOUA"
"""Of a random password that nobody knows: an unknown account takes as long as a wrong password."""
_HASHING_THREADS = 2
_HASHING_WAITS = 64
"""Passwords that may wait for a thread; a hash is slow on purpose."""


def installation_secret(data_dir: Path) -> str:
    """The secret in ``data_dir``, made on first use and readable by its owner only.

    Raises:
        OSError: it can be neither read nor written.
        ValueError: the file is there, but holds less than a secret.
    """
    path = data_dir / SECRET_FILE
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        secret = path.read_text("ascii").strip()
        if len(secret) < 2 * _SECRET_BYTES:
            raise ValueError(f"{path} is too short for a secret; delete it to have a new one made") from None
        return secret
    secret = secrets.token_hex(_SECRET_BYTES)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secret + "\n")
    return secret


class Tokens:
    """Issues and reads tokens: ``sub`` is the user's id, and ``sub``, ``iat`` and ``exp`` must be there."""

    def __init__(self, secret: str, lifetime: timedelta, clock: Clock) -> None:
        self._key = OctKey.import_key(secret)
        self._lifetime = lifetime
        self._clock = clock
        self._claims = jwt.JWTClaimsRegistry(
            now=self._now,
            leeway=_LEEWAY_S,
            sub={"essential": True},
            iat={"essential": True},
            exp={"essential": True},
        )

    def issue(self, user_id: str) -> str:
        now = self._now()
        claims = {"sub": user_id, "iat": now, "exp": now + int(self._lifetime.total_seconds())}
        return jwt.encode({"alg": _ALGORITHM}, claims, self._key, algorithms=[_ALGORITHM])

    def user_id(self, token: str) -> str:
        """Whose token it is. Raises Refused (unauthorised)."""
        try:
            claims = jwt.decode(token, self._key, algorithms=[_ALGORITHM]).claims
            self._claims.validate(claims)
        except (JoseError, ValueError, TypeError) as error:
            raise Refused(ErrorCode.UNAUTHORISED, _SIGN_IN_AGAIN) from error
        subject = claims["sub"]
        if not isinstance(subject, str):
            raise Refused(ErrorCode.UNAUTHORISED, _SIGN_IN_AGAIN)
        return subject

    def _now(self) -> int:
        return int(self._clock().timestamp())


class Passwords:
    """Hashes and checks passwords in threads of its own, never on the event loop."""

    def __init__(self, max_waiting: int = _HASHING_WAITS) -> None:
        self._max_waiting = max_waiting
        self._threads = ThreadPoolExecutor(_HASHING_THREADS, thread_name_prefix="argon2")
        self._waiting = 0

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def hash(self, password: str) -> str:
        """Raises Refused (rate-limited) when too many are waiting."""
        return await self._in_thread(_ARGON2.hash, password)

    async def matches(self, password_hash: str | None, password: str) -> bool:
        """Whether it is the password. None (nobody by that name) takes as long as a wrong one.

        Raises Refused (rate-limited) when too many are waiting.
        """
        right = await self._in_thread(_verify, password_hash or _NOBODYS_HASH, password)
        return right and password_hash is not None

    def is_outdated(self, password_hash: str) -> bool:
        """Whether it was made with weaker parameters than today's."""
        return _ARGON2.check_needs_rehash(password_hash)

    async def _in_thread[T](self, work: Callable[..., T], *arguments: str) -> T:
        if self._waiting >= self._max_waiting:
            raise too_fast(1)
        self._waiting += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, work, *arguments)
        finally:
            self._waiting -= 1


def _verify(password_hash: str, password: str) -> bool:
    try:
        return _ARGON2.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False
