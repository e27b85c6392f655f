"""What is painted or placed by hand follows the direction of reading, and figures keep theirs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.study.days import StudyDay
from app.ui.components.avatars import AvatarStack, avatar_fill
from app.ui.components.labels import Label
from app.ui.gallery.pseudo import PseudoTranslator
from app.ui.home.today_card import TodayCard
from app.ui.home.year_card import YearCard
from app.ui.icons import pixmap
from app.ui.language import language
from app.ui.room.people import volume_words
from app.ui.theme import theme
from app.ui.words import one_way

RTL, LTR = Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight


@pytest.fixture
def mirrored(qapp: QApplication) -> Iterator[None]:
    end = language().try_out(PseudoTranslator(), RTL)
    yield
    end()


def picture(widget: QWidget) -> QImage:
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def ink(picture: QImage) -> QRect:
    """Where something stands that is not the ground, which is the colour of the first pixel."""
    ground = picture.pixel(0, 0)
    there = [
        QPoint(x, y) for y in range(picture.height()) for x in range(picture.width()) if picture.pixel(x, y) != ground
    ]
    found = QRect()
    for one in there:
        found = found.united(QRect(one, one))
    return found


def columns_of(picture: QImage, colour: QColor) -> list[int]:
    return [x for x in range(picture.width()) if QColor(picture.pixel(x, picture.height() // 2)) == colour]


@pytest.mark.parametrize("words", ["91", "https://study.example.org", "שלום"])
def test_a_label_stands_where_the_layout_begins(qtbot: QtBot, words: str) -> None:
    label = Label(words)
    qtbot.addWidget(label)
    label.resize(400, 24)
    label.setLayoutDirection(RTL)
    assert ink(picture(label)).left() > 200
    label.setLayoutDirection(LTR)
    assert ink(picture(label)).right() < 200


def test_what_is_centred_stays_so_in_both_directions(qtbot: QtBot) -> None:
    label = Label("91")
    qtbot.addWidget(label)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.resize(400, 24)
    for direction in (RTL, LTR):
        label.setLayoutDirection(direction)
        assert abs(ink(picture(label)).center().x() - 200) <= 2


def test_the_legend_says_less_beside_the_lightest_square(qtbot: QtBot, mirrored: None) -> None:
    card = YearCard()
    qtbot.addWidget(card)
    card.show_days([], date(2026, 3, 17), None)
    legend = next(one for one in card.findChildren(QWidget) if one.accessibleName() and type(one).__name__ == "_Legend")
    legend._more = ""  # pyright: ignore
    legend.resize(legend.sizeHint())
    shown = picture(legend)
    heat = [theme().colour(one) for one in theme().tokens.heat]
    lightest, darkest = columns_of(shown, heat[0]), columns_of(shown, heat[-1])
    assert min(lightest) > max(darkest)
    inked = ink(shown)
    assert inked.right() > max(lightest) + 8
    assert inked.left() >= min(darkest)


@pytest.mark.parametrize("name", ["arrow-left", "log-out", "send-horizontal"])
def test_what_points_along_the_line_is_turned(qapp: QApplication, name: str) -> None:
    straight = pixmap(name).toImage()
    end = language().try_out(PseudoTranslator(), RTL)
    turned = pixmap(name).toImage()
    end()
    assert turned == straight.flipped(Qt.Orientation.Horizontal)
    assert turned != straight


def test_figures_keep_their_order_where_one_reads_from_right_to_left(mirrored: None) -> None:
    assert one_way("2560 × 1440") == "\u20662560 × 1440\u2069"
    assert volume_words(100).startswith("\u2066")


def test_figures_have_nothing_around_them_otherwise(qapp: QApplication) -> None:
    assert one_way("+6") == "+6"


def test_a_stack_of_people_begins_where_one_begins_to_read(qtbot: QtBot) -> None:
    stack = AvatarStack()
    qtbot.addWidget(stack)
    stack.show_people([("u-1", "Ida"), ("u-2", "Omar")])
    stack.resize(stack.sizeHint())
    first, last = QColor(avatar_fill("u-1")), QColor(avatar_fill("u-2"))
    assert first != last
    assert min(columns_of(picture(stack), first)) < min(columns_of(picture(stack), last))
    stack.setLayoutDirection(RTL)
    assert max(columns_of(picture(stack), first)) > max(columns_of(picture(stack), last))


def test_the_margins_of_today_are_turned(qtbot: QtBot, mirrored: None) -> None:
    card = TodayCard()
    qtbot.addWidget(card)
    card.show_day(StudyDay(date(2026, 3, 17), 50, 1), 120)
    card.resize(400, card.height())
    layout = card.layout()
    assert layout is not None
    layout.activate()
    assert card.width() - card.ring.geometry().right() - 1 == 24
    assert card.change.x() == 12
    assert all(one.geometry().right() < card.ring.x() for one in (card.of, card.sessions) if isinstance(one, QLabel))
