"""Pictures and sound between the app and a real browser, which knows the seed's contract alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.media.figures import PeerFigures
from app.media.sources import SourceSpec
from app.room.state import Link
from tests.browser.conftest import Open
from tests.browser.place import Place, app_receives, furnished, page_receives
from tests.fakes.desktop import HEIGHT, WIDTH, desktop
from tests.relay.app_side import NO_SOURCE, becomes_true
from tests.relay.process import Relay
from tests.relay.wire import wire_to

pytestmark = pytest.mark.asyncio(loop_scope="package")

SILENT = 1e-5
"""Energy of a second of sound, where full scale for a second is 1; the test tone has a hundred times as much."""


@pytest.mark.parametrize("first", ["app", "browser"])
async def test_both_see_and_hear_each_other_whoever_came_first(place: Place, open_page: Open, first: str) -> None:
    page = await open_page()
    async with place.meeting(page, first=first) as (app, wim, ada):
        assert ada.name == "ada"
        await app_receives(app, wim)
        await page_receives(page, ada)


async def test_the_browser_reports_what_it_gets_and_the_app_finds_the_path_wide(place: Place, open_page: Open) -> None:
    page = await open_page()
    async with place.meeting(page) as (app, wim, ada):
        await page.until_more(ada.sid, frames=30)

        async def known() -> bool:
            return (app.room.peer_figures(wim.id) or PeerFigures()).path_rate is not None

        await becomes_true(known, "a report", lambda: app.room.peer_figures(wim.id))
        figures = app.room.peer_figures(wim.id)
        assert figures is not None
        assert (figures.path_rate or 0) > 500_000


@pytest.mark.parametrize("first", ["app", "browser"])
async def test_a_browsers_picture_comes_at_full_size_before_it_would_grow_by_itself(
    place: Place, open_page: Open, first: str
) -> None:
    """Chromium begins with 640x360 or 960x540, and looks at sixty pictures before it goes up a step."""
    page, visitor = await open_page(), replace(place.visitor, camera_format=(1280, 720, 30))
    if first == "browser":
        await page.join(visitor)
    async with place.with_app() as app:
        if first == "app":
            await page.join(visitor)
        [wim] = await app.until_with("wim")
        sizes: list[tuple[int, int]] = []
        small = 0

        async def full() -> bool:
            nonlocal small
            video = (app.room.peer_figures(wim.id) or PeerFigures()).video
            if (size := (video.width, video.height)) not in sizes:
                sizes.append(size)
            if size != (1280, 720):
                small = video.frames
            return size == (1280, 720)

        await becomes_true(full, "a picture of 1280x720", lambda: sizes)
        assert small < 60, f"so many came smaller; {sizes}"
        before = await app.until_received(wim.id, frames=1, seconds=0)
        after = await app.until_received(wim.id, frames=before.video.frames + 30, seconds=0)
        assert (after.video.width, after.video.height) == (1280, 720)


async def test_what_is_switched_off_is_not_sent(place: Place, open_page: Open) -> None:
    page = await open_page()
    async with place.meeting(page) as (app, _, ada):
        before, after = await page.until_more(ada.sid, frames=10, seconds=1.0)
        assert after.energy - before.energy > SILENT
        await app.until_loud()

        await app.room.set_microphone(False)
        await app.room.set_camera(False)
        await page.set_microphone(False)
        await page.until_more(ada.sid, seconds=0.5)  # what was on its way
        before, after = await page.until_more(ada.sid, seconds=1.0)
        assert after.energy - before.energy < SILENT
        assert after.frames == before.frames
        await app.until_silent()

        await app.room.set_microphone(True)
        await app.room.set_camera(True)
        await page.set_microphone(True)
        await page.until_more(ada.sid, seconds=0.5)
        before, after = await page.until_more(ada.sid, frames=10, seconds=1.0)
        assert after.energy - before.energy > SILENT
        await app.until_loud()


@pytest.mark.parametrize("first", ["app", "browser"])
async def test_a_browser_without_devices_and_with_hidden_addresses_sees_and_hears_the_app(
    place: Place, open_page: Open, first: str
) -> None:
    """Its candidates are names of multicast DNS, as of every visitor who has allowed no camera."""
    page = await open_page(devices=())
    if first == "browser":
        await page.join(place.onlooker)
    async with place.with_app() as app:
        if first == "app":
            await page.join(place.onlooker)
        [ada] = await page.until_tiles(1)
        await app.until_with("wim")
        await page_receives(page, ada)
        candidates = await page.candidates()
        assert candidates
        assert all(".local " in candidate for candidate in candidates)


@pytest.mark.parametrize("first", ["app", "browser"])
async def test_an_app_without_devices_sees_and_hears_the_browser(place: Place, open_page: Open, first: str) -> None:
    page = await open_page()
    if first == "browser":
        await page.join(place.visitor)
    async with place.with_app(NO_SOURCE) as app:
        if first == "app":
            await page.join(place.visitor)
        [wim] = await app.until_with("wim")
        await app_receives(app, wim)


@pytest.mark.parametrize("kind", ["microphone", "camera"])
async def test_a_browser_that_offers_one_kind_alone_sees_and_hears_the_app_over_the_first_connection(
    place: Place, open_page: Open, kind: str
) -> None:
    """Browsers refuse an offer that renumbers what is agreed, as aiortc's own would."""
    page = await open_page()
    await page.page.evaluate("() => { Peer.wishes = {}; }")
    async with place.with_app() as app:
        await page.join(replace(place.visitor, microphone=kind == "microphone", camera=kind == "camera"))
        [ada] = await page.until_tiles(1)
        await page_receives(page, ada)
        [wim] = await app.until_with("wim")
        if kind == "microphone":
            await app.until_loud()
        else:
            await app.until_received(wim.id, frames=10, seconds=0)
        assert wim.attempt == 0


async def test_a_browser_that_reloads_has_one_tile_and_is_seen_again(place: Place, open_page: Open) -> None:
    page = await open_page()
    async with place.meeting(page) as (app, wim, _):
        await app.until_received(wim.id, frames=10, seconds=1.0)
        await page.reload()
        await page.join(place.visitor)
        await app.until(lambda state: [one.sid for one in state.participants] != [wim.sid], "another socket")
        [again] = await app.until_with("wim")
        await app_receives(app, again)


async def test_both_meet_on_the_seeds_server_as_well(relay: Relay, open_page: Open) -> None:
    page, place = await open_page(), await furnished(relay.url)
    async with place.meeting(page, first="browser") as (app, wim, ada):
        await app_receives(app, wim)
        await page_receives(page, ada)


@pytest.mark.parametrize("first", ["app", "browser"])
async def test_a_rebuilt_connection_reaches_the_browser_as_well(place: Place, open_page: Open, first: str) -> None:
    """The seed's web client knows nothing of rebuilding: to it, the app looks like somebody who left and came back."""
    page = await open_page()
    async with place.meeting(page, first=first) as (app, wim, ada):
        await app.until_received(wim.id, frames=10, seconds=1.0)
        await page.until_received(ada.sid, frames=10, seconds=1.0)
        await app.room.reconnect_peer(wim.id)
        await app.until(
            lambda state: (one := state.participant(wim.id)) is not None and one.attempt > wim.attempt,
            "another attempt",
        )
        [again] = await app.until_with("wim")
        await app_receives(app, again)
        await page_receives(page, ada)
        assert len(await page.tiles()) == 1


async def test_the_app_that_lost_its_socket_is_seen_and_heard_again(place: Place, open_page: Open) -> None:
    """To the browser it has left and come back; the old connection is of no use any more."""
    page = await open_page()
    async with wire_to(place.url) as wire, replace(place, url=wire.url).with_app() as app:
        await page.join(place.visitor)
        [wim] = await app.until_with("wim")
        [before] = await page.until_tiles(1)
        await page.until_received(before.sid, frames=10, seconds=1.0)
        await app.until_received(wim.id, frames=10, seconds=1.0)
        slot = app.room.picture(wim.id)
        wire.cut()
        await app.until(lambda state: state.link is Link.RECONNECTING, "notice of the loss")
        await app.until_online()
        await page.until_no_tile(before.sid)
        [after] = await page.until_tiles(1)
        await page_receives(page, after)
        [again] = await app.until_with("wim")
        await app_receives(app, again)
        assert app.room.picture(again.id) is slot, "the tile on the screen looks at the old slot for ever"


async def test_a_shared_screen_comes_in_the_cameras_place_and_goes_again(
    place: Place, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = await open_page()
    with desktop() as display:
        monkeypatch.setenv("DISPLAY", display)
        async with place.meeting(page) as (app, _, ada):
            await page_receives(page, ada)
            await app.room.set_camera(False)
            await page.until_switches(ada.sid, audio=None, video=False)
            await app.room.share(SourceSpec.parse("screen:0"))
            await page.until_switches(ada.sid, audio=None, video=True)
            await page.until_more(ada.sid, frames=3)
            got = await page.received(ada.sid)
            assert (got.width, got.height) == (WIDTH, HEIGHT)

            await app.room.stop_sharing()
            await page.until_switches(ada.sid, audio=None, video=False)
            await app.room.set_camera(True)
            await page.until_more(ada.sid, frames=10)
            got = await page.received(ada.sid)
            assert (got.width, got.height) == (320, 180)
