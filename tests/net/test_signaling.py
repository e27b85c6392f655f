"""The socket against a server of the seed's kind, and against servers that misbehave."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web

from app.errors import ServerRefused, ServerUnreachable, SignedOut
from app.net import signaling
from app.net.signaling import Answered, Down, Heard, Incoming, Refused, Signaling, Up, is_signed_out, refuse_error
from protocol.errors import ErrorCode
from protocol.events import ChatMessage, Event, ExistingParticipants, JoinSession, SendChat
from server.embedded import EmbeddedServer
from tests.fakes.frozen_line import FrozenLine
from tests.fakes.seed_server import SeedServer
from tests.fakes.waiting import until

JOIN = JoinSession(session_id="s1", user_id="u1", user_name="Ann")


@asynccontextmanager
async def connecting(url: str, token: str | None = None) -> AsyncGenerator[Signaling]:
    one = Signaling(url, token, randomness=lambda: 0.0)
    one.start()
    try:
        yield one
    finally:
        await one.close()


async def next_of[T: Incoming](one: Signaling, kind: type[T]) -> T:
    """The next thing of that kind, whatever comes before it."""
    async with asyncio.timeout(20):
        while not isinstance(item := await one.inbox.get(), kind):
            pass
        return item


async def heard[E: Event](one: Signaling, kind: type[E]) -> E:
    while not isinstance(event := (await next_of(one, Heard)).event, kind):
        pass
    return event


def chat(text: str) -> SendChat:
    return SendChat(session_id="s1", message=text, user_id="u1", user_name="Ann")


async def test_a_line_that_dies_without_a_word_is_given_up(seed: SeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signaling, "HEARTBEAT_S", 2.0)
    async with FrozenLine(seed.port) as line, connecting(line.url) as one:
        await next_of(one, Up)
        await one.send(JOIN)
        await heard(one, ExistingParticipants)
        line.freeze()
        await next_of(one, Down)


async def test_what_is_heard_comes_in_order(seed: SeedServer) -> None:
    async with connecting(seed.url) as one:
        assert (await next_of(one, Up)).sid
        await one.send(JOIN)
        await heard(one, ExistingParticipants)
        for number in range(50):
            await one.send(chat(str(number)))
        texts = [(await heard(one, ChatMessage)).message for _ in range(50)]
        assert texts == [str(number) for number in range(50)]


async def test_without_acknowledgement_nothing_is_returned(seed: SeedServer) -> None:
    async with connecting(seed.url) as one:
        await next_of(one, Up)
        assert await one.request(JOIN, timeout_s=0.3) is None


async def test_garbage_is_dropped_and_said_once(seed: SeedServer, caplog: pytest.LogCaptureFixture) -> None:
    async with connecting(seed.url) as one:
        await next_of(one, Up)
        await one.send(JOIN)
        await heard(one, ExistingParticipants)
        for payload in (None, 5, [], {"id": 1}, {"id": {}, "message": ["x"]}, "text", b"bytes"):
            await seed.sio.emit("chat-message", payload)
        await seed.sio.emit("unheard-of", {"x": 1})
        await seed.sio.emit("existing-participants", {"not": "a list"})
        await one.send(chat("still here"))
        assert (await heard(one, ChatMessage)).message == "still here"
    assert sum("the server said what we cannot read" in record.message for record in caplog.records) == 2


async def test_what_is_too_large_is_refused_before_it_is_sent(seed: SeedServer) -> None:
    async with connecting(seed.url) as one:
        await next_of(one, Up)
        huge = SendChat.model_construct(session_id="s1", message="x" * signaling.MAX_PAYLOAD, message_type="text")
        with pytest.raises(ServerRefused) as refusal:
            await one.send(huge)
        assert refusal.value.code == ErrorCode.TOO_LARGE
        await one.send(JOIN)
        await heard(one, ExistingParticipants)
        assert seed.said("chat-message") == []


async def test_a_restarted_server_is_found_again(seed: SeedServer) -> None:
    async with connecting(seed.url) as one:
        first = (await next_of(one, Up)).sid
        await seed.stop()
        down = await next_of(one, Down)
        assert (down.attempt, down.delay_s) == (1, pytest.approx(0.8))
        assert isinstance(down.error, ServerUnreachable)
        with pytest.raises(ServerUnreachable):
            await one.request(JOIN)
        await seed.start()
        assert (await next_of(one, Up)).sid != first


async def test_tries_follow_the_delays_and_can_be_hurried() -> None:
    async with connecting("http://127.0.0.1:9") as one:
        delays: list[float] = []
        for _ in range(6):
            delays.append((await next_of(one, Down)).delay_s)
            one.hurry()
        assert delays == pytest.approx([0.8, 1.6, 3.2, 6.4, 12.0, 12.0])


async def test_closing_ends_a_long_wait_at_once() -> None:
    async with connecting("http://127.0.0.1:9") as one:
        while (await next_of(one, Down)).delay_s < 10:
            one.hurry()
        async with asyncio.timeout(5):
            await one.close()


@pytest.mark.expects_log("says more than can be heard")
async def test_a_flood_costs_the_socket_and_not_the_memory(seed: SeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signaling, "INBOX", 50)
    async with connecting(seed.url) as one:
        await next_of(one, Up)
        await one.send(JOIN)
        await heard(one, ExistingParticipants)
        for number in range(300):
            await one.send(chat(str(number)))
        await until(lambda: not one.connected, "the socket to be given up")
        assert one.inbox.qsize() <= 52
        await next_of(one, Down)
        await next_of(one, Up)


@pytest.mark.expects_log("Invalid transport")
async def test_a_server_without_websockets_is_reached_by_polling() -> None:
    server = SeedServer()
    server.transports = ["polling"]
    await server.start()
    try:
        async with connecting(server.url) as one:
            await next_of(one, Up)
            await one.send(JOIN)
            await heard(one, ExistingParticipants)
    finally:
        await server.stop()


@pytest.mark.parametrize("body", ["", "ok", "<html></html>", '0{"sid": 5}', "0[]", "\x00"])
async def test_what_is_no_socket_server_is_tried_again(body: str) -> None:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(text=body)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with connecting(f"http://127.0.0.1:{runner.addresses[0][1]}") as one:
        assert isinstance((await next_of(one, Down)).error, ServerUnreachable)
        one.hurry()
        assert (await next_of(one, Down)).attempt == 2
    await runner.cleanup()


@pytest.mark.parametrize("token", [None, "", "nonsense", "a.b.c"])
async def test_our_server_refuses_a_bad_token_for_good(tmp_path: Path, token: str | None) -> None:
    server = EmbeddedServer(tmp_path)
    await asyncio.to_thread(server.start)
    try:
        async with connecting(server.url, token) as one:
            assert isinstance((await next_of(one, Refused)).error, SignedOut)
            assert one.inbox.empty()
    finally:
        await asyncio.to_thread(server.stop)


async def test_our_server_acknowledges(tmp_path: Path) -> None:
    server = EmbeddedServer(tmp_path, allow_anonymous_sockets=True)
    await asyncio.to_thread(server.start)
    try:
        async with connecting(server.url) as one:
            await next_of(one, Up)
            await one.ask(JOIN)
            answer = await next_of(one, Answered)
            assert answer.event == JOIN
            assert isinstance(answer.answer, dict)
            assert answer.answer["participants"] == []
            with pytest.raises(ServerRefused) as refusal:
                await one.request(SendChat(session_id="elsewhere", message="hi"))
            assert refusal.value.code == ErrorCode.NOT_IN_ROOM
    finally:
        await asyncio.to_thread(server.stop)


@pytest.mark.parametrize(
    ("refusal", "signed_out"),
    [
        ({"message": "x", "data": {"code": "unauthorised"}}, True),
        ({"message": {"code": "unauthorised"}}, True),
        ({"code": "unauthorised"}, True),
        ("Unauthorized", True),
        ({"message": "Too many connections", "data": {"code": "rate-limited"}}, False),
        ("busy", False),
        (None, False),
        (["unauthorised"], False),
    ],
)
def test_a_refused_handshake_says_whether_the_token_is_the_reason(refusal: object, signed_out: bool) -> None:
    assert is_signed_out(refusal) is signed_out


@pytest.mark.parametrize("answer", [{"error": 5}, {"error": {"code": "full", "message": "no"}}, {"error": {}}])
def test_an_error_answer_is_raised(answer: object) -> None:
    with pytest.raises(ServerRefused):
        refuse_error(JOIN, answer)


@pytest.mark.parametrize("answer", [None, {}, [], {"ok": True}, "error"])
def test_any_other_answer_is_none(answer: object) -> None:
    refuse_error(JOIN, answer)
