"""After a room: the card, the goal, notes on the disk, and what they say."""

from __future__ import annotations

import asyncio
import errno
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.engine import Engine
from app.study.book import BookFailed
from app.study.days import StudyDay
from app.study.stays import Mate, Outcome, Said, Stay
from app.study.study import StudyPhase, StudyState
from app.ui.bridge import Intents
from app.ui.leaving import notes, reading
from app.ui.leaving.page import WIDTH, LeavingPage, notes_folder, with_ending
from app.ui.leaving.reading import NotesDialog
from app.ui.leaving.visit import Visit
from tests.study.people import stay, today
from tests.ui.keys import tab
from tests.ui.own_desk import OwnDesk


def visited() -> Stay:
    """Today, for 52 minutes."""
    mates = (Mate("p", "Priya Nair", 900),)
    return stay("a", today(), 52, title="Linear <b>algebra</b>", goal="Sheet *4*", mates=mates)


def said(text: str) -> Said:
    return Said(datetime.now(UTC), "Priya [x]", text)


@pytest.fixture
def chosen() -> list[str]:
    """What the dialog for a file answers, last one first."""
    return []


@pytest.fixture
def page(
    qtbot: QtBot, engine: Engine, ui_loop: asyncio.AbstractEventLoop, light: None, chosen: list[str]
) -> LeavingPage:
    def choose(parent: QWidget, name: str) -> str:
        return chosen.pop()

    failures: list[Exception] = []
    page = LeavingPage(engine, Intents(failures.append), choose)
    qtbot.addWidget(page)
    page.resize(960, 640)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    one = visited()
    page.show_visit(Visit(one, (said("On *it*\n# now"),), None, "Lena Hoffmann"))
    page.show_study(StudyState(StudyPhase.READY, stays=(one,), days=(StudyDay(today(), 75, 2),)))
    return page


def test_it_says_what_counted_and_with_whom(page: LeavingPage) -> None:
    assert page.title.text() == "Nice work, Lena"
    assert "“Linear <b>algebra</b>”" in page.subtitle.text()
    assert [above.text() for above, _ in page.figures.labels] == ["52 min", "1 h 15 min", "1 day"]
    assert page.mates.text() == "Priya" and page.goal.text() == "Sheet *4*"
    assert page.note.text() == "Closing this window is fine. Your minutes are saved."


def test_it_does_not_call_saved_what_the_disk_would_not_take(page: LeavingPage) -> None:
    one = visited()
    page.show_study(StudyState(StudyPhase.READY, stays=(one,), problem=BookFailed("disk full")))
    assert page.note.text().startswith("What you study can’t be written down")
    page.show_study(StudyState(StudyPhase.READY, stays=(one,)))
    assert page.note.text().endswith("Your minutes are saved.")


def test_one_long_word_breaks_instead_of_being_cut_off(page: LeavingPage) -> None:
    one = replace(visited(), title="W" * 80)
    page.show_visit(Visit(one, (), None, "W" * 60))
    for label in (page.title, page.subtitle):
        assert label.minimumSizeHint().width() <= label.width() <= WIDTH


def test_notes_of_a_session_with_one_long_word_fit_the_screen(qtbot: QtBot, desk: OwnDesk) -> None:
    behind = QWidget()
    qtbot.addWidget(behind)
    kept = [(replace(visited(), title="W" * 80), ())]
    dialog = NotesDialog(desk, Intents(lambda _: None), kept, behind)
    with qtbot.waitExposed(dialog):
        dialog.show()
    assert dialog.minimumSizeHint().width() <= reading.WIDTH
    assert dialog.width() == reading.WIDTH
    dialog.close()


def test_a_short_look_is_not_praised(page: LeavingPage) -> None:
    page.show_visit(Visit(stay("b", today(), 0.4), (), None, "Lena Hoffmann"))
    page.show_study(StudyState(StudyPhase.READY))
    assert page.title.text() == "See you soon, Lena"
    assert not page.answers.isVisible() and not page.mates.isVisible()
    assert page.note.text().startswith("Less than a minute")


def test_the_goal_is_answered_by_keyboard_alone(qtbot: QtBot, page: LeavingPage) -> None:
    answers: list[tuple[str, object]] = []
    page.answered.connect(lambda key, outcome: answers.append((key, outcome)))
    qtbot.waitUntil(page.back.hasFocus)
    seen: list[str] = []
    for _ in range(5):
        now = tab()
        seen.append(now.accessibleName())
        if now is page.answers.buttons[Outcome.DONE]:
            break
    QTest.keyClick(page.answers.buttons[Outcome.DONE], Qt.Key.Key_Right)
    QTest.keyClick(page.answers.buttons[Outcome.PARTLY], Qt.Key.Key_Space)
    assert answers[-1] == ("a", Outcome.PARTLY), seen
    assert page.answers.outcome is Outcome.PARTLY


def test_escape_goes_home(qtbot: QtBot, page: LeavingPage) -> None:
    with qtbot.waitSignal(page.done):
        QTest.keyClick(page.back, Qt.Key.Key_Escape)


def test_notes_are_on_the_disk_and_remembered(
    qtbot: QtBot, page: LeavingPage, chosen: list[str], tmp_path: Path
) -> None:
    path = tmp_path / notes.file_name(visited())
    chosen.append(str(path))
    page.answers.buttons[Outcome.DONE].click()
    with qtbot.waitSignal(page.noted) as noted:
        page.save.click()
    assert noted.args == ["a", str(path)]
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# Linear \\<b\\>algebra\\</b\\>\n")
    assert "**Goal:** Sheet \\*4\\* – Done" in text
    assert "**Priya \\[x\\]**: On \\*it\\*  \n  \\# now\n" in text
    assert page.save.text() == "Notes saved"


def test_a_folder_that_is_gone_is_said_and_another_can_be_chosen(
    qtbot: QtBot, page: LeavingPage, chosen: list[str], tmp_path: Path
) -> None:
    chosen += [str(tmp_path / "notes.md"), str(tmp_path / "gone" / "notes.md")]
    page.save.click()
    qtbot.waitUntil(page.trouble.isVisible)
    assert page.trouble.words.text() == "That folder is not there any more. Choose another one."
    # Also where the window is too low for all of the page.
    qtbot.waitUntil(lambda: page.trouble.visibleRegion().boundingRect() == page.trouble.rect())
    page.trouble.repair.emit()
    qtbot.waitUntil((tmp_path / "notes.md").is_file)
    qtbot.waitUntil(lambda: page.save.text() == "Notes saved")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["notes.md"]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (PermissionError(), "You may not write there. Choose another folder."),
        (OSError(errno.ENOSPC, "full"), "The disk is full. Make room, or choose another one."),
        (OSError(errno.EIO, "what"), "The notes could not be saved there. Choose another folder."),
    ],
)
def test_each_failure_has_words(error: OSError, words: str) -> None:
    assert notes.explain_not_saved(error) == words


def test_a_file_name_is_one_for_every_system() -> None:
    name = notes.file_name(replace(visited(), title='a/b\\c:"d"* <e>? ' + "x" * 300 + ". "))
    assert name.startswith(f"{today().isoformat()} a b c d e x") and name.endswith("x.md")
    assert len(name) < 120 and not set('/\\:"*<>?') & set(name)


def test_notes_begin_in_documents_or_at_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    documents = tmp_path / "Documents"
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(documents))
    assert notes_folder() == Path.home(), "a dialog would take a missing folder for the one the app was started from"
    documents.mkdir()
    assert notes_folder() == documents


def test_a_name_without_an_ending_gets_one(tmp_path: Path) -> None:
    assert with_ending(str(tmp_path / "notes")) == str(tmp_path / "notes.md")
    assert with_ending(str(tmp_path / "notes.txt")) == str(tmp_path / "notes.txt")
    assert with_ending(str(tmp_path / "Dr. Smith")) == str(tmp_path / "Dr. Smith.md")
    assert with_ending("") == ""
    (tmp_path / "notes.md").touch()
    assert with_ending(str(tmp_path / "notes")) == str(tmp_path / "notes"), "nobody agreed to overwrite that one"
