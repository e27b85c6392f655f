"""Chat, switches, coming and going between the app and a real browser, which knows the seed's contract alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.async_api import Error

from app.room.state import SessionInfo
from server.embedded import EmbeddedServer
from tests.browser.conftest import Open
from tests.browser.place import Place, furnished, running
from tests.relay.app_side import NO_SOURCE
from tests.relay.process import Relay

pytestmark = pytest.mark.asyncio(loop_scope="package")

TALK = ("from the app", "from the page", "twice", "twice", "<b>last</b>")


@pytest.mark.parametrize("room", ["a session", "a room that is in no database"])
async def test_chat_reaches_both_and_is_stored_once(place: Place, open_page: Open, room: str) -> None:
    if room != "a session":
        place = replace(place, session=SessionInfo(id=room))
    await chats(place, open_page)


async def test_chat_reaches_both_and_is_stored_once_on_the_seeds_server(relay: Relay, open_page: Open) -> None:
    await chats(await furnished(relay.url), open_page)


@pytest.mark.parametrize("transports", [("polling",), ("polling", "websocket")], ids=" then ".join)
async def test_a_browser_that_begins_by_polling_is_served_as_well(
    place: Place, open_page: Open, transports: tuple[str, ...]
) -> None:
    await chats(place, open_page, transports)


async def chats(place: Place, open_page: Open, transports: tuple[str, ...] = ("websocket",)) -> None:
    """The two take turns; at the end both show the same, and it is stored so."""
    page = await open_page()
    await page.join(replace(place.onlooker, transports=transports))
    async with place.with_app(NO_SOURCE) as app:
        for count, text in enumerate(TALK, start=1):
            if count % 2:
                await app.room.say(text)
            else:
                await page.say(text)
            await page.until_lines(count)
            await app.until_delivered(count)
        await page.say("🎉", "emoji")
        await app.until_delivered(len(TALK) + 1)
        lines = await page.until_lines(len(TALK) + 1)
        texts = [*TALK, "🎉"]
        assert [line.text for line in lines] == texts
        assert [message.text for message in app.state.messages] == texts
        assert app.state.messages[-1].kind == "emoji"
        assert [message.message for message in await app.rest.messages(place.session.id)] == texts
        assert {message.user_id for message in app.state.messages} == {place.ada.id, place.wim.id}


async def test_switches_show_on_both_sides(place: Place, open_page: Open) -> None:
    page = await open_page()
    async with place.meeting(page) as (app, wim, ada):
        for on in (False, True):
            await app.room.set_microphone(on)
            await app.room.set_camera(not on)
            await page.until_switches(ada.sid, audio=on, video=not on)
            await page.set_microphone(on)
            await page.set_camera(not on)
            await app.until(
                lambda state, on=on: (
                    (shown := state.participant(wim.id)) is not None and (shown.audio, shown.video) == (on, not on)
                ),
                f"the page's microphone shown as {on}, and its camera as {not on}",
            )


async def test_the_app_that_comes_later_knows_what_the_browser_switched_off(place: Place, open_page: Open) -> None:
    page = await open_page()
    await page.join(place.visitor)
    await page.set_microphone(False)
    async with place.with_app(NO_SOURCE) as app:
        [wim] = await app.until_with("wim")
        assert (wim.audio, wim.video) == (False, True)
        [ada] = await page.until_tiles(1)
        await page.until_switches(ada.sid, audio=False, video=False)


@pytest.mark.parametrize("goodbye", ["leaves", "is closed"])
async def test_a_browser_that_goes_takes_its_tile_along(place: Place, open_page: Open, goodbye: str) -> None:
    page = await open_page()
    async with place.meeting(page) as (app, _, _):
        await (page.leave() if goodbye == "leaves" else page.close())
        await app.until_alone()


async def test_the_app_that_leaves_takes_its_tile_along(place: Place, open_page: Open) -> None:
    page = await open_page()
    async with place.meeting(page, first="browser"):
        pass
    await page.until_tiles(0)


@pytest.mark.expects_log("is not an accepted origin")
async def test_a_page_of_a_site_that_is_not_allowed_gets_nowhere(tmp_path: Path, open_page: Open) -> None:
    page = await open_page()
    async with running(EmbeddedServer(tmp_path, allow_anonymous_sockets=True)) as url:
        place = await furnished(url)
        with pytest.raises(Error, match=r"websocket error|xhr poll error"):
            await page.join(place.visitor)
        with pytest.raises(Error, match="Failed to fetch"):
            await page.page.evaluate("url => fetch(url)", f"{url}/api/server")
