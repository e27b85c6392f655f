"""``GET /api/server``, and who is told the TURN credentials."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import replace
from datetime import timedelta

from server.ice import IceSettings
from server.settings import ServerSettings
from tests.server.harness import Hall, HandClock, moment, running

ICE = IceSettings(("stun:stun.example.org",), ("turn:turn.example.org",), "shared", timedelta(hours=1))


async def test_it_says_what_it_is(hall: Hall, clock: HandClock) -> None:
    body = (await hall.ask("GET", "/api/server")).body
    assert moment(body["time"]) == clock.now
    assert body["iceServers"] == []
    assert body["maxMeshParticipants"] == 9
    assert "client-message-id" in body["features"]
    assert set(body) == {"name", "version", "features", "iceServers", "maxMeshParticipants", "time"}


async def test_turn_credentials_are_timed_signed_and_for_those_who_are_signed_in(
    settings: ServerSettings, clock: HandClock
) -> None:
    async with running(replace(settings, ice=ICE, allow_anonymous_sockets=True)) as hall:
        stun = {"urls": ["stun:stun.example.org"]}
        assert (await hall.ask("GET", "/api/server")).body["iceServers"] == [stun]
        assert (await hall.ask("GET", "/api/server", token="x.y.z")).body["iceServers"] == [stun]
        ada = await hall.register("Ada", "tutor")
        told, turn = (await ada.ask("GET", "/api/server")).body["iceServers"]
        username = f"{int(clock.now.timestamp()) + 3600}:{ada.id}"
        digest = hmac.new(b"shared", username.encode(), hashlib.sha1).digest()
        assert told == stun
        assert turn == {
            "urls": ["turn:turn.example.org"],
            "username": username,
            "credential": base64.b64encode(digest).decode(),
        }
        socket = await ada.in_room(await hall.session(ada))
        assert socket.ack["iceServers"] == [stun, turn]
        web = await hall.socket()
        claim = {"sessionId": "any-room", "userId": ada.id, "userName": "Ada"}
        assert (await web.call("join-session", claim))["iceServers"] == [stun]
