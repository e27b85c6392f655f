from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QListView
from pytestqt.qtbot import QtBot

from app.ui.language import language
from app.ui.room import emoji_names
from app.ui.room.chat_panel import ChatPanel
from app.ui.room.emoji import EMOJI, MOST_LARGE, Group, is_only_emoji
from app.ui.room.emoji_picker import EmojiPicker
from app.ui.room.memory import RoomMemory


@pytest.mark.parametrize("emoji", [emoji for emoji, _ in EMOJI])
def test_everything_offered_counts_as_emoji(emoji: str) -> None:
    assert is_only_emoji(emoji)


def test_every_emoji_is_offered_once_and_has_a_name() -> None:
    assert len({emoji for emoji, _ in EMOJI}) == len(EMOJI)
    assert all(name.strip() for _, name in EMOJI)


@pytest.mark.parametrize("text", ["👍🏽", "👩‍💻", "🇩🇪", "1️⃣", "❤️ 💙", " 🎉 ", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"])
def test_sequences_are_emoji(text: str) -> None:
    assert is_only_emoji(text)


@pytest.mark.parametrize("text", ["", " ", "1", "42", "ok 👍", "👍!", "→x", "λ", "#", "👍" * (MOST_LARGE + 1)])
def test_texts_are_not(text: str) -> None:
    assert not is_only_emoji(text)


@pytest.fixture
def german(qtbot: QtBot) -> Iterator[None]:
    language().choose("de")
    yield
    language().choose("en")


def test_every_emoji_has_a_german_name() -> None:
    names = [emoji_names.shown(emoji, "de") for emoji, _ in EMOJI]
    english = [emoji_names.shown(emoji, "en") for emoji, _ in EMOJI]
    assert sum(one == other for one, other in zip(names, english, strict=True)) < 5
    assert all(name and name != emoji for name, (emoji, _) in zip(names, EMOJI, strict=True))


def test_a_language_without_names_has_the_english_ones() -> None:
    assert emoji_names.shown("☕", "eo") == "coffee, break"


@pytest.mark.parametrize(
    ("typed", "emoji"),
    [("Daumen", "👍"), ("thumbs", "👍"), ("kaffee", "☕"), ("HÄNDE", "👏"), ("hande", "👏"), ("Glühbirne", "💡")],
)
@pytest.mark.usefixtures("german", "light")
def test_search_knows_german_and_english(qtbot: QtBot, typed: str, emoji: str) -> None:
    picker = EmojiPicker(list)
    qtbot.addWidget(picker)
    picker.search.setText(typed)
    assert emoji in picker.offered
    assert 0 < len(picker.offered) < len(EMOJI) / 2


@pytest.mark.usefixtures("light")
def test_german_is_not_found_in_english(qtbot: QtBot) -> None:
    picker = EmojiPicker(list)
    qtbot.addWidget(picker)
    QTest.keyClicks(picker.search, "Daumen")
    assert picker.offered == []
    picker.search.setText("Coffee")
    assert picker.offered == ["☕"]


@pytest.mark.usefixtures("light", "german")
def test_it_speaks_the_language_that_is_chosen_while_it_is_open(qtbot: QtBot) -> None:
    language().choose("en")
    panel = ChatPanel("https://desk.example.org", RoomMemory())
    qtbot.addWidget(panel)
    picker = panel.picker
    picker.search.setText("Daumen")
    assert picker.offered == []
    language().choose("de")
    panel.say_again()
    assert "👍" in picker.offered, "what is searched for is found by its name in that language"
    assert picker.search.placeholderText() == picker.search.accessibleName() == "Emoji suchen"
    assert "Gefunden" in [label.text() for label in picker.findChildren(QLabel)]
    picker.choose(Group.FOOD)
    assert picker.tabs[Group.FOOD].accessibleName() == "Essen und Trinken"
    grid = picker.findChild(QListView)
    assert grid is not None
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert "Heißgetränk" in [grid.model().index(row, 0).data(spoken) for row in range(grid.model().rowCount())]


@pytest.mark.usefixtures("light")
def test_a_search_without_hits_says_so(qtbot: QtBot) -> None:
    picker = EmojiPicker(list)
    qtbot.addWidget(picker)
    picker.search.setText("zzz")
    assert "Nothing found" in [label.text() for label in picker.findChildren(QLabel)]
    picker.search.setText("coffee")
    assert "Found" in [label.text() for label in picker.findChildren(QLabel)]
