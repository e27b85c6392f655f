"""Every screen of the gallery is walked: names for who listens, contrast for who looks, room for longer words."""

from __future__ import annotations

import asyncio

import pytest

from app.ui.gallery.render import SCREENS
from app.ui.gallery.shots import LOOKS, over, settle
from app.ui.room.window import RoomWindow
from app.ui.theme import theme
from tests.ui.gallery.access import clipped, guessing, nameless, overlapping, pale
from tests.ui.gallery.conftest import Open


def test_the_way_out_of_a_lost_room_lies_beside_the_open_panel(open_screen: Open) -> None:
    window = open_screen("room-away-long")
    assert isinstance(window, RoomWindow)
    banner = window.stage.banner
    assert window.open_tab
    for button in (banner.again, banner.leave):
        assert window.childAt(button.mapTo(window, button.rect().center())) is button


every_screen = pytest.mark.parametrize("name", SCREENS)


@every_screen
def test_a_screen_can_be_heard_and_read(name: str, open_screen: Open, ui_loop: asyncio.AbstractEventLoop) -> None:
    window = open_screen(name)
    windows = [window, *over(window)]
    wrong = [f"without a name: {one}" for part in windows for one in nameless(part)]
    wrong += [f"guesses rich text: {one}" for part in windows for one in guessing(part)]
    wrong += [f"clipped: {one}" for part in windows for one in clipped(part)]
    for look, choice in LOOKS.items():
        theme().choose(choice)
        ui_loop.run_until_complete(settle())
        wrong += [f"pale in {look}: {one}" for part in windows for one in pale(part)]
    assert not wrong, "\n".join(wrong)


@every_screen
@pytest.mark.usefixtures("long_words")
def test_a_screen_has_room_for_longer_words(name: str, open_screen: Open) -> None:
    window = open_screen(name)
    windows = [window, *over(window)]
    wrong = [f"clipped: {one}" for part in windows for one in clipped(part)]
    wrong += [f"overlapping: {one}" for part in windows for one in overlapping(part)]
    assert not wrong, "\n".join(wrong)
