"""The server goes, or a socket does: what the people in a call notice of it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from app.room import lifeline
from app.room.outbox import Outbox
from app.room.state import Delivery, Link, Phase
from server.embedded import EmbeddedServer
from tests.fakes.house import House, Stay
from tests.fakes.server_process import ServerProcess
from tests.fakes.waiting import until


async def call_of_two(house: House) -> tuple[Stay, Stay]:
    ann, ben = await house.enter("Ann"), await house.enter("Ben")
    for one, other in ((ann, "Ben"), (ben, "Ann")):
        await one.sees(other)
        await one.receives(other)
    return ann, ben


@pytest.mark.parametrize("kind", [EmbeddedServer, ServerProcess], ids=["stopped", "killed"])
async def test_a_restarted_server_is_hardly_noticed(
    kind: type[EmbeddedServer] | type[ServerProcess], tmp_path: Path
) -> None:
    async with House(tmp_path / "server", kind) as house:
        await goes_on(house)


async def goes_on(house: House) -> None:
    """Show 4: the media goes on, "reconnecting" shows and goes, what was written meanwhile is delivered once."""
    ann, ben = await call_of_two(house)
    phases: set[Phase] = set()
    for one in (ann, ben):
        one.room.store.subscribe(lambda state: phases.update(other.phase for other in state.participants))
    before = {one.who.name: (one.other(other).id, one.other(other).sid) for one, other in ((ann, "Ben"), (ben, "Ann"))}
    await ann.room.say("before")
    await until(lambda: ben.texts == ["before"])

    await house.stop_server()
    for one in (ann, ben):
        await until(lambda one=one: one.state.link is Link.RECONNECTING)
        assert one.state.link_lost_at is not None
    await ann.room.say("meanwhile")
    assert ann.state.messages[-1].delivery is Delivery.PENDING
    for one, other in ((ann, "Ben"), (ben, "Ann")):
        await one.receives(other)  # without any server

    await house.start_server()
    for one in (ann, ben):
        await one.room.try_again()
        await until(lambda one=one: one.state.link is Link.ONLINE, lambda one=one: str(one.state))
        assert one.links == ["joining", "online", "reconnecting", "online"]
        assert one.state.link_lost_at is None
    await until(lambda: ben.texts == ["before", "meanwhile"], lambda: str(ben.texts))
    for one, other in ((ann, "Ben"), (ben, "Ann")):
        await one.receives(other)
        await until(lambda one=one, other=other: one.other(other).sid != before[one.who.name][1])
        assert one.other(other).id == before[one.who.name][0]
        assert one.other(other).attempt == 0
        await until(lambda one=one: all(message.delivery is Delivery.SENT for message in one.state.messages))
        assert one.texts == ["before", "meanwhile"]
        assert all(notice.kind != "left" for notice in one.state.notices)
    assert phases == {Phase.CONNECTED}
    stored = await house.rest(ann.who).messages(house.session.id)
    assert [message.message for message in stored] == ["before", "meanwhile"]


async def test_a_newcomer_after_the_restart_meets_everybody(house: House) -> None:
    ann, ben = await call_of_two(house)
    await house.stop_server()
    await until(lambda: ann.state.link is Link.RECONNECTING)
    await house.start_server()
    await asyncio.gather(ann.room.try_again(), ben.room.try_again())
    cem = await house.enter("Cem")
    await cem.sees("Ann", "Ben")
    await ann.sees("Ben", "Cem")
    for name in ("Ann", "Ben"):
        await cem.receives(name)


async def test_who_leaves_while_the_server_is_away_is_gone_afterwards(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lifeline, "GRACE_S", 3.0)
    ann, ben = await call_of_two(house)
    await house.stop_server()
    await until(lambda: ann.state.link is Link.RECONNECTING)
    await ben.room.leave()
    await until(lambda: ann.other("Ben").phase is Phase.RECONNECTING, lambda: str(ann.state))
    await until(lambda: not ann.other("Ben").has_picture and not ann.other("Ben").speaking)
    await house.start_server()
    await ann.room.try_again()
    await until(lambda: ann.state.link is Link.ONLINE)
    await until(lambda: not ann.state.participants, lambda: str(ann.state))
    assert ann.state.notices[-1].kind == "left"


async def test_a_server_that_is_away_at_the_start_is_waited_for(house: House) -> None:
    who = await house.sign_up("Ann")
    await house.stop_server()
    ann = house.stay(who)
    joining = asyncio.create_task(ann.room.join())
    await until(lambda: ann.state.link_attempt >= 1)
    assert ann.state.link is Link.JOINING
    assert ann.state.link_lost_at is not None
    await house.start_server()
    await ann.room.try_again()
    await joining
    assert ann.links == ["joining", "online"]


async def test_leaving_does_not_wait_for_a_server_that_is_away(house: House) -> None:
    who = await house.sign_up("Ann")
    await house.stop_server()
    ann = house.stay(who)
    joining = asyncio.create_task(ann.room.join())
    await until(lambda: ann.state.link_attempt >= 1)
    async with asyncio.timeout(3):
        await ann.room.leave()
        await joining
    assert ann.state.link is Link.LEFT


async def test_what_was_not_sent_is_sent_after_a_restart_of_the_app(house: House, tmp_path: Path) -> None:
    who = await house.sign_up("Ann")
    ann = house.stay(who, outbox=Outbox.in_folder(tmp_path))
    await ann.room.join()
    await house.stop_server()
    await until(lambda: ann.state.link is Link.RECONNECTING)
    await ann.room.say("first")
    await ann.room.say("second")
    await ann.room.leave()

    again = house.stay(who, outbox=Outbox.in_folder(tmp_path))
    joining = asyncio.create_task(again.room.join())
    await until(lambda: again.texts == ["first", "second"])
    assert {message.delivery for message in again.state.messages} == {Delivery.PENDING}
    await house.start_server()
    await again.room.try_again()
    await joining
    await until(lambda: {message.delivery for message in again.state.messages} == {Delivery.SENT})
    stored = await house.rest(who).messages(house.session.id)
    assert [message.message for message in stored] == ["first", "second"]
    await again.room.leave()
    third = house.stay(who, outbox=Outbox.in_folder(tmp_path))
    await third.room.join()
    await until(lambda: third.state.history_loaded)
    assert [(message.text, message.mine) for message in third.state.messages] == [("first", True), ("second", True)]
