"""The list of sessions: its states, its cards, and joining from it."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.account import AccountPhase, AccountState
from app.errors import ServerRefused, ServerUnreachable
from app.study.stays import Outcome, Said
from app.ui.confirm import Confirm
from app.ui.leaving import notes, reading
from app.ui.main_window import MainWindow
from app.ui.rail import Place
from app.ui.sessions.page import SessionsPage
from protocol.rest import Profile
from tests.study.people import stay
from tests.ui.keys import tab
from tests.ui.own_desk import SERVER, OwnDesk, session

Open = Callable[[], MainWindow]


@pytest.fixture
def page(open_window: Open, desk: OwnDesk, student: Profile) -> SessionsPage:
    """The list as a student sees it, with three sessions on offer."""
    desk.account.remembered = student
    desk.server.sessions = {
        "live": session("live", "Linear algebra", people=5),
        "soon": session("soon", "Thermodynamics", begins=12, subject="Physics", host="tim"),
        "full": session("full", "Spanish B1", people=8, subject="Languages", host="sofia"),
    }
    window = open_window()
    window.shell.go(Place.SESSIONS)
    window.shell.sessions.period.choose("week")  # in twelve minutes it may be tomorrow
    return window.shell.sessions


def shown(page: SessionsPage) -> list[tuple[str, str]]:
    """Title and button of each card on show."""
    return [(card.title.text(), card.button.text()) for card in page.grid.cards if card.isVisible()]


ALL = [("Linear algebra", "Join"), ("Spanish B1", "Tell me if free"), ("Thermodynamics", "Starts in 12 min")]


def test_each_session_is_a_card_with_one_button(qtbot: QtBot, page: SessionsPage) -> None:
    qtbot.waitUntil(lambda: shown(page) == ALL)
    live = page.grid.cards[0]
    assert live.places.text() == "5 of 8"
    assert live.host.text == "Hosted by Priya"
    assert live.state.text == "Live now"
    assert live.button.accessibleName() == "Join: Linear algebra"
    assert live.accessibleName().startswith("Linear algebra, Maths, Live now, Since ")
    assert [card.button.isEnabled() for card in page.grid.cards] == [True, True, True]
    assert [card.button.accessibleName() for card in page.grid.cards[1:]] == [
        "Tell me if a place frees up: Spanish B1",
        "Tell me when it starts, Starts in 12 min: Thermodynamics",
    ]


def test_search_and_periods_narrow_the_list(qtbot: QtBot, page: SessionsPage, desk: OwnDesk) -> None:
    qtbot.waitUntil(lambda: len(shown(page)) == 3)
    QTest.keyClicks(page.search, "physics")
    assert [title for title, _ in shown(page)] == ["Thermodynamics"]
    page.search.setText("nothing like it")
    assert page.nothing_found.isVisible()
    assert page.nothing_found.button is not None
    qtbot.mouseClick(page.nothing_found.button, Qt.MouseButton.LeftButton)
    assert len(shown(page)) == 3
    desk.server.sessions["far"] = session("far", "Far away", begins=20 * 1440, ends=20 * 1440 + 60)
    page.wants_refresh.emit()
    page.period.choose("all")
    qtbot.waitUntil(lambda: "Far away" in [title for title, _ in shown(page)])


def test_a_subject_and_free_places_narrow_the_list(qtbot: QtBot, page: SessionsPage) -> None:
    qtbot.waitUntil(lambda: len(shown(page)) == 3)
    assert [one.text() for one in page.pills.pills] == ["All subjects", "Languages", "Maths", "Physics"]
    page.pills.pills[0].setFocus()
    QTest.keyClick(page.pills.pills[0], Qt.Key.Key_Right)
    QTest.keyClick(page.pills.pills[1], Qt.Key.Key_Space)
    assert [title for title, _ in shown(page)] == ["Spanish B1"]
    QTest.keyClick(page.free, Qt.Key.Key_Space)
    assert page.nothing_found.sentence == "Nothing matches what you chose."
    assert page.nothing_found.button is not None
    qtbot.mouseClick(page.nothing_found.button, Qt.MouseButton.LeftButton)
    assert (len(shown(page)), page.pills.subject, page.free.isChecked()) == (3, "", False)
    page.free.click()
    assert [title for title, _ in shown(page)] == ["Linear algebra", "Thermodynamics"]


def test_html_in_a_title_is_text(qtbot: QtBot, page: SessionsPage, desk: OwnDesk) -> None:
    evil = "<img src='file:///etc/passwd'><b>Maths</b>"
    desk.server.sessions["live"] = session("live", evil, host="<i>eve</i>")
    page.wants_refresh.emit()
    qtbot.waitUntil(lambda: page.grid.cards[0].title.text() == evil)
    card = page.grid.cards[0]
    assert card.title.textFormat() == Qt.TextFormat.PlainText
    assert "<b>" not in card.title.toolTip() and "<img" not in card.toolTip()


def test_nothing_on_offer_is_said_in_one_sentence(
    qtbot: QtBot, open_window: Open, desk: OwnDesk, student: Profile
) -> None:
    desk.account.remembered = student
    window = open_window()
    window.shell.go(Place.SESSIONS)
    page = window.shell.sessions
    qtbot.waitUntil(page.empty.isVisible)
    assert page.empty.sentence.startswith("No sessions today.")
    assert page.empty.button is not None and not page.empty.button.isVisible()


def test_a_tutor_is_offered_to_open_the_first(qtbot: QtBot, open_window: Open, desk: OwnDesk, tutor: Profile) -> None:
    desk.account.remembered = tutor
    window = open_window()
    window.shell.go(Place.SESSIONS)
    page = window.shell.sessions
    qtbot.waitUntil(page.empty.isVisible)
    assert page.empty.button is not None
    qtbot.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)
    assert window.shell.create_page.isVisible()


def another_enters(window: MainWindow, desk: OwnDesk, student: Profile) -> None:
    other = student.model_copy(update={"id": "other"})
    desk.account.store.set(AccountState(AccountPhase.SIGNED_IN, SERVER, other))
    window.shell.enter(other)


def test_grey_cards_come_after_a_moment_and_go(
    qtbot: QtBot, open_window: Open, desk: OwnDesk, student: Profile
) -> None:
    desk.account.remembered = student
    window = open_window()
    qtbot.waitUntil(lambda: desk.lobby.store.state.loaded_at is not None and "activities" in desk.server.asked)
    desk.server.gate = asyncio.Event()
    window.shell.leave()
    another_enters(window, desk, student)
    page = window.shell.sessions  # made only now: its moment begins then
    window.shell.go(Place.SESSIONS)
    assert page.isVisible() and not page.skeletons.isVisible()
    qtbot.waitUntil(page.skeletons.isVisible)
    desk.engine.loop.call_soon_threadsafe(desk.server.gate.set)
    qtbot.waitUntil(page.empty.isVisible)


def test_a_list_that_never_came_can_be_asked_for_again(
    qtbot: QtBot, open_window: Open, desk: OwnDesk, student: Profile
) -> None:
    desk.account.remembered = student
    window = open_window()
    page = window.shell.sessions
    desk.server.problem = ServerUnreachable("http://study.example.org")
    another_enters(window, desk, student)
    window.shell.go(Place.SESSIONS)
    qtbot.waitUntil(page.failed.isVisible)
    assert page.failed.sentence.startswith("We can’t reach study.example.org.")
    desk.server.problem = None
    assert page.failed.button is not None
    qtbot.mouseClick(page.failed.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.empty.isVisible)


def test_a_list_that_is_known_stays_when_reading_it_again_fails(
    qtbot: QtBot, page: SessionsPage, desk: OwnDesk
) -> None:
    qtbot.waitUntil(lambda: len(shown(page)) == 3)
    desk.server.problem = ServerUnreachable("http://study.example.org")
    page.wants_refresh.emit()
    qtbot.waitUntil(page.trouble.isVisible)
    assert len(shown(page)) == 3
    desk.server.problem = None
    page.trouble.repair.emit()
    qtbot.waitUntil(lambda: not page.trouble.isVisible())


def test_reading_the_list_again_does_not_take_the_focus(qtbot: QtBot, page: SessionsPage, desk: OwnDesk) -> None:
    qtbot.waitUntil(lambda: len(shown(page)) == 3)
    button = page.grid.cards[0].button
    button.setFocus()
    desk.server.sessions["new"] = session("new", "A new one", begins=-50)
    page.wants_refresh.emit()
    qtbot.waitUntil(lambda: len(shown(page)) == 4)
    assert QApplication.focusWidget() is button
    assert button.accessibleName() == "Join: Linear algebra"


@pytest.mark.parametrize("number", range(3))
@pytest.mark.parametrize("what", ["ends", "is deleted"])
def test_what_cannot_be_joined_any_more_hands_the_keyboard_to_no_other_session(
    qtbot: QtBot, page: SessionsPage, desk: OwnDesk, number: int, what: str
) -> None:
    keys = ["one", "two", "three"]
    desk.server.sessions = {key: session(key, key.title(), begins=n - 30) for n, key in enumerate(keys)}
    page.wants_refresh.emit()
    qtbot.waitUntil(lambda: [card.session_id for card in page.grid.cards] == keys)
    button = page.grid.cards[number].button
    button.setFocus(Qt.FocusReason.TabFocusReason)
    key = keys[number]
    if what == "ends":
        desk.server.sessions[key] = session(key, key.title(), status="completed")
    else:
        del desk.server.sessions[key]
    page.wants_refresh.emit()
    qtbot.waitUntil(lambda: f"Join: {key.title()}" not in [card.button.accessibleName() for card in page.grid.cards])
    assert QApplication.focusWidget() is page


def test_cards_are_reached_by_tab_in_reading_order(qtbot: QtBot, page: SessionsPage, desk: OwnDesk) -> None:
    desk.server.sessions["two"] = session("two", "Second", begins=-20)
    desk.server.sessions["three"] = session("three", "Third", begins=-10)
    page.wants_refresh.emit()
    qtbot.waitUntil(lambda: len(shown(page)) == 5)
    page.free.setFocus()
    seen = [tab().accessibleName() for _ in range(3)]
    assert seen == ["Join: Linear algebra", "Join: Second", "Join: Third"]


def test_a_room_that_does_not_open_says_why_and_can_be_tried_again(
    qtbot: QtBot, page: SessionsPage, desk: OwnDesk
) -> None:
    qtbot.waitUntil(lambda: len(shown(page)) == 3)
    window = page.window()
    assert isinstance(window, MainWindow)
    qtbot.mouseClick(page.grid.cards[0].button, Qt.MouseButton.LeftButton)
    green_room = window.entry.page
    assert green_room is not None
    qtbot.waitUntil(green_room.join_button.hasFocus)
    desk.server.problem = ServerRefused(409, "full", "Session is full")
    QTest.keyClick(green_room.join_button, Qt.Key.Key_Return)
    qtbot.waitUntil(green_room.trouble.isVisible)
    assert green_room.trouble.words.text() == "This session is full. We’ll tell you when a place frees up."
    assert green_room.join_button.isEnabled()
    QTest.keyClick(green_room.join_button, Qt.Key.Key_Escape)
    assert window.entry.page is None and page.grid.cards[0].button.text() == "Join"


@pytest.mark.parametrize(("width", "columns"), [(960, 2), (1440, 3)])
def test_as_many_columns_as_fit(qtbot: QtBot, page: SessionsPage, width: int, columns: int) -> None:
    page.window().resize(width, 700)
    qtbot.waitUntil(lambda: len(shown(page)) == 3)
    lefts = {card.x() for card in page.grid.cards}
    assert len(lefts) == columns
    assert all(card.geometry().right() <= page.width() - 32 for card in page.grid.cards)


@pytest.fixture
def own(qtbot: QtBot, open_window: Open, desk: OwnDesk, tutor: Profile) -> MainWindow:
    """The list of a tutor with one session of her own and one of somebody else's."""
    desk.account.remembered = tutor
    desk.server.sessions = {"mine": session("mine", host="lena"), "other": session("other", "Another")}
    window = open_window()
    window.shell.go(Place.SESSIONS)
    qtbot.waitUntil(lambda: len(shown(window.shell.sessions)) == 2)
    return window


def choose(window: MainWindow, words: str) -> None:
    menu = window.shell.sessions.menu(session("mine", host="lena"))
    next(one for one in menu.actions() if one.text() == words).trigger()
    menu.deleteLater()


def test_only_ones_own_sessions_have_more_to_offer(own: MainWindow) -> None:
    offered = {card.session_id: card.more.isVisible() for card in own.shell.sessions.grid.cards}
    assert offered == {"mine": True, "other": False}
    assert own.shell.sessions.menu(session("over", begins=-90, ends=-30)).actions()[0].text() == "Delete session…"


def test_a_session_is_changed_in_the_form(qtbot: QtBot, own: MainWindow, desk: OwnDesk) -> None:
    choose(own, "Edit session")
    page = own.shell.create_page
    assert (page.heading.text(), page.form.title.text, page.create_button.text()) == (
        "Edit session",
        "Linear algebra",
        "Save changes",
    )
    page.form.title.edit.setText("Eigenvalues")
    page.form.places.setValue(5)
    page.create_button.click()
    qtbot.waitUntil(lambda: ("Eigenvalues", "Join") in shown(own.shell.sessions))
    changed = desk.server.sessions["mine"]
    assert (changed.title, changed.max_participants, changed.subject) == ("Eigenvalues", 5, "Maths")


def test_a_session_is_deleted_only_when_it_is_meant(qtbot: QtBot, own: MainWindow, desk: OwnDesk) -> None:
    choose(own, "Delete session…")
    asking = own.findChild(Confirm)
    assert asking is not None
    qtbot.waitUntil(asking.keep.hasFocus)
    QTest.keyClick(asking.keep, Qt.Key.Key_Return)
    assert set(desk.server.sessions) == {"mine", "other"}
    qtbot.waitUntil(lambda: own.findChild(Confirm) is None)
    choose(own, "Delete session…")
    again = own.findChild(Confirm)
    assert again is not None
    again.act.click()
    qtbot.waitUntil(lambda: shown(own.shell.sessions) == [("Another", "Join")])


def test_a_session_is_cancelled(qtbot: QtBot, own: MainWindow, desk: OwnDesk) -> None:
    choose(own, "Cancel session…")
    asking = own.findChild(Confirm)
    assert asking is not None
    asking.act.click()
    qtbot.waitUntil(lambda: ("Linear algebra", "Cancelled") in shown(own.shell.sessions))


@pytest.fixture
def ended(qtbot: QtBot, page: SessionsPage, desk: OwnDesk) -> SessionsPage:
    """The list with a session that is over and in which one sat twice, 50 and 10 minutes."""
    desk.server.sessions["over"] = session("over", "Essay sprint", begins=-90, ends=-30)
    first = stay("a", session_id="over", title="Essay sprint", goal="Page 3", outcome=Outcome.PARTLY)
    second = stay("b", minutes=10, session_id="over", title="Essay sprint")
    said = (Said(datetime.now(UTC), "Yuki", "<b>Nearly</b> done"),)
    desk.engine.submit(desk.study.record(first, said)).result(10)
    desk.engine.submit(desk.study.record(second)).result(10)
    page.period.choose("all")
    page.wants_refresh.emit()
    qtbot.waitUntil(lambda: ("Essay sprint", "See notes") in shown(page))
    return page


def test_what_is_over_says_how_long_one_was_there(ended: SessionsPage) -> None:
    card = ended.grid.cards[-1]
    assert card.time.text.endswith(" · 60 of your minutes")
    assert card.state.text == "Ended" and card.button.accessibleName() == "See notes: Essay sprint"


def test_its_notes_are_read_and_saved_by_keyboard(
    qtbot: QtBot, ended: SessionsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading.NotesDialog.__init__, "__defaults__", (lambda _, name: str(tmp_path / name),))
    window = ended.window()
    button = ended.grid.cards[-1].button
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.findChild(reading.NotesDialog) is not None)
    dialog = window.findChild(reading.NotesDialog)
    assert dialog is not None
    text = dialog.text.toPlainText()
    assert "50 min counted" in text and "10 min counted" in text
    assert "Goal: Page 3 – Partly" in text and "Yuki: <b>Nearly</b> done" in text
    qtbot.waitUntil(dialog.close_button.hasFocus)
    dialog.save.setFocus()
    QTest.keyClick(dialog.save, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: dialog.save.text() == "Notes saved")
    [path] = tmp_path.glob("*Essay sprint.md")
    assert path.read_text(encoding="utf-8").count("# Essay sprint\n") == 2
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(reading.NotesDialog) is None)


@pytest.mark.parametrize("is_gone", [False, True], ids=["saved", "failed"])
def test_notes_that_are_saved_after_they_were_closed_harm_nothing(
    qtbot: QtBot,
    ended: SessionsPage,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    is_gone: bool,
) -> None:
    folder = tmp_path / "gone" if is_gone else tmp_path
    monkeypatch.setattr(reading.NotesDialog.__init__, "__defaults__", (lambda _, name: str(folder / name),))
    window = ended.window()
    assert isinstance(window, MainWindow)
    may_write = threading.Event()
    write = notes.save

    def slowly(path: Path, text: str) -> None:
        may_write.wait(10)
        write(path, text)

    monkeypatch.setattr(notes, "save", slowly)
    ended.grid.cards[-1].button.click()
    qtbot.waitUntil(lambda: window.findChild(reading.NotesDialog) is not None)
    dialog = window.findChild(reading.NotesDialog)
    assert dialog is not None
    dialog.save.click()
    dialog.close()
    qtbot.waitUntil(lambda: not isValid(dialog))
    may_write.set()
    qtbot.waitUntil(lambda: not window.intents.is_busy)
    assert len([*tmp_path.glob("*Essay sprint.md")]) == (0 if is_gone else 1)
    gc.collect()  # a task that failed says so when it is collected
    said = [one.getMessage().partition(":")[0] for one in caplog.records]
    assert said == (["an intent failed"] if is_gone else [])


def test_details_lead_to_the_session_the_first_time_too(
    qtbot: QtBot, open_window: Open, desk: OwnDesk, student: Profile
) -> None:
    desk.account.remembered = student
    desk.server.sessions = {key: session(key, key, begins=begins) for key, begins in (("now", -5), ("live", -30))}
    window = open_window()
    qtbot.waitUntil(lambda: window.shell.home.next.act.text() == "Join")
    window.shell.show_session(desk.server.sessions["live"])
    qtbot.waitUntil(lambda: len(window.shell.sessions.grid.cards) == 2)
    card = next(one for one in window.shell.sessions.grid.cards if one.session_id == "live")
    qtbot.waitUntil(card.button.hasFocus)
