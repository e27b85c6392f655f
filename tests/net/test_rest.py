"""The REST client against servers that answer well, badly, for ever, or not at all."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from app.errors import DeskmatesError, ServerRefused, ServerUnreachable, SignedOut
from app.net import rest
from app.net.rest import RestClient
from protocol.errors import ErrorCode
from protocol.rest import ChatDraft, Login
from tests.fakes.seed_server import SeedServer

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def answering(answer: Answer) -> AsyncGenerator[RestClient]:
    """A client of a server that gives ``answer`` to everything."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    client = RestClient(f"http://127.0.0.1:{runner.addresses[0][1]}/")
    try:
        yield client
    finally:
        await client.close()
        await runner.cleanup()


@asynccontextmanager
async def saying(status: int, text: str, kind: str = "application/json") -> AsyncGenerator[RestClient]:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(status=status, text=text, content_type=kind)

    async with answering(answer) as client:
        yield client


@pytest.fixture
async def client(seed: SeedServer) -> AsyncIterator[RestClient]:
    one = RestClient(seed.url, "seed-token")
    yield one
    await one.close()


async def test_one_bad_entry_does_not_lose_the_list(client: RestClient) -> None:
    assert [one.id for one in await client.sessions()] == ["s1", "s2"]


async def test_the_seeds_server_is_known_by_its_404(client: RestClient) -> None:
    assert await client.server_info() is None


async def test_to_have_joined_already_counts_as_joined(client: RestClient) -> None:
    first = await client.join("s1")
    again = await client.join("s1")
    assert (first.id, again.id) == ("s1", "s1")


async def test_an_id_cannot_leave_its_place_in_the_path(client: RestClient) -> None:
    assert (await client.session("../users/profile")).id == "../users/profile"


async def test_a_wrong_password_is_no_sign_out(client: RestClient) -> None:
    with pytest.raises(ServerRefused) as refusal:
        await client.login(Login(email="ann@example.org", password="guess"))
    assert not isinstance(refusal.value, SignedOut)
    assert (refusal.value.status, refusal.value.code) == (401, rest.WRONG_PASSWORD)
    assert refusal.value.message == "Invalid email or password"


async def test_a_token_that_is_not_accepted_is_a_sign_out(client: RestClient) -> None:
    client.token = "stale"
    with pytest.raises(SignedOut):
        await client.profile()


async def test_a_message_is_stored_and_read_back(client: RestClient) -> None:
    said = await client.post_chat(ChatDraft(session_id="s1", message="<b>hi</b>", client_message_id="k"))
    assert (said.message, said.client_message_id) == ("<b>hi</b>", None)
    assert [one.id for one in await client.messages("s1")] == [said.id]


async def test_nobody_there() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: connections are refused
        client = RestClient(f"http://127.0.0.1:{taken.getsockname()[1]}")
        with pytest.raises(ServerUnreachable) as error:
            await client.sessions()
        assert error.value.host == f"127.0.0.1:{taken.getsockname()[1]}"
        await client.close()


@pytest.mark.parametrize(
    "address", ["http://", "nonsense", "http://[::1", "ftp://example.org", "http://127.0.0.1:99999"]
)
async def test_what_is_no_address_is_unreachable(address: str) -> None:
    client = RestClient(address)
    with pytest.raises(ServerUnreachable):
        await client.sessions()
    await client.close()


async def test_a_server_that_never_answers_is_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rest, "TIMEOUT_S", 0.2)
    released = asyncio.Event()

    async def never(_: web.Request) -> web.StreamResponse:
        await released.wait()
        return web.Response()

    async with answering(never) as client:
        with pytest.raises(ServerUnreachable):
            await client.sessions()
        released.set()


async def test_an_answer_without_end_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rest, "MAX_ANSWER", 100_000)
    sent = 0

    async def endless(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        response = web.StreamResponse()
        await response.prepare(request)
        try:
            while True:
                await response.write(b"[" * 10_000)
                sent += 10_000
        except ConnectionError:
            return response

    async with answering(endless) as client:
        with pytest.raises(ServerRefused) as refusal:
            await client.sessions()
        assert refusal.value.code == ErrorCode.TOO_LARGE
    assert sent < 50_000_000


@pytest.mark.parametrize(
    ("status", "text", "kind"),
    [
        (200, "<html>hello</html>", "text/html"),
        (200, "{", "application/json"),
        (200, "[" * 100_000, "application/json"),
        (200, '{"sessions": []}', "application/json"),
        (200, "", "application/json"),
        (500, "<html>Cast to ObjectId failed</html>", "text/html"),
        (400, '{"message": {"nested": true}}', "application/json"),
        (403, '["no"]', "application/json"),
        (302, "", "text/plain"),
        (404, "\udcff".encode("utf-8", "surrogatepass").decode("latin-1"), "text/plain"),
    ],
)
async def test_whatever_is_answered_is_a_list_or_a_refusal(status: int, text: str, kind: str) -> None:
    async with saying(status, text, kind) as client:
        with pytest.raises(ServerRefused) as refusal:
            await client.sessions()
        assert refusal.value.status == status
        with pytest.raises(DeskmatesError):
            await client.profile()


async def test_the_servers_words_are_passed_on_and_cut() -> None:
    async with saying(409, '{"message": "Session is full", "code": "full"}') as client:
        with pytest.raises(ServerRefused) as refusal:
            await client.join("s1")
        assert (refusal.value.status, refusal.value.code, refusal.value.message) == (409, "full", "Session is full")
    async with saying(400, '{"message": "' + "x" * 10_000 + '"}') as client:
        with pytest.raises(ServerRefused) as refusal:
            await client.join("s1")
        assert len(refusal.value.message) == rest.MAX_WORDS


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_a_proxy_that_sends_us_to_https_is_named(status: int) -> None:
    async def send_on(request: web.Request) -> web.StreamResponse:
        return web.Response(
            status=status,
            headers={"Location": f"https://{request.url.host}{request.path}"},
            text="<html>Moved</html>",
            content_type="text/html",
        )

    async with answering(send_on) as client:
        with pytest.raises(ServerRefused) as refusal:
            await client.login(Login(email="ann@example.org", password="long enough"))
    assert refusal.value.message == "This server’s address is https://127.0.0.1."


@pytest.mark.parametrize(
    "to", ["/login", "", "https://", "http://[::1", "ftp://127.0.0.1", "{own}/login", "https://portal/"]
)
async def test_to_be_sent_anywhere_else_has_no_words(to: str) -> None:
    async def send_on(request: web.Request) -> web.StreamResponse:
        return web.Response(status=302, headers={"Location": to.replace("{own}", str(request.url.origin()))})

    async with answering(send_on) as client:
        with pytest.raises(ServerRefused) as refusal:
            await client.sessions()
    assert (refusal.value.status, refusal.value.message) == (302, "")


async def test_a_server_info_that_makes_no_sense_is_the_seeds() -> None:
    async with saying(200, '{"name": 5}') as client:
        assert await client.server_info() is None
    async with saying(503, "{}") as client:
        with pytest.raises(ServerRefused):
            await client.server_info()
