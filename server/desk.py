"""Everything that one running server is made of, built once and joined here."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from protocol.events import IceServer
from server.auth import Passwords, Tokens, installation_secret
from server.chat import Chat
from server.ice import ice_servers, public_ice_servers
from server.ids import IdSource
from server.limits import Buckets
from server.outlet import Emitter, Outlet
from server.presence import Doors, Presence
from server.relays import Relays
from server.rooms import Identity, Rooms
from server.settings import ServerSettings
from server.store.interface import Store

Monotonic = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Throttles:
    login_by_address: Buckets
    login_by_account: Buckets
    register_by_address: Buckets
    events_by_socket: Buckets


@dataclass(frozen=True, slots=True)
class Desk:
    settings: ServerSettings
    store: Store
    tokens: Tokens
    passwords: Passwords
    ids: IdSource
    doors: Doors
    presence: Presence
    relays: Relays
    chat: Chat
    throttles: Throttles

    def close(self) -> None:
        self.passwords.close()


async def build_desk(
    settings: ServerSettings, store: Store, emitter: Emitter, monotonic: Monotonic = time.monotonic
) -> Desk:
    """Build the parts over an open ``store``.

    Raises:
        OSError, ValueError: the secret in the data directory cannot be made or read.
    """
    clock, limits = settings.clock, settings.limits
    secret = installation_secret(settings.data_dir)
    outlet, rooms = Outlet(emitter), Rooms()
    ids = IdSource(clock, await store.newest_message_id())
    doors = Doors(store, rooms, clock, rooms_without_session=settings.allow_anonymous_sockets)

    def ice(who: Identity) -> list[IceServer]:
        """TURN costs the operator traffic, so it is for those who are signed in."""
        return ice_servers(settings.ice, who.user_id, clock()) if who.verified else public_ice_servers(settings.ice)

    return Desk(
        settings=settings,
        store=store,
        tokens=Tokens(secret, settings.token_lifetime, clock),
        passwords=Passwords(),
        ids=ids,
        doors=doors,
        presence=Presence(rooms, doors, outlet, clock, ice),
        relays=Relays(rooms, outlet),
        chat=Chat(store, doors, outlet, ids, clock, Buckets(limits.chat_by_user, monotonic), monotonic),
        throttles=Throttles(
            login_by_address=Buckets(limits.login_by_address, monotonic),
            login_by_account=Buckets(limits.login_by_account, monotonic),
            register_by_address=Buckets(limits.register_by_address, monotonic),
            events_by_socket=Buckets(limits.events_by_socket, monotonic),
        ),
    )
