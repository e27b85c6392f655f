"""A server inside a program: started, stopped, started again where it was."""

from __future__ import annotations

import contextlib
import json
import re
import socket
import sqlite3
import threading
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from server.embedded import EmbeddedServer
from server.running import CannotServe
from server.store.sqlite_schema import prepare


def ask(url: str, body: dict[str, Any] | None = None, token: str = "") -> Any:
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    data = json.dumps(body).encode() if body is not None else None
    with urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=10) as response:
        return json.load(response)


def test_it_listens_when_start_returns_and_is_gone_when_stop_does(tmp_path: Path) -> None:
    server = EmbeddedServer(tmp_path, name="Ada's room")
    server.start()
    assert server.url == f"http://127.0.0.1:{server.port}"
    assert ask(f"{server.url}/api/server")["name"] == "Ada's room"
    server.stop()
    server.stop()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", server.port)) != 0
    assert not [thread for thread in threading.enumerate() if thread.name in ("server", "sqlite")]


def test_a_later_server_at_the_same_place_knows_accounts_and_tokens(tmp_path: Path) -> None:
    first = EmbeddedServer(tmp_path)
    first.start()
    account = {"name": "Ada", "email": "ada@example.org", "password": "secret1", "role": "tutor"}
    token = ask(f"{first.url}/api/auth/register", account)["token"]
    first.stop()
    second = EmbeddedServer(tmp_path, port=first.port)
    second.start()
    assert ask(f"{second.url}/api/users/profile", token=token)["name"] == "Ada"
    second.stop()


def test_two_at_once_in_one_program(tmp_path: Path) -> None:
    servers = [EmbeddedServer(tmp_path / name) for name in "ab"]
    for server in servers:
        server.start()
    assert len({server.port for server in servers}) == 2
    for server in servers:
        assert ask(f"{server.url}/api/server")
        server.stop()


def test_a_port_in_use_is_said(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        server = EmbeddedServer(tmp_path, port=taken.getsockname()[1])
        with pytest.raises(CannotServe, match=f"port {taken.getsockname()[1]}"):
            server.start()
    server.start()
    server.stop()


def test_a_folder_that_cannot_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(CannotServe):
        EmbeddedServer(tmp_path / "file").start()


def test_a_database_whose_pages_are_damaged_is_said(tmp_path: Path) -> None:
    file = tmp_path / "deskmates.db"
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as db:
        prepare(db)
        root = "SELECT rootpage FROM sqlite_schema WHERE name = 'sqlite_autoindex_chat_messages_1'"
        page = db.execute(root).fetchone()[0]
        size = db.execute("PRAGMA page_size").fetchone()[0]
    with file.open("r+b") as raw:
        raw.seek((page - 1) * size)
        raw.write(b"\xa5" * size)
    with pytest.raises(CannotServe, match=re.escape(str(file))):
        EmbeddedServer(tmp_path).start()
    assert not [thread for thread in threading.enumerate() if thread.name in ("server", "sqlite")]


def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    (tmp_path / "deskmates.db").write_bytes(b"no database" * 1_000)
    with pytest.raises(CannotServe, match="cannot open the database"):
        EmbeddedServer(tmp_path).start()


def test_a_mongodb_that_is_away_is_said(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: connections are refused
        url = f"mongodb://127.0.0.1:{taken.getsockname()[1]}/?serverSelectionTimeoutMS=200"
        with pytest.raises(CannotServe, match="MongoDB"):
            EmbeddedServer(tmp_path, database=url).start()


def test_an_unknown_database_is_said(tmp_path: Path) -> None:
    with pytest.raises(CannotServe, match="postgres"):
        EmbeddedServer(tmp_path, database="postgres://127.0.0.1").start()
