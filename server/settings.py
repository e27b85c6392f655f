"""Everything that can be set about a server: one frozen value, handed down from ``main`` or ``EmbeddedServer``."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from server.clock import Clock, utc_now
from server.ice import IceSettings
from server.limits import Rate

MAX_MESH_PARTICIPANTS = 9
"""More than this is too much for everybody to send to everybody."""


_OFTEN = Rate(burst=100, per_second=1)
"""A class behind one router signs in at the same minute."""
_SELDOM = Rate(burst=10, per_second=0.2)
_CHATTING = Rate(burst=300, per_second=20)
_SIGNALING = Rate(burst=1_000, per_second=100)
"""Candidates of a large room come in a burst."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How often one source may do something: a burst, and what is granted again per second."""

    login_by_address: Rate = _OFTEN
    login_by_account: Rate = _SELDOM
    """Attempts at one account from one address; a successful one forgives those before it."""
    register_by_address: Rate = _OFTEN
    chat_by_user: Rate = _CHATTING
    events_by_socket: Rate = _SIGNALING


@dataclass(frozen=True, slots=True)
class ServerSettings:
    data_dir: Path
    """Where the secret and the SQLite file are."""
    host: str = "127.0.0.1"
    port: int = 0
    """0: a free one."""
    name: str = "Deskmates"
    database: str | None = None
    """``mongodb://…``, or None for SQLite in ``data_dir``."""
    allow_anonymous_sockets: bool = False
    """Admit the seed's web client, which sends no token; rooms outside the database are open to it."""
    allowed_origins: tuple[str, ...] = ()
    """Web origins that may use REST and Socket.IO from a browser; "*" for all."""
    token_lifetime: timedelta = timedelta(days=30)
    ice: IceSettings = field(default_factory=IceSettings)
    limits: Limits = field(default_factory=Limits)
    max_mesh_participants: int = MAX_MESH_PARTICIPANTS
    clock: Clock = utc_now
