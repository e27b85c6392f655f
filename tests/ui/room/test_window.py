"""The room's window, as a person uses it: with the mouse, with the keyboard, and while things go wrong."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.errors import DeviceProblem
from app.room.state import Link, Phase, Refusal, Switch
from app.ui.components.focus_ring import FocusRing
from app.ui.room.controls import Mood
from app.ui.room.side_panel import CHAT, TIMER
from app.ui.room.stage import SELF
from app.ui.room.window import RoomWindow
from tests.ui.room.own_room import OwnRoom, message, somebody

LEFT = Qt.MouseButton.LeftButton


def named(window: QWidget) -> list[QWidget]:
    return [
        one for one in window.findChildren(QWidget) if one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def test_it_joins_once_when_first_shown(qtbot: QtBot, window: RoomWindow, room: OwnRoom) -> None:
    window.hide()
    window.show()
    qtbot.waitUntil(window.isVisible)
    assert room.asked.count("join") == 1


def test_the_microphone_by_click_shows_what_is(qtbot: QtBot, window: RoomWindow, room: OwnRoom) -> None:
    button = window.controls.microphone
    assert (button.word, button.accessibleName(), button.mood) == ("Unmute", "Unmute microphone", Mood.OFF)
    qtbot.mouseClick(button, LEFT)
    qtbot.waitUntil(lambda: button.word == "Mute")
    assert room.asked[-1] == "microphone on"
    assert (button.accessibleName(), button.mood) == ("Mute microphone", Mood.PLAIN)


@pytest.mark.parametrize(
    ("key", "modifier", "asked"),
    [
        (Qt.Key.Key_M, Qt.KeyboardModifier.NoModifier, "microphone on"),
        (Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier, "microphone on"),
        (Qt.Key.Key_V, Qt.KeyboardModifier.NoModifier, "camera on"),
        (Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier, "camera on"),
    ],
)
def test_switches_by_key(
    qtbot: QtBot, window: RoomWindow, room: OwnRoom, key: Qt.Key, modifier: Qt.KeyboardModifier, asked: str
) -> None:
    qtbot.keyClick(window, key, modifier)
    qtbot.waitUntil(lambda: asked in room.asked)


def test_letters_are_letters_while_typing(qtbot: QtBot, window: RoomWindow, room: OwnRoom) -> None:
    room.enter()
    qtbot.keyClick(window, Qt.Key.Key_P)
    qtbot.keyClick(window, Qt.Key.Key_C)
    composer = window.panel.chat.composer
    qtbot.waitUntil(composer.input.hasFocus)
    qtbot.keyClicks(composer.input, "mvcp")
    assert composer.text == "mvcp"
    assert window.open_tab == "chat"
    assert room.asked == ["join"]


def test_a_switch_that_fails_says_why_and_is_tried_again(qtbot: QtBot, window: RoomWindow, room: OwnRoom) -> None:
    room.change(camera=Switch(True, False, DeviceProblem.BUSY))
    button = window.controls.camera
    qtbot.waitUntil(lambda: "Another app is using your camera" in button.accessibleDescription())
    assert button.word == "Start video"
    assert any("Another app is using your camera" in words for words in window.toasts.words)
    qtbot.mouseClick(button, LEFT)
    qtbot.waitUntil(lambda: "camera on" in room.asked)
    qtbot.waitUntil(lambda: button.word == "Stop video")
    assert button.accessibleDescription() == ""


def test_chat_and_people_open_and_close_by_key(qtbot: QtBot, window: RoomWindow) -> None:
    assert window.open_tab == "chat"
    window.controls.setFocus()
    window.controls.microphone.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_P)
    assert window.open_tab == "people"
    qtbot.keyClick(window, Qt.Key.Key_P)
    assert window.open_tab == ""
    assert window.controls.people.accessibleName() == "Open people"


def test_a_narrow_window_starts_without_the_panel_and_lays_it_over(open_window: Callable[..., RoomWindow]) -> None:
    window = open_window(900, 600)
    assert window.open_tab == ""
    width = window.stage.width()
    window.open_panel("chat")
    assert window.stage.width() == width == 900


def test_a_wide_window_makes_room_for_the_panel(window: RoomWindow) -> None:
    assert window.stage.width() == window.width() - window.panel.width()


def test_tiles_come_and_go_with_people(qtbot: QtBot, window: RoomWindow, room: OwnRoom) -> None:
    room.enter(somebody("Priya Nair", is_tutor=True), somebody("Omar Said"))
    qtbot.waitUntil(lambda: window.stage.order == ("c-priya", "c-omar", SELF))
    assert window.stage.tile("c-priya").face.label == "Priya Nair · tutor"
    slot = room.picture("c-priya")
    assert slot.look is not None
    room.enter(somebody("Omar Said"))
    qtbot.waitUntil(lambda: window.stage.order == ("c-omar", SELF))
    assert slot.look is None
    assert slot.on_ready is None


def test_more_people_than_places(qtbot: QtBot, window: RoomWindow, room: OwnRoom) -> None:
    people = [somebody(f"{letter} Person") for letter in "abcdefghijk"]
    room.enter(*people)
    qtbot.waitUntil(lambda: window.stage.more == 4)
    assert len(window.stage.order) == 8
    room.alter("c-k", speaking=True)
    qtbot.waitUntil(lambda: "c-k" in window.stage.order)
    assert room.picture("c-h").look is None


def test_nobody_looks_while_the_window_is_minimised(qtbot: QtBot, window: RoomWindow, room: OwnRoom) -> None:
    room.enter(somebody("Priya Nair"))
    slot = room.picture("c-priya")
    qtbot.waitUntil(lambda: slot.look is not None)
    window.showMinimized()
    qtbot.waitUntil(lambda: slot.look is None)
    window.showNormal()
    qtbot.waitUntil(lambda: slot.look is not None)


def test_the_slot_is_told_the_tiles_size(qtbot: QtBot, window: RoomWindow, room: OwnRoom) -> None:
    room.enter(somebody("Priya Nair"))
    slot = room.picture("c-priya")
    qtbot.waitUntil(lambda: slot.look is not None)
    window.resize(1000, 700)
    tile = window.stage.tile("c-priya")
    ratio = tile.devicePixelRatioF()
    assert slot.look is not None
    assert (slot.look.width, slot.look.height) == (round(tile.width() * ratio), round(tile.height() * ratio))


def test_alone_the_address_can_be_copied(qtbot: QtBot, window: RoomWindow, room: OwnRoom) -> None:
    assert window.stage.seat.isHidden()
    room.enter()
    qtbot.waitUntil(window.stage.seat.isVisible)
    assert "https://desk.example.org" in window.stage.seat.words
    qtbot.mouseClick(window.stage.seat.copy_button, LEFT)
    assert QApplication.clipboard().text() == "https://desk.example.org"
    room.enter(somebody("Priya Nair"))
    qtbot.waitUntil(window.stage.seat.isHidden)


def test_a_failed_connection_is_tried_again(qtbot: QtBot, window: RoomWindow, room: OwnRoom) -> None:
    room.enter(somebody("Ada Okoye", phase=Phase.FAILED))
    qtbot.waitUntil(lambda: "c-ada" in window.stage.order)
    tile = window.stage.tile("c-ada")
    assert "We can’t connect you and Ada Okoye directly" in tile.accessibleName()
    qtbot.mouseClick(tile.again, LEFT)
    qtbot.waitUntil(lambda: "reconnect c-ada" in room.asked)
    qtbot.waitUntil(tile.again.isHidden)


def test_a_lost_link_is_said_calmly_and_after_a_minute_offers_a_way_out(
    qtbot: QtBot, window: RoomWindow, room: OwnRoom
) -> None:
    room.enter(somebody("Priya Nair"))
    banner = window.stage.banner
    assert banner.isHidden()
    room.change(link=Link.RECONNECTING, link_attempt=2, link_lost_at=time.monotonic())
    qtbot.waitUntil(banner.isVisible)
    assert banner.words == "Reconnecting… try 2"
    assert not banner.offers_a_way_out
    assert window.stage.tile("c-priya").y() > banner.geometry().bottom()
    room.change(link_lost_at=time.monotonic() - 59.9)
    qtbot.waitUntil(lambda: banner.offers_a_way_out)
    qtbot.mouseClick(banner.again, LEFT)
    qtbot.waitUntil(lambda: "try again" in room.asked)
    room.change(link=Link.ONLINE, link_lost_at=None)
    qtbot.waitUntil(banner.isHidden)


def test_a_server_that_is_away_at_the_start_is_said(qtbot: QtBot, window: RoomWindow, room: OwnRoom) -> None:
    banner = window.stage.banner
    assert banner.isHidden()
    room.change(link_attempt=2, link_lost_at=time.monotonic())
    qtbot.waitUntil(banner.isVisible)
    assert banner.words == "Joining… try 2"
    room.enter()
    qtbot.waitUntil(banner.isHidden)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("full", "This session is full (8 of 8)"),
        ("ended", "This session has ended"),
        ("not-found", "does not exist any more"),
        ("unauthorised", "signed out for safety"),
    ],
)
def test_a_refusal_is_explained_and_leads_back(
    qtbot: QtBot, window: RoomWindow, room: OwnRoom, code: str, words: str
) -> None:
    room.change(link=Link.REFUSED, refusal=Refusal(code))
    qtbot.waitUntil(lambda: words in window.refused.words)
    back = window.refused.back
    assert back is not None
    with qtbot.waitSignal(window.left):
        qtbot.mouseClick(back, LEFT)


@pytest.mark.parametrize("is_over", [False, True])
def test_a_screen_reader_hears_how_the_waiting_ended(
    qtbot: QtBot, window: RoomWindow, room: OwnRoom, announced: list[str], is_over: bool
) -> None:
    room.enter()
    room.change(link=Link.RECONNECTING, link_attempt=1, link_lost_at=time.monotonic())
    qtbot.waitUntil(window.stage.banner.isVisible)
    if is_over:
        room.change(link=Link.REFUSED, refusal=Refusal("ended"), link_lost_at=None)
    else:
        room.change(link=Link.ONLINE, link_attempt=0, link_lost_at=None)
    qtbot.waitUntil(window.stage.banner.isHidden)
    assert announced == ["Reconnecting…", "This session has ended." if is_over else "Connected again"]


def test_people_who_come_together_are_told_together(qtbot: QtBot, window: RoomWindow, room: OwnRoom) -> None:
    room.happen(("joined", "Priya"), ("joined", "Omar"))
    room.happen(("joined", "<b>Ada</b>"))
    qtbot.waitUntil(lambda: window.toasts.words == ["3 people joined"])


def test_unread_messages_count_on_the_button(qtbot: QtBot, window: RoomWindow, room: OwnRoom) -> None:
    room.enter(somebody("Priya Nair"))
    room.hear(message("old"))
    qtbot.waitUntil(lambda: window.panel.chat.model.rowCount() == 1)
    window.close_panel()
    room.hear(message("one"), message("two"), message("mine", "Lena Hoffmann"))
    qtbot.waitUntil(lambda: window.controls.chat.badge == 2)
    assert window.controls.chat.accessibleName() == "Open chat, 2 unread"
    qtbot.mouseClick(window.controls.chat, LEFT)
    assert window.controls.chat.badge == 0


def test_every_stop_of_the_keyboard_has_a_name(qtbot: QtBot, window: RoomWindow, room: OwnRoom) -> None:
    room.enter(somebody("Priya Nair"), somebody("Ada Okoye", phase=Phase.FAILED))
    qtbot.waitUntil(lambda: len(window.stage.order) == 3)
    nameless = [type(one).__name__ for one in named(window) if not one.accessibleName()]
    assert nameless == []


def test_what_paints_itself_has_a_role(qtbot: QtBot, window: RoomWindow, room: OwnRoom) -> None:
    room.enter(somebody("Priya Nair"))
    room.hear(message("Hello"))
    qtbot.waitUntil(lambda: window.panel.chat.model.rowCount() == 1)
    tile = QAccessible.queryAccessibleInterface(window.stage.tile("c-priya"))
    assert tile.role() == QAccessible.Role.StaticText
    assert tile.text(QAccessible.Text.Name) == "Priya Nair, camera on"
    chat = QAccessible.queryAccessibleInterface(window.panel.chat.view)
    assert chat.role() == QAccessible.Role.List
    assert chat.child(0).text(QAccessible.Text.Name).endswith(": Hello")


def test_tab_goes_from_the_controls_over_the_stage_to_the_panel(
    qtbot: QtBot, window: RoomWindow, room: OwnRoom
) -> None:
    room.enter(somebody("Priya Nair"), somebody("Omar Said"))
    qtbot.waitUntil(lambda: len(window.stage.order) == 3)
    window.controls.microphone.setFocus()
    walked: list[QWidget] = []
    for _ in range(40):
        focused = QApplication.focusWidget()
        assert focused is not None
        if focused in walked:
            break
        walked.append(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    parts = [next(name for name, part in _parts(window) if part.isAncestorOf(one)) for one in walked]
    assert [name for index, name in enumerate(parts) if index == 0 or parts[index - 1] != name] == [
        "controls",
        "stage",
        "panel",
    ]
    assert set(window.stage.order) == {one for one in window.stage.order if window.stage.tile(one) in walked}


def _parts(window: RoomWindow) -> list[tuple[str, QWidget]]:
    return [("controls", window.controls), ("stage", window.stage), ("panel", window.panel)]


def test_leaving_by_button_tells_once(qtbot: QtBot, window: RoomWindow, room: OwnRoom) -> None:
    heard: list[int] = []
    window.left.connect(lambda: heard.append(1))
    with qtbot.waitSignal(window.left):
        qtbot.mouseClick(window.controls.leave, LEFT)
    window.leave()
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert heard == [1]
    assert room.asked.count("leave") == 1


def test_closing_the_window_leaves_and_a_slow_goodbye_is_said(qtbot: QtBot, window: RoomWindow, room: OwnRoom) -> None:
    room.may_leave.clear()
    heard: list[int] = []
    window.left.connect(lambda: heard.append(1))
    window.close()
    assert window.isVisible()
    cover = next(one for one in window.findChildren(QWidget) if one.accessibleName() == "Leaving…")
    qtbot.waitUntil(cover.isVisible)
    assert heard == []
    room.may_leave.set()
    qtbot.waitUntil(lambda: heard == [1])
    assert not window.isVisible()
    assert room.picture("c-priya").look is None


def test_volume_goes_to_the_engine(qtbot: QtBot, window: RoomWindow, room: OwnRoom) -> None:
    room.enter(somebody("Priya Nair"))
    qtbot.waitUntil(lambda: window.panel.people.ids == ["c-priya"])
    window.open_panel("people")
    slider = window.panel.people.row("c-priya").slider
    assert slider is not None
    assert slider.accessibleName() == "Volume of Priya Nair"
    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: "volume c-priya 1.05" in room.asked)


def test_who_is_left_alone_is_not_told_that_nobody_came_yet(qtbot: QtBot, window: RoomWindow, room: OwnRoom) -> None:
    room.enter()
    seat = window.stage.seat
    qtbot.waitUntil(seat.isVisible)
    assert seat.words.startswith("Nobody else is here yet")
    room.enter(somebody("Priya Nair"))
    qtbot.waitUntil(lambda: not seat.isVisible())
    room.enter()
    qtbot.waitUntil(seat.isVisible)
    assert seat.words.startswith("Nobody else is here now")


def test_another_page_of_the_panel_takes_the_focus_to_the_stage_and_none_to_itself(
    qtbot: QtBot, window: RoomWindow
) -> None:
    window.open_panel(CHAT)
    qtbot.waitUntil(window.panel.chat.composer.input.hasFocus)
    qtbot.mouseClick(window.controls.button_of(TIMER), Qt.MouseButton.LeftButton)
    assert window.open_tab == TIMER
    assert window.stage.hasFocus()
    assert not any(ring.target for ring in window.findChildren(FocusRing))
