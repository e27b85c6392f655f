"""``GET /api/server``: which server this is, and what it can do beyond the seed's."""

from __future__ import annotations

from fastapi import APIRouter

from protocol.rest import ServerInfo
from protocol.version import VERSION
from server.errors import Refused
from server.ice import ice_servers, public_ice_servers
from server.rest.common import AtDesk, Bearer, signed_in

router = APIRouter(prefix="/api", tags=["server"])

FEATURES = ["client-message-id", "chat-cursors", "connection-id", "participant-state", "receive-preferences"]


@router.get("/server", response_model_exclude_none=True)
async def describe(desk: AtDesk, bearer: Bearer) -> ServerInfo:
    """Open to all; but TURN credentials, which cost the operator traffic, are for those who are signed in."""
    settings, now = desk.settings, desk.settings.clock()
    try:
        servers = ice_servers(settings.ice, (await signed_in(desk, bearer)).id, now)
    except Refused:
        servers = public_ice_servers(settings.ice)
    return ServerInfo(
        name=settings.name,
        version=VERSION,
        features=FEATURES,
        ice_servers=servers,
        max_mesh_participants=settings.max_mesh_participants,
        time=now,
    )
