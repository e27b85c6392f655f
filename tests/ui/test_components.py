"""The parts that windows are made of: keys, names, plain text."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QTime
from PySide6.QtGui import QAccessible, QEnterEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.components.avatars import avatar_fill, initials
from app.ui.components.buttons import Button, IconButton, Kind
from app.ui.components.chips import SubjectChip
from app.ui.components.fields import PasswordField, SearchEdit, TextField
from app.ui.components.focus_ring import FocusRing
from app.ui.components.labels import ElidingLabel, Label
from app.ui.components.pickers import Stepper, TimePicker
from app.ui.components.segmented import Segmented
from app.ui.components.toasts import ToastStack

Show = Callable[..., QWidget]


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Callable[..., QWidget]]:
    """Shows parts in a window of their own, one below the other."""
    windows: list[QWidget] = []

    def show_them(*parts: QWidget) -> QWidget:
        window = QWidget()
        windows.append(window)
        column = QVBoxLayout(window)
        for part in parts:
            column.addWidget(part)
        qtbot.addWidget(window)
        window.resize(400, 300)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    yield show_them


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_buttons_answer_enter_and_space(qtbot: QtBot, key: Qt.Key, show: Show) -> None:
    button = Button("Join", Kind.PRIMARY)
    show(button)
    button.setFocus()
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, key)


def test_a_held_enter_presses_once(qtbot: QtBot, show: Show) -> None:
    button = Button("Join")
    show(button)
    repeat = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", True)
    with qtbot.assertNotEmitted(button.clicked):
        button.keyPressEvent(repeat)


def test_buttons_say_what_they_do(qtbot: QtBot) -> None:
    button, bare = Button("Join"), IconButton("x", "Dismiss")
    assert QAccessible.queryAccessibleInterface(button).text(QAccessible.Text.Name) == "Join"
    assert QAccessible.queryAccessibleInterface(bare).text(QAccessible.Text.Name) == "Dismiss"
    button.say("Joining…")
    assert button.accessibleName() == "Joining…"


def test_a_pressed_look_follows_the_pointer(qtbot: QtBot, show: Show) -> None:
    button = Button("Join", Kind.PRIMARY)
    show(button)
    centre = QPoint(20, 20).toPointF()
    button.enterEvent(QEnterEvent(centre, centre, centre))
    qtbot.waitUntil(lambda: button.hovered == 1.0)
    button.setEnabled(False)
    qtbot.waitUntil(lambda: button.hovered == 0.0)


def test_segments_are_radio_buttons_moved_by_arrow_keys(qtbot: QtBot, show: Show) -> None:
    choice = Segmented("Days", [("today", "Today"), ("week", "Week"), ("all", "All")])
    show(choice)
    first = choice.segment("today")
    assert QAccessible.queryAccessibleInterface(first).role() == QAccessible.Role.RadioButton
    first.setFocus()
    with qtbot.waitSignal(choice.chosen) as heard:
        QTest.keyClick(first, Qt.Key.Key_Right)
    assert heard.args == ["week"]
    assert choice.key == "week"


def test_only_the_chosen_segment_is_a_tab_stop(qtbot: QtBot, show: Show) -> None:
    choice, after = Segmented("Days", [("a", "A"), ("b", "B")]), Button("After")
    show(choice, after)
    choice.segment("a").setFocus()
    QTest.keyClick(choice.segment("a"), Qt.Key.Key_Tab)
    assert after.hasFocus()


def test_an_error_is_shown_described_and_taken_away(qtbot: QtBot, show: Show) -> None:
    field = TextField("Email", hint="We never show it.")
    show(field)
    field.set_problem("This does not look like an email address.")
    assert field.problem == "This does not look like an email address."
    assert field.edit.property("invalid") is True
    interface = QAccessible.queryAccessibleInterface(field.edit)
    assert interface.text(QAccessible.Text.Name) == "Email"
    assert interface.text(QAccessible.Text.Description) == field.problem
    assert not field.hint.isVisible()
    field.set_problem("")
    assert field.problem == "" and field.edit.property("invalid") is False and field.hint.isVisible()


def test_a_password_is_hidden_until_the_eye_is_pressed(qtbot: QtBot, show: Show) -> None:
    field = PasswordField("Password")
    show(field)
    field.edit.setText("secret")
    assert field.edit.displayText() == "●" * 6 or "secret" not in field.edit.displayText()
    qtbot.mouseClick(field.eye, Qt.MouseButton.LeftButton)
    assert field.edit.displayText() == "secret"
    assert field.eye.accessibleName() == "Hide password"
    qtbot.mouseClick(field.eye, Qt.MouseButton.LeftButton)
    assert "secret" not in field.edit.displayText()


def test_escape_empties_a_search(qtbot: QtBot, show: Show) -> None:
    search = SearchEdit("Search title")
    show(search)
    search.setText("maths")
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert search.text() == ""


def test_what_is_typed_takes_the_place_of_the_part_that_was_clicked(qtbot: QtBot, show: Show) -> None:
    picker = TimePicker("HH:mm")
    picker.setTime(QTime(6, 30))
    show(picker)
    edit = picker.findChild(QLineEdit)
    assert edit is not None
    qtbot.mouseClick(edit, Qt.MouseButton.LeftButton, pos=edit.cursorRect().center())
    for place, typed in ((1, "07"), (4, "45")):
        edit.setCursorPosition(place)
        qtbot.mouseClick(edit, Qt.MouseButton.LeftButton, pos=edit.cursorRect().center())
        QTest.keyClicks(edit, typed)
    assert picker.time() == QTime(7, 45)


def test_a_stepper_stops_at_its_ends(qtbot: QtBot, show: Show) -> None:
    places = Stepper(2, 4, 3)
    show(places)
    qtbot.mouseClick(places.more, Qt.MouseButton.LeftButton)
    assert places.value() == 4 and not places.more.isEnabled()
    QTest.keyClick(places, Qt.Key.Key_Down)
    QTest.keyClick(places, Qt.Key.Key_Down)
    assert places.value() == 2 and not places.less.isEnabled()


def test_labels_take_nothing_for_rich_text(qtbot: QtBot, show: Show) -> None:
    evil = "<img src='file:///etc/passwd' width=9999><b>x</b>"
    label = Label(evil)
    assert label.textFormat() == Qt.TextFormat.PlainText
    narrow = ElidingLabel(evil)
    narrow.resize(60, 20)
    show(narrow)
    narrow.resize(60, 20)
    assert narrow.text() == evil
    assert "<img" not in narrow.toolTip()
    assert "&lt;img" in narrow.toolTip()


def test_a_label_that_fits_has_no_tooltip(qtbot: QtBot, show: Show) -> None:
    label = ElidingLabel("Short")
    show(label)
    assert label.toolTip() == ""


def test_the_ring_follows_the_keyboard_and_leaves_the_mouse_alone(qtbot: QtBot, show: Show) -> None:
    first, second = Button("First"), Button("Second")
    window = show(first, second)
    ring = FocusRing(window)
    first.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring.target is first
    assert ring.geometry().contains(first.geometry())
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert ring.target is second
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    assert first.hasFocus() and ring.target is None


def test_the_ring_moves_with_its_widget_and_goes_with_it(qtbot: QtBot, show: Show) -> None:
    button = Button("Only")
    window = show(button)
    ring = FocusRing(window)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    button.move(30, 60)
    assert ring.geometry().center() == button.geometry().center()
    button.hide()
    assert ring.target is None


def test_the_ring_does_not_cover_what_it_surrounds(qtbot: QtBot, show: Show) -> None:
    button = Button("Only")
    window = show(button)
    ring = FocusRing(window)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert not ring.mask().contains(ring.rect().center())


def test_at_most_three_toasts_and_errors_outlast_the_rest(qtbot: QtBot, show: Show) -> None:
    window = show(QLabel())
    toasts = ToastStack(window)
    toasts.fail("It broke.")
    toasts.tell("one")
    toasts.tell("two")
    toasts.tell("three")
    assert toasts.words == ["It broke.", "two", "three"]
    toasts.tell("three")
    assert toasts.words == ["It broke.", "two", "three"]


def test_an_offer_outlasts_small_talk(qtbot: QtBot, show: Show) -> None:
    window = show(QLabel())
    toasts = ToastStack(window)
    toasts.offer("A place is free.", "bell", "Join", lambda: None)
    for words in ("one", "two", "three"):
        toasts.tell(words)
    assert toasts.words == ["A place is free.", "two", "three"]
    toasts.fail("It broke.")
    toasts.fail("It broke again.")
    assert toasts.words == ["A place is free.", "It broke.", "It broke again."]
    toasts.tell("four")
    assert toasts.words == ["It broke.", "It broke again.", "four"]


def test_a_toast_goes_by_itself_and_an_error_when_dismissed(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, show: Show
) -> None:
    monkeypatch.setattr("app.ui.components.toasts.SHOWN_MS", 20)
    window = show(QLabel())
    toasts = ToastStack(window)
    acted: list[str] = []
    toasts.fail("It broke.", "Try again", lambda: acted.append("again"))
    toasts.tell("Saved")
    qtbot.waitUntil(lambda: toasts.words == ["It broke."])
    again = next(one for one in window.findChildren(Button) if one.text() == "Try again")
    qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    assert acted == ["again"] and toasts.words == []


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Lena Hoffmann", "LH"),
        ("omar", "O"),
        ("Ada de la Cruz", "AC"),
        ("Anna Maria Schmidt-Hoffmann", "AS"),
        ("Anna-Maria", "AM"),
        ("  ", "S"),
        ("李雷", "李"),
        ("!!", "?"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_person_keeps_their_colour() -> None:
    assert avatar_fill("lena") == avatar_fill("lena")
    assert len({avatar_fill(str(number)) for number in range(50)}) > 4


def test_a_subject_is_said_to_screen_readers(qtbot: QtBot) -> None:
    chip = SubjectChip("Maths")
    assert chip.accessibleName() == "Maths"


def test_a_button_that_slides_from_under_the_pointer_is_not_painted_hovered(qtbot: QtBot, light: None) -> None:
    frame = QWidget()
    qtbot.addWidget(frame)
    frame.resize(400, 300)
    button = Button("Create account", parent=frame)
    button.setGeometry(20, 20, 160, 40)
    with qtbot.waitExposed(frame):
        frame.show()
    QTest.mouseMove(frame, QPoint(200, 200))
    QTest.mouseMove(button, button.rect().center())
    qtbot.waitUntil(lambda: button.hovered == 1.0)
    button.move(20, 120)
    qtbot.waitUntil(lambda: button.hovered == 0.0)
    button.move(20, 20)
    qtbot.waitUntil(lambda: button.hovered == 1.0)
