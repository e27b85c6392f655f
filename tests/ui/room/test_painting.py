"""Only what changed is painted: everything else would be paid for thirty times a second."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.room.state import Switch
from app.ui.room.stage import SELF
from app.ui.room.tile import VideoTile
from app.ui.room.window import RoomWindow
from tests.ui.room.clips import feed
from tests.ui.room.own_room import OwnRoom, message, somebody


class Paints(QObject):
    """Names the widgets that were painted."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.names: list[str] = []
        for widget in window.findChildren(QWidget):
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.names.append(type(watched).__name__)
        return False


def ready(qtbot: QtBot, window: RoomWindow, room: OwnRoom) -> list[VideoTile]:
    room.change(microphone=Switch(True, True), camera=Switch(True, True))
    room.enter(somebody("Priya Nair"), somebody("Omar Said"))
    room.hear(message("Hello"))
    qtbot.waitUntil(lambda: len(window.stage.order) == 3 and window.panel.chat.model.rowCount() == 1)
    tiles = [window.stage.tile(one) for one in ("c-priya", "c-omar", SELF)]
    for tile, slot in zip(tiles, (room.picture("c-priya"), room.picture("c-omar"), room.self_view), strict=True):
        feed(slot, "priya")
        qtbot.waitUntil(lambda tile=tile: tile.frames_painted == 1)
    return tiles


def test_a_frame_paints_its_tile_alone(qtbot: QtBot, window: RoomWindow, room: OwnRoom) -> None:
    first, *_ = ready(qtbot, window, room)
    paints = Paints(window)
    for count in (2, 3, 4):
        feed(room.picture("c-priya"), "priya")
        qtbot.waitUntil(lambda count=count: first.frames_painted == count)
    assert paints.names == ["VideoTile"] * 3


def test_a_snapshot_that_shows_nothing_new_paints_nothing(qtbot: QtBot, window: RoomWindow, room: OwnRoom) -> None:
    ready(qtbot, window, room)
    paints = Paints(window)
    heard: list[int] = []
    window.bridge.listen(lambda _: heard.append(1))
    for attempt in (1, 2):
        me = replace(room.store.state.me, sid=f"sid-{attempt}")
        room.change(me=me)
        qtbot.waitUntil(lambda attempt=attempt: len(heard) == attempt + 1)
    assert set(paints.names) <= {"PersonRow", "QLabel", "ElidingLabel", "Label"}, paints.names
