"""The relay is what it says, a server of the seed's contract alone; otherwise the other tests would prove nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest_asyncio
import socketio

from tests.relay.process import Relay

PATIENCE_S = 10
DRAFT = {"title": "Algebra", "subject": "Maths", "description": "", "startTime": "2030-01-01", "endTime": "2030-01-02"}


@pytest_asyncio.fixture
async def http(relay: Relay) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(base_url=relay.url) as session:
        yield session


async def sign_up(http: aiohttp.ClientSession, name: str, role: str = "student") -> dict[str, Any]:
    person = {"name": name, "email": f"{name}@Example.org", "password": "long enough", "role": role}
    async with http.post("/api/auth/register", json=person) as answer:
        assert answer.status == 201
        return await answer.json()


class Heard:
    """A bare Socket.IO client that writes down what it hears, in order."""

    def __init__(self) -> None:
        self.client = socketio.AsyncClient(reconnection=False)
        self.client.on("*", self._hear)
        self._inbox: asyncio.Queue[tuple[str, Any]] = asyncio.Queue(maxsize=100)

    async def _hear(self, name: str, *payload: Any) -> None:
        self._inbox.put_nowait((name, payload[0] if payload else None))

    async def next(self) -> tuple[str, Any]:
        async with asyncio.timeout(PATIENCE_S):
            return await self._inbox.get()

    async def join(self, url: str, name: str) -> Any:
        await self.client.connect(url, wait_timeout=PATIENCE_S)
        await self.client.emit("join-session", {"sessionId": "room", "userId": f"id-{name}", "userName": name})
        event, participants = await self.next()
        assert event == "existing-participants"
        return participants


@pytest_asyncio.fixture
async def pair(relay: Relay) -> AsyncIterator[tuple[Heard, Heard]]:
    first, second = Heard(), Heard()
    assert await first.join(relay.url, "ann") == []
    assert [one["userName"] for one in await second.join(relay.url, "ben")] == ["ann"]
    name, newcomer = await first.next()
    assert (name, newcomer["userName"]) == ("user-joined", "ben")
    yield first, second
    await first.client.disconnect()
    await second.client.disconnect()


async def test_it_knows_nothing_of_our_additions(http: aiohttp.ClientSession) -> None:
    async with http.get("/api/server") as answer:
        assert answer.status == 404
        assert answer.content_type == "text/html"
        assert "Cannot GET /api/server" in await answer.text()


async def test_missing_fields_are_its_own_fault_and_broken_json_is_answered_in_html(
    http: aiohttp.ClientSession,
) -> None:
    async with http.post("/api/auth/register", json={"name": "Ann"}) as answer:
        assert answer.status == 500
    broken = http.post("/api/auth/login", data="{", headers={"Content-Type": "application/json"})
    async with broken as answer:
        assert (answer.status, answer.content_type) == (400, "text/html")


async def test_accounts_and_sessions(http: aiohttp.ClientSession) -> None:
    tutor, student = await sign_up(http, "tia", "tutor"), await sign_up(http, "stu")
    as_tutor, as_student = ({"Authorization": f"Bearer {one['token']}"} for one in (tutor, student))
    async with http.post("/api/sessions", json=DRAFT, headers=as_student) as answer:
        assert answer.status == 403
    async with http.post("/api/sessions", json=DRAFT, headers=as_tutor) as answer:
        assert answer.status == 201
        session = await answer.json()
    for wanted in (200, 400):  # the second time: "Already joined"
        async with http.post(f"/api/sessions/{session['_id']}/join", headers=as_student) as answer:
            assert answer.status == wanted
    async with http.get("/api/sessions", headers=as_student) as answer:
        [listed] = await answer.json()
    assert listed["createdBy"] == {"_id": tutor["_id"], "name": "tia"}
    assert listed["participants"] == [{"_id": student["_id"], "name": "stu"}]
    async with http.get("/api/sessions", headers={"Authorization": "Bearer nonsense"}) as answer:
        assert answer.status == 401


async def test_the_first_page_of_chat_is_the_oldest_and_nothing_is_joined(http: aiohttp.ClientSession) -> None:
    person = await sign_up(http, "ann")
    headers = {"Authorization": f"Bearer {person['token']}"}
    for text in ("one", "two", "two"):
        body = {"sessionId": "room", "message": text, "clientMessageId": "same"}
        async with http.post("/api/chat", json=body, headers=headers) as answer:
            assert answer.status == 201
            assert "clientMessageId" not in await answer.json()
    async with http.get("/api/chat/session/room", params={"limit": 2}, headers=headers) as answer:
        assert [one["message"] for one in await answer.json()] == ["one", "two"]


async def test_it_passes_on_the_seeds_keys_only(pair: tuple[Heard, Heard]) -> None:
    first, second = pair
    offer = {"type": "offer", "sdp": "v=0"}
    to = first.client.get_sid()
    await second.client.emit("webrtc-offer", {"offer": offer, "to": to, "streams": {"0": "camera"}, "attempt": 3})
    assert await first.next() == ("webrtc-offer", {"offer": offer, "from": second.client.get_sid()})
    await second.client.emit("webrtc-ice-candidate", {"candidate": None, "to": to, "attempt": 3})
    assert await first.next() == ("webrtc-ice-candidate", {"candidate": None, "from": second.client.get_sid()})
    await second.client.emit("participant-state", {"sessionId": "room", "audio": True})  # it knows no such event
    await second.client.emit("toggle-audio", {"sessionId": "room", "userId": "id-ben", "enabled": False})
    toggle = {"userId": "id-ben", "socketId": second.client.get_sid(), "enabled": False}
    assert await first.next() == ("user-audio-toggle", toggle)


async def test_chat_is_heard_by_everyone_under_the_time_as_id(pair: tuple[Heard, Heard]) -> None:
    first, _ = pair
    said = {"sessionId": "room", "message": "hello", "userId": "id-ann", "userName": "ann", "clientMessageId": "mine"}
    await first.client.emit("chat-message", said)
    heard = [await one.next() for one in pair]
    assert heard[0] == heard[1]
    name, message = heard[0]
    assert name == "chat-message"
    assert set(message) == {"id", "sessionId", "userId", "userName", "message", "messageType", "timestamp"}
    assert isinstance(message["id"], int)


async def test_who_leaves_or_vanishes_is_announced_in_the_same_words(relay: Relay, pair: tuple[Heard, Heard]) -> None:
    first, second = pair
    gone = {"socketId": second.client.get_sid(), "userId": "id-ben", "userName": "ben"}
    await second.client.emit("leave-session", {"sessionId": "room"})
    await second.client.emit("leave-session", {"sessionId": "room"})
    assert await first.next() == ("user-left", gone)
    third = Heard()
    await third.join(relay.url, "cem")
    assert (await first.next())[0] == "user-joined"
    sid = third.client.get_sid()
    await third.client.disconnect()
    assert await first.next() == ("user-left", {"socketId": sid, "userId": "id-cem", "userName": "cem"})


async def test_people_and_messages_outlive_a_restart_at_the_same_address(relay: Relay) -> None:
    async with aiohttp.ClientSession(base_url=relay.url) as http:
        person = await sign_up(http, "ann")
    port = relay.port
    await relay.kill()
    await relay.start()
    assert relay.port == port
    headers = {"Authorization": f"Bearer {person['token']}"}
    async with (
        aiohttp.ClientSession(base_url=relay.url, headers=headers) as http,
        http.get("/api/users/profile") as answer,
    ):
        assert (await answer.json())["email"] == "ann@example.org"
