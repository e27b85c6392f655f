"""Covers app/classmates.py: which session they take, and a real visit to one."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio

from app.classmates import Crowd, own_command, own_environment, wanted
from protocol.rest import SessionChange
from tests.fakes.house import House
from tests.fakes.waiting import until
from tests.ui.own_desk import session

PATIENCE_S = 60
SMALL = ["--size", "320x180", "--fps", "10"]


@pytest_asyncio.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with House(tmp_path / "server") as one:
        yield one


@pytest.mark.parametrize(
    ("begins", "people", "status", "is_taken"),
    [
        (-30, 1, "scheduled", True),
        (30, 1, "active", True),
        (30, 1, "scheduled", True),
        (-30, 0, "scheduled", True),
        (30, 0, "scheduled", False),
        (-90, 1, "scheduled", False),
        (-30, 8, "active", False),
        (-30, 1, "cancelled", False),
        (-30, 1, "completed", False),
    ],
)
def test_they_take_what_has_people_or_runs(begins: float, people: int, status: str, is_taken: bool) -> None:
    one = session("one", begins=begins, ends=begins + 60, people=people, status=status)
    assert wanted([one], datetime.now(UTC)) == (one if is_taken else None)


def test_of_several_they_take_the_one_that_began_last() -> None:
    sessions = [session("old", begins=-50), session("new", begins=-5), session("later", begins=5, people=0)]
    found = wanted(sessions, datetime.now(UTC))
    assert found is not None and found.id == "new"


def test_they_go_where_people_are() -> None:
    found = wanted([session("alone", begins=-5, people=0), session("host", begins=20, people=1)], datetime.now(UTC))
    assert found is not None and found.id == "host"


async def start(house: House, *arguments: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *own_command(),
        "classmates",
        "--server",
        house.url,
        *arguments,
        env=own_environment(),
        stdout=asyncio.subprocess.PIPE,
    )


async def said(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    return (await asyncio.wait_for(process.stdout.readline(), PATIENCE_S)).decode()


async def test_they_come_talk_and_go(house: House) -> None:
    me = await house.enter("Ann", silent=True)
    process = await start(house, *SMALL)
    try:
        assert await said(process) == "Priya, Omar: on the way into “Algebra”. Ctrl+C ends the visit.\n"
        await me.sees("Omar", "Priya", within_s=PATIENCE_S)
        await me.receives("Priya")
        await until(lambda: "Sheet 6 is on the course page." in me.texts, within_s=PATIENCE_S)
    finally:
        process.send_signal(signal.SIGINT)
        assert await asyncio.wait_for(process.wait(), PATIENCE_S) == 0
    await until(lambda: not me.state.participants)
    left = await house.rest(house.tutor).session(house.session.id)
    assert left.participants == []


async def test_they_are_let_go_politely(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also on Windows, where a process that is asked to end dies at once, and its place would stay taken."""
    monkeypatch.setattr(asyncio.subprocess.Process, "terminate", asyncio.subprocess.Process.kill)
    me = await house.enter("Ann", silent=True)
    crowd = Crowd(house.url, house.session.id, [])
    try:
        await crowd.seat_talking(2, (320, 180), 10)
        await me.sees("Omar", "Priya", within_s=PATIENCE_S)
    finally:
        await crowd.dismiss()
    assert [process.returncode for _, process in crowd.processes] == [0, 0]
    left = await house.rest(house.tutor).session(house.session.id)
    assert left.participants == []


async def test_they_leave_when_whoever_brought_them_dies(house: House) -> None:
    me = await house.enter("Ann", silent=True)
    process = await start(house, *SMALL)
    await said(process)
    await me.sees("Omar", "Priya", within_s=PATIENCE_S)
    process.kill()
    await process.wait()
    await until(lambda: not me.state.participants, within_s=PATIENCE_S)


async def test_they_wait_for_a_session(house: House) -> None:
    tutor = house.rest(house.tutor)
    await tutor.change(house.session.id, SessionChange(status="cancelled"))
    process = await start(house, *SMALL, "--participants", "1")
    try:
        assert "waiting for one" in await said(process)
        await house.open_session()
        assert await said(process) == "Priya: on the way into “Algebra”. Ctrl+C ends the visit.\n"
    finally:
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), PATIENCE_S) == 0


async def test_a_session_that_is_not_there_is_said(house: House) -> None:
    process = await start(house, "--session", "0" * 24)
    assert await asyncio.wait_for(process.wait(), PATIENCE_S) == 1


async def test_a_server_without_a_scheme_is_understood(house: House) -> None:
    process = await start(house, "--server", house.url.removeprefix("http://"), *SMALL, "--participants", "1")
    try:
        assert await said(process) == "Priya: on the way into “Algebra”. Ctrl+C ends the visit.\n"
    finally:
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), PATIENCE_S) == 0
