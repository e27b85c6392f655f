"""What was acknowledged survives a server, or a database, that is killed on the spot."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import sys
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from subprocess import Popen
from uuid import uuid4

import aiohttp

from server.store.interface import Message
from server.store.mongo import MongoStore
from server.store.sqlite_thread import SqliteThread
from tests.server.harness import Hall, Person, Socket
from tests.server.processes import address, free_port, process, python, wait_for_port

SERVE = "import sys; from server.main import main; sys.exit(main(sys.argv[1:]))"
NOW = datetime(2026, 3, 1, tzinfo=UTC)


async def test_an_acknowledged_message_survives_a_killed_server_and_is_not_doubled(tmp_path: Path) -> None:
    """SQLite. Twenty messages are on their way when the server dies; all are sent again afterwards."""
    keys = [str(uuid4()) for _ in range(20)]

    def at(port: str) -> list[str]:
        return python("-c", SERVE, "--port", port, "--data", str(tmp_path))

    async with aiohttp.ClientSession() as http:
        with process(at("0")) as first:
            hall = Hall(address(first), http)
            ada = await hall.register("Ada", "tutor")
            room = await hall.session(ada)
            acknowledged = await _say_until_killed(await ada.in_room(room), room, keys, first)
        with process(at(hall.url.rpartition(":")[2])) as second:
            address(second)
            kept = await _history(ada, room)
            assert set(acknowledged) <= {one["clientMessageId"] for one in kept}
            again = await ada.in_room(room)
            for key in keys:
                assert "error" not in await again.call("chat-message", _words(room, key))
            kept = await _history(ada, room)
            assert sorted(one["clientMessageId"] for one in kept) == sorted(keys)
            await hall.close()
    assert acknowledged


async def test_what_a_full_disk_refuses_is_not_kept(tmp_path: Path) -> None:
    """SQLite takes back all that is to be committed together, in the middle of it."""
    thread = SqliteThread(tmp_path / "small.db")

    def prepare(db: sqlite3.Connection) -> None:
        db.execute("CREATE TABLE said (number, words)")

    def say(number: int, size: int) -> Callable[[sqlite3.Connection], int]:
        return lambda db: db.execute("INSERT INTO said VALUES (?, ?)", (number, "x" * size)).rowcount

    def kept(db: sqlite3.Connection) -> list[int]:
        return [row[0] for row in db.execute("SELECT number FROM said")]

    await thread.start(prepare)
    await thread.do(say(1, 10))
    await thread.do(lambda db: db.execute(f"PRAGMA max_page_count = {_pages(db) + 1}").fetchone())
    together = [thread.do(say(number, 20_000 if number == 5 else 10)) for number in range(2, 9)]
    ends = await asyncio.gather(*together, return_exceptions=True)
    numbers = await thread.do(kept)
    await thread.do(say(9, 10))
    assert await thread.do(kept) == [*numbers, 9]
    await thread.stop()
    failed = [number for number, end in enumerate(ends, 2) if isinstance(end, BaseException)]
    assert 5 in failed
    assert sorted([*failed, *numbers]) == list(range(1, 9))
    assert all("full" in str(end) for end in ends if isinstance(end, BaseException))


def _pages(db: sqlite3.Connection) -> int:
    return db.execute("PRAGMA page_count").fetchone()[0]


async def _say_until_killed(socket: Socket, room: str, keys: list[str], server: Popen[str]) -> list[str]:
    """The keys whose acknowledgement came. The server is killed at the tenth."""
    acknowledged: list[str] = []

    def heard(key: str) -> None:
        acknowledged.append(key)
        if len(acknowledged) == 10:
            server.send_signal(signal.SIGKILL)

    for key in keys:
        await socket.client.emit("chat-message", _words(room, key), callback=lambda _, key=key: heard(key))
    await socket.client.wait()
    return acknowledged


def _words(room: str, key: str) -> dict[str, str]:
    return {"sessionId": room, "message": f"said as {key}", "clientMessageId": key}


async def _history(person: Person, room: str) -> list[dict[str, str]]:
    reply = await person.ask("GET", f"/api/chat/session/{room}")
    assert reply.status == 200
    return reply.body


async def test_a_kept_message_survives_a_killed_mongodb(tmp_path: Path) -> None:
    """nx-27017 speaks MongoDB's protocol over a file; it cannot compare ObjectIds, hence references that are texts."""
    port = free_port()
    files = ("--db", str(tmp_path / "nx.db"), "--pid-file", str(tmp_path / "pid"), "--log-file", str(tmp_path / "log"))
    command = [str(Path(sys.executable).with_name("nx-27017")), "--host", "127.0.0.1", "--port", str(port), *files]
    said = [Message(f"{n:024x}", "room", "ada", "Ada", "hello", "text", NOW, NOW, f"key {n}") for n in range(1, 11)]
    store = MongoStore(f"mongodb://127.0.0.1:{port}/deskmates")
    with ExitStack() as stack:
        first = stack.enter_context(process(command))
        wait_for_port(port, first)
        await store.open()
        await asyncio.gather(*(store.keep_message(message) for message in said))
        first.kill()
        first.wait()
        await store.close()
        wait_for_port(port, stack.enter_context(process(command)))
        await store.open()
        assert await store.messages("room", 100) == said
        again = await store.keep_message(said[3])
        assert (again.message, again.is_new) == (said[3], False)
        assert await store.newest_message_id() == said[-1].id
        await store.close()
