"""What is written on a session's card has room there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from pytestqt.qtbot import QtBot

from app.ui.language import language
from app.ui.sessions.card import SessionCard
from app.ui.sessions.offers import Viewer
from tests.ui.own_desk import session


@pytest.fixture
def german(light: None) -> Iterator[None]:
    language().choose("de")
    yield
    language().choose("")


@pytest.mark.usefixtures("german")
def test_the_way_back_to_the_room_has_room_beside_a_hosts_menu(qtbot: QtBot) -> None:
    card = SessionCard()
    qtbot.addWidget(card)
    card.resize(330, 220)
    card.show_session(session("s", host="lena", people=1), datetime.now(UTC), Viewer("lena", here="s"))
    card.show()
    assert card.more.isVisible() and card.button.text() == "Zurück zum Raum"
    assert card.button.width() >= card.button.sizeHint().width()
    assert card.button.geometry().right() <= card.width() - 24
    assert card.places.geometry().right() < card.more.geometry().left()
