"""The room in right-to-left and in another language, changed while it is open."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.room.state import Link
from app.ui.components.icon_label import IconLabel
from app.ui.components.toasts import Toast, ToastStack
from app.ui.gallery.pseudo import PseudoTranslator
from app.ui.language import Language, language
from app.ui.room.bubble import Bubble
from app.ui.room.side_panel import CHAT, GOALS, PEOPLE, TIMER
from app.ui.room.stage import SELF
from app.ui.room.window import RoomWindow
from tests.ui.room.own_room import OwnRoom, message, somebody

RTL, LTR = Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight


@pytest.fixture
def turned(qtbot: QtBot, window: RoomWindow, room: OwnRoom) -> Iterator[RoomWindow]:
    """A room of three, turned to right-to-left while it is open."""
    room.enter(somebody("Priya Nair"), somebody("Omar Said"))
    qtbot.waitUntil(lambda: len(window.stage.order) == 3)
    end = language().try_out(PseudoTranslator(), RTL)
    qtbot.waitUntil(lambda: window.panel.x() == 0)
    yield window
    end()
    qtbot.waitUntil(lambda: window.panel.x() > 0)


def test_panel_and_stage_change_sides(turned: RoomWindow) -> None:
    assert turned.panel.geometry().right() + 1 == turned.stage.x()
    assert turned.stage.geometry().right() + 1 == turned.width()


def test_the_first_tile_and_the_first_button_are_on_the_right(turned: RoomWindow) -> None:
    assert turned.stage.tile("c-priya").x() > turned.stage.tile("c-omar").x()
    controls = turned.controls
    order = [one.mapTo(turned, QPoint(0, 0)).x() for one in (controls.microphone, controls.share, controls.leave)]
    assert order == sorted(order, reverse=True)


def test_tiles_and_the_mini_window_are_never_mirrored(turned: RoomWindow) -> None:
    for one in turned.stage.order:
        assert turned.stage.tile(one).layoutDirection() == LTR
    assert turned.mini.layoutDirection() == LTR


def test_no_tile_covers_another_or_leaves_the_stage(turned: RoomWindow) -> None:
    places = [turned.stage.tile(one).geometry() for one in turned.stage.order]
    assert all(turned.stage.rect().contains(place) for place in places)
    assert not any(one.intersects(other) for one in places for other in places if one != other)


@pytest.fixture
def mirrored(qapp: QApplication) -> Iterator[None]:
    end = language().try_out(PseudoTranslator(), RTL)
    yield
    end()


def test_the_banner_keeps_clear_of_a_panel_that_lies_over(
    qtbot: QtBot, mirrored: None, open_window: Callable[..., RoomWindow], room: OwnRoom
) -> None:
    window = open_window(900, 600)
    room.enter(somebody("Priya Nair"))
    room.change(link=Link.RECONNECTING, link_lost_at=0.0)
    qtbot.waitUntil(lambda: window.stage.banner.isVisible() and window.stage.banner.offers_a_way_out)
    window.open_panel(CHAT)
    banner = window.stage.banner
    over = window.panel.geometry().translated(-window.stage.pos())
    assert over.left() == 0
    assert not banner.geometry().intersects(over)
    assert over.right() < min(part.mapTo(window.stage, QPoint(0, 0)).x() for part in (banner.again, banner.leave))


def test_louder_is_on_the_left(qtbot: QtBot, turned: RoomWindow) -> None:
    turned.open_panel(PEOPLE)
    slider = turned.panel.people.row("c-priya").slider
    assert slider is not None
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(10, slider.height() // 2))
    assert slider.value() > 190
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert slider.value() < 200


def test_arrows_go_where_they_point(qtbot: QtBot, turned: RoomWindow) -> None:
    first = turned.stage.tile("c-priya")
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Left)
    assert turned.stage.tile("c-omar").hasFocus()


@pytest.mark.parametrize("direction", [LTR, RTL])
def test_ones_own_bubbles_stand_at_the_end_of_the_line(
    qtbot: QtBot, window: RoomWindow, room: OwnRoom, direction: Qt.LayoutDirection
) -> None:
    link = "https://example.org/a"
    room.hear(message(f"See {link}"), message(f"See {link}", "Lena Hoffmann"))
    model = window.panel.chat.model
    qtbot.waitUntil(lambda: model.rowCount() == 2)
    width = 320
    theirs, ours = (Bubble(row, width, direction) for row in model.rows)

    def where(bubble: Bubble) -> list[float]:
        points = [QPointF(x, y) for x in range(width) for y in range(0, bubble.height, 4)]
        return [point.x() for point in points if bubble.link_at(point) is not None]

    right = theirs if direction == RTL else ours
    left = ours if direction == RTL else theirs
    assert where(left) and where(right)
    assert min(where(left)) < min(where(right))
    assert max(where(left)) < max(where(right))


@pytest.fixture
def spoken(qapp: QApplication) -> Iterator[Language]:
    language().choose("en")
    yield language()
    language().choose("")


def test_another_language_reaches_the_open_room(
    qtbot: QtBot, spoken: Language, window: RoomWindow, room: OwnRoom
) -> None:
    room.enter(somebody("Priya Nair", audio=False), somebody("Omar Said"))
    qtbot.waitUntil(lambda: len(window.stage.order) == 3)
    panel = window.panel
    slider = panel.people.row("c-priya").slider
    assert slider is not None

    def words() -> list[str]:
        return [
            window.controls.leave.text(),
            window.controls.chat.word,
            window.stage.tile(SELF).face.label,
            window.stage.tile("c-priya").accessibleName(),
            window.stage.banner.again.text(),
            window.stage.seat.copy_button.text(),
            window.top_bar.details,
            panel.tabs.segment(PEOPLE).text(),
            panel.chat.composer.input.placeholderText(),
            panel.chat.note,
            panel.people.search.placeholderText(),
            panel.people.invite.text(),
            slider.accessibleName(),
        ]

    english = words()
    assert english[0] == "Leave"
    spoken.choose("de")
    qtbot.waitUntil(lambda: window.controls.leave.text() == "Verlassen")
    same = [word for word, before in zip(words(), english, strict=True) if word == before]
    assert same in ([], ["Chat"])
    spoken.choose("en")
    qtbot.waitUntil(lambda: words() == english)


def _gaps(window: RoomWindow) -> dict[str, tuple[int, int]]:
    """How far parts of the side panel are from its left and right edge."""
    panel = window.panel
    found: dict[str, tuple[int, int]] = {}
    for tab, part in (
        (CHAT, panel.tabs),
        (CHAT, panel.chat.composer),
        (CHAT, panel.chat.view.verticalScrollBar()),
        (PEOPLE, panel.people.search),
        (PEOPLE, panel.people.row("c-priya")),
        (TIMER, panel.time.dial),
        (GOALS, panel.goal.goal),
    ):
        window.open_panel(tab)
        panel.grab()  # so that it is laid out
        if not part.isVisible():
            continue
        left = part.mapTo(panel, QPoint(0, 0)).x()
        found[f"{tab} {type(part).__name__}"] = left, panel.width() - left - part.width()
    return found


@pytest.mark.parametrize("count", [2, 12])
def test_the_side_panel_keeps_the_same_room_at_its_edges_when_it_is_turned(
    qtbot: QtBot, window: RoomWindow, room: OwnRoom, count: int
) -> None:
    """With few people and little talk, and with so much that both lists scroll."""
    names = ("Priya Nair", *(f"Guest{number} Example" for number in range(count - 1)))
    room.enter(*(somebody(name) for name in names))
    room.hear(*(message("word " * 20) for _ in range(count)))
    qtbot.waitUntil(lambda: window.panel.chat.model.rowCount() == count)
    window.open_panel(CHAT)
    bar = window.panel.chat.view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.isVisible() == (count > 2))
    before = _gaps(window)
    end = language().try_out(PseudoTranslator(), RTL)
    window.open_panel(CHAT)
    qtbot.waitUntil(lambda: window.panel.x() == 0 and bar.isVisible() == (count > 2))
    turned = _gaps(window)
    end()
    qtbot.waitUntil(lambda: window.panel.x() > 0)
    assert turned == {part: (right, left) for part, (left, right) in before.items()}


def test_a_toast_keeps_its_icon_from_the_edge_where_one_begins_to_read(qtbot: QtBot, mirrored: None) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(600, 400)
    host.show()
    toasts = ToastStack(host)
    toasts.tell("Somebody joined")
    toast = host.findChild(Toast)
    assert toast is not None
    toast.grab()  # so that it is laid out
    icon, close = toast.findChild(IconLabel), toast.close_button
    assert icon is not None
    assert toast.width() - icon.geometry().right() - 1 == 16 + 14
    assert close.x() == 16 + 8
