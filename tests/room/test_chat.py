"""Said once, stored once, seen once, on a server of ours: what came before, what is lost on the way, what is
refused."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.errors import MessageRefused
from app.net import signaling
from app.net.sio import socketio
from app.room import chat, outbox
from app.room.outbox import Outbox, Place, Waiting
from app.room.state import Delivery, Link, MessageKind, SessionInfo
from protocol.events import ChatMessage
from protocol.rest import ChatDraft
from server.embedded import EmbeddedServer
from tests.fakes.frozen_line import FrozenLine
from tests.fakes.house import House, Stay
from tests.fakes.waiting import until


def place(one: Stay) -> Place:
    return Place(one.room.server, one.state.session.id, one.who.id)


async def sent(one: Stay, *texts: str) -> None:
    """Wait until exactly these are shown, each of them sent."""
    await until(
        lambda: one.texts == list(texts) and all(line.delivery is Delivery.SENT for line in one.state.messages),
        lambda: f"{texts} of {one.who.name}: {one.state.messages}",
    )


async def test_what_was_stored_before_we_knew_is_said_once(house: House) -> None:
    """The server stored it and went before it could say so; the app ended; both are back."""
    who = await house.sign_up("Ann")
    box = Outbox.in_memory()
    ann = house.stay(who, outbox=box)
    await box.add(place(ann), Waiting("k1", "stored", MessageKind.TEXT, datetime.now(UTC)))
    draft = ChatDraft(session_id=house.session.id, message="stored", client_message_id="k1")
    first = await house.rest(who).post_chat(draft)
    ben = await house.enter("Ben", silent=True)
    await sent(ben, "stored")
    await ann.room.join()
    await sent(ann, "stored")
    assert (ann.state.messages[0].key, ann.state.messages[0].id) == ("k1", first.id)
    await until(lambda: ann.state.history_loaded)
    await ann.room.say("next")
    await sent(ann, "stored", "next")
    await sent(ben, "stored", "next")
    assert [one.message for one in await house.rest(who).messages(house.session.id)] == ["stored", "next"]
    await drained(box, place(ann))


async def drained(box: Outbox, where: Place) -> None:
    async with asyncio.timeout(10):
        while await box.waiting(where):
            pass


async def test_an_evening_without_network_comes_through_in_order(house: House, tmp_path: Path) -> None:
    ann, ben = await house.enter("Ann", silent=True), await house.enter("Ben", silent=True)
    await house.stop_server()
    await until(lambda: ann.state.link is Link.RECONNECTING and ben.state.link is Link.RECONNECTING)
    texts = [f"line {number}" for number in range(30)]
    for text in texts:
        await ann.room.say(text)
    await ben.room.say("hers first or mine?")
    await house.start_server()
    await asyncio.gather(ann.room.try_again(), ben.room.try_again())
    await until(lambda: len(ben.texts) == 31 and len(ann.texts) == 31)
    for one in (ann, ben):
        assert [text for text in one.texts if text.startswith("line")] == texts
    await until(lambda: ann.texts == ben.texts, lambda: f"{ann.texts} {ben.texts}")
    await until(lambda: {line.delivery for line in ann.state.messages} == {Delivery.SENT})


async def test_what_others_said_meanwhile_is_fetched(house: House) -> None:
    ann, ben = await house.enter("Ann", silent=True), await house.enter("Ben", silent=True)
    await ann.room.say("one")
    await sent(ben, "one")
    await ben.lose_socket()
    rest = house.rest(ann.who)
    for number in range(130):
        await rest.post_chat(ChatDraft(session_id=house.session.id, message=f"missed {number}"))
    await ben.room.try_again()
    await sent(ben, "one", *(f"missed {number}" for number in range(130)))


async def test_what_could_not_be_fetched_is_fetched_the_next_time(house: House) -> None:
    ann, ben = await house.enter("Ann", silent=True), await house.enter("Ben", silent=True)
    await ann.room.say("one")
    await sent(ben, "one")
    await ben.lose_socket()
    rest = house.rest(ann.who)
    await rest.post_chat(ChatDraft(session_id=house.session.id, message="missed"))
    address, ben.rest.base_url = ben.rest.base_url, "http://127.0.0.1:9"  # the socket comes back, the rest does not
    await ben.room.try_again()
    await until(lambda: ben.state.history_problem)
    await ann.room.say("two")
    await sent(ben, "one", "two")
    ben.rest.base_url = address
    await ben.lose_socket()
    await ben.room.try_again()
    await sent(ben, "one", "missed", "two")
    await until(lambda: not ben.state.history_problem)


async def test_what_was_said_before_our_own_post_on_a_dead_socket_is_fetched(house: House) -> None:
    """The old socket hears nothing any more and has not been given up yet; what is new to the network goes through."""
    ann = await house.enter("Ann", silent=True)
    async with FrozenLine(house.server.port) as line:
        ben = house.stay(await house.sign_up("Ben"), url=line.url)
        ben.rest.base_url = house.url
        await ben.room.join()
        await ann.room.say("one")
        await sent(ben, "one")
        line.freeze()
        await ann.room.say("two")
        await sent(ann, "one", "two")
        await ben.room.say("three")
        await sent(ben, "one", "three")
        await sent(ann, "one", "two", "three")
        await ben.lose_socket()
        line.thaw()
        await ben.room.try_again()
        await sent(ben, "one", "two", "three")
        await ben.room.leave()


async def test_what_is_said_as_the_network_dies_stays_pending_and_is_said_later(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five times as quick as usual."""
    monkeypatch.setattr(signaling, "HEARTBEAT_S", signaling.HEARTBEAT_S / 5)
    monkeypatch.setattr(chat, "PATIENCE_S", chat.PATIENCE_S / 5)
    async with FrozenLine(house.server.port) as line:
        ann = house.stay(await house.sign_up("Ann"), url=line.url)
        await ann.room.join()
        await until(lambda: ann.state.history_loaded)
        line.freeze()
        await ann.room.say("anybody?")
        seen: list[Delivery] = []
        ann.room.store.subscribe(lambda state: seen.extend(one.delivery for one in state.messages))
        await until(lambda: ann.state.link is Link.RECONNECTING)
        line.thaw()
        await ann.room.try_again()
        await sent(ann, "anybody?")
        assert Delivery.FAILED not in seen
        await ann.room.leave()


@pytest.mark.parametrize("earlier", [0, 101], ids=["short", "long"])
async def test_what_could_not_be_fetched_is_asked_for_again(house: House, earlier: int) -> None:
    ann = await house.enter("Ann", silent=True)
    rest = house.rest(ann.who)
    for number in range(earlier):
        await rest.post_chat(ChatDraft(session_id=house.session.id, message=f"earlier {number}"))
    ben = await house.enter("Ben", silent=True)
    await ann.room.say("one")
    await until(lambda: ben.texts[-1:] == ["one"])
    await ben.lose_socket()
    await rest.post_chat(ChatDraft(session_id=house.session.id, message="missed"))
    address, ben.rest.base_url = ben.rest.base_url, "http://127.0.0.1:9"  # the socket comes back, the rest does not
    await ben.room.try_again()
    await until(lambda: ben.state.history_problem)
    await ann.room.say("two")
    await until(lambda: ben.texts[-2:] == ["one", "two"])
    ben.rest.base_url = address
    await ben.room.load_earlier()
    assert (ben.texts[-3:], ben.state.history_problem) == (["one", "missed", "two"], "")


async def test_a_history_that_could_not_be_read_may_be_asked_for_again(house: House) -> None:
    ann = house.stay(await house.sign_up("Ann"))
    await house.rest(ann.who).post_chat(ChatDraft(session_id=house.session.id, message="old"))
    address, ann.rest.base_url = ann.rest.base_url, "http://127.0.0.1:9"
    await ann.room.join()
    await until(lambda: ann.state.history_problem)
    assert not ann.state.history_loaded
    ann.rest.base_url = address
    await ann.room.load_earlier()
    assert (ann.texts, ann.state.history_problem) == (["old"], "")


async def test_a_server_of_ours_is_known_by_its_acknowledgement(house: House) -> None:
    """Where it could not be asked what it is: what is ours alone, as history by pages, is there all the same."""
    tutor = house.rest(house.tutor)
    for number in range(120):
        await tutor.post_chat(ChatDraft(session_id=house.session.id, message=f"line {number}"))
    ann = house.stay(await house.sign_up("Ann"))
    address, ann.rest.base_url = ann.rest.base_url, "http://127.0.0.1:9"  # the socket works, the rest does not
    await ann.room.join()
    await until(lambda: ann.state.history_problem)
    ann.rest.base_url = address
    await ann.room.load_earlier()
    assert (len(ann.texts), ann.state.has_earlier_messages) == (100, True)
    await ann.room.load_earlier()
    assert ann.texts == [f"line {number}" for number in range(120)]


async def test_a_token_that_is_not_accepted_ends_the_room_and_keeps_what_is_unsent(house: House) -> None:
    who = await house.sign_up("Ann")
    box = Outbox.in_memory()
    ann = house.stay(who, outbox=box)
    await box.add(place(ann), Waiting("k1", "unsent", MessageKind.TEXT, datetime.now(UTC), failed=True))
    ann.rest.token = "stale"
    await ann.room.join()
    await until(lambda: ann.state.link is Link.REFUSED)
    assert ann.state.refusal is not None
    assert ann.state.refusal.code == "unauthorised"
    assert [one.text for one in await box.waiting(place(ann))] == ["unsent"]
    assert [one.text for one in ann.state.messages] == ["unsent"]


async def test_a_full_outbox_says_so(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "MAX_WAITING", 2)
    ann = house.stay(await house.sign_up("Ann"))
    await ann.room.say("one")
    await ann.room.say("two")
    with pytest.raises(MessageRefused, match="too-many"):
        await ann.room.say("three")
    assert ann.texts == ["one", "two"]
    await ann.room.discard(ann.state.messages[0].key)
    await ann.room.say("three")
    await ann.room.join()
    await sent(ann, "two", "three")


async def test_what_was_written_before_joining_is_said_on_joining(house: House) -> None:
    ann = house.stay(await house.sign_up("Ann"))
    await ann.room.say("early")
    await ann.room.join()
    await sent(ann, "early")


class OpenServer(EmbeddedServer):
    """Admits sockets without a token."""

    def __init__(self, data_dir: Path, *, port: int = 0) -> None:
        super().__init__(data_dir, port=port, allow_anonymous_sockets=True)


async def test_a_stranger_with_our_user_id_is_not_us(tmp_path: Path) -> None:
    async with House(tmp_path, OpenServer) as house:
        ann = await house.enter("Ann", silent=True)
        eve = socketio.AsyncClient()
        await eve.connect(house.url)
        claim = {"sessionId": house.session.id, "userId": ann.who.id, "userName": "Ann"}
        await eve.call("join-session", claim)
        await eve.call("chat-message", {**claim, "message": "I quit"})
        await until(
            lambda: [(one.text, one.mine, one.verified) for one in ann.state.messages] == [("I quit", False, False)]
        )
        assert [(one.kind, one.name) for one in ann.state.notices] == [("joined", "Ann")]
        await eve.disconnect()


async def test_a_line_of_another_room_is_not_ours(house: House) -> None:
    ann = await house.enter("Ann", silent=True)
    elsewhere = SessionInfo.of(await house.open_session())
    line = ChatMessage(
        id="1", session_id=elsewhere.id, user_id="x", user_name="X", message="psst", timestamp=datetime.now(UTC)
    )
    ann.hear(line)
    await ann.room.say("here")
    await sent(ann, "here")
