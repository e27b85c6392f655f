"""Which STUN and TURN servers a client is told, and the time-limited credentials for TURN.

Credentials follow "A REST API For Access To TURN Services" (draft-uberti-behave-turn-rest-00), coturn's
``use-auth-secret``: the user name is ``<unix expiry>:<user id>``, the credential the base64 of its HMAC-SHA1 under
the secret shared with the TURN server.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from protocol.events import IceServer

_HOST = r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(:\d{1,5})?"
_URLS = {
    "stun": re.compile(rf"stuns?:{_HOST}"),
    "turn": re.compile(rf"turns?:{_HOST}(\?transport=(udp|tcp))?"),
}
"""RFC 7064 and RFC 7065. One address that a browser cannot read keeps it from connecting to anybody."""


@dataclass(frozen=True, slots=True)
class IceSettings:
    stun_urls: tuple[str, ...] = ()
    turn_urls: tuple[str, ...] = ()
    turn_secret: str = ""
    turn_lifetime: timedelta = timedelta(hours=12)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> IceSettings:
        """``DESKMATES_STUN_URLS``, ``DESKMATES_TURN_URLS`` (separated by commas) and ``DESKMATES_TURN_SECRET``.

        The secret comes by the environment since command lines can be read by everybody on the machine.

        Raises:
            ValueError: TURN servers without a secret, or an address that a browser would not take.
        """
        settings = cls(
            stun_urls=_listed(environment, "DESKMATES_STUN_URLS", "stun"),
            turn_urls=_listed(environment, "DESKMATES_TURN_URLS", "turn"),
            turn_secret=environment.get("DESKMATES_TURN_SECRET", ""),
        )
        if settings.turn_urls and not settings.turn_secret:
            raise ValueError("DESKMATES_TURN_URLS is set, but DESKMATES_TURN_SECRET is not")
        return settings


def public_ice_servers(settings: IceSettings) -> list[IceServer]:
    """What anybody may know: STUN."""
    return [IceServer(urls=list(settings.stun_urls))] if settings.stun_urls else []


def ice_servers(settings: IceSettings, user_id: str, now: datetime) -> list[IceServer]:
    """STUN, and TURN with credentials for ``user_id`` that end ``turn_lifetime`` after ``now``."""
    servers = public_ice_servers(settings)
    if settings.turn_urls:
        username = f"{int((now + settings.turn_lifetime).timestamp())}:{user_id}"
        digest = hmac.new(settings.turn_secret.encode(), username.encode(), hashlib.sha1).digest()
        credential = base64.b64encode(digest).decode()
        servers.append(IceServer(urls=list(settings.turn_urls), username=username, credential=credential))
    return servers


def _listed(environment: Mapping[str, str], variable: str, scheme: str) -> tuple[str, ...]:
    urls = tuple(part.strip() for part in environment.get(variable, "").split(",") if part.strip())
    for url in urls:
        if not _URLS[scheme].fullmatch(url):
            raise ValueError(f"{variable}: an address is like {scheme}:{scheme}.example.org:3478, not {url!r}")
    return urls
