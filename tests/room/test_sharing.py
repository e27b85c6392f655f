"""Sharing a screen through the real server: who sees it, who gives way to whom, and what becomes of it."""

from __future__ import annotations

import asyncio

import pytest

from app.errors import DeviceError, DeviceKind, DeviceProblem
from app.media.sources import SourceSpec
from tests.fakes.desktop import HEIGHT, WIDTH, desktop
from tests.fakes.house import TEST, House, Stay
from tests.fakes.waiting import until

SCREEN = SourceSpec.parse("screen:0")


def screen_frames(of: Stay, name: str) -> int:
    figures = of.room.peer_figures(of.other(name).id)
    return 0 if figures is None else figures.screen.frames


async def test_a_screen_is_seen_beside_the_camera_and_by_those_who_come_later(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, ben = await house.enter("Ann"), await house.enter("Ben", silent=True)
    await ben.sees("Ann")
    with desktop() as display:
        monkeypatch.setenv("DISPLAY", display)
        await ann.room.share(SCREEN)
        assert ann.state.sharing.actual
        await until(lambda: ben.other("Ann").screen)
        slot = ben.room.screen(ben.other("Ann").id)
        slot.show(WIDTH, HEIGHT)
        await until(lambda: screen_frames(ben, "Ann") >= 2)
        await until(lambda: (picture := slot.take()) is not None and (picture.width, picture.height) == (WIDTH, HEIGHT))
        assert ben.other("Ann").video is True
        await ben.receives("Ann")

        cleo = await house.enter("Cleo", silent=True)
        await cleo.sees("Ann", "Ben")
        assert cleo.other("Ann").screen
        await until(lambda: screen_frames(cleo, "Ann") >= 1)

        await ann.room.stop_sharing()
        await until(lambda: not ben.other("Ann").screen and not cleo.other("Ann").screen)
        assert not ann.state.sharing.actual
        await ben.receives("Ann")


async def test_who_begins_later_takes_over_and_the_other_is_told(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.room.sharing.AT_ONCE_S", 0.0)
    ann, ben = await house.enter("Ann", silent=True), await house.enter("Ben", silent=True)
    await ben.sees("Ann")
    for first, second in ((ann, ben), (ben, ann)):
        await first.room.share(TEST)
        await until(lambda: second.other(first.who.name).screen)  # noqa: B023
        await second.room.share(TEST)
        await until(lambda: not first.state.sharing.actual)  # noqa: B023
        assert first.state.notices[-1].kind == "screen-taken"
        assert first.state.notices[-1].name == second.who.name
        await until(lambda: not second.other(first.who.name).screen)  # noqa: B023
        assert second.state.sharing.actual
        await second.room.stop_sharing()
        await until(lambda: not first.other(second.who.name).screen)  # noqa: B023


async def test_of_two_who_begin_at_once_one_stays(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.room.sharing.AT_ONCE_S", 20.0)
    ann, ben = await house.enter("Ann", silent=True), await house.enter("Ben", silent=True)
    await ben.sees("Ann")
    await asyncio.gather(ann.room.share(TEST), ben.room.share(TEST))
    await until(lambda: ann.other("Ben").screen != ben.other("Ann").screen)
    await until(lambda: ann.state.sharing.actual != ben.state.sharing.actual)


async def test_another_screen_takes_the_place_of_the_first(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    ann, ben = await house.enter("Ann", silent=True), await house.enter("Ben", silent=True)
    await ben.sees("Ann")
    await ann.room.share(TEST)
    await until(lambda: screen_frames(ben, "Ann") >= 2)
    with desktop() as display:
        monkeypatch.setenv("DISPLAY", display)
        await ann.room.share(SCREEN)

        def width() -> int:
            figures = ben.room.peer_figures(ben.other("Ann").id)
            return 0 if figures is None else figures.screen.width

        await until(lambda: width() == WIDTH)
        assert ben.other("Ann").screen


async def test_a_screen_that_cannot_be_shared_is_explained_and_asked_for_no_longer(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, ben = await house.enter("Ann"), await house.enter("Ben", silent=True)
    await ben.sees("Ann")
    monkeypatch.setenv("DISPLAY", ":99999")
    await ann.room.share(SCREEN)
    assert not ann.state.sharing.actual
    assert not ann.state.sharing.desired
    assert ann.state.sharing.problem is not None
    assert (ann.state.notices[-1].kind, ann.state.notices[-1].name) == ("device", "screen")
    await ben.receives("Ann")
    assert not ben.other("Ann").screen


async def test_a_window_that_is_closed_ends_the_sharing(house: House) -> None:
    ann, ben = await house.enter("Ann", silent=True), await house.enter("Ben", silent=True)
    await ben.sees("Ann")
    await ann.room.share(TEST)
    await until(lambda: ben.other("Ann").screen)
    lost = ann.media.on_device_lost
    assert lost is not None
    lost(DeviceKind.SCREEN, DeviceError(DeviceKind.SCREEN, DeviceProblem.ABSENT))
    assert ann.state.sharing.problem is DeviceProblem.ABSENT
    await until(lambda: not ben.other("Ann").screen)


async def test_the_screen_goes_on_through_a_lost_socket(house: House) -> None:
    ann, ben = await house.enter("Ann", silent=True), await house.enter("Ben", silent=True)
    await ben.sees("Ann")
    await ann.room.share(TEST)
    await until(lambda: screen_frames(ben, "Ann") >= 2)
    before = screen_frames(ben, "Ann")
    await ann.lose_socket()
    await until(lambda: ann.state.link == "online")
    await until(lambda: screen_frames(ben, "Ann") > before + 5)
    assert ann.state.sharing.actual
    await until(lambda: ben.other("Ann").screen)


async def test_only_the_seeds_hear_of_a_camera_where_a_screen_is(house: House) -> None:
    ann, ben = await house.enter("Ann", silent=True), await house.enter("Ben", silent=True)
    await ben.sees("Ann")
    await ann.room.share(TEST)
    await until(lambda: ben.other("Ann").screen)
    assert ben.other("Ann").video is False
