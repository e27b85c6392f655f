"""Covers app/hosting.py: a room on this computer, its usual port taken or not, and why there can be none."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Generator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app import hosting
from app.errors import HostingFailed
from app.hosting import HostedRoom, host
from app.net.rest import RestClient
from server import running


@pytest.fixture
def taken_port(monkeypatch: pytest.MonkeyPatch) -> Generator[int]:
    """Somebody else listens where a hosted room would."""
    with socket.socket() as other:
        other.bind(("0.0.0.0", 0))
        other.listen()
        port = other.getsockname()[1]
        monkeypatch.setattr(hosting, "HOSTED_PORT", port)
        yield port


async def test_a_taken_port_is_no_obstacle(tmp_path: Path, taken_port: int) -> None:
    room = await host(tmp_path, "Ann", "Ann’s room")
    try:
        assert room.server.port not in (0, taken_port)
        assert room.address.endswith(f":{room.server.port}")
        assert [one.id for one in await _listed(room)] == [room.session.id]
    finally:
        room.server.stop()


class LaxSocket(socket.socket):
    """Takes a port at every address though somebody has it at one: so Windows and macOS do, and Linux does not."""

    def bind(self, address: Any, /) -> None:
        if address[0] == "0.0.0.0":
            self.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        super().bind(address)


@pytest.mark.skipif(sys.platform != "linux", reason="only there a system that does not mind must be played")
async def test_a_port_is_taken_by_who_has_it_at_this_computers_own_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        monkeypatch.setattr(hosting, "HOSTED_PORT", port)
        monkeypatch.setattr(running, "socket", SimpleNamespace(**vars(socket) | {"socket": LaxSocket}))
        room = await host(tmp_path, "Ann", "Ann’s room")
        try:
            assert room.server.port != port
        finally:
            room.server.stop()


async def test_a_folder_that_cannot_be_is_said_once_and_leaves_nothing_behind(tmp_path: Path, taken_port: int) -> None:
    """A file stands where the folder should be, which keeps the root user from it as well."""
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(HostingFailed, match="exists") as failure:
        await host(tmp_path / "file", "Ann", "Ann’s room")
    assert str(failure.value).count(str(tmp_path / "file")) == 1
    assert not [thread for thread in threading.enumerate() if thread.name in ("server", "sqlite")]


async def _listed(room: HostedRoom) -> list[hosting.Session]:
    rest = RestClient(room.local, room.owner.token)
    try:
        return list(await rest.sessions())
    finally:
        await rest.close()
