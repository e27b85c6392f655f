"""Hands, reactions, layouts, pins, loudness: what one does with the others, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.config import SettingsFile
from app.engine import Engine
from app.media.figures import PeerFigures, VideoFigures
from app.media.slot import Fit
from app.media.sources import SourceSpec
from app.room.state import ME, Me, Quality
from app.ui.room.controls import Mood
from app.ui.room.emoji import USUAL, Group
from app.ui.room.help import KeyCaps
from app.ui.room.layouts import Layout, screen_of
from app.ui.room.link_sheet import LinkSheet
from app.ui.room.memory import RoomMemory
from app.ui.room.window import RoomWindow
from app.ui.share.picker import SharePicker
from app.ui.shortcuts import Action, Shortcuts
from tests.ui.room.own_room import OwnRoom, message, somebody

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def people(qtbot: QtBot, window: RoomWindow, room: OwnRoom) -> RoomWindow:
    room.enter(somebody("Priya Nair"), somebody("Omar Said"), somebody("Zoë Ärlig"))
    qtbot.waitUntil(lambda: len(window.stage.order) == 4)
    return window


def open_menu(window: RoomWindow, tile_id: str) -> QMenu:
    """As the menu key does on a focused tile."""
    tile = window.stage.tile(tile_id)
    tile.setFocus()
    QApplication.sendEvent(tile, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(1, 1), QPoint(1, 1)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def choose(menu: QMenu, words: str) -> None:
    found = next(one for one in menu.actions() if one.text().startswith(words))
    found.trigger()
    menu.close()


def test_a_hand_goes_up_and_down(qtbot: QtBot, people: RoomWindow, room: OwnRoom) -> None:
    button = people.controls.hand
    qtbot.keyClick(people, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: button.mood is Mood.RAISED)
    assert button.accessibleName() == "Lower your hand"
    assert "hand raised" in people.stage.tile(ME).accessibleName()
    qtbot.mouseClick(button, LEFT)
    qtbot.waitUntil(lambda: room.asked[-1] == "hand down")


def test_hands_are_first_among_the_people_in_their_order(qtbot: QtBot, people: RoomWindow, room: OwnRoom) -> None:
    room.change(hands=("c-zoë", ME, "c-omar"))
    qtbot.waitUntil(lambda: people.panel.people.shown == ["c-zoë", "c-omar", "c-priya"])
    assert "Hand raised, number 3" in people.panel.people.row("c-omar").words
    assert people.stage.tile("c-omar").face.hand == 3


def test_a_reaction_floats_over_the_corner_once(qtbot: QtBot, people: RoomWindow, room: OwnRoom) -> None:
    room.alter("c-priya", reaction="🎉", reactions=3)
    floating = people.stage.tile("c-priya").reaction_float
    qtbot.waitUntil(lambda: floating.emoji == ["🎉"])
    room.alter("c-priya", speaking=True)
    qtbot.waitUntil(lambda: people.stage.tile("c-priya").face.speaking)
    assert floating.emoji == ["🎉"]
    room.alter("c-omar", reaction="<b>no emoji</b>", reactions=1)
    qtbot.waitUntil(lambda: people.stage.tile("c-omar").face.reactions == 1)
    assert people.stage.tile("c-omar").reaction_float.emoji == []


def test_reacting_by_keyboard(qtbot: QtBot, people: RoomWindow, room: OwnRoom) -> None:
    people.controls.react.setFocus()
    qtbot.keyClick(people.controls.react, Qt.Key.Key_Return)
    qtbot.waitUntil(people.reactions.isVisible)
    qtbot.keyClick(people.reactions.choices[0], Qt.Key.Key_Right)
    qtbot.keyClick(people.reactions.choices[1], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "react 👏" in room.asked)
    assert people.reactions.isHidden()


def test_layouts_by_key_and_pins_by_number(qtbot: QtBot, people: RoomWindow, room: OwnRoom) -> None:
    qtbot.keyClick(people, Qt.Key.Key_W)
    assert (people.stage.layout_now, people.stage.large) == (Layout.SPEAKER, "c-priya")
    room.alter("c-omar", speaking=True)
    qtbot.waitUntil(lambda: people.stage.large == "c-omar")
    qtbot.keyClick(people, Qt.Key.Key_S)
    assert people.stage.large is None
    qtbot.keyClick(people, Qt.Key.Key_3)
    assert people.stage.large == "c-zoë"
    assert "pinned" in people.stage.tile("c-zoë").accessibleName()
    qtbot.keyClick(people, Qt.Key.Key_1)
    assert people.stage.large is None


def test_a_shared_screen_is_shown_whole_and_large(qtbot: QtBot, people: RoomWindow, room: OwnRoom) -> None:
    room.alter("c-omar", screen=True)
    qtbot.waitUntil(lambda: people.stage.large == screen_of("c-omar"))
    slot = room.screen("c-omar")
    tile = people.stage.screen_tile("c-omar")
    assert slot.look is not None
    assert (slot.look.width, slot.look.fit) == (round(tile.width() * tile.devicePixelRatioF()), Fit.CONTAIN)
    qtbot.mouseClick(tile.zoom_bar.larger, LEFT)
    assert slot.look.width == round(1.5 * tile.width() * tile.devicePixelRatioF())
    tile.setFocus()
    qtbot.keyClick(tile, Qt.Key.Key_0)
    assert tile.zoom == 1
    room.alter("c-omar", screen=False)
    qtbot.waitUntil(lambda: people.stage.large is None)
    assert slot.look is None


def test_the_tiles_menu_by_keyboard(qtbot: QtBot, people: RoomWindow, room: OwnRoom) -> None:
    slot = room.picture("c-priya")
    assert slot.look is not None
    choose(open_menu(people, "c-priya"), "Hide video")
    assert slot.look is None
    assert "video hidden by you" in people.stage.tile("c-priya").accessibleName()
    choose(open_menu(people, "c-priya"), "Show video")
    assert slot.look is not None
    choose(open_menu(people, "c-priya"), "Pin")
    assert people.stage.large == "c-priya"
    room.figures = PeerFigures(VideoFigures(1280, 720, 29.7, 300, held_ms=(41.4, 60.0)))
    choose(open_menu(people, "c-priya"), "Copy connection details")
    qtbot.waitUntil(lambda: "1280x720, 29.7 fps" in QApplication.clipboard().text())
    assert "held for their sound: 41 ms (p95 60 ms)" in QApplication.clipboard().text()


def test_volume_from_the_menu_is_remembered_for_that_person(qtbot: QtBot, people: RoomWindow, room: OwnRoom) -> None:
    menu = open_menu(people, "c-priya")
    inner = next(one.menu() for one in menu.actions() if one.text() == "Volume, 100 %")
    assert isinstance(inner, QMenu)
    choose(inner, "150")
    menu.close()
    qtbot.waitUntil(lambda: "volume c-priya 1.50" in room.asked)
    slider = people.panel.people.row("c-priya").slider
    assert slider is not None
    assert slider.value() == 150
    room.enter()
    qtbot.waitUntil(lambda: people.panel.people.ids == [])
    room.enter(somebody("Priya Nair", id="c-again"))
    qtbot.waitUntil(lambda: "volume c-again 1.50" in room.asked)


def test_who_has_no_tile_can_be_pinned_from_the_list_and_unpinned(
    qtbot: QtBot, people: RoomWindow, room: OwnRoom
) -> None:
    stage = people.stage
    room.enter(*(somebody(f"P{number}") for number in range(15)))
    qtbot.waitUntil(lambda: stage.more > 0)
    people.open_panel("people")
    assert "c-p14" not in stage.order
    for words, large in (("Pin", "c-p14"), ("Unpin", None)):
        people.panel.people.row("c-p14").menu_wanted.emit(QPoint(1, 1))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        choose(menu, words)
        assert stage.large == large
    stage.pin("c-gone")
    assert stage.large is None


def test_our_own_tile_can_be_hidden_and_comes_back(qtbot: QtBot, people: RoomWindow, room: OwnRoom) -> None:
    choose(open_menu(people, ME), "Hide my own tile")
    assert ME not in people.stage.order
    assert room.self_view.look is None
    people.stage.hide_self(False)
    assert people.stage.order[-1] == ME
    people.stage.pin(ME)
    assert people.stage.large == ME
    choose(open_menu(people, ME), "Hide my own tile")
    assert (people.stage.large, ME in people.stage.order) == (None, False)
    room.enter()
    qtbot.waitUntil(lambda: people.stage.order == (ME,))


def test_looking_for_a_person(qtbot: QtBot, people: RoomWindow) -> None:
    people.open_panel("people")
    panel = people.panel.people
    qtbot.keyClicks(panel.search, "arl")
    assert panel.shown == ["c-zoë"]
    panel.search.setText("nobody")
    assert panel.shown == []
    panel.search.clear()
    assert panel.shown == ["c-priya", "c-omar", "c-zoë"]


def test_an_invitation_copies_the_address(qtbot: QtBot, people: RoomWindow) -> None:
    people.open_panel("people")
    qtbot.mouseClick(people.panel.people.invite, LEFT)
    assert QApplication.clipboard().text() == "https://desk.example.org"


def test_the_connection_in_words(qtbot: QtBot, people: RoomWindow, room: OwnRoom) -> None:
    qtbot.waitUntil(lambda: people.top_bar.connection == "Connected")
    for one in ("c-priya", "c-omar"):
        room.alter(one, quality=Quality.GOOD)
    qtbot.waitUntil(lambda: people.top_bar.connection == "Good connection")
    for one in ("c-priya", "c-omar"):
        room.alter(one, quality=Quality.POOR)
    qtbot.waitUntil(lambda: people.top_bar.connection == "Poor connection")
    assert "poor connection" in people.stage.tile("c-omar").accessibleName()


def test_space_talks_while_it_is_held(qtbot: QtBot, people: RoomWindow, room: OwnRoom) -> None:
    people.stage.setFocus()
    qtbot.keyPress(people.stage, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: room.asked[-1] == "microphone on")
    qtbot.keyRelease(people.stage, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: room.asked[-1] == "microphone off")
    assert room.asked.count("microphone on") == 1


def test_space_belongs_to_a_focused_button_and_to_a_text(qtbot: QtBot, people: RoomWindow, room: OwnRoom) -> None:
    people.controls.hand.setFocus()
    qtbot.keyClick(people.controls.hand, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: room.asked[-1] == "hand up")
    people.open_panel("chat")
    qtbot.keyClick(people.panel.chat.composer.input, Qt.Key.Key_Space)
    assert people.panel.chat.composer.text == " "
    assert "microphone on" not in room.asked


def test_talking_ends_with_the_focus(qtbot: QtBot, people: RoomWindow, room: OwnRoom) -> None:
    people.stage.setFocus()
    qtbot.keyPress(people.stage, Qt.Key.Key_Space)
    assert people.talk.is_talking
    people.open_panel("chat")
    qtbot.waitUntil(lambda: room.asked[-1] == "microphone off")
    assert not people.talk.is_talking


def test_who_is_heard_anyway_is_not_silenced_by_space(qtbot: QtBot, people: RoomWindow, room: OwnRoom) -> None:
    qtbot.keyClick(people, Qt.Key.Key_M)
    qtbot.waitUntil(lambda: people.controls.microphone.word == "Mute")
    people.stage.setFocus()
    qtbot.keyClick(people.stage, Qt.Key.Key_Space)
    assert room.asked[-1] == "microphone on"


def test_the_mini_window_takes_the_rooms_place_and_gives_it_back(
    qtbot: QtBot, people: RoomWindow, room: OwnRoom
) -> None:
    room.alter("c-omar", speaking=True)
    qtbot.waitUntil(lambda: people.stage.speaker == "c-omar")
    qtbot.keyClick(people, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert people.is_mini
    assert people.isHidden()
    assert people.mini.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    assert (people.mini.width(), people.mini.height(), people.mini.shown) == (320, 200, "c-omar")
    look = room.picture("c-omar").look
    assert look is not None
    assert (look.width, look.height) == (320, 200)
    assert room.picture("c-priya").look is None
    qtbot.mouseClick(people.mini.microphone, LEFT)
    qtbot.waitUntil(lambda: people.mini.microphone.accessibleName() == "Mute microphone")
    people.mini.close()
    assert people.isVisible()
    assert people.mini.isHidden()
    assert room.picture("c-priya").look is not None


def test_leaving_from_the_mini_window(qtbot: QtBot, people: RoomWindow, room: OwnRoom) -> None:
    people.go_mini()
    with qtbot.waitSignal(people.left):
        qtbot.mouseClick(people.mini.leave, LEFT)
    assert people.mini.isHidden()


def test_who_looks_elsewhere_is_told_unless_they_want_quiet(
    qtbot: QtBot, open_window: Callable[..., RoomWindow], room: OwnRoom
) -> None:
    window = open_window()
    told: list[str] = []
    window.notifier.told.connect(lambda _title, words: told.append(words))
    room.enter(somebody("Priya Nair"))
    room.hear(message("old"))
    qtbot.waitUntil(lambda: window.panel.chat.model.rowCount() == 1)
    window.showMinimized()
    qtbot.waitUntil(window.isMinimized)
    room.hear(message("Question 2b?"))
    qtbot.waitUntil(lambda: told == ["Priya Nair: Question 2b?"])
    window.notifier.set_quiet(True)
    room.hear(message("And 2c?"))
    with qtbot.assertNotEmitted(window.notifier.told, wait=1800):
        pass


def test_own_keys_are_followed(qtbot: QtBot, engine: Engine, ui_loop: object, room: OwnRoom, tmp_path: Path) -> None:
    settings = SettingsFile(tmp_path)
    window = RoomWindow(engine, room, settings=settings, memory=RoomMemory(tmp_path))
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    Shortcuts(settings).give(Action.HAND, "H")
    qtbot.waitUntil(lambda: "(H)" in window.controls.hand.toolTip())
    qtbot.keyClick(window, Qt.Key.Key_R)
    qtbot.keyClick(window, Qt.Key.Key_H)
    qtbot.waitUntil(lambda: "hand up" in room.asked)
    assert room.asked.count("hand up") == 1
    window.leave()
    qtbot.waitUntil(lambda: not window.isVisible())


def test_the_sheet_with_the_keys(qtbot: QtBot, people: RoomWindow) -> None:
    qtbot.keyClick(people, Qt.Key.Key_Question)
    sheet = QApplication.activeModalWidget()
    assert sheet is not None
    assert sheet.accessibleName() == "Keyboard shortcuts"
    said = {one.accessibleName() for one in sheet.findChildren(KeyCaps)}
    assert {"M, Ctrl+D", "Space", "?"} <= said
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)


def test_a_link_is_looked_at_before_it_opens(qtbot: QtBot, people: RoomWindow, room: OwnRoom) -> None:
    room.hear(message("Sheet: https://example.org/sheet.pdf"))
    view = people.panel.chat.view
    qtbot.waitUntil(lambda: people.panel.chat.model.rowCount() == 1)
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Return)
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, LinkSheet)
    assert any(one.accessibleName() == "https://example.org/sheet.pdf" for one in sheet.findChildren(QWidget))
    sheet.close()


def test_a_link_is_pressed_where_its_letters_are(qtbot: QtBot, people: RoomWindow, room: OwnRoom) -> None:
    room.hear(message("Look: https://example.org/x"))
    view = people.panel.chat.view
    qtbot.waitUntil(lambda: people.panel.chat.model.rowCount() == 1)
    pressed: list[str] = []
    view.link_wanted.connect(lambda link: pressed.append(link.url))
    rect = view.visualRect(people.panel.chat.model.index(0))
    middle = rect.bottom() - 18
    qtbot.mouseClick(view.viewport(), LEFT, pos=QPoint(52, middle))
    assert pressed == []
    qtbot.mouseClick(view.viewport(), LEFT, pos=QPoint(140, middle))
    assert pressed == ["https://example.org/x"]
    modal = QApplication.activeModalWidget()
    assert modal is not None
    modal.close()


def test_unread_messages_begin_below_a_line(qtbot: QtBot, people: RoomWindow, room: OwnRoom) -> None:
    room.hear(message("old"))
    model = people.panel.chat.model
    qtbot.waitUntil(lambda: model.rowCount() == 1)
    people.close_panel()
    room.hear(message("one"), message("two"))
    qtbot.waitUntil(lambda: people.controls.chat.badge == 2)
    people.open_panel("chat")
    assert [row.begins_new for row in model.rows] == [False, True, False]
    qtbot.keyClicks(people.panel.chat.composer.input, "hi")
    qtbot.keyClick(people.panel.chat.composer.input, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: model.rowCount() == 4)
    assert not any(row.begins_new for row in model.rows)


def test_emoji_by_group_and_what_is_often_used(qtbot: QtBot, people: RoomWindow) -> None:
    picker = people.panel.chat.picker
    people.panel.chat.open_picker(True)
    assert picker.offered == list(USUAL)
    qtbot.mouseClick(picker.tabs[Group.FOOD], LEFT)
    assert picker.offered[0] == "☕"
    assert "🧬" not in picker.offered
    qtbot.keyClicks(picker.search, "dna")
    assert picker.offered == ["🧬"]
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    assert people.panel.chat.composer.text == "🧬"
    picker.start()
    assert picker.offered[0] == "🧬"


def test_the_emoji_are_put_away_when_the_message_is_sent(qtbot: QtBot, people: RoomWindow) -> None:
    chat = people.panel.chat
    people.open_panel("chat")
    chat.composer.emoji_button.click()
    assert chat.picker.isVisible()
    chat.picker.picked.emit("☕")
    assert chat.picker.isVisible()
    qtbot.mouseClick(chat.composer.send_button, LEFT)
    assert not chat.picker.isVisible() and not chat.composer.emoji_button.isChecked()
    qtbot.waitUntil(chat.composer.input.hasFocus)


def test_a_draft_waits_for_its_room_and_its_author(
    qtbot: QtBot, open_window: Callable[..., RoomWindow], engine: Engine, room: OwnRoom
) -> None:
    window = open_window()
    window.open_panel("chat")
    qtbot.keyClicks(window.panel.chat.composer.input, "half a sen")
    again = RoomWindow(engine, OwnRoom(), memory=window.memory)
    qtbot.addWidget(again)
    assert again.panel.chat.composer.text == "half a sen"
    elsewhere = RoomWindow(engine, OwnRoom(server="https://other.example"), memory=window.memory)
    qtbot.addWidget(elsewhere)
    assert elsewhere.panel.chat.composer.text == ""
    room_of_eve = OwnRoom()
    room_of_eve.change(me=Me("u-eve", "Eve Other", connection_id="c-eve"))
    of_eve = RoomWindow(engine, room_of_eve, memory=window.memory)
    qtbot.addWidget(of_eve)
    assert of_eve.panel.chat.composer.text == "", "nobody else on this computer reads it"
    for one in (again, elsewhere, of_eve):
        one.bridge.close()


def test_sharing_goes_through_the_picker_and_is_stopped_by_the_same_key(
    qtbot: QtBot, people: RoomWindow, room: OwnRoom
) -> None:
    qtbot.keyClick(people, Qt.Key.Key_D)
    picker = QApplication.activeModalWidget()
    assert isinstance(picker, SharePicker)
    assert not [one for one in room.asked if one.startswith("share")]
    picker.chosen.emit(SourceSpec.parse("test"))
    picker.reject()
    people.activateWindow()
    qtbot.waitUntil(people.isActiveWindow)
    qtbot.waitUntil(lambda: people.controls.share.word == "Stop share")
    assert people.stage.tile(ME).face.label == "You · sharing"
    qtbot.keyClick(people, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: room.asked[-1] == "stop sharing")
    qtbot.waitUntil(lambda: people.controls.share.accessibleName() == "Share your screen")


def test_who_gives_way_is_told(qtbot: QtBot, people: RoomWindow, room: OwnRoom) -> None:
    room.happen(("screen-taken", "Omar Said"), ("device-replaced", "microphone"))
    said = "Omar Said shares a screen now, so yours is no longer shared."
    qtbot.waitUntil(lambda: said in people.toasts.words)
    assert any(one.startswith("Your usual microphone is not plugged in") for one in people.toasts.words)
