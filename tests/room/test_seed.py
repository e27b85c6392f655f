"""Two of us through a server of the seed's contract: no acknowledgements, no connection ids, chat ids that repeat."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from app.media.audio.speaker import SilentSpeaker
from app.media.call import CallMedia
from app.net.rest import RestClient
from app.net.sio import socketio
from app.room import chat
from app.room.outbox import Outbox, Place, Waiting
from app.room.session import RoomSession
from app.room.state import Delivery, Link, Me, MessageKind, Phase, SessionInfo
from protocol.model import MAX_NAME
from protocol.rest import SignedIn
from tests.fakes.house import SMALL, TEST, Stay
from tests.fakes.seed_server import SeedServer
from tests.fakes.waiting import WAIT_S, until


class Seeds:
    """A seed's server and who came to it. A token there is "user id/name", which is all that POST looks at."""

    def __init__(self, server: SeedServer) -> None:
        self.server = server
        self.stays: list[Stay] = []
        self.clients: list[RestClient] = []

    def stay(self, name: str, outbox: Outbox | None = None) -> Stay:
        token = f"{name.lower()}/{name}"
        who = SignedIn.model_validate(
            {"_id": name.lower(), "name": name, "email": "x@example.org", "role": "student", "token": token}
        )
        media = CallMedia(speaker=SilentSpeaker(), video=SMALL)
        rest = RestClient(self.server.url, token)
        room = RoomSession(
            rest=rest,
            server=self.server.url,
            token=token,
            me=Me.of(who),
            session=SessionInfo("s1"),
            media=media,
            outbox=outbox or Outbox.in_memory(),
            camera=TEST,
            microphone=TEST,
        )
        self.clients.append(rest)
        self.stays.append(Stay(who, room, media, rest))
        return self.stays[-1]

    async def enter(self, name: str) -> Stay:
        one = self.stay(name)
        await one.room.join()
        await one.room.set_camera(True)
        await one.room.set_microphone(True)
        return one


@pytest_asyncio.fixture
async def seeds() -> AsyncIterator[Seeds]:
    server = SeedServer()
    await server.start()
    seeds = Seeds(server)
    yield seeds
    for one in seeds.stays:
        await one.room.leave()
    for client in seeds.clients:
        await client.close()
    await server.stop()


async def test_a_call_and_a_chat_without_doubles(seeds: Seeds) -> None:
    ann = await seeds.enter("Ann")
    ben = await seeds.enter("Ben")
    for one, other in ((ann, "Ben"), (ben, "Ann")):
        await one.sees(other)
        await one.receives(other)
        await until(lambda one=one, other=other: (one.other(other).audio, one.other(other).video) == (True, True))
        assert one.other(other).id == one.other(other).sid
    said = ["ok", "ok", "ok", "fine", "ok"]
    for text in said:
        await ann.room.say(text)
    await until(lambda: ben.texts == said and ann.texts == said, lambda: f"{ann.texts} {ben.texts}")
    await until(lambda: {one.delivery for one in ann.state.messages} == {Delivery.SENT})
    await until(lambda: [one["message"] for one in seeds.server.messages] == said)
    cem = await seeds.enter("Cem")
    await until(lambda: cem.texts == said)
    await ben.room.leave()
    await until(lambda: [one.name for one in ann.state.participants] == ["Cem"])


async def test_without_a_database_the_echo_is_enough(seeds: Seeds) -> None:
    seeds.server.stores = False
    ann = await seeds.enter("Ann")
    await ann.room.say("hello")
    await ann.room.say("hello")
    await until(lambda: [one.delivery for one in ann.state.messages] == [Delivery.SENT] * 2)
    assert ann.texts == ["hello", "hello"]


async def test_a_restart_is_survived_and_nothing_is_doubled(seeds: Seeds) -> None:
    ann, ben = await seeds.enter("Ann"), await seeds.enter("Ben")
    await ann.sees("Ben")
    await ann.room.say("before")
    await until(lambda: ben.texts == ["before"])
    await seeds.server.stop()
    for one in (ann, ben):
        await until(lambda one=one: one.state.link is Link.RECONNECTING)
    await ann.room.say("meanwhile")
    await seeds.server.start()
    for one in (ann, ben):
        await one.room.try_again()
    await until(lambda: ann.texts == ben.texts == ["before", "meanwhile"], lambda: f"{ann.texts} {ben.texts}")
    await until(lambda: {one.delivery for one in ann.state.messages} == {Delivery.SENT})
    for one, other in ((ann, "Ben"), (ben, "Ann")):
        await one.sees(other)
        await one.receives(other)
    await until(lambda: [one["message"] for one in seeds.server.messages] == ["before", "meanwhile"])


async def test_what_could_not_be_fetched_is_asked_for_again(seeds: Seeds) -> None:
    ann, ben = seeds.stay("Ann"), seeds.stay("Ben")
    await ann.room.join()
    await ben.room.join()
    await until(lambda: ben.state.history_loaded)
    await ben.lose_socket()
    await ann.room.say("missed")
    await until(lambda: [one["message"] for one in seeds.server.messages] == ["missed"])
    address, ben.rest.base_url = ben.rest.base_url, "http://127.0.0.1:9"  # the socket comes back, the rest does not
    await ben.room.try_again()
    await until(lambda: ben.state.history_problem)
    ben.rest.base_url = address
    await ben.room.load_earlier()
    assert (ben.texts, ben.state.history_problem) == (["missed"], "")


async def test_a_server_that_could_not_be_asked_what_it_is_lets_us_in(seeds: Seeds) -> None:
    ann, ben = seeds.stay("Ann"), seeds.stay("Ben")
    ann.rest.base_url = "http://127.0.0.1:9"  # the socket works, the rest does not
    await ben.room.join()
    await ann.room.join()
    assert ann.state.link is Link.ONLINE
    await ann.sees("Ben")
    await ann.room.say("here")
    await until(lambda: ben.texts == ["here"])


async def test_our_own_ghost_is_nobody(seeds: Seeds) -> None:
    """A server that has not noticed yet that our old socket is dead lists it when we come again."""
    ann = await seeds.enter("Ann")
    old = ann.state.me.sid
    await seeds.server.haunt(old)
    await until(lambda: ann.state.link is Link.RECONNECTING)
    await ann.room.try_again()
    await until(lambda: ann.state.link is Link.ONLINE and ann.state.me.sid != old)
    assert old in seeds.server.listed_to(ann.state.me.sid)
    assert ann.state.participants == ()


async def test_what_an_earlier_stay_had_said_is_not_said_again(seeds: Seeds) -> None:
    """It was stored, and the app ended before it knew."""
    outbox = Outbox.in_memory()
    earlier = seeds.stay("Ann")
    await earlier.room.join()
    await earlier.room.say("stored")
    await until(lambda: [one.delivery for one in earlier.state.messages] == [Delivery.SENT])
    written = earlier.state.messages[0].at
    await earlier.room.leave()
    await outbox.add(Place(seeds.server.url, "s1", "ann"), Waiting("k1", "stored", MessageKind.TEXT, written))
    await outbox.add(Place(seeds.server.url, "s1", "ann"), Waiting("k2", "not stored", MessageKind.TEXT, written))
    ann = seeds.stay("Ann", outbox)
    await ann.room.join()
    await until(lambda: [one.delivery for one in ann.state.messages] == [Delivery.SENT] * 2)
    await until(lambda: [one["message"] for one in seeds.server.messages] == ["stored", "not stored"])
    assert [one["message"] for one in seeds.server.said("chat-message")] == ["stored", "not stored"]


async def test_a_message_of_which_nothing_is_heard_fails_and_is_tried_again(
    seeds: Seeds, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = chat.PATIENCE_S
    ann = await seeds.enter("Ann")
    seeds.server.stores = seeds.server.echoes = False
    monkeypatch.setattr(chat, "PATIENCE_S", 0.3)
    await ann.room.say("hello?")
    await until(lambda: [one.delivery for one in ann.state.messages] == [Delivery.FAILED])
    assert ann.state.notices[-1].kind == "message-failed"
    key = ann.state.messages[0].key
    seeds.server.stores = True
    monkeypatch.setattr(chat, "PATIENCE_S", usual)
    await ann.room.retry(key)
    await until(lambda: [one.delivery for one in ann.state.messages] == [Delivery.SENT])
    seeds.server.stores = False
    monkeypatch.setattr(chat, "PATIENCE_S", 0.3)
    await ann.room.say("forget it")
    await until(lambda: ann.state.messages[-1].delivery is Delivery.FAILED)
    await ann.room.discard(ann.state.messages[-1].key)
    assert ann.texts == ["hello?"]


@pytest.mark.parametrize("name", ["Ada Augusta " * 20, None], ids=["long", "none"])
async def test_somebody_odd_keeps_nobody_out(seeds: Seeds, name: str | None) -> None:
    """The contract sets no limit to a name, and that server passes on what a client says of itself."""
    odd = socketio.AsyncClient()
    await odd.connect(seeds.server.url)
    await odd.emit("join-session", {"sessionId": "s1", "userId": None, "userName": name})
    await until(lambda: seeds.server.said("join-session"))
    ann = await seeds.enter("Ann")
    await until(lambda: [one.name for one in ann.state.participants] == [(name or "")[:MAX_NAME]])
    ben = await seeds.enter("Ben")
    await ann.receives("Ben")
    await ben.receives("Ann")
    await odd.disconnect()
    await ann.sees("Ben")


async def test_a_long_name_of_our_own_does_not_keep_us_out(seeds: Seeds) -> None:
    ann, ben = seeds.stay("Ann " * 25), seeds.stay("Ben")
    async with asyncio.timeout(WAIT_S):
        await ann.room.join()
    await ben.room.join()
    await ann.room.say("here")
    await until(lambda: ben.texts == ["here"])
    assert [one.name for one in ben.state.participants] == [("Ann " * 25)[:MAX_NAME]]


async def test_garbage_from_somebody_is_survived(seeds: Seeds) -> None:
    ann, ben = await seeds.enter("Ann"), await seeds.enter("Ben")
    await ann.sees("Ben")
    sid = ben.state.me.sid
    send = seeds.server.sio.emit
    for payload in (
        None,
        {"from": sid},
        {"from": sid, "offer": {"type": "offer", "sdp": "x"}},
        {"from": sid, "offer": {"type": "offer", "sdp": "v=0\r\n" * 10_000}},
        {"from": sid, "offer": {"type": "answer", "sdp": "v=0"}},
        {"from": "nobody", "offer": {"type": "offer", "sdp": "v=0"}},
    ):
        await send("webrtc-offer", payload, to=ann.state.me.sid)
    for payload in ({"from": sid, "candidate": {"candidate": "x" * 999}}, {"from": sid, "candidate": 5}, []):
        await send("webrtc-ice-candidate", payload, to=ann.state.me.sid)
    await send("user-left", {"socketId": "nobody"}, to=ann.state.me.sid)
    await send("user-audio-toggle", {"socketId": "nobody", "userId": "x", "enabled": True}, to=ann.state.me.sid)
    await ann.receives("Ben")
    assert ann.other("Ben").phase is Phase.CONNECTED
