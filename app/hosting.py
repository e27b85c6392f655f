"""The companion server inside the app: the one place where the client's side meets the server's.

A *hosted room* is a server on this computer, one account for its owner and one session, all made on the spot.
"""

from __future__ import annotations

import asyncio
import secrets
import socket
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.errors import HostingFailed
from app.net.rest import RestClient
from protocol.rest import PLAIN_SUBJECT, Register, Session, SessionDraft, SignedIn
from server.embedded import EmbeddedServer
from server.running import CannotServe

HOSTED_PORT = 8765
"""Tried first, so that the address one tells one's study group stays the same."""
HOSTED_HOURS = 12


@dataclass(frozen=True)
class HostedRoom:
    server: EmbeddedServer
    owner: SignedIn
    session: Session
    address: str
    """What others on the same network type as their server's address."""

    @property
    def local(self) -> str:
        """Where this computer itself finds it: not at 0.0.0.0, which Windows takes to listen on and not to call."""
        return _local(self.server)


async def host(data_dir: Path, name: str, title: str) -> HostedRoom:
    """Start a server that the local network can reach, with one session on it that ``name`` owns.

    Raises:
        HostingFailed: no port could be opened, or the folder cannot be written.
    """
    server = await asyncio.to_thread(_start, data_dir, "0.0.0.0")
    try:
        owner, session = await open_session(_local(server), name, title)
    except BaseException:
        await asyncio.to_thread(server.stop)
        raise
    return HostedRoom(server, owner, session, f"http://{lan_address()}:{server.port}")


async def open_session(base_url: str, name: str, title: str, places: int = 10) -> tuple[SignedIn, Session]:
    """A fresh tutor account named ``name`` at ``base_url``, and a session of its own that is open now."""
    rest = RestClient(base_url)
    try:
        owner = await rest.register(fresh_account(name, tutor=True))
        rest.token = owner.token
        now = datetime.now(UTC)
        session = await rest.create(
            SessionDraft(
                title=title,
                subject=PLAIN_SUBJECT,
                start_time=now - timedelta(minutes=1),
                end_time=now + timedelta(hours=HOSTED_HOURS),
                max_participants=places,
            )
        )
        return owner, session
    finally:
        await rest.close()


async def sign_up(base_url: str, name: str, password: str) -> SignedIn:
    """A fresh student's account at ``base_url``."""
    rest = RestClient(base_url)
    try:
        return await rest.register(fresh_account(name, password=password))
    finally:
        await rest.close()


def fresh_account(name: str, *, tutor: bool = False, password: str | None = None) -> Register:
    """An account for one stay: nobody ever needs its e-mail address or password again."""
    return Register(
        name=name,
        email=f"{secrets.token_hex(8)}@this-computer.invalid",
        password=password or secrets.token_urlsafe(24),
        role="tutor" if tutor else "student",
    )


def _start(data_dir: Path, host: str) -> EmbeddedServer:
    """A server at the usual port, or at a free one where that is taken. Raises HostingFailed."""
    problems: list[str] = []
    for port in (HOSTED_PORT, 0):
        server = EmbeddedServer(data_dir, host=host, port=port)
        try:
            server.start()
        except (CannotServe, OSError, RuntimeError) as error:
            problems.append(str(error))
        else:
            return server
    raise HostingFailed("; ".join(dict.fromkeys(problems)))


def _local(server: EmbeddedServer) -> str:
    return f"http://127.0.0.1:{server.port}"


def lan_address() -> str:
    """This computer's address on its own network, or loopback where there is none. Nothing is sent to find it out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Connecting a datagram socket only asks the routing table; 192.0.2.1 is reserved for documentation (RFC
            # 5737).
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"
