"""A message goes out by socket and by POST: stored once, told once, in every order of arrival."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from server.chat import PAIRING_S, Call, Words
from server.desk import build_desk
from server.limits import Rate
from server.realtime import emitter, socket_server
from server.rooms import Identity
from server.settings import Limits, ServerSettings
from server.store.choose import store_for
from tests.server.harness import Hall, HandClock, Person, Socket, moment, running


async def history(person: Person, room: str) -> list[dict[str, Any]]:
    return (await person.ask("GET", f"/api/chat/session/{room}")).body


async def told(listener: Socket) -> list[str]:
    await listener.settled()
    return [one["message"] for one in listener.said("chat-message")]


async def test_socket_first_then_post(hall: Hall) -> None:
    ada, ben = await hall.register("Ada", "tutor"), await hall.register("Ben")
    room = await hall.session(ada)
    mine, other = await ada.in_room(room), await ben.in_room(room)
    words = {"sessionId": room, "message": "hello", "clientMessageId": "k1"}
    acknowledged = await mine.call("chat-message", words)
    posted = await ada.ask("POST", "/api/chat", json=words)
    assert (posted.status, posted.body) == (200, acknowledged)
    assert await mine.call("chat-message", words) == acknowledged
    assert await history(ada, room) == [acknowledged]
    for socket in (mine, other):
        assert await told(socket) == ["hello"]
    heard = other.said("chat-message")[0]
    assert (heard["id"], heard["clientMessageId"]) == (acknowledged["id"], "k1")


async def test_post_first_then_socket(hall: Hall) -> None:
    ada, ben = await hall.register("Ada", "tutor"), await hall.register("Ben")
    room = await hall.session(ada)
    mine, other = await ada.in_room(room), await ben.in_room(room)
    words = {"sessionId": room, "message": "hello", "clientMessageId": "k1"}
    posted = await ada.ask("POST", "/api/chat", json=words)
    assert posted.status == 201
    assert await mine.call("chat-message", words) == posted.body
    assert await history(ada, room) == [posted.body]
    for socket in (mine, other):
        assert await told(socket) == ["hello"]


async def test_both_at_once(hall: Hall) -> None:
    ada = await hall.register("Ada", "tutor")
    room = await hall.session(ada)
    mine = await ada.in_room(room)
    calls: list[Any] = []
    for number in range(20):
        words = {"sessionId": room, "message": f"{number}", "clientMessageId": f"k{number}"}
        calls += [mine.call("chat-message", words), ada.ask("POST", "/api/chat", json=words)]
    await asyncio.gather(*calls)
    kept = [one["message"] for one in await history(ada, room)]
    assert sorted(kept, key=int) == [str(number) for number in range(20)]
    assert await told(mine) == kept


async def test_a_new_name_is_used_by_both_calls_at_once(hall: Hall) -> None:
    """Also of a socket that is older than the name."""
    ada = await hall.register("Ada", "tutor")
    room, other = await hall.session(ada), await hall.session(ada)
    mine = await ada.in_room(room)
    assert (await ada.ask("PUT", "/api/users/profile", json={"name": "Grace"})).status == 200
    said = await mine.call("chat-message", {"sessionId": room, "message": "hello", "clientMessageId": "k1"})
    posted = await ada.ask("POST", "/api/chat", json={"sessionId": room, "message": "hi", "clientMessageId": "k2"})
    assert (said["userName"], posted.body["userName"]) == ("Grace", "Grace")
    assert [one["userName"] for one in await history(ada, room)] == ["Grace", "Grace"]
    await mine.call("join-session", {"sessionId": other})
    late = await ada.in_room(other)
    assert [one["userName"] for one in late.ack["participants"]] == ["Grace"]


async def test_the_same_key_of_two_people_is_two_messages(hall: Hall) -> None:
    ada, ben = await hall.register("Ada", "tutor"), await hall.register("Ben")
    room = await hall.session(ada)
    words = {"sessionId": room, "message": "hello", "clientMessageId": "k1"}
    for person in (ada, ben):
        assert (await person.ask("POST", "/api/chat", json=words)).status == 201
    assert [one["userName"] for one in await history(ada, room)] == ["Ada", "Ben"]


@pytest.mark.parametrize("order", [("socket", "post"), ("post", "socket")])
async def test_calls_without_a_key_are_joined_by_their_words(hall: Hall, order: tuple[str, str]) -> None:
    ada, ben = await hall.register("Ada", "tutor"), await hall.register("Ben")
    room = await hall.session(ada)
    mine, other = await ada.in_room(room), await ben.in_room(room)
    words = {"sessionId": room, "message": "ok"}
    for _ in range(2):
        for call in order:
            if call == "socket":
                assert "error" not in await mine.call("chat-message", words)
            else:
                assert (await ada.ask("POST", "/api/chat", json=words)).status == 201
    assert [one["message"] for one in await history(ada, room)] == ["ok", "ok"]
    assert await told(other) == ["ok", "ok"]
    assert [one["id"] for one in await history(ada, room)] == [one["id"] for one in other.said("chat-message")]


@pytest.mark.parametrize("turned", [timedelta(0), timedelta(days=-10)], ids=["", "the clock set back"])
async def test_calls_without_a_key_that_are_far_apart_are_two_messages(
    settings: ServerSettings, clock: HandClock, turned: timedelta
) -> None:
    seconds = 0.0
    settings = replace(settings, allow_anonymous_sockets=True)  # a room needs no session then
    settings.data_dir.mkdir()
    store = store_for(None, settings.data_dir)
    await store.open()
    desk = await build_desk(settings, store, emitter(socket_server(settings)), lambda: seconds)
    ada, words = Identity("ada", "Ada", is_tutor=False, verified=True), Words("room", "ok")
    assert (await desk.chat.say(ada, words, Call.SOCKET)).is_new
    clock.turn(turned)
    seconds += PAIRING_S + 1
    assert (await desk.chat.say(ada, words, Call.POST)).is_new
    assert len(await store.messages("room", 10)) == 2
    desk.close()
    await store.close()


async def test_a_clock_that_was_ahead_leaves_other_rooms_at_the_right_time(hall: Hall, clock: HandClock) -> None:
    """In the room where something was said meanwhile, order goes before."""
    ada = await hall.register("Ada", "tutor")
    room, other = await hall.session(ada), await hall.session(ada)
    ahead = timedelta(days=10)
    clock.turn(ahead)
    await ada.ask("POST", "/api/chat", json={"sessionId": room, "message": "early"})
    clock.turn(-ahead)
    for where in (room, other):
        await ada.ask("POST", "/api/chat", json={"sessionId": where, "message": "now"})
    assert [moment(one["timestamp"]) for one in await history(ada, room)] == [clock.now + ahead] * 2
    assert [moment(one["timestamp"]) for one in await history(ada, other)] == [clock.now]


async def test_order_is_the_same_for_everybody_and_in_history_though_the_clock_goes_back(
    hall: Hall, clock: HandClock
) -> None:
    ada, ben = await hall.register("Ada", "tutor"), await hall.register("Ben")
    room = await hall.session(ada)
    mine, other = await ada.in_room(room), await ben.in_room(room)
    for number in range(20):
        clock.turn(timedelta(seconds=-1))
        await asyncio.gather(
            mine.call("chat-message", {"sessionId": room, "message": f"a{number}"}),
            other.call("chat-message", {"sessionId": room, "message": f"b{number}"}),
        )
    kept = await history(ada, room)
    assert await told(mine) == await told(other) == [one["message"] for one in kept]
    assert [one["timestamp"] for one in kept] == sorted(one["timestamp"] for one in kept)


async def test_events_of_one_socket_do_not_overtake_each_other(hall: Hall) -> None:
    """The message waits for the disk, the toggle behind it does not."""
    ada, ben = await hall.register("Ada", "tutor"), await hall.register("Ben")
    room = await hall.session(ada)
    mine, other = await ada.in_room(room), await ben.in_room(room)
    for number in range(10):
        await mine.emit("chat-message", {"sessionId": room, "message": f"{number}"})
        await mine.emit("toggle-audio", {"sessionId": room, "enabled": number % 2 == 0})
    await mine.emit("leave-session", {"sessionId": room})
    await other.hears("user-left")
    names = [name for name, _ in other.heard if name != "existing-participants"]
    assert names == ["chat-message", "user-audio-toggle"] * 10 + ["user-left"]


class TestAnonymous:
    """The seed's web client: no token, no key, both calls, rooms that are not in the database."""

    @pytest.fixture
    async def hall(self, settings: ServerSettings) -> AsyncGenerator[Hall]:
        async with running(replace(settings, allow_anonymous_sockets=True)) as open_hall:
            yield open_hall

    @pytest.fixture
    def enter(self, hall: Hall) -> Callable[[Person, str], Any]:
        async def enter(person: Person, room: str) -> Socket:
            """As the web client enters, twice, without a token."""
            socket = await hall.socket()
            claim = {"sessionId": room, "userId": person.id, "userName": person.name, "isTutor": True}
            assert "error" not in await socket.call("join-session", claim)
            return socket

        return enter

    async def test_it_is_marked_as_unverified_and_never_a_tutor(self, hall: Hall, enter: Any) -> None:
        ada, ben = await hall.register("Ada", "tutor"), await hall.register("Ben", "tutor")
        inside = await ada.in_room("any-room")
        await enter(ben, "any-room")
        joined = await inside.hears("user-joined")
        assert (joined["userId"], joined["verified"], joined["isTutor"]) == (ben.id, False, False)

    async def test_its_two_calls_are_one_message(self, hall: Hall, enter: Any) -> None:
        ada, ben = await hall.register("Ada", "tutor"), await hall.register("Ben")
        listener, web = await ada.in_room("any-room"), await enter(ben, "any-room")
        words = {"sessionId": "any-room", "message": "hi", "userId": ben.id, "userName": "Ben"}
        shown = await web.call("chat-message", words)
        assert await history(ada, "any-room") == []
        posted = await ben.ask("POST", "/api/chat", json={"sessionId": "any-room", "message": "hi"})
        assert (posted.status, posted.body["id"]) == (201, shown["id"])
        assert [one["id"] for one in await history(ada, "any-room")] == [shown["id"]]
        await ben.ask("POST", "/api/chat", json={"sessionId": "any-room", "message": "again"})
        await web.call("chat-message", {**words, "message": "again"})
        assert await told(listener) == ["hi", "again"]
        assert [one.get("verified") for one in listener.said("chat-message")] == [False, None]
        assert [one["message"] for one in await history(ada, "any-room")] == ["hi", "again"]

    async def test_what_is_kept_bears_the_name_that_is_proven(self, hall: Hall) -> None:
        ada, web = await hall.register("Ada", "tutor"), await hall.socket()
        await web.call("join-session", {"sessionId": "any-room", "userId": ada.id, "userName": "Prof. X"})
        await web.call("chat-message", {"sessionId": "any-room", "message": "hi"})
        posted = await ada.ask("POST", "/api/chat", json={"sessionId": "any-room", "message": "hi"})
        assert (posted.status, posted.body["userName"]) == (201, "Ada")
        assert await history(ada, "any-room") == [posted.body]

    async def test_what_nothing_proves_is_told_but_not_kept(self, hall: Hall, enter: Any) -> None:
        ada, eve = await hall.register("Ada", "tutor"), await hall.register("Eve")
        listener, web = await ada.in_room("any-room"), await enter(ada, "any-room")
        await web.call("chat-message", {"sessionId": "any-room", "message": "I am Ada", "userId": ada.id})
        heard = await listener.hears("chat-message")
        assert (heard["userId"], heard["verified"]) == (ada.id, False)
        assert await history(eve, "any-room") == []

    async def test_it_cannot_take_over_the_stay_of_somebody_it_claims_to_be(self, hall: Hall) -> None:
        ada = await hall.register("Ada", "tutor")
        inside = await ada.in_room("any-room", connectionId="a1")
        web = await hall.socket()
        await web.call("join-session", {"sessionId": "any-room", "userId": ada.id, "connectionId": "a1"})
        await inside.settled()
        assert inside.said("user-left") == []
        assert "connectionId" not in inside.said("user-joined")[0]

    async def test_a_bad_token_is_no_anonymity(self, hall: Hall) -> None:
        socket = Socket()
        with pytest.raises(Exception, match="namespaces failed"):
            await socket.connect(hall.url, {"token": "nonsense"})
        assert socket.refusal["data"] == {"code": "unauthorised"}


async def test_rooms_outside_the_database_are_closed_to_others(hall: Hall) -> None:
    ada = await hall.register("Ada", "tutor")
    refused = await (await ada.socket()).call("join-session", {"sessionId": "any-room"})
    assert refused["error"]["code"] == "not-found"
    assert (await ada.ask("POST", "/api/chat", json={"sessionId": "any-room", "message": "hi"})).status == 404


@pytest.mark.parametrize("key", [{}, {"clientMessageId": "k"}])
async def test_nothing_is_said_in_a_session_that_was_deleted(
    hall: Hall, settings: ServerSettings, key: dict[str, str]
) -> None:
    ada, ben = await hall.register("Ada", "tutor"), await hall.register("Ben")
    room = await hall.session(ada)
    mine, other = await ada.in_room(room), await ben.in_room(room)
    await mine.call("chat-message", {"sessionId": room, "message": "before"})
    assert (await ada.ask("DELETE", f"/api/sessions/{room}")).status == 200
    refused = await other.call("chat-message", {"sessionId": room, "message": "after", **key})
    assert refused["error"]["code"] == "not-found"
    posted = await ben.ask("POST", "/api/chat", json={"sessionId": room, "message": "after", **key})
    assert posted.status == 404
    assert await told(mine) == ["before"]
    store = store_for(None, settings.data_dir)
    await store.open()
    kept = await store.messages(room, 10)
    await store.close()
    assert list(kept) == []


async def test_a_message_on_its_way_goes_with_its_session(hall: Hall, settings: ServerSettings) -> None:
    ada = await hall.register("Ada", "tutor")
    room = await hall.session(ada)
    mine = await ada.in_room(room)
    said = [mine.call("chat-message", {"sessionId": room, "message": f"{number}"}) for number in range(30)]
    posted = [ada.ask("POST", "/api/chat", json={"sessionId": room, "message": f"p{number}"}) for number in range(30)]
    await asyncio.gather(*said, ada.ask("DELETE", f"/api/sessions/{room}"), *posted)
    store = store_for(None, settings.data_dir)
    await store.open()
    kept = await store.messages(room, 100)
    await store.close()
    assert list(kept) == []


async def test_a_flood_is_stopped_by_either_call(settings: ServerSettings) -> None:
    limits = replace(Limits(), chat_by_user=Rate(burst=3, per_second=0.001))
    async with running(replace(settings, limits=limits)) as hall:
        ada = await hall.register("Ada", "tutor")
        room = await hall.session(ada)
        mine = await ada.in_room(room)
        for number in range(3):
            assert "error" not in await mine.call("chat-message", {"sessionId": room, "message": f"{number}"})
        stopped = await mine.call("chat-message", {"sessionId": room, "message": "4"})
        assert stopped["error"]["code"] == "rate-limited"
        posted = await ada.ask("POST", "/api/chat", json={"sessionId": room, "message": "5"})
        assert posted.status == 429
        assert len(await history(ada, room)) == 3
