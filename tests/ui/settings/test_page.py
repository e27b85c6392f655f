"""The settings, by mouse and by keyboard, over a desk of the tests' own."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.account import AccountPhase, AccountState
from app.choices import Devices
from app.errors import DeviceKind, ServerRefused
from app.media.devices import Device
from app.ui.components.fields import ErrorLine
from app.ui.language import SYSTEM, language
from app.ui.room.memory import QUIET, RoomMemory
from app.ui.settings.page import SettingsPage
from app.ui.shortcuts import Action
from app.ui.theme import ThemeChoice, theme
from protocol.rest import Profile
from tests.ui.own_desk import SERVER, OwnDesk

PATIENCE_MS = 15_000
LEFT = Qt.MouseButton.LeftButton
Open = Callable[[], SettingsPage]


@pytest.fixture
def open_page(
    qtbot: QtBot, desk: OwnDesk, tutor: Profile, ui_loop: asyncio.AbstractEventLoop, light: None
) -> Iterator[Open]:
    desk.account.store.set(AccountState(AccountPhase.SIGNED_IN, SERVER, tutor))
    desk.settings.change(camera="test", microphone="test", theme="light")
    desk.known = Devices(
        (Device("/dev/video7", "HD webcam", DeviceKind.CAMERA, is_default=True),),
        (Device("hw:7", "USB headset", DeviceKind.MICROPHONE, is_default=True),),
        (Device("loud", "Loud speakers", DeviceKind.SPEAKER, is_default=True),),
    )
    opened: list[SettingsPage] = []

    def open_one() -> SettingsPage:
        page = SettingsPage(desk)
        opened.append(page)
        qtbot.addWidget(page)
        page.resize(888, 640)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        qtbot.waitUntil(lambda: page.devices.tryout.devices is not None, timeout=PATIENCE_MS)
        return page

    yield open_one
    for page in opened:
        page.hide()
    qtbot.waitUntil(lambda: not any(page.intents.is_busy for page in opened), timeout=PATIENCE_MS)
    for page in opened:
        page.close_bridges()
    # a device that does not open says so before its thread is gone
    qtbot.waitUntil(lambda: not [one.name for one in threading.enumerate() if one.name.startswith("capture")])


def test_two_columns_where_there_is_room_else_one(qtbot: QtBot, open_page: Open) -> None:
    page = open_page()

    def columns() -> int:
        return len({section.mapTo(page, section.rect().topLeft()).x() for section in page.sections})

    assert columns() == 1
    page.resize(1368, 900)
    qtbot.waitUntil(lambda: columns() == 2)
    qtbot.waitUntil(lambda: len({section.width() for section in page.sections}) == 1)


@pytest.mark.parametrize("width", [888, 1368])
def test_no_words_are_cut_off(qtbot: QtBot, open_page: Open, width: int) -> None:
    page = open_page()
    page.resize(width, 900)
    qtbot.waitUntil(lambda: page.privacy.height() == page.privacy.heightForWidth(page.privacy.width()))
    before = page.privacy.height()
    page.privacy.clear.click()
    qtbot.waitUntil(lambda: page.privacy.height() > before)
    for label in page.findChildren(QLabel):
        if label.isVisible() and label.wordWrap():
            qtbot.waitUntil(lambda one=label: one.height() >= one.heightForWidth(one.width()))


@pytest.mark.parametrize("width", [888, 1208, 1368])
def test_the_names_of_devices_have_room(qtbot: QtBot, open_page: Open, width: int) -> None:
    """Two columns begin at 1208: the label then stands above its field."""
    page = open_page()
    page.resize(width, 820)
    wanted = page.devices.camera.fontMetrics().horizontalAdvance("Default (Built-in microphone)") + 80
    label = next(one for one in page.devices.findChildren(QLabel) if one.text() == "Camera")

    def is_above() -> bool:
        return label.mapTo(page, label.rect().bottomLeft()).y() < page.devices.camera.mapTo(page, QPoint()).y()

    qtbot.waitUntil(lambda: is_above() is (width > 888))
    qtbot.waitUntil(lambda: page.devices.camera.width() >= wanted)


@pytest.mark.parametrize("width", [888, 1208])
def test_why_there_is_no_speaker_is_not_cut_off(qtbot: QtBot, open_page: Open, width: int) -> None:
    page = open_page()
    page.resize(width, 820)
    page.devices.speaker.show_devices(Devices(), "")
    words = page.devices.speaker.question
    assert words.text().startswith("No speaker found.")
    qtbot.waitUntil(lambda: words.isVisible() and words.height() >= words.heightForWidth(words.width()))


@pytest.mark.parametrize("width", [888, 1208])
def test_the_list_has_the_order_of_the_cards(qtbot: QtBot, open_page: Open, width: int) -> None:
    page = open_page()
    page.resize(width, 820)

    def down_the_columns() -> list[str]:
        places = {one: one.mapTo(page, one.rect().topLeft()) for one in page.sections}
        return [one.title for one in sorted(page.sections, key=lambda one: (places[one].x(), places[one].y()))]

    listed = [one.title for one in sorted(page.nav, key=lambda one: page.nav[one].y())]
    qtbot.waitUntil(lambda: down_the_columns() == listed)
    assert page.nav[page.sections[0]].isChecked() and listed[0] == page.sections[0].title


def test_the_list_leads_to_each_card(qtbot: QtBot, open_page: Open) -> None:
    page = open_page()
    for section, button in page.nav.items():
        qtbot.mouseClick(button, LEFT)
        focused = QApplication.focusWidget()
        assert focused is not None
        assert button.isChecked()
        if section is page.access:
            assert focused is button, "there is nothing on the card to be focused"
        else:
            assert section.isAncestorOf(focused), section.title


def test_a_new_name_is_saved(qtbot: QtBot, open_page: Open, desk: OwnDesk) -> None:
    page = open_page()
    account = page.account
    assert (account.name.text, account.email.text) == ("Lena Hoffmann", "lena@example.org")
    assert not account.save.isEnabled()
    account.email.edit.clear()
    qtbot.keyClicks(account.email.edit, "nowhere")
    assert account.email.problem == "This does not look like an email address."
    assert not account.save.isEnabled()
    qtbot.keyClicks(account.email.edit, "@example.org")
    account.name.edit.clear()
    qtbot.keyClicks(account.name.edit, "Lena H.")
    qtbot.keyClick(account.name.edit, Qt.Key.Key_Return)
    assert account.save.text() == "Saving…"
    qtbot.waitUntil(lambda: account.save.text() == "Save")
    assert "change Lena H. nowhere@example.org" in desk.server.asked
    assert not account.save.isEnabled()


def test_why_a_name_is_not_saved_is_said_beside_it(qtbot: QtBot, open_page: Open, desk: OwnDesk) -> None:
    page = open_page()
    desk.server.problem = ServerRefused(400, "", "Somebody has signed up with that address already.")
    qtbot.keyClicks(page.account.name.edit, " the Great")
    page.account.save.click()
    qtbot.waitUntil(page.account.trouble.isVisible)
    assert "already" in page.account.trouble.words.text()
    assert page.account.save.isEnabled()


def test_devices_are_tried_on_a_press_and_remembered(qtbot: QtBot, open_page: Open, desk: OwnDesk) -> None:
    page = open_page()
    devices = page.devices
    assert not devices.mirror.isVisible()
    devices.try_camera.click()
    devices.try_microphone.click()
    qtbot.waitUntil(lambda: devices.mirror.frames_painted > 2, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: devices.meter.is_heard, timeout=PATIENCE_MS)
    assert devices.try_camera.text() == "Stop"
    devices.try_camera.click()
    assert not devices.mirror.isVisible()
    menu = devices.speaker.picker.menu_of_choices()
    menu.actions()[1].trigger()
    menu.deleteLater()
    assert desk.settings.state.speaker == "loud"
    menu = devices.camera.menu_of_choices()
    menu.actions()[1].trigger()
    menu.deleteLater()
    assert desk.settings.state.camera == "device:/dev/video7"
    assert not devices.tryout.switch("camera").desired
    devices.speaker.play.click()
    qtbot.waitUntil(devices.speaker.yes.isVisible)
    assert desk.chimes == ["loud"]


def test_how_one_sounds_is_remembered(qtbot: QtBot, open_page: Open, desk: OwnDesk) -> None:
    sound = open_page().devices.sound
    assert [row.switch.isChecked() for row in (sound.echo, sound.headphones, sound.chimes)] == [True, False, True]
    qtbot.mouseClick(sound.gain.switch, LEFT)
    qtbot.mouseClick(sound.chimes.switch, LEFT)
    assert desk.settings.state.sound == {"gain_control": False}
    assert not desk.settings.state.chimes
    desk.settings.change(sound={"headphones": True}, chimes=True)
    qtbot.waitUntil(lambda: sound.headphones.switch.isChecked() and sound.gain.switch.isChecked())
    assert sound.chimes.switch.isChecked()


def test_leaving_the_page_ends_the_tests(qtbot: QtBot, open_page: Open) -> None:
    page = open_page()
    page.devices.try_microphone.click()
    qtbot.waitUntil(lambda: page.devices.tryout.switch("microphone").actual, timeout=PATIENCE_MS)
    page.hide()
    qtbot.waitUntil(lambda: not page.intents.is_busy, timeout=PATIENCE_MS)
    page.show()
    assert page.devices.try_microphone.text() == "Test"


def test_the_look_changes_at_once_and_is_kept(qtbot: QtBot, open_page: Open, desk: OwnDesk) -> None:
    page = open_page()
    assert page.appearance.choices.cards[ThemeChoice.LIGHT].isChecked()
    qtbot.mouseClick(page.appearance.choices.cards[ThemeChoice.DARK], LEFT)
    assert theme().choice is ThemeChoice.DARK
    assert desk.settings.state.theme == "dark"
    theme().choose(ThemeChoice.LIGHT)
    assert page.appearance.choices.cards[ThemeChoice.LIGHT].isChecked()


def test_the_way_to_the_looks_begins_at_the_one_in_use(open_page: Open) -> None:
    page = open_page()
    page.go_to(page.appearance)
    assert page.appearance.choices.cards[ThemeChoice.LIGHT].hasFocus()


def test_the_way_leads_to_a_look_that_was_chosen_elsewhere_meanwhile(open_page: Open) -> None:
    page = open_page()
    page.go_to(page.appearance)
    page.go_to(page.devices)
    theme().choose(ThemeChoice.DARK)
    try:
        page.go_to(page.appearance)
        assert page.appearance.choices.cards[ThemeChoice.DARK].hasFocus()
    finally:
        theme().choose(ThemeChoice.LIGHT)


def test_another_language_is_spoken_at_once(open_page: Open, desk: OwnDesk) -> None:
    page = open_page()
    menu = page.language.picker.menu_of_choices()
    entries = {action.text(): action for action in menu.actions()}
    try:
        entries["Deutsch"].trigger()
        assert language().code == "de"
        assert desk.settings.state.language == "de"
    finally:
        language().choose(SYSTEM)
        menu.deleteLater()


def test_a_key_is_recorded_refused_and_given_back(qtbot: QtBot, open_page: Open, desk: OwnDesk) -> None:
    page = open_page()
    row = page.keys.rows[Action.PEOPLE]
    row.keys.setFocus()
    qtbot.keyClick(row.keys, Qt.Key.Key_Return)
    assert row.keys.is_listening
    qtbot.keyClick(row.keys, Qt.Key.Key_C)
    assert row.trouble.text() == "Already used by Chat"
    assert page.shortcuts.keys(Action.PEOPLE) == ("P",)
    row.back.click()
    assert not row.trouble.isVisible()
    row.keys.click()
    qtbot.keyClick(row.keys, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert desk.settings.state.shortcuts == {"people": "Ctrl+K"}
    assert row.keys.accessibleName() == "People: Ctrl+K. Change"
    assert page.keys.reset.isEnabled()
    page.keys.reset.click()
    assert desk.settings.state.shortcuts == {}
    assert not row.back.isVisible()


def test_a_key_is_turned_off_or_left_as_it_is(qtbot: QtBot, open_page: Open) -> None:
    page = open_page()
    row = page.keys.rows[Action.CHAT]
    row.keys.click()
    qtbot.keyClick(row.keys, Qt.Key.Key_Escape)
    assert page.shortcuts.keys(Action.CHAT) == ("C",)
    assert not row.keys.is_listening
    row.keys.click()
    qtbot.keyClick(row.keys, Qt.Key.Key_Backspace)
    assert page.shortcuts.keys(Action.CHAT) == ()
    assert row.keys.accessibleName() == "Chat: off. Change"
    pin = page.keys.rows[Action.PIN]
    pin.keys.click()
    assert page.shortcuts.keys(Action.PIN) == ()
    pin.keys.click()
    assert len(page.shortcuts.keys(Action.PIN)) == 9


def test_actions_are_found_by_their_words(qtbot: QtBot, open_page: Open) -> None:
    page = open_page()
    qtbot.keyClicks(page.keys.search, "LAYOUT")
    assert [action for action, row in page.keys.rows.items() if not row.isHidden()] == [
        Action.NEXT_LAYOUT,
        Action.PREVIOUS_LAYOUT,
    ]
    qtbot.keyClicks(page.keys.search, "x")
    assert page.keys.nothing.isVisible()
    qtbot.keyClick(page.keys.search, Qt.Key.Key_Escape)
    assert not any(row.isHidden() for row in page.keys.rows.values())


def test_local_data_goes_only_after_a_question_and_outside_rooms(qtbot: QtBot, open_page: Open, desk: OwnDesk) -> None:
    page = open_page()
    privacy = page.privacy
    desk.is_in_room = True
    privacy.clear.click()
    assert privacy.trouble.words.text() == "You are in a room. Leave it first."
    desk.is_in_room = False
    privacy.clear.click()
    assert privacy.no.isVisible()
    assert not privacy.trouble.isVisible()
    privacy.no.click()
    assert "forget" not in desk.server.asked
    privacy.clear.click()
    privacy.yes.click()
    qtbot.waitUntil(lambda: desk.account.store.state.phase is AccountPhase.SIGNED_OUT)
    assert "forget" in desk.server.asked


def test_quiet_is_remembered_for_the_next_room(qtbot: QtBot, open_page: Open, desk: OwnDesk) -> None:
    page = open_page()
    switch = page.notifications.quiet.switch
    assert not switch.isChecked()
    switch.setFocus()
    qtbot.keyClick(switch, Qt.Key.Key_Space)
    assert RoomMemory(desk.settings.folder).wish(QUIET)
    qtbot.mouseClick(page.notifications.quiet, LEFT)
    assert not RoomMemory(desk.settings.folder).wish(QUIET)
    page.hide()
    desk.is_in_room = True
    page.show()
    assert not switch.isEnabled()
    assert page.notifications.elsewhere.isVisible()


def test_the_servers_address_is_copied(qtbot: QtBot, open_page: Open, desk: OwnDesk) -> None:
    desk.hosted_address = "http://192.168.1.5:8765"
    page = open_page()
    assert page.server.address.text() == SERVER
    assert "http://192.168.1.5:8765" in page.server.hosted.text()
    page.server.copy.click()
    assert QGuiApplication.clipboard().text() == SERVER
    with qtbot.waitSignal(page.sign_out_wanted):
        page.server.other.click()


def test_the_licences_are_read_from_the_shipped_files(qtbot: QtBot, open_page: Open) -> None:
    page = open_page()
    page.about.licences.click()
    qtbot.waitUntil(lambda: page.licences is not None, timeout=PATIENCE_MS)
    window = page.licences
    assert window is not None
    assert window.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_everything_is_reached_by_the_tab_key(qtbot: QtBot, open_page: Open) -> None:
    page = open_page()
    wanted = {
        one
        for one in page.findChildren(QAbstractButton)
        if one.isVisible() and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    }
    page.nav[page.account].setFocus()
    reached: set[QWidget] = set()
    for _ in range(200):
        focused = QApplication.focusWidget()
        if focused is None or focused in reached:
            break
        reached.add(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    groups = {one for one in wanted if one.autoExclusive() or one in page.nav.values()}
    missed = [one.accessibleName() for one in wanted - groups - reached]
    assert missed == []
    assert groups & reached


def test_everything_has_a_name_and_plain_text(open_page: Open) -> None:
    page = open_page()
    for part in [*page.findChildren(QAbstractButton), *page.findChildren(QLineEdit)]:
        name = QAccessible.queryAccessibleInterface(part).text(QAccessible.Text.Name)
        is_repair = isinstance(part.parent(), ErrorLine)
        assert name or (is_repair and part.isHidden()), part
    assert {label.textFormat() for label in page.findChildren(QLabel)} == {Qt.TextFormat.PlainText}
