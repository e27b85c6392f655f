"""What a payload says of its sender. Whoever has a token is who that says; of others it is a claim, marked as one.

Promise: such a claim keeps nobody out, however odd it is. The web client passes on whatever its profile holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from protocol.events import JoinSession
from protocol.model import MAX_ID, MAX_NAME
from server.rooms import Identity

_LENGTHS = {"userId": MAX_ID, "userName": MAX_NAME}


def with_fit_claims(payload: object) -> object:
    """``payload`` with what it says of its sender cut to what fits, and left out where it is no text at all."""
    if not isinstance(payload, Mapping):
        return payload
    said = cast("Mapping[str, Any]", payload)
    fit = {key: _fit(said[key], length) for key, length in _LENGTHS.items() if key in said}
    # nobody is a tutor by their own word, so it is not even read
    return {key: value for key, value in said.items() if key not in ("isTutor", *fit)} | fit


def claimed(sid: str, event: JoinSession) -> Identity:
    """Who an anonymous socket says it is."""
    user_id = event.user_id or f"anonymous-{sid}"[:MAX_ID]
    return Identity(user_id, event.user_name or "Guest", is_tutor=False, verified=False)


def fit_name(name: str) -> str:
    """As much of it as the wire takes; a database that others write to may hold a longer one."""
    return name[:MAX_NAME]


def _fit(value: object, length: int) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    # a browser that cut an emoji in two sends half of it, which is no text
    return str(value)[:length].encode(errors="replace").decode() or None
