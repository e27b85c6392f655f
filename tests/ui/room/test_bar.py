"""The bar below the stage: what is turned on or off moves nothing, and the arrow keys do not lead out of it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.room.state import Switch
from app.ui.components.focus_ring import FocusRing
from app.ui.language import language
from app.ui.room.controls import ControlBar
from app.ui.room.window import LEAST_WIDTH, RoomWindow
from tests.ui.room.own_room import OwnRoom


def places(bar: ControlBar) -> list[QRect]:
    bar.grab()  # so that it is laid out
    return [QRect(one.mapTo(bar, QPoint(0, 0)), one.size()) for one in (*bar.all, bar.leave)]


@pytest.mark.parametrize("code", ["en", "de"])
@pytest.mark.parametrize("width", [960, 1440])
def test_nothing_moves_when_something_is_turned_on(qtbot: QtBot, light: None, code: str, width: int) -> None:
    language().choose(code)
    try:
        host = QWidget()
        qtbot.addWidget(host)
        bar = ControlBar(host)
        bar.setGeometry(0, 0, width, bar.height())
        host.show()
        before = places(bar)
        starting = Switch(True, False)
        for switch in (starting, Switch(True, True)):
            bar.show_switches(switch, switch)
            bar.show_sharing(switch)
            assert places(bar) == before
        assert before[-1].right() < width
    finally:
        language().choose("en")


@pytest.mark.parametrize("code", ["en", "de"])
def test_everything_fits_into_the_smallest_window(qtbot: QtBot, light: None, code: str) -> None:
    language().choose(code)
    try:
        host = QWidget()
        qtbot.addWidget(host)
        bar = ControlBar(host)
        bar.setGeometry(0, 0, LEAST_WIDTH, bar.height())
        host.show()
        for switch in (Switch(), Switch(True, True)):
            bar.show_switches(switch, switch)
            bar.show_sharing(switch)
            shown = [place for place, one in zip(places(bar), (*bar.all, bar.leave), strict=True) if one.isVisible()]
            assert all(bar.rect().contains(place) for place in shown)
        bar.setGeometry(0, 0, 1440, bar.height())
        widths = {one.width() for one in (bar.microphone, bar.share)}
        assert all(width > 64 for width in widths), "the words are whole again"
    finally:
        language().choose("en")


def test_the_arrow_keys_go_through_the_bar_and_stay_in_it(qtbot: QtBot, window: RoomWindow, room: OwnRoom) -> None:
    room.enter()
    bar = window.controls
    bar.microphone.setFocus(Qt.FocusReason.TabFocusReason)

    def press(key: Qt.Key) -> QWidget:
        focused = QApplication.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, key)
        now = QApplication.focusWidget()
        assert now is not None
        return now

    assert press(Qt.Key.Key_Left) is bar.microphone
    assert press(Qt.Key.Key_Right) is bar.microphone_arrow
    assert press(Qt.Key.Key_Right) is bar.camera
    assert press(Qt.Key.Key_End) is bar.leave
    assert press(Qt.Key.Key_Right) is bar.leave
    assert press(Qt.Key.Key_Left) is bar.more
    assert press(Qt.Key.Key_Home) is bar.microphone


def test_the_ring_of_an_arrow_keeps_clear_of_the_words(qtbot: QtBot, window: RoomWindow, room: OwnRoom) -> None:
    room.enter()
    arrow = window.controls.microphone_arrow
    arrow.setFocus(Qt.FocusReason.TabFocusReason)
    ring = next(one for one in window.findChildren(FocusRing) if one.target is arrow)
    words = arrow.mapTo(window, QPoint(0, 35)).y()
    assert ring.geometry().bottom() <= words
    assert arrow.height() >= 36, "what can be pressed is larger"
