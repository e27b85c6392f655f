"""History over REST: pages, cursors, bad input. (Saying things is tested with the sockets, in ``test_chat_once``.)"""

from __future__ import annotations

from typing import Any

import pytest

from tests.server.harness import Hall, Person, moment


async def say(person: Person, room: str, *texts: str) -> list[dict[str, Any]]:
    said: list[dict[str, Any]] = []
    for text in texts:
        reply = await person.ask("POST", "/api/chat", json={"sessionId": room, "message": text})
        assert reply.status == 201, reply
        said.append(reply.body)
    return said


async def test_a_message_has_the_shape_of_the_contract(hall: Hall) -> None:
    ada = await hall.register("Ada", "tutor")
    room = await hall.session(ada)
    body = {"sessionId": room, "message": "🎓", "messageType": "emoji", "clientMessageId": "k"}
    said = (await ada.ask("POST", "/api/chat", json=body)).body
    times = [moment(said.pop(key)) for key in ("timestamp", "createdAt", "updatedAt")]
    assert times[0] == times[1] == times[2]
    assert said.pop("id")
    assert said == {**body, "userId": ada.id, "userName": "Ada"}


async def test_pages(hall: Hall) -> None:
    ada = await hall.register("Ada", "tutor")
    room = await hall.session(ada)
    said = await say(ada, room, *(f"message {number}" for number in range(105)))

    async def page(query: str) -> list[dict[str, Any]]:
        return (await ada.ask("GET", f"/api/chat/session/{room}?{query}")).body

    assert await page("") == said[5:]
    assert await page("limit=2") == said[-2:]
    assert await page(f"limit=2&before={said[5]['id']}") == said[3:5]
    assert await page(f"limit=2&after={said[5]['id']}") == said[6:8]
    assert await page(f"after={said[-1]['id']}") == []
    assert await page("limit=100000") == said


@pytest.mark.parametrize("query", ["limit=0", "limit=-1", "limit=all", "before=1", "after=%24gt", "after="])
async def test_bad_pages_are_refused(hall: Hall, query: str) -> None:
    ada = await hall.register("Ada", "tutor")
    reply = await ada.ask("GET", f"/api/chat/session/{await hall.session(ada)}?{query}")
    assert (reply.status, set(reply.body)) == (400, {"message"})


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"message": "x" * 4_000}, 201),
        ({"message": "x" * 5_000}, 413),
        ({"message": "  \n"}, 400),
        ({"message": None}, 400),
        ({"message": {"$gt": ""}}, 400),
        ({"messageType": "shout"}, 400),
        ({"sessionId": "0" * 24}, 404),
        ({"sessionId": 7}, 400),
    ],
)
async def test_bad_messages_are_refused(hall: Hall, change: dict[str, Any], status: int) -> None:
    ada = await hall.register("Ada", "tutor")
    body = {"sessionId": await hall.session(ada), "message": "hello", **change}
    reply = await ada.ask("POST", "/api/chat", json=body)
    assert reply.status == status
    assert status == 201 or set(reply.body) == {"message"}


async def test_words_are_kept_as_they_were_said(hall: Hall) -> None:
    ada = await hall.register("Ada", "tutor")
    room = await hall.session(ada)
    text = "<img src=x onerror=alert(1)> \u202e \x00 ' \" naïve"
    await say(ada, room, text)
    assert [one["message"] for one in (await ada.ask("GET", f"/api/chat/session/{room}")).body] == [text]


async def test_history_needs_a_token_and_a_session(hall: Hall) -> None:
    ada = await hall.register("Ada", "tutor")
    assert (await hall.ask("GET", f"/api/chat/session/{await hall.session(ada)}")).status == 401
    assert (await ada.ask("GET", f"/api/chat/session/{'0' * 24}")).status == 404
