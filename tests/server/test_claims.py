"""However odd what a payload says of its sender, or the name in a database is: nobody is kept out by it."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import replace
from typing import Any

import pytest

from protocol.model import MAX_ID, MAX_NAME
from server.settings import ServerSettings
from server.store.choose import store_for
from tests.server.harness import Hall, Socket, running

ODD: list[dict[str, Any]] = [
    {"userId": "", "userName": ""},
    {"userId": None, "userName": None, "isTutor": None},
    {"userId": "i" * 500, "userName": "n" * 500, "isTutor": "yes"},
    {"userId": 17, "userName": ["Ben"], "isTutor": {}},
    {"userName": "half an emoji \ud83d"},
]


@pytest.fixture
async def hall(settings: ServerSettings) -> AsyncGenerator[Hall]:
    async with running(replace(settings, allow_anonymous_sockets=True)) as open_hall:
        yield open_hall


async def says_everything(socket: Socket, room: str, claims: dict[str, Any]) -> list[Any]:
    """What the server answers to each event that names its sender."""
    return [
        await socket.call("join-session", {"sessionId": room, **claims}),
        await socket.call("chat-message", {"sessionId": room, "message": "hi", **claims}),
        await socket.call("toggle-audio", {"sessionId": room, "enabled": False, **claims}),
        await socket.call("toggle-video", {"sessionId": room, "enabled": False, **claims}),
    ]


@pytest.mark.parametrize("claims", ODD)
async def test_who_has_no_token_is_let_in_with_as_much_of_the_claim_as_fits(hall: Hall, claims: dict[str, Any]) -> None:
    ada = await hall.register("Ada", "tutor")
    inside, web = await ada.in_room("any-room"), await hall.socket()
    answers = await says_everything(web, "any-room", claims)
    assert not [answer for answer in answers if "error" in answer]
    joined = await inside.hears("user-joined")
    assert 0 < len(joined["userId"]) <= MAX_ID
    assert 0 < len(joined["userName"]) <= MAX_NAME
    assert (joined["isTutor"], joined["verified"]) == (False, False)
    said = await inside.hears("chat-message")
    assert (said["userId"], said["userName"]) == (joined["userId"], joined["userName"])


@pytest.mark.parametrize("claims", ODD)
async def test_who_has_a_token_is_who_it_says(hall: Hall, claims: dict[str, Any]) -> None:
    ada, ben = await hall.register("Ada", "tutor"), await hall.register("Ben")
    room = await hall.session(ada)
    inside, other = await ada.in_room(room), await ben.socket()
    answers = await says_everything(other, room, claims)
    assert not [answer for answer in answers if "error" in answer]
    joined = await inside.hears("user-joined")
    assert (joined["userId"], joined["userName"], joined["verified"]) == (ben.id, "Ben", True)


async def test_a_name_that_another_program_wrote_too_long_is_cut(hall: Hall, settings: ServerSettings) -> None:
    ada, ben = await hall.register("Ada", "tutor"), await hall.register("Ben")
    store = store_for(None, settings.data_dir)
    await store.open()
    await store.change_user(ben.id, {"name": "Ben " + "n" * 500}, settings.clock())
    await store.close()
    room = await hall.session(ada)
    inside, other = await ada.in_room(room), await ben.in_room(room)
    name = (await inside.hears("user-joined"))["userName"]
    assert name == "Ben " + "n" * (MAX_NAME - 4)
    said = await other.call("chat-message", {"sessionId": room, "message": "hi"})
    assert said["userName"] == name
    late = await ada.in_room(room)
    assert [one["userName"] for one in late.ack["participants"]] == ["Ada", name]
