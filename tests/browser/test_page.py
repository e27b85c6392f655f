"""The page speaks the seed's contract: two of them hold a call through the relay, which knows nothing else.

What the other tests of this folder show about our own ends rests on this.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.browser.classmate import Line, Person
from tests.browser.conftest import Open
from tests.relay.process import Relay

pytestmark = pytest.mark.asyncio(loop_scope="package")


def someone(relay: Relay, name: str) -> Person:
    return Person(relay.url, session_id="a room in no database", user_id=f"id-{name}", user_name=name)


def onlooker(relay: Relay, name: str) -> Person:
    """Somebody without a camera and a microphone."""
    return replace(someone(relay, name), camera=False, microphone=False)


async def test_two_pages_hold_a_call_through_the_relay(relay: Relay, open_page: Open) -> None:
    ann, ben = await open_page(), await open_page()
    await ann.join(someone(relay, "ann"))
    await ben.join(someone(relay, "ben"))
    [ben_at_ann], [ann_at_ben] = await ann.until_tiles(1), await ben.until_tiles(1)
    assert (ben_at_ann.name, ann_at_ben.name) == ("ben", "ann")
    for page, tile in ((ann, ben_at_ann), (ben, ann_at_ben)):
        got = await page.until_received(tile.sid, frames=15, seconds=1.0)
        assert got.width * 9 == got.height * 16  # Chromium sends less where the machine is busy
        assert got.energy > 0
        assert (await page.look(tile.sid)).spread > 5

    await ann.set_camera(False)
    await ann.set_microphone(False)
    await ben.until_switches(ann_at_ben.sid, audio=False, video=False)

    await ann.say("hello")
    await ben.say("🎉", "emoji")
    for page in (ann, ben):
        lines = await page.until_lines(2)
        assert sorted(lines, key=lambda line: line.user_id) == [
            Line("id-ann", "ann", "hello", "text"),
            Line("id-ben", "ben", "🎉", "emoji"),
        ]

    await ben.leave()
    await ann.until_tiles(0)


async def test_a_page_without_devices_hides_its_addresses_and_receives_all_the_same(
    relay: Relay, open_page: Open
) -> None:
    ann, ben = await open_page(), await open_page(devices=())
    await ann.join(someone(relay, "ann"))
    await ben.join(onlooker(relay, "ben"))
    [ann_at_ben] = await ben.until_tiles(1)
    await ben.until_received(ann_at_ben.sid, frames=15, seconds=1.0)
    hidden, plain = await ben.candidates(), await ann.candidates()
    assert hidden
    assert all(".local " in candidate for candidate in hidden)
    assert plain
    assert not any(".local " in candidate for candidate in plain)
