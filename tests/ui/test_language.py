"""The catalogues are whole, fresh and in use; a change of language is live."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QLocale, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.ui.gallery.pseudo import PseudoTranslator, pseudo
from app.ui.language import LANGUAGES, Language, language
from app.ui.words import tr
from tools.translate import CATALOGUES, CODES, ROOT, NotLiteral, Words, compile_to, sources_of, words_in

PLACES = re.compile(r"%n|%\d")


def catalogue(code: str) -> dict[str, list[str]]:
    """Source to translations (one, or one for each plural form); unfinished ones are empty."""
    found: dict[str, list[str]] = {}
    for message in ET.parse(CATALOGUES / f"deskmates_{code}.ts").iter("message"):
        translation = message.find("translation")
        assert translation is not None
        forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
        is_finished = translation.get("type") is None
        found[message.findtext("source", "")] = forms if is_finished else [""] * len(forms)
    return found


def in_code() -> list[Words]:
    return [words for path in sources_of(ROOT) for words in words_in(path)]


@pytest.fixture
def spoken(qapp: QApplication) -> Iterator[Language]:
    yield language()
    language().choose("")


def test_everything_that_is_said_is_said_in_german() -> None:
    german = catalogue("de")
    missing = {words.text for words in in_code() if not all(german.get(words.text, [""]))}
    assert not missing, "run ./dev translate, then translate these"
    assert len(german) > 200


def test_apostrophes_and_quotation_marks_are_those_of_print() -> None:
    said = [words.text for words in in_code()]
    said += [form for code in CODES for forms in catalogue(code).values() for form in forms]
    assert not [text for text in said if "'" in text or '"' in text]
    german = [form for forms in catalogue("de").values() for form in forms]
    assert not [form for form in german if form.count("„") != form.count("“") or "”" in form]


def test_english_plurals_are_there() -> None:
    english = catalogue("en")
    plurals = {words.text for words in in_code() if words.is_plural}
    assert plurals
    assert not {text for text in plurals if not all(english.get(text, [""]))}


@pytest.mark.parametrize("code", CODES)
def test_translations_keep_what_is_put_into_them(code: str) -> None:
    for source, forms in catalogue(code).items():
        for form in forms:
            if not form:
                continue  # another test says so
            lost = set(PLACES.findall(source)) ^ set(PLACES.findall(form))
            assert lost <= ({"%n"} if len(forms) > 1 else set()), f"{source!r} → {form!r}"
            assert source.endswith(" ") == form.endswith(" "), source


@pytest.mark.parametrize("code", CODES)
def test_what_is_shipped_is_compiled_from_the_catalogue(code: str, tmp_path: Path) -> None:
    compile_to(tmp_path / "fresh.qm", CATALOGUES / f"deskmates_{code}.ts")
    shipped = (CATALOGUES / f"deskmates_{code}.qm").read_bytes()
    assert shipped == (tmp_path / "fresh.qm").read_bytes(), "run ./dev translate"


def test_words_that_are_put_together_are_refused(tmp_path: Path) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text('tr("fine")\ntr("not " + fine)\n')
    with pytest.raises(NotLiteral, match=":2:"):
        list(words_in(bad))


def test_a_language_is_changed_live_and_back(qtbot: QtBot, spoken: Language) -> None:
    heard: list[QEvent.Type] = []

    class Listener(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            heard.append(event.type())
            return False

    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    listener = Listener()
    window.installEventFilter(listener)
    spoken.choose("de")
    qtbot.waitUntil(lambda: QEvent.Type.LanguageChange in heard)
    assert tr("Leave") == "Verlassen"
    assert (tr("%n live now", 1), tr("%n live now", 3)) == ("1 läuft gerade", "3 laufen gerade")
    assert QLocale().language() == QLocale.Language.German
    spoken.choose("en")
    assert tr("Leave") == "Leave"
    assert (tr("Use at most %n characters.", 1), tr("Use at most %n characters.", 2)) == (
        "Use at most 1 character.",
        "Use at most 2 characters.",
    )


def test_a_language_that_is_not_shipped_is_not_chosen(spoken: Language) -> None:
    spoken.choose("xx")
    assert spoken.choice == ""
    assert spoken.code in LANGUAGES


def test_the_pseudo_language_is_longer_keeps_places_and_turns_the_layout(spoken: Language, qapp: QApplication) -> None:
    end = spoken.try_out(PseudoTranslator(), Qt.LayoutDirection.RightToLeft)
    said, counted = tr("Volume of %1"), tr("%n live now", 3)
    direction = qapp.layoutDirection()
    end()
    assert said == pseudo("Volume of %1")
    assert "%1" in said
    assert len(said) >= 1.4 * len("Volume of %1")
    assert "3" in counted
    assert direction == Qt.LayoutDirection.RightToLeft
    assert qapp.layoutDirection() == Qt.LayoutDirection.LeftToRight
    assert tr("Volume of %1") == "Volume of %1"
