"""Signing up, signing in, and one's own profile."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from server.auth import SECRET_FILE
from server.settings import ServerSettings
from tests.server.harness import Hall, HandClock, running

ADA = {"name": "Ada", "email": "Ada@Example.org", "password": "secret1", "role": "tutor"}


async def test_register_answers_with_the_account_and_a_token(hall: Hall) -> None:
    reply = await hall.ask("POST", "/api/auth/register", json=ADA)
    assert reply.status == 201
    assert set(reply.body) == {"_id", "name", "email", "role", "token"}
    assert (reply.body["name"], reply.body["email"], reply.body["role"]) == ("Ada", "ada@example.org", "tutor")
    profile = await hall.ask("GET", "/api/users/profile", token=reply.body["token"])
    assert profile.body == {key: reply.body[key] for key in ("_id", "name", "email", "role")}


async def test_an_email_can_be_taken_in_any_case(hall: Hall) -> None:
    await hall.ask("POST", "/api/auth/register", json=ADA)
    reply = await hall.ask("POST", "/api/auth/register", json={**ADA, "email": "ADA@example.ORG"})
    assert reply.status == 400
    assert set(reply.body) == {"message"}


async def test_login_compares_emails_in_lower_case(hall: Hall) -> None:
    registered = await hall.ask("POST", "/api/auth/register", json=ADA)
    reply = await hall.ask("POST", "/api/auth/login", json={"email": "aDA@example.org", "password": "secret1"})
    assert reply.status == 200
    assert reply.body["_id"] == registered.body["_id"]
    assert (await hall.ask("GET", "/api/users/profile", token=reply.body["token"])).status == 200


@pytest.mark.parametrize("change", [{"password": "secret2"}, {"email": "ben@example.org"}])
async def test_a_wrong_password_and_an_unknown_account_sound_the_same(hall: Hall, change: dict[str, str]) -> None:
    await hall.ask("POST", "/api/auth/register", json=ADA)
    reply = await hall.ask("POST", "/api/auth/login", json={"email": ADA["email"], "password": "secret1", **change})
    assert (reply.status, reply.body) == (401, {"message": "The e-mail address or the password is wrong."})


@pytest.mark.parametrize(
    "change",
    [
        {"email": {"$gt": ""}},
        {"email": ["ada@example.org"]},
        {"email": "no address"},
        {"email": None},
        {"password": "short"},
        {"password": {"$ne": None}},
        {"name": "  "},
        {"role": "admin"},
    ],
)
async def test_bad_input_is_named(hall: Hall, change: dict[str, Any]) -> None:
    reply = await hall.ask("POST", "/api/auth/register", json={**ADA, **change})
    assert reply.status == 400
    assert reply.body["message"].startswith(next(iter(change)))


async def test_the_profile_can_be_changed_in_part(hall: Hall) -> None:
    ada, ben = await hall.register("Ada"), await hall.register("Ben")
    renamed = await ada.ask("PUT", "/api/users/profile", json={"name": "Grace"})
    assert (renamed.status, renamed.body["name"], renamed.body["email"]) == (200, "Grace", ada.email)
    moved = await ada.ask("PUT", "/api/users/profile", json={"email": "Grace@Example.org"})
    assert (moved.body["name"], moved.body["email"]) == ("Grace", "grace@example.org")
    taken = await ada.ask("PUT", "/api/users/profile", json={"email": ben.email.upper()})
    assert taken.status == 400
    assert (await ada.ask("PUT", "/api/users/profile", json={})).body == moved.body


async def test_no_token_no_profile(hall: Hall) -> None:
    for headers in (
        {},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer x.y.z"},
        {"Authorization": "Basic eDp5"},
    ):
        reply = await hall.ask("GET", "/api/users/profile", headers=headers)
        assert reply.status == 401
        assert set(reply.body) == {"message"}


async def test_tokens_expire(hall: Hall, clock: HandClock) -> None:
    ada = await hall.register("Ada")
    clock.turn(timedelta(days=29))
    assert (await ada.ask("GET", "/api/users/profile")).status == 200
    clock.turn(timedelta(days=1, minutes=2))
    assert (await ada.ask("GET", "/api/users/profile")).status == 401


@pytest.mark.parametrize("missing", ["exp", "iat", "sub"])
async def test_a_token_that_lacks_a_claim_is_worth_nothing(hall: Hall, settings: ServerSettings, missing: str) -> None:
    """Signed with the right secret, so that only the claim is at fault."""
    ada = await hall.register("Ada")
    key = OctKey.import_key((settings.data_dir / SECRET_FILE).read_text().strip())
    claims = jwt.decode(ada.token, key, algorithms=["HS256"]).claims
    whole = jwt.encode({"alg": "HS256"}, claims, key)
    assert (await hall.ask("GET", "/api/users/profile", token=whole)).status == 200
    lacking = jwt.encode({"alg": "HS256"}, {name: claims[name] for name in claims if name != missing}, key)
    assert (await hall.ask("GET", "/api/users/profile", token=lacking)).status == 401


async def test_an_unsigned_token_is_worth_nothing(hall: Hall) -> None:
    ada = await hall.register("Ada")
    header = base64.urlsafe_b64encode(json.dumps({"alg": "none", "typ": "JWT"}).encode()).decode().rstrip("=")
    forged = f"{header}.{ada.token.split('.')[1]}."
    assert (await hall.ask("GET", "/api/users/profile", token=forged)).status == 401


async def test_guessing_a_password_is_slowed_down_for_that_account_only(settings: ServerSettings) -> None:
    """However long a slow machine takes for ten guesses."""
    limits = replace(settings.limits, login_by_account=replace(settings.limits.login_by_account, per_second=0.001))
    async with running(replace(settings, limits=limits)) as hall:
        await guesses_are_slowed_down(hall)


async def guesses_are_slowed_down(hall: Hall) -> None:
    ada, ben = await hall.register("Ada"), await hall.register("Ben")
    guess = {"email": ada.email, "password": "wrong!"}
    replies = [await hall.ask("POST", "/api/auth/login", json=guess) for _ in range(11)]
    assert [reply.status for reply in replies[:10]] == [401] * 10
    assert replies[10].status == 429
    assert int(replies[10].headers["Retry-After"]) >= 1
    assert (await hall.ask("POST", "/api/auth/login", json={**guess, "password": "secret1"})).status == 429
    assert (await hall.ask("POST", "/api/auth/login", json={"email": ben.email, "password": "secret1"})).status == 200
