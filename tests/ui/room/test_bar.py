"""The bar below the stage: what is turned on or off moves nothing, and the arrow keys do not lead out of it."""

from __future__ import annotations

from collections.abc import Iterator

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


@pytest.fixture(params=["en", "de"])
def bar(qtbot: QtBot, light: None, request: pytest.FixtureRequest) -> Iterator[ControlBar]:
    language().choose(request.param)
    host = QWidget()
    qtbot.addWidget(host)
    bar = ControlBar(host)
    host.show()
    yield bar
    language().choose("en")


@pytest.mark.parametrize("width", [960, 1440])
def test_nothing_moves_when_something_is_turned_on(bar: ControlBar, width: int) -> None:
    bar.setGeometry(0, 0, width, bar.height())
    before = places(bar)
    starting = Switch(True, False)
    for switch in (starting, Switch(True, True)):
        bar.show_switches(switch, switch)
        bar.show_sharing(switch)
        assert places(bar) == before
    assert before[-1].right() < width


def test_everything_fits_into_the_smallest_window(bar: ControlBar) -> None:
    bar.setGeometry(0, 0, LEAST_WIDTH, bar.height())
    for switch in (Switch(), Switch(True, True)):
        bar.show_switches(switch, switch)
        bar.show_sharing(switch)
        shown = [place for place, one in zip(places(bar), (*bar.all, bar.leave), strict=True) if one.isVisible()]
        assert all(bar.rect().contains(place) for place in shown)
    bar.setGeometry(0, 0, 1440, bar.height())
    words = {one: one.fontMetrics().horizontalAdvance(one.word) for one in bar.all}
    assert all(one.width() >= width + 16 for one, width in words.items()), "the words are whole again"


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
