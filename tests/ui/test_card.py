"""What is written on a session's card has room there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from pytestqt.qtbot import QtBot

from app.ui.language import language
from app.ui.sessions.card import SessionCard
from app.ui.sessions.offers import Viewer, matches
from app.ui.sessions.pills import subjects
from app.ui.words import subject_of
from protocol.rest import PLAIN_SUBJECT
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


def test_what_a_session_is_for_stands_on_its_card(qtbot: QtBot, light: None) -> None:
    card = SessionCard()
    qtbot.addWidget(card)
    card.resize(340, card.height())
    card.show_session(session("s", description="Bring problem set 4,\n\tand <b>pens</b>."), datetime.now(UTC), Viewer())
    card.show()
    assert card.description.isVisible() and card.description.text == "Bring problem set 4, and <b>pens</b>."
    assert card.accessibleDescription() == card.description.text
    assert card.description.geometry().top() > card.host.geometry().bottom()
    assert card.description.geometry().bottom() + 8 <= card.button.geometry().top()
    card.show_session(session("s", description="x " * 1_000_000), datetime.now(UTC), Viewer())
    assert len(card.toolTip()) < 1_000 and len(card.description.toolTip()) < 1_000, "a server may send any number"
    card.show_session(session("s"), datetime.now(UTC), Viewer())
    assert not card.description.isVisible() and card.accessibleDescription() == ""


@pytest.mark.usefixtures("german")
def test_the_subject_nobody_gave_is_said_and_found_in_the_readers_language(qtbot: QtBot) -> None:
    card = SessionCard()
    qtbot.addWidget(card)
    hosted = session("s", subject=PLAIN_SUBJECT)
    card.show_session(hosted, datetime.now(UTC), Viewer())
    assert card.subject.text == "Lernraum"
    assert subjects([hosted]) == ["Lernraum"]
    assert matches(hosted, "lernraum")
    assert subject_of(" Lernraum ") == PLAIN_SUBJECT, "who saves what was shown changes it for nobody"
    assert subject_of("Mathe") == "Mathe"
