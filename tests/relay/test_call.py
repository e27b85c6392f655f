"""Two apps in a room of a server that is not ours: a call, chat without doubles, and a restart of that server."""

from __future__ import annotations

import pytest

from app.room.state import Link, Participant, SessionInfo
from tests.relay.app_side import AppSide, at_the_app, becomes_true, open_session, sign_up
from tests.relay.process import Relay


@pytest.fixture
def words() -> list[str]:
    """What is said; the same word twice over, since two messages may well be alike."""
    return ["hello", "again", "again", "<b>bye</b>"]


async def prepared(relay: Relay) -> SessionInfo:
    return SessionInfo.of(await open_session(relay.url, await sign_up(relay.url, "tutor", tutor=True)))


async def test_two_apps_see_hear_and_read_each_other(relay: Relay, words: list[str]) -> None:
    session = await prepared(relay)
    ada, ben = await sign_up(relay.url, "ada"), await sign_up(relay.url, "ben")
    async with at_the_app(relay.url, ada, session) as first, at_the_app(relay.url, ben, session) as second:
        await both_receive(first, second)

        await first.room.set_microphone(False)
        await second.until(lambda state: state.participants[0].audio is False, "ada's microphone shown as off")
        await second.room.set_camera(False)
        await first.until(lambda state: state.participants[0].video is False, "ben's camera shown as off")

        for word in words:
            await first.room.say(word)
        await first.until_delivered(len(words))
        await second.room.say("last")
        for one in (first, second):
            await one.until_delivered(len(words) + 1)
            assert one.said == [*(("ada", word) for word in words), ("ben", "last")]
        await stored_once(first, [*words, "last"])

        async with at_the_app(relay.url, await sign_up(relay.url, "late"), session) as late:
            await late.until_delivered(len(words) + 1)
            assert late.said == first.said
            await first.until_with("ben", "late")
        await first.until_with("ben")
        assert len(first.said) == len(words) + 1
    assert first.state.link is Link.LEFT


async def test_a_restart_of_the_relay_is_survived(relay: Relay) -> None:
    session = await prepared(relay)
    ada, ben = await sign_up(relay.url, "ada"), await sign_up(relay.url, "ben")
    async with at_the_app(relay.url, ada, session) as first, at_the_app(relay.url, ben, session) as second:
        tiles = await both_receive(first, second)
        await first.room.say("before")
        await second.until_delivered(1)

        await relay.kill()
        for one in (first, second):
            await one.until(lambda state: state.link is Link.RECONNECTING, "notice of the loss")
        await first.room.say("meanwhile")
        await relay.start()
        for one, old in ((first, tiles[0]), (second, tiles[1])):
            await one.until_online()
            await one.until(
                lambda state, old=old: all(tile.sid != old.sid for tile in state.participants), "new sockets"
            )
        await both_receive(first, second)
        await second.room.say("after")
        for one in (first, second):
            await one.until_delivered(3)
            assert sorted(one.said) == [("ada", "before"), ("ada", "meanwhile"), ("ben", "after")]
        await stored_once(first, ["before", "meanwhile", "after"])


async def test_who_leaves_is_gone_at_once(relay: Relay) -> None:
    session = await prepared(relay)
    async with at_the_app(relay.url, await sign_up(relay.url, "ada"), session) as first:
        async with at_the_app(relay.url, await sign_up(relay.url, "ben"), session):
            await first.until_with("ben")
        await first.until_alone()


async def both_receive(first: AppSide, second: AppSide) -> list[Participant]:
    """Each has exactly one tile, whose picture and sound keep coming: these tiles."""
    tiles: list[Participant] = []
    for one, other in ((first, second), (second, first)):
        [tile] = await one.until_with(other.account.name)
        got = await one.until_received(tile.id, frames=30, seconds=2.0)
        assert (got.video.width, got.video.height) == (320, 180)
        tiles.append(tile)
    return tiles


async def stored_once(one: AppSide, texts: list[str]) -> None:
    """The relay has stored each message exactly once (its POST may come after what it was told over the socket)."""
    stored: list[str] = []

    async def complete() -> bool:
        stored[:] = [message.message for message in await one.rest.messages(one.state.session.id)]
        return len(stored) >= len(texts)

    await becomes_true(complete, f"{texts} in the relay's storage", lambda: stored)
    assert sorted(stored) == sorted(texts)
