"""Covers app/participant.py: how a stay ends, and what is said of a command line that cannot be."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from app import participant
from app.errors import DeskmatesError
from app.room.state import Link
from tests.fakes.house import NONE, House
from tests.fakes.waiting import until

PATIENCE_S = 60


@pytest_asyncio.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with House(tmp_path / "server") as one:
        yield one


def parsed(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    participant.add_arguments(parser)
    return parser.parse_args(["--email", "a@b.c", "--password", "long enough", "--session", "s", *words])


async def test_who_is_not_admitted_any_more_does_not_stay(house: House) -> None:
    ann = house.stay(await house.sign_up("Ann"), camera=NONE, microphone=NONE)
    chosen = participant.options(parsed("--server", house.url))
    staying = asyncio.create_task(participant.stay(ann.room, chosen, asyncio.Event()))
    await until(lambda: ann.state.link is Link.ONLINE)
    await house.rest(house.tutor).delete(house.session.id)
    await house.stop_server()
    await house.start_server()
    await ann.room.try_again()
    with pytest.raises(DeskmatesError, match="not admitted"):
        async with asyncio.timeout(PATIENCE_S):
            await staying


async def test_who_was_brought_out_does_not_stay(house: House) -> None:
    ann = house.stay(await house.sign_up("Ann"), camera=NONE, microphone=NONE)
    chosen = participant.options(parsed("--server", house.url))
    staying = asyncio.create_task(participant.stay(ann.room, chosen, asyncio.Event()))
    await until(lambda: ann.state.link is Link.ONLINE)
    await ann.room.leave()
    async with asyncio.timeout(PATIENCE_S):
        assert (await staying)["participants"] == []


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--server", "http://127.0.0.1:9", "--email", "bad"], "email: "),
        (["--server", "two words"], "this is no address"),
    ],
)
def test_a_command_line_that_cannot_be_is_said_plainly(
    words: list[str], reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert participant.main(parsed(*words)) == 1
    said = capsys.readouterr().err
    assert said.startswith("deskmates participant: ")
    assert reason in said


def test_a_server_without_a_scheme_is_understood(house: House) -> None:
    assert participant.options(parsed("--server", house.url.removeprefix("http://"))).server == house.url
