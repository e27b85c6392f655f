"""Networks that die without a word, several at once."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import aiohttp
import pytest
import socketio

import server.running
from server.desk import Desk
from server.realtime import Realtime, socket_server
from server.settings import ServerSettings
from server.store.interface import User
from server.store.sqlite import SqliteStore
from tests.server.harness import Hall, Person, running

PING = "2"
"""Engine.IO's question."""


@pytest.fixture
def brisk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that asks its sockets each second whether they are alive."""

    def made(settings: ServerSettings) -> socketio.AsyncServer:
        sio = socket_server(settings)
        sio.eio.ping_interval, sio.eio.ping_timeout = 1.0, 1.0
        return sio

    monkeypatch.setattr(server.running, "socket_server", made)


async def mute(hall: Hall, person: Person, room: str) -> aiohttp.ClientWebSocketResponse:
    """A socket in ``room`` that answers no question whether it is alive."""
    socket = await hall.http.ws_connect(hall.url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket")
    await socket.receive_str()
    await socket.send_str("40" + json.dumps({"token": person.token}))
    await socket.receive_str()
    await socket.send_str("420" + json.dumps(["join-session", {"sessionId": room}]))
    return socket


async def test_two_networks_that_die_together_leave_the_room_and_the_server_alive(brisk: None, tmp_path: Path) -> None:
    async with running(ServerSettings(data_dir=tmp_path)) as hall:
        ada = await hall.register("Ada", "tutor")
        room = await hall.session(ada)
        first = await ada.in_room(room)
        names = ("Ben", "Cy")
        dead = [await mute(hall, await hall.register(name), room) for name in names]
        for name in names:
            await first.hears("user-joined", lambda one, name=name: one["userName"] == name)
        for socket in dead:  # a last word, but no answer: their readers wait longer than whoever sends them something
            while await socket.receive_str() != PING:
                pass
            await socket.send_str("42" + json.dumps(["participant-state", {"sessionId": room, "audio": True}]))
        for name in names:
            await first.hears("user-left", lambda one, name=name: one["userName"] == name)
        late = await (await hall.register("Fay")).in_room(room)
        assert [one["userName"] for one in late.ack["participants"]] == ["Ada"]
        assert await first.call("leave-session", {"sessionId": room}) == {"ok": True}
        for socket in dead:
            await socket.close()


async def test_who_goes_before_the_server_knows_them_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By long polling: a WebSocket is read on only once its handshake is over."""
    made: list[Realtime] = []

    def listening(sio: socketio.AsyncServer, desk: Desk) -> Realtime:
        made.append(Realtime(sio, desk))
        return made[0]

    monkeypatch.setattr(server.running, "Realtime", listening)
    async with running(ServerSettings(data_dir=tmp_path)) as hall:
        ada = await hall.register("Ada", "tutor")
        asked, gone = asyncio.Event(), asyncio.Event()
        find = SqliteStore.user

        async def find_late(store: SqliteStore, user_id: str) -> User | None:
            asked.set()
            await gone.wait()
            return await find(store, user_id)

        monkeypatch.setattr(SqliteStore, "user", find_late)
        path = "/socket.io/?EIO=4&transport=polling"
        opened = (await hall.ask("GET", path)).body
        path += "&sid=" + json.loads(opened.removeprefix("0"))["sid"]
        entering = asyncio.create_task(hall.ask("POST", path, data="40" + json.dumps({"token": ada.token})))
        await asked.wait()
        await hall.ask("POST", path, data="1")
        gone.set()
        await entering
        (realtime,) = made
        assert not realtime._people  # pyright: ignore[reportPrivateUsage]
        assert not realtime._sio.manager.rooms  # pyright: ignore[reportPrivateUsage]
