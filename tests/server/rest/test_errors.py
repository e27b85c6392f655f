"""Whatever goes wrong over HTTP, the answer is JSON and has a message. And who may ask from another origin."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import replace

import pytest

from server.settings import ServerSettings
from server.store.sqlite import SqliteStore
from tests.server.harness import Hall, running

ORIGIN = "https://study.example"


CASES = [
    ("GET", "/", b"", 404),
    ("GET", "/api/nothing", b"", 404),
    ("PATCH", "/api/auth/login", b"", 405),
    ("POST", "/api/auth/login", b"{broken", 400),
    ("POST", "/api/auth/login", b"\xff\xfe", 400),
    ("POST", "/api/auth/login", b"", 400),
    ("POST", "/api/auth/login", b"[]", 400),
    ("POST", "/api/auth/login", b"null", 400),
    ("POST", "/api/auth/login", b'{"email": "a@b.c", "password": "\\ud800"}', 400),
    ("POST", "/api/auth/login", b"[" * 50_000, 400),
    ("POST", "/api/auth/login", b'{"email": "' + b"x" * 100_000, 413),
]


async def test_errors_are_json(hall: Hall) -> None:
    for method, path, body, status in CASES:
        reply = await hall.ask(method, path, data=body, headers={"Content-Type": "application/json"})
        assert (reply.status, set(reply.body)) == (status, {"message"}), (method, path, body[:40])


async def test_a_body_without_a_length_is_cut_off(hall: Hall) -> None:
    async def endless() -> AsyncGenerator[bytes]:
        for _ in range(100):
            yield b" " * 1_000

    reply = await hall.ask("POST", "/api/auth/login", data=endless(), headers={"Content-Type": "application/json"})
    assert (reply.status, set(reply.body)) == (413, {"message"})


@pytest.mark.expects_log("Exception in ASGI application")
async def test_a_bug_is_answered_in_json_too(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    ada = await hall.register("Ada")

    async def fails(_: SqliteStore) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(SqliteStore, "sessions", fails)
    reply = await ada.ask("GET", "/api/sessions")
    assert (reply.status, reply.body) == (500, {"message": "The server could not do that."})


async def test_the_api_describes_itself(hall: Hall) -> None:
    description = (await hall.ask("GET", "/openapi.json")).body
    assert {"/api/auth/register", "/api/sessions/{session_id}/join", "/api/server"} <= set(description["paths"])
    assert (await hall.ask("GET", "/docs")).status == 200


@pytest.mark.expects_log("not an accepted origin")
async def test_other_origins_are_closed_by_default(hall: Hall) -> None:
    asked = {"Origin": ORIGIN, "Access-Control-Request-Method": "POST"}
    for reply in (
        await hall.ask("OPTIONS", "/api/auth/login", headers=asked),
        await hall.ask("GET", "/api/server", headers={"Origin": ORIGIN}),
        await hall.ask("GET", "/socket.io/?EIO=4&transport=polling", headers={"Origin": ORIGIN}),
    ):
        assert "Access-Control-Allow-Origin" not in reply.headers
    assert reply.status == 400


@pytest.mark.expects_log("not an accepted origin")
async def test_an_allowed_origin_may_use_rest_and_sockets(settings: ServerSettings) -> None:
    async with running(replace(settings, allowed_origins=(ORIGIN,))) as hall:
        asked = {
            "Origin": ORIGIN,
            "Access-Control-Request-Method": "PUT",
            "Access-Control-Request-Headers": "authorization,content-type",
        }
        preflight = await hall.ask("OPTIONS", "/api/users/profile", headers=asked)
        assert preflight.status == 200
        refused = await hall.ask("GET", "/api/users/profile", headers={"Origin": ORIGIN})
        polled = await hall.ask("GET", "/socket.io/?EIO=4&transport=polling", headers={"Origin": ORIGIN})
        for reply in (preflight, refused, polled):
            assert reply.headers["Access-Control-Allow-Origin"] == ORIGIN
        foreign = await hall.ask("GET", "/api/server", headers={"Origin": "https://evil.example"})
        assert "Access-Control-Allow-Origin" not in foreign.headers
        shut = await hall.ask("GET", "/socket.io/?EIO=4&transport=polling", headers={"Origin": "https://evil.example"})
        assert shut.status == 400
