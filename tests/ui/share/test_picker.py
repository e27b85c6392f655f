"""The picker over a desktop of the test's own: what it shows, the keyboard, and that it lets go."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.media.capture.surfaces import Surface, Surfaces, is_dark
from app.media.sources import SourceSpec
from app.ui.room.controls import HEIGHT as CONTROLS_HEIGHT
from app.ui.room.top_bar import HEIGHT as TOP_HEIGHT
from app.ui.share.card import title_lines
from app.ui.share.picker import SharePicker
from app.ui.theme import font


def spec(text: str) -> SourceSpec:
    return SourceSpec.parse(text)


class OwnDesktop:
    """A desktop that has what the test says."""

    def __init__(self, *surfaces: Surface, asks_itself: bool = False) -> None:
        self.surfaces = surfaces
        self.asks_itself = asks_itself
        self.tell: Callable[[SourceSpec, QImage], None] | None = None
        self.is_closed = False

    def listed(self) -> tuple[Surface, ...]:
        return self.surfaces

    def watch(self, glimpsed: Callable[[SourceSpec, QImage], None]) -> None:
        self.tell = glimpsed

    def close(self) -> None:
        self.is_closed = True


SCREEN = Surface(spec("screen:0"), "", 1920, 1080)
NOTES = Surface(spec("window:1"), "<b>Notes</b>\u202e – a very long title that no card has enough room for")
EDITOR = Surface(spec("window:2"), "Editor")
SHELL = Surface(spec("window:3"), "Shell")


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 700)
    window.show()
    return window


def pick(desktop: OwnDesktop, window: QWidget) -> tuple[SharePicker, list[object]]:
    picker = SharePicker(desktop, window)
    picker.open()
    chosen: list[object] = []
    picker.chosen.connect(chosen.append)
    return picker, chosen


def test_the_screen_is_chosen_at_first_and_enter_shares_what_is_chosen(qtbot: QtBot, window: QWidget) -> None:
    desktop = OwnDesktop(SCREEN, NOTES, EDITOR, SHELL)
    picker, chosen = pick(desktop, window)
    assert picker.selected == SCREEN.spec
    card = picker.cards[SCREEN.spec]
    assert card.accessibleName() == "Entire screen, 1920 × 1080"
    qtbot.keyClick(card, Qt.Key.Key_Right)
    assert picker.selected == NOTES.spec
    qtbot.keyClick(picker.cards[NOTES.spec], Qt.Key.Key_Left)
    qtbot.keyClick(picker.cards[SCREEN.spec], Qt.Key.Key_Down)
    assert picker.selected == SHELL.spec
    qtbot.keyClick(picker.share, Qt.Key.Key_Return)
    assert chosen == [SHELL.spec]
    assert desktop.is_closed


def test_escape_shares_nothing_and_lets_go(qtbot: QtBot, window: QWidget) -> None:
    desktop = OwnDesktop(SCREEN)
    picker, chosen = pick(desktop, window)
    qtbot.keyClick(picker, Qt.Key.Key_Escape)
    assert chosen == []
    assert desktop.is_closed


def test_titles_are_plain_and_pictures_live(qtbot: QtBot, window: QWidget) -> None:
    desktop = OwnDesktop(SCREEN, NOTES)
    picker, _ = pick(desktop, window)
    card = picker.cards[NOTES.spec]
    assert card.title.startswith("<b>Notes</b>")
    assert "\u202e" not in card.title
    assert desktop.tell is not None
    red = QImage(320, 180, QImage.Format.Format_RGB32)
    red.fill(Qt.GlobalColor.red)
    desktop.tell(NOTES.spec, red)
    shown = card.grab().toImage()
    assert shown.pixelColor(card.width() // 2, 60) == Qt.GlobalColor.red
    desktop.tell(NOTES.spec, QImage())
    assert "Nothing to see" in card.accessibleDescription()
    desktop.tell(spec("window:99"), red)  # it went in the meantime


def test_windows_come_and_go_and_the_choice_stays(qtbot: QtBot, window: QWidget) -> None:
    desktop = OwnDesktop(SCREEN, NOTES, EDITOR)
    picker, _ = pick(desktop, window)
    picker.cards[EDITOR.spec].click()
    desktop.surfaces = (SCREEN, EDITOR, SHELL)
    qtbot.waitUntil(lambda: list(picker.cards) == [SCREEN.spec, EDITOR.spec, SHELL.spec])
    assert picker.selected == EDITOR.spec
    desktop.surfaces = (SCREEN,)
    qtbot.waitUntil(lambda: list(picker.cards) == [SCREEN.spec])
    assert picker.selected is None
    assert not picker.share.isEnabled()


def test_it_is_as_large_as_what_it_offers(window: QWidget) -> None:
    def size(*surfaces: Surface) -> tuple[int, int]:
        picker, _ = pick(OwnDesktop(*surfaces), window)
        found = picker.width(), picker.height()
        for card in picker.cards.values():
            assert picker.rect().contains(QRect(card.mapTo(picker, QPoint()), card.size()))
        picker.reject()
        return found

    nothing, one, two = size(), size(SCREEN), size(SCREEN, NOTES)
    many = size(SCREEN, NOTES, EDITOR, SHELL)
    assert nothing[0] <= one[0] < two[0] < many[0]
    assert nothing[1] < two[1] < many[1]
    picker, _ = pick(OwnDesktop(SCREEN), window)
    alone = picker.cards[SCREEN.spec].width()
    assert alone + 2 * 24 <= picker.width() < alone + 3 * 24


def test_in_a_low_room_its_cards_scroll_and_the_bars_stay_in_sight(qtbot: QtBot, window: QWidget) -> None:
    window.resize(960, 640)
    picker, _ = pick(OwnDesktop(SCREEN, NOTES, EDITOR, SHELL), window)
    stage = QRect(0, TOP_HEIGHT, 960, 640 - TOP_HEIGHT - CONTROLS_HEIGHT)
    assert stage.height() - 20 <= picker.height() <= stage.height()
    assert abs((picker.geometry().center() - window.pos()).y() - stage.center().y()) <= 2
    last = picker.cards[SHELL.spec]
    assert last.visibleRegion().boundingRect().height() < last.height()
    qtbot.keyClick(picker.cards[SCREEN.spec], Qt.Key.Key_Down)
    assert picker.selected == SHELL.spec
    assert last.visibleRegion().boundingRect().height() == last.height()


def test_it_stays_where_it_is_when_its_window_is_restored(window: QWidget) -> None:
    picker, _ = pick(OwnDesktop(SCREEN), window)
    place = picker.pos()
    for _ in range(2):
        picker.showMinimized()
        picker.showNormal()
    assert picker.pos() == place


def test_cards_of_screens_and_of_windows_are_equally_high(window: QWidget) -> None:
    picker, _ = pick(OwnDesktop(SCREEN, NOTES, EDITOR), window)
    assert len({card.height() for card in picker.cards.values()}) == 1


def test_a_long_title_has_two_lines_of_whole_words(light: None) -> None:
    metrics = QFontMetrics(font(13, 600))
    width = metrics.horizontalAdvance("a very long title")
    assert title_lines("a very long title of a window", metrics, width, 2) == ["a very long title", "of a window"]
    assert title_lines("a very long title of a window", metrics, width, 1) == ["a very long title of a window"]
    assert title_lines("a very long title of a window nobody reads", metrics, width, 2)[1].endswith("nobody reads")
    assert title_lines("Editor", metrics, width, 2) == ["Editor"]
    assert title_lines("", metrics, width, 2) == []


def test_it_grows_with_what_comes_and_stays_when_something_goes(qtbot: QtBot, window: QWidget) -> None:
    desktop = OwnDesktop(SCREEN)
    picker, _ = pick(desktop, window)
    before = picker.size()
    desktop.surfaces = (SCREEN, NOTES, EDITOR, SHELL)
    qtbot.waitUntil(lambda: picker.width() > before.width() and picker.height() > before.height())
    grown = picker.size()
    desktop.surfaces = (SCREEN,)
    qtbot.waitUntil(lambda: len(picker.cards) == 1)
    assert picker.size() == grown


def test_two_screens_have_numbers_and_a_desktop_that_asks_says_so(qtbot: QtBot, window: QWidget) -> None:
    picker, _ = pick(OwnDesktop(SCREEN, Surface(spec("screen:1"), "", 1280, 720)), window)
    assert [card.title for card in picker.cards.values()] == ["Screen 1", "Screen 2"]
    picker.reject()
    picker, _ = pick(OwnDesktop(SCREEN, asks_itself=True), window)
    assert "will ask" in picker.about.text()
    picker.reject()


def test_a_platform_without_a_desktop_lists_a_screen_and_looks_at_nothing(qtbot: QtBot) -> None:
    surfaces = Surfaces(160, 90)
    [screen] = surfaces.listed()
    assert screen.spec == SCREEN.spec
    surfaces.watch(lambda *_: pytest.fail("looked"))
    surfaces.close()


def test_what_a_system_blackens_counts_as_nothing() -> None:
    image = QImage(QSize(40, 20), QImage.Format.Format_RGB32)
    image.fill(0xFF030303)
    assert is_dark(image)
    image.setPixelColor(3, 3, Qt.GlobalColor.white)
    assert not is_dark(image)


def test_enter_on_a_card_or_a_double_click_shares_it_at_once(qtbot: QtBot, window: QWidget) -> None:
    picker, chosen = pick(OwnDesktop(SCREEN), window)
    card = picker.cards[SCREEN.spec]
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    assert picker.share.isEnabled()  # a lone choice is not taken back by another click
    qtbot.keyClick(card, Qt.Key.Key_Return)
    assert chosen == [SCREEN.spec]
    picker, chosen = pick(OwnDesktop(SCREEN, NOTES), window)
    qtbot.mouseDClick(picker.cards[NOTES.spec], Qt.MouseButton.LeftButton)
    assert chosen == [NOTES.spec]
