"""The green room, with real previews of the test source and devices that are not there."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from typing import Protocol

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.account import AccountPhase, AccountState
from app.choices import Choices, Devices, remember
from app.errors import DeviceError, DeviceKind, DeviceProblem
from app.media.devices import Device
from app.ui.components.labels import Label
from app.ui.green_room.page import MAX_ABOUT, GreenRoom
from protocol.rest import Profile
from tests.ui.own_desk import SERVER, OwnDesk, session

PATIENCE_MS = 15_000
BOTH_ON = {"camera test": True, "microphone test": True}


class Open(Protocol):
    def __call__(self, title: str = ..., description: str = ...) -> GreenRoom: ...


@pytest.fixture
def open_page(
    qtbot: QtBot, desk: OwnDesk, tutor: Profile, ui_loop: asyncio.AbstractEventLoop, light: None
) -> Iterator[Open]:
    desk.account.store.set(AccountState(AccountPhase.SIGNED_IN, SERVER, tutor))
    desk.settings.change(camera="test", microphone="test")
    desk.known = Devices(
        (Device("/dev/video7", "HD webcam", DeviceKind.CAMERA, is_default=True),),
        (Device("hw:7", "USB headset", DeviceKind.MICROPHONE, is_default=True),),
        (Device("loud", "Loud speakers", DeviceKind.SPEAKER, is_default=True),),
    )
    opened: list[GreenRoom] = []

    def open_one(title: str = "Linear algebra", description: str = "") -> GreenRoom:
        page = GreenRoom(desk, session("s", people=3, title=title, description=description))
        opened.append(page)
        qtbot.addWidget(page)
        page.resize(960, 640)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        qtbot.waitUntil(lambda: page.tryout.devices is not None, timeout=PATIENCE_MS)
        return page

    yield open_one
    for page in opened:
        page.hide()
    qtbot.waitUntil(lambda: not any(page.intents.is_busy for page in opened), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: capturing() == [])  # a device that does not open says so before its thread is gone


def capturing() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("capture")]


def test_on_the_very_first_use_nothing_is_on(qtbot: QtBot, open_page: Open) -> None:
    page = open_page()
    assert page.choices == Choices("test", "test")
    assert page.camera_toggle.text() == "Camera off"
    assert page.mirror.words == "Your camera is off"
    assert page.meter.words == "Microphone is off"
    assert capturing() == []


def test_one_sees_and_hears_oneself_as_last_time(qtbot: QtBot, open_page: Open, desk: OwnDesk) -> None:
    desk.settings.change(was_on=BOTH_ON)
    page = open_page()
    qtbot.waitUntil(lambda: page.mirror.frames_painted > 3, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: page.meter.words == "We can hear you", timeout=PATIENCE_MS)
    assert (page.camera_toggle.text(), page.microphone_toggle.text()) == ("Camera on", "Microphone on")
    image = page.mirror.grab().toImage()
    colours = {image.pixel(x, y) for x in range(0, image.width(), 5) for y in range(0, image.height(), 5)}
    assert len(colours) > 100


def test_the_rooms_keys_work_but_not_while_one_types(qtbot: QtBot, open_page: Open) -> None:
    page = open_page()
    qtbot.keyClick(page, Qt.Key.Key_V)
    assert page.tryout.switch("camera").desired
    qtbot.keyClick(page, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert page.tryout.switch("microphone").desired
    assert page.microphone_toggle.accessibleName() == "Mute microphone"
    page.goal.edit.setFocus()
    qtbot.keyClicks(page.goal.edit, "move")
    assert page.goal.text == "move"
    assert page.tryout.switch("camera").desired


def test_keys_that_were_changed_are_the_ones_that_work(qtbot: QtBot, open_page: Open, desk: OwnDesk) -> None:
    page = open_page()
    desk.settings.change(shortcuts={"camera": "K", "microphone": ""})
    assert page.camera_toggle.about == "Press K to start"
    assert page.microphone_toggle.about == "Others will not hear you"
    qtbot.keyClick(page, Qt.Key.Key_V)
    assert not page.tryout.switch("camera").desired
    qtbot.keyClick(page, Qt.Key.Key_K)
    assert page.tryout.switch("camera").desired


def test_joining_frees_the_devices_first_and_carries_the_choices(qtbot: QtBot, open_page: Open, desk: OwnDesk) -> None:
    desk.settings.change(was_on=BOTH_ON, speaker="loud")
    page = open_page()
    qtbot.waitUntil(lambda: page.tryout.switch("camera").actual, timeout=PATIENCE_MS)
    qtbot.keyClicks(page.goal.edit, " Problem set 4 ")
    still_open: list[list[str]] = []
    page.joined.connect(lambda _: still_open.append(capturing()))
    with qtbot.waitSignal(page.joined, timeout=PATIENCE_MS) as joined:
        qtbot.keyClick(page.goal.edit, Qt.Key.Key_Return)
        page.join()
    assert joined.args == [Choices("test", "test", "loud", True, True, "Problem set 4")]
    assert still_open == [[]]
    assert page.join_button.text() == "Joining…"
    page.fail("This session is full.")
    assert page.trouble.words.text() == "This session is full."
    assert page.join_button.isEnabled()
    qtbot.waitUntil(lambda: page.tryout.switch("camera").actual, timeout=PATIENCE_MS)


def test_another_device_turns_nothing_on(qtbot: QtBot, open_page: Open) -> None:
    page = open_page()
    menu = page.camera.menu_of_choices()
    assert [action.text() for action in menu.actions()] == [
        "Default (HD webcam)",
        "HD webcam",
        "Test picture and tone",
    ]
    menu.actions()[1].trigger()
    menu.deleteLater()
    assert page.choices == Choices("device:/dev/video7", "test")
    assert page.camera.accessibleName() == "Camera: HD webcam"


def test_a_device_that_fails_says_so_and_is_tried_again_on_wish(qtbot: QtBot, open_page: Open, desk: OwnDesk) -> None:
    desk.settings.change(camera="device:/dev/video7", microphone="device:no such card")
    page = open_page()
    page.camera_toggle.click()
    page.microphone_toggle.click()
    qtbot.waitUntil(lambda: page.mirror.again.isVisible(), timeout=PATIENCE_MS)
    assert page.mirror.words.startswith("No camera found.")
    assert page.camera_toggle.text() == "No camera"
    qtbot.waitUntil(lambda: page.microphone_trouble.isVisible(), timeout=PATIENCE_MS)
    page.tryout.choose("camera", "test")
    qtbot.waitUntil(lambda: page.tryout.switch("camera").actual, timeout=PATIENCE_MS)
    page.tryout.choose("camera", "device:/dev/video7")
    qtbot.waitUntil(lambda: page.tryout.switch("camera").problem is not None, timeout=PATIENCE_MS)
    page.mirror.again.click()
    assert page.tryout.switch("camera").problem is None
    qtbot.waitUntil(lambda: page.tryout.switch("camera").problem is not None, timeout=PATIENCE_MS)


def test_a_device_that_goes_away_is_told_and_not_started_by_itself(
    qtbot: QtBot, open_page: Open, desk: OwnDesk
) -> None:
    desk.settings.change(was_on=BOTH_ON)
    page = open_page()
    qtbot.waitUntil(lambda: page.tryout.switch("camera").actual, timeout=PATIENCE_MS)
    on_lost = desk.previews[-1].on_device_lost
    assert on_lost is not None
    on_lost(DeviceKind.CAMERA, DeviceError(DeviceKind.CAMERA, DeviceProblem.SILENT))
    qtbot.waitUntil(lambda: page.tryout.switch("camera").problem is DeviceProblem.SILENT, timeout=PATIENCE_MS)
    assert "sends nothing" in page.mirror.words
    assert page.choices.camera_on


def test_the_chime_asks_whether_it_was_heard(qtbot: QtBot, open_page: Open, desk: OwnDesk) -> None:
    page = open_page()
    page.speaker.play.click()
    qtbot.waitUntil(lambda: page.speaker.yes.isVisible(), timeout=PATIENCE_MS)
    assert page.speaker.question.text() == "Did you hear it?"
    assert desk.chimes == [""]
    page.speaker.no.click()
    assert "volume" in page.speaker.question.text()


def test_a_speaker_that_fails_is_explained(qtbot: QtBot, open_page: Open, desk: OwnDesk) -> None:
    page = open_page()
    desk.speaker_problem = DeviceError(DeviceKind.SPEAKER, DeviceProblem.FAILED)
    page.speaker.play.click()
    qtbot.waitUntil(lambda: page.speaker.trouble.isVisible(), timeout=PATIENCE_MS)
    assert page.speaker.trouble.words.text().startswith("Your speaker could not be started.")
    assert page.speaker.play.isEnabled()


def test_a_second_space_while_joining_presses_nothing(qtbot: QtBot, open_page: Open, desk: OwnDesk) -> None:
    page = open_page()
    qtbot.waitUntil(page.join_button.hasFocus)
    qtbot.keyClick(page.join_button, Qt.Key.Key_Space)
    assert QApplication.focusWidget() is page, "the focus went on to a control that was not asked for"
    page.fail("This session is full.")
    assert page.join_button.hasFocus()


def test_a_computer_without_anything_can_still_join(qtbot: QtBot, open_page: Open, desk: OwnDesk) -> None:
    desk.settings.change(camera="", microphone="")
    desk.known = Devices()
    page = open_page()
    assert (page.camera.words, page.microphone.words) == ("No camera found", "No microphone found")
    assert page.speaker.picker.words == "No speaker found"
    assert not page.speaker.play.isEnabled()
    with qtbot.waitSignal(page.joined, timeout=PATIENCE_MS):
        qtbot.keyClick(page.join_button, Qt.Key.Key_Return)


def test_by_keyboard_alone(qtbot: QtBot, open_page: Open) -> None:
    page = open_page()
    assert page.join_button.hasFocus()
    reached: list[str] = []
    for _ in range(13):
        focused = QApplication.focusWidget()
        assert isinstance(focused, QAbstractButton | QLineEdit)
        reached.append(focused.accessibleName())
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert {
        "Join",
        "Cancel",
        "Unmute microphone",
        "Start video",
        "Turn body-double mode on",
        "Your goal for this session",
        "Camera: Test picture and tone",
        "Microphone: Test picture and tone",
        "Speaker: Default (Loud speakers)",
        "Play chime",
    } <= set(reached)
    with qtbot.waitSignal(page.cancelled):
        qtbot.keyClick(page, Qt.Key.Key_Escape)


def test_hiding_the_page_frees_everything(qtbot: QtBot, open_page: Open, desk: OwnDesk) -> None:
    desk.settings.change(was_on=BOTH_ON)
    page = open_page()
    qtbot.waitUntil(lambda: page.tryout.switch("microphone").actual, timeout=PATIENCE_MS)
    page.hide()
    qtbot.waitUntil(lambda: not capturing(), timeout=PATIENCE_MS)
    page.show()
    qtbot.waitUntil(lambda: page.tryout.switch("microphone").actual, timeout=PATIENCE_MS)


WEBCAM = Device("/dev/video7", "HD webcam", DeviceKind.CAMERA, is_default=True)
HEADSET = Device("hw:7", "USB headset", DeviceKind.MICROPHONE)
DESK_MICROPHONE = Device("hw:1", "Desk microphone", DeviceKind.MICROPHONE, is_default=True)


def plug(qtbot: QtBot, desk: OwnDesk, page: GreenRoom, known: Devices) -> None:
    desk.known = known
    desk.engine.submit(desk.hardware.look()).result(10)
    qtbot.waitUntil(lambda: page.tryout.devices == known)


def test_what_is_plugged_in_meanwhile_is_there_to_be_chosen(qtbot: QtBot, open_page: Open, desk: OwnDesk) -> None:
    desk.settings.change(microphone="")
    desk.known = Devices()
    page = open_page()
    assert page.microphone.words == "No microphone found"
    plug(qtbot, desk, page, Devices((WEBCAM,), (HEADSET,), ()))
    assert page.microphone.words == "Default"
    assert not page.choices.microphone_on
    assert capturing() == []


def test_the_default_stands_in_for_a_headset_that_is_pulled(qtbot: QtBot, open_page: Open, desk: OwnDesk) -> None:
    desk.settings.change(microphone="device:hw:7")
    desk.known = Devices((), (HEADSET, DESK_MICROPHONE), ())
    page = open_page()
    plug(qtbot, desk, page, Devices((), (DESK_MICROPHONE,), ()))
    assert page.tryout.stands_in("microphone") == "Desk microphone"
    assert page.microphone.words == "USB headset is away: using Desk microphone"
    assert page.choices.microphone == "device:hw:7", "it is taken again when it is back"
    plug(qtbot, desk, page, Devices((), (HEADSET, DESK_MICROPHONE), ()))
    assert page.tryout.stands_in("microphone") == ""
    assert page.microphone.words == "USB headset"


def test_one_that_was_missing_is_noticed(qtbot: QtBot, open_page: Open, desk: OwnDesk) -> None:
    """It was wished for, and nobody but oneself sees it here."""
    desk.settings.change(camera="device:/dev/video7")
    desk.known = Devices()
    page = open_page()
    page.camera_toggle.click()
    qtbot.waitUntil(lambda: page.tryout.switch("camera").problem is not None, timeout=PATIENCE_MS)
    tried: list[DeviceProblem | None] = []
    page.tryout.changed.connect(lambda: tried.append(page.tryout.switch("camera").problem))
    plug(qtbot, desk, page, Devices((WEBCAM,), (), ()))
    qtbot.waitUntil(lambda: tried[-1:] == [DeviceProblem.ABSENT] and None in tried, timeout=PATIENCE_MS)


def test_a_body_double_is_silent_and_says_so_at_the_door(qtbot: QtBot, open_page: Open, desk: OwnDesk) -> None:
    desk.settings.change(was_on=BOTH_ON)
    page = open_page()
    qtbot.waitUntil(lambda: page.tryout.switch("microphone").actual, timeout=PATIENCE_MS)
    assert page.body_double_toggle.accessibleName() == "Turn body-double mode on"
    qtbot.keyClick(page.body_double_toggle, Qt.Key.Key_Space)
    assert page.body_double_toggle.is_on
    assert page.choices == Choices("test", "test", camera_on=True, microphone_on=False, body_double=True)
    qtbot.waitUntil(lambda: not page.tryout.switch("microphone").actual, timeout=PATIENCE_MS)
    page.body_double_toggle.click()
    assert not page.choices.microphone_on, "nothing turns on by itself"


def test_body_double_mode_is_remembered(open_page: Open, desk: OwnDesk) -> None:
    remember(desk.settings, Choices("test", "test", camera_on=True, body_double=True))
    page = open_page()
    assert page.choices == Choices("test", "test", camera_on=True, body_double=True)


def test_join_stays_in_sight_when_the_window_becomes_small(qtbot: QtBot, open_page: Open, desk: OwnDesk) -> None:
    page = open_page(f"{'A very long title of a session, as people give them to be sure. ' * 3}")
    page.resize(1440, 1000)
    join = page.join_button
    qtbot.waitUntil(lambda: is_whole(join))
    assert join.hasFocus()
    page.resize(960, 640)
    qtbot.waitUntil(lambda: is_whole(join))


def test_a_body_double_without_a_camera_is_told_what_is_missing(qtbot: QtBot, open_page: Open, desk: OwnDesk) -> None:
    desk.settings.change(camera="device:/dev/video7")
    page = open_page()
    assert page.body_double_toggle.about == "A still every 10 s"
    page.camera_toggle.click()
    qtbot.waitUntil(lambda: page.tryout.switch("camera").problem is not None, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: page.body_double_toggle.about == "Needs a camera")
    assert "no sound" in page.body_double_toggle.toolTip()


def test_what_the_session_is_for_is_read_before_one_joins(open_page: Open) -> None:
    page = open_page(description="Bring <b>problem set 4</b>.")
    about = page.findChild(Label, "about-session")
    assert about is not None and about.isVisible() and about.text() == "Bring <b>problem set 4</b>."
    assert about.textFormat() is Qt.TextFormat.PlainText
    assert page.width() > about.mapTo(page, about.rect().topRight()).x()


def test_a_long_description_leaves_join_in_sight_and_is_whole_in_the_tooltip(qtbot: QtBot, open_page: Open) -> None:
    text = "Everything that was ever said about it. " * 40
    page = open_page(description=text)
    about = page.findChild(Label, "about-session")
    assert about is not None and len(about.text()) <= MAX_ABOUT and about.text().endswith("…")
    assert about.accessibleName() == text.strip() and text.strip() in about.toolTip()
    qtbot.waitUntil(lambda: is_whole(page.join_button))


def test_a_server_may_describe_a_session_at_any_length(open_page: Open) -> None:
    page = open_page(description="x" * 1_000_000)
    about = page.findChild(Label, "about-session")
    assert about is not None and len(about.toolTip()) < 3_000 and len(about.accessibleName()) < 3_000


def is_whole(button: QAbstractButton) -> bool:
    return button.visibleRegion().boundingRect() == button.rect()
