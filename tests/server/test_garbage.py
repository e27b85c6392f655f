"""Whatever a client sends, the server answers and lives on, and nobody else's room is disturbed."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from protocol.events import TO_SERVER
from tests.server.harness import Hall, Person, Socket

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(min_value=-(2**53), max_value=2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=40)
    | st.binary(max_size=10)
)
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner), max_leaves=8
)
KEYS = ["sessionId", "to", "offer", "answer", "candidate", "message", "enabled", "streams", "connectionId", "camera"]
PAYLOADS = JSON | st.dictionaries(st.sampled_from([*KEYS, "audio", "attempt", "messageType", "userId"]), JSON)


class Yard:
    """A server with two people in a room; built once for all examples."""

    def __init__(self, hall: Hall, room: str, witness: Socket, rogue: Socket, person: Person) -> None:
        self.hall, self.room, self.witness, self.rogue, self.person = hall, room, witness, rogue, person

    async def is_well(self) -> None:
        assert (await self.witness.call("chat-message", {"sessionId": self.room, "message": "here"}))["id"]


@pytest.fixture
async def yard(hall: Hall) -> Yard:
    ada, eve = await hall.register("Ada", "tutor"), await hall.register("Eve")
    room = await hall.session(ada)
    return Yard(hall, room, await ada.in_room(room), await eve.in_room(room), eve)


async def test_every_event_is_answered_whatever_it_carries(yard: Yard) -> None:
    @settings(
        max_examples=150,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(event=st.sampled_from(sorted(TO_SERVER)), payload=PAYLOADS, aim=st.booleans())
    async def try_one(event: str, payload: Any, aim: bool) -> None:
        if aim and isinstance(payload, dict):
            payload = {**payload, "sessionId": yard.room, "to": yard.witness.sid}
        answer = await yard.rogue.call(event, payload)
        assert isinstance(answer, dict)
        if "error" in answer:
            assert answer["error"]["code"] in ("bad-payload", "too-large", "not-found", "not-in-room")
            assert answer["error"]["message"]
        if event == "leave-session":
            await yard.rogue.call("join-session", {"sessionId": yard.room})

    await _run(try_one)
    await yard.is_well()


async def _run(test: Any) -> None:
    """Hypothesis drives plain functions; its examples are run here, each awaited on this loop."""
    loop = asyncio.get_running_loop()
    inner = test.hypothesis.inner_test

    def wait(**example: Any) -> None:
        asyncio.run_coroutine_threadsafe(inner(**example), loop).result(30)

    test.hypothesis.inner_test = wait
    await asyncio.to_thread(test)


async def test_every_event_is_answered_without_a_payload(yard: Yard) -> None:
    for event in TO_SERVER:
        answer = await yard.rogue.call(event)
        assert answer["error"]["code"] == "bad-payload", event
    await yard.is_well()


async def test_extra_keys_and_extra_arguments_are_ignored(yard: Yard) -> None:
    said = {"sessionId": yard.room, "message": "hi", "colour": "blue", "__proto__": {"x": 1}}
    answer = await yard.rogue.call("chat-message", (said, "more", 3))
    assert answer["message"] == "hi"
    assert "colour" not in await yard.witness.hears("chat-message")


async def test_unknown_events_are_ignored(yard: Yard) -> None:
    await yard.rogue.emit("format-disk", {"sessionId": yard.room})
    await yard.is_well()


async def test_events_named_like_the_librarys_own_change_nothing(yard: Yard) -> None:
    """python-socketio hands them to the handlers of connections and their loss."""
    for name in ("connect", "disconnect"):
        for payload in (None, {}, {"token": "nonsense"}):
            await yard.rogue.emit(name, payload)
    assert (await yard.rogue.call("chat-message", {"sessionId": yard.room, "message": "still me"}))["userName"] == "Eve"
    await yard.is_well()
    assert [name for name, _ in yard.witness.heard if name not in ("chat-message", "existing-participants")] == [
        "user-joined"
    ]


BROKEN = [
    ["4"],
    ["9nonsense"],
    ["40{broken"],
    ["42"],
    ["42[]"],
    ["42[1,2]"],
    ['42["join-session"'],
    ['42["disconnect"]', '42["connect",{}]'],
    ["451-[]"],
    ['451-["chat-message",{"_placeholder":true,"num":7}]', b"x"],
    ['459999999-["chat-message",{"_placeholder":true,"num":0}]'],
    [b"\x00\x01"],
    ["43999[]"],
    ["40/admin,"],
    ["40", "40"],
    ["2" * 100],
    ["4" + "[" * 100_000],
]


@pytest.mark.expects_log(".")
async def test_broken_frames_disturb_nobody(yard: Yard) -> None:
    """Straight on the WebSocket, below any client library."""
    url = f"{yard.hall.url}/socket.io/?EIO=4&transport=websocket"
    for frames in BROKEN:
        async with aiohttp.ClientSession() as http, http.ws_connect(url) as raw:
            await raw.receive(10)
            await raw.send_str("40" + json.dumps({"token": yard.person.token}))
            await raw.receive(10)
            for frame in frames:
                if raw.closed:
                    break
                await (raw.send_bytes(frame) if isinstance(frame, bytes) else raw.send_str(frame))
        await yard.is_well()


async def test_a_message_beyond_all_limits_ends_its_own_connection_only(yard: Yard) -> None:
    url = f"{yard.hall.url}/socket.io/?EIO=4&transport=websocket"
    async with aiohttp.ClientSession() as http, http.ws_connect(url) as raw:
        await raw.receive(10)
        await raw.send_str("4" + "x" * 2_000_000)
        while not raw.closed:
            await raw.receive(10)
    await yard.is_well()
