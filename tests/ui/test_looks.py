"""What is painted by hand follows the look and the scale of the screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.study.days import StudyDay
from app.ui.components.buttons import Button, Kind, Look
from app.ui.components.labels import Label
from app.ui.confirm import Confirm
from app.ui.home.streak_card import StreakCard
from app.ui.room.seat import FreeSeat
from app.ui.room.top_bar import ConnectionSign
from app.ui.theme import ThemeChoice, theme
from app.ui.tokens import HIGH_CONTRAST
from app.ui.welcome.hero import Hero
from protocol.rest import Streaks


@pytest.fixture(autouse=True)
def light_again(light: None) -> Iterator[None]:
    yield
    theme().choose(ThemeChoice.LIGHT)


class SharpHero(Hero):
    def devicePixelRatioF(self) -> float:
        return 2.0


def painted(widget: QWidget, ratio: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Rows of pixels (blue, green, red, alpha), all of ``widget`` at one pixel for each of its own."""
    image = QImage(widget.size() * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    widget.render(image, QPoint())
    image.setDevicePixelRatio(1)
    small = image.scaled(widget.size())
    return np.frombuffer(small.constBits(), np.uint8).reshape(small.height(), small.width(), 4).copy()


def test_the_stills_fill_their_frames_on_a_sharp_screen_too(qtbot: QtBot) -> None:
    plain, sharp = Hero(), SharpHero()
    for hero in (plain, sharp):
        qtbot.addWidget(hero)
        hero.resize(592, 900)
    difference = np.abs(painted(plain, 1).astype(int) - painted(sharp, 2).astype(int))
    assert difference.mean() < 4


def test_a_question_lies_on_the_ground_of_every_dialog(qtbot: QtBot) -> None:
    behind = QWidget()
    qtbot.addWidget(behind)
    asking = Confirm("Discard this session?", "What you have written here will be gone.", "Discard", behind)
    assert asking.grab().toImage().pixelColor(4, 4) == theme().colour("surface")


def test_a_question_about_one_long_word_is_read_to_its_end(qtbot: QtBot) -> None:
    behind = QWidget()
    qtbot.addWidget(behind)
    asking = Confirm(f"Delete “{'W' * 60}”?", "It will be gone.", "Delete", behind)
    with qtbot.waitExposed(asking):
        asking.show()
    question = asking.findChildren(Label)[0]
    assert question.minimumSizeHint().width() <= question.width()
    assert question.height() >= question.heightForWidth(question.width())
    asking.close()


def test_missing_bars_are_hollow_in_high_contrast(qtbot: QtBot) -> None:
    theme().choose(ThemeChoice.HIGH_CONTRAST)
    sign = ConnectionSign()
    qtbot.addWidget(sign)
    sign.resize(20, 18)

    def filled() -> int:
        return int((painted(sign, 4)[..., :3].max(axis=-1) > 200).sum())

    sign.become("signal", "success")
    full = filled()
    sign.become("signal", "danger")
    assert filled() < full * 0.8


def test_the_rest_of_todays_ring_is_dark_in_high_contrast(qtbot: QtBot) -> None:
    theme().choose(ThemeChoice.HIGH_CONTRAST)
    card = StreakCard()
    qtbot.addWidget(card)
    monday = date(2026, 11, 23)
    card.resize(233, 192)
    card.show_days(Streaks(current_streak=1, longest_streak=1), [StudyDay(monday, 20, 1)], monday, 120)
    card.show()
    ring = painted(card.week, 4)[:22, :22]
    accent = QColor(HIGH_CONTRAST.accent)
    is_accent = (ring[..., 2] > 200) & (ring[..., 0] < 150)
    is_white = ring[..., :3].min(axis=-1) > 200
    assert accent.blue() < 150 and is_accent.any()
    assert not is_white.any()


def test_a_soft_button_has_an_edge_in_high_contrast(qtbot: QtBot) -> None:
    button = Button("Join", Kind.SOFT)
    qtbot.addWidget(button)
    assert Look(Kind.SOFT, button).edge is None
    theme().choose(ThemeChoice.HIGH_CONTRAST)
    assert Look(Kind.SOFT, button).edge == QColor(HIGH_CONTRAST.accent)
    button.setEnabled(False)
    assert Look(Kind.SOFT, button).edge is None, "so that it differs from one that cannot be pressed"


def test_the_free_seat_follows_the_look(qtbot: QtBot) -> None:
    seat = FreeSeat()
    qtbot.addWidget(seat)
    seat.resize(480, 300)
    seat.show_address("https://study.example", "Maths")
    theme().choose(ThemeChoice.HIGH_CONTRAST)
    seat.show()
    labels = [one for one in seat.findChildren(QWidget) if one.styleSheet()]
    assert labels
    assert {QColor(one.styleSheet().removeprefix("color: ")).name() for one in labels} == {
        QColor(HIGH_CONTRAST.text).name()
    }
