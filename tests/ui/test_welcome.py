"""Signing up and in, wrong input, and a room on this computer, by clicks and keys on real stores."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.errors import ServerUnreachable, SignedOut
from app.ui.language import language
from app.ui.main_window import MainWindow
from app.ui.rail import Place
from app.ui.welcome.account_form import Face
from app.ui.welcome.page import WelcomePage
from protocol.rest import Profile
from tests.ui.own_desk import OwnDesk

Open = Callable[[], MainWindow]


def type_into(edit: QLineEdit, text: str) -> None:
    edit.clear()
    QTest.keyClicks(edit, text)


def fill(window: MainWindow, face: Face, email: str, password: str, name: str = "") -> None:
    form = window.welcome.form
    form.face.choose(face)
    if name:
        type_into(form.name.edit, name)
    type_into(form.email.edit, email)
    type_into(form.password.edit, password)


def test_a_new_account_leads_home(qtbot: QtBot, open_window: Open, desk: OwnDesk) -> None:
    window = open_window()
    fill(window, Face.CREATE, "lena@example.org", "short sentence", "Lena Hoffmann")
    qtbot.mouseClick(window.welcome.form.roles.tutor, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(window.welcome.form.submit, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(window.shell.home.isVisible)
    assert desk.server.accounts["lena@example.org"][1].role == "tutor"
    window.shell.go(Place.SESSIONS)
    assert window.shell.sessions.create_button.isVisible()
    assert desk.settings.state.name == "Lena Hoffmann"


def test_enter_signs_in_and_a_student_creates_nothing(
    qtbot: QtBot, open_window: Open, desk: OwnDesk, student: Profile
) -> None:
    desk.server.accounts[student.email] = ("secret", student)
    window = open_window()
    fill(window, Face.SIGN_IN, "Omar@Example.org", "secret")
    QTest.keyClick(window.welcome.form.password.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(window.shell.isVisible)
    assert not window.shell.sessions.create_button.isVisible()
    assert window.welcome.form.password.text == ""


def test_a_wrong_password_is_said_as_that(qtbot: QtBot, open_window: Open, desk: OwnDesk, student: Profile) -> None:
    desk.server.accounts[student.email] = ("secret", student)
    window = open_window()
    fill(window, Face.SIGN_IN, student.email, "wrong")
    window.welcome.form.submit.click()
    trouble = window.welcome.form.trouble
    qtbot.waitUntil(trouble.isVisible)
    assert trouble.words.text() == "Email or password is wrong."
    assert window.welcome.form.submit.isEnabled()
    assert window.welcome.form.email.text == student.email
    assert QApplication.focusWidget() is window.welcome.form.password.edit


def test_a_taken_email_is_said_as_that(qtbot: QtBot, open_window: Open, desk: OwnDesk, student: Profile) -> None:
    desk.server.accounts[student.email] = ("secret", student)
    window = open_window()
    fill(window, Face.CREATE, student.email, "another one", "Omar")
    window.welcome.form.submit.click()
    qtbot.waitUntil(window.welcome.form.trouble.isVisible)
    assert "already an account" in window.welcome.form.trouble.words.text()


def test_a_server_that_is_away_is_named(qtbot: QtBot, open_window: Open, desk: OwnDesk) -> None:
    desk.server.problem = ServerUnreachable("http://study.example.org:8765")
    window = open_window()
    fill(window, Face.SIGN_IN, "lena@example.org", "secret")
    window.welcome.form.submit.click()
    qtbot.waitUntil(window.welcome.form.trouble.isVisible)
    assert "We can’t reach study.example.org:8765" in window.welcome.form.trouble.words.text()


def test_inline_errors_come_before_anything_is_sent(qtbot: QtBot, open_window: Open, desk: OwnDesk) -> None:
    window = open_window()
    form = window.welcome.form
    form.face.choose(Face.CREATE)
    fill(window, Face.CREATE, "no-email", "abc")
    form.submit.click()
    assert form.name.problem == "Tell people what to call you."
    assert form.email.problem == "This does not look like an email address."
    assert form.password.problem.startswith("Use at least 6 characters.")
    assert form.name.edit.hasFocus()
    assert desk.server.asked == []
    QTest.keyClicks(form.name.edit, "L")
    assert form.name.problem == ""


@pytest.mark.parametrize(("email", "face"), [("", Face.CREATE), ("lena@example.org", Face.SIGN_IN)])
def test_whoever_was_here_signs_in_and_others_begin(
    qtbot: QtBot, open_window: Open, desk: OwnDesk, email: str, face: Face
) -> None:
    desk.settings.change(email=email, name="Lena")
    window = open_window()
    assert window.welcome.form.face.key == face
    assert window.welcome.form.email.text == email


def test_turning_the_form_keeps_what_was_typed(qtbot: QtBot, open_window: Open) -> None:
    window = open_window()
    form = window.welcome.form
    fill(window, Face.CREATE, "lena@example.org", "short sentence", "Lena")
    form.face.choose(Face.SIGN_IN)
    assert not form.name.isVisible() and not form.roles.isVisible()
    assert (form.email.text, form.password.text) == ("lena@example.org", "short sentence")


def test_while_the_server_thinks_nothing_can_be_sent_twice(qtbot: QtBot, open_window: Open, desk: OwnDesk) -> None:
    import asyncio

    desk.server.gate = asyncio.Event()
    window = open_window()
    fill(window, Face.SIGN_IN, "lena@example.org", "secret")
    window.welcome.form.send()
    window.welcome.form.send()
    qtbot.waitUntil(lambda: len(desk.server.asked) == 1)
    assert window.welcome.form.submit.text() == "Signing in…"
    assert not window.welcome.form.email.isEnabled()
    desk.engine.loop.call_soon_threadsafe(desk.server.gate.set)
    qtbot.waitUntil(window.welcome.form.submit.isEnabled)
    assert len(desk.server.asked) == 1


def test_another_server_can_be_named(qtbot: QtBot, open_window: Open, desk: OwnDesk, student: Profile) -> None:
    desk.server.accounts[student.email] = ("secret", student)
    window = open_window()
    line = window.welcome.form.server
    qtbot.mouseClick(line.change, Qt.MouseButton.LeftButton)
    assert line.field.edit.hasFocus()
    type_into(line.field.edit, "two words")
    fill(window, Face.SIGN_IN, student.email, "secret")
    window.welcome.form.submit.click()
    assert line.field.problem.startswith("This does not look like an address.")
    assert desk.server.asked == []
    type_into(line.field.edit, "study.example.org")
    QTest.keyClick(line.field.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(window.shell.isVisible)
    assert "sign_in https://study.example.org" in desk.server.asked


def test_a_remembered_account_is_not_asked_again(
    qtbot: QtBot, open_window: Open, desk: OwnDesk, student: Profile
) -> None:
    desk.account.remembered = student
    window = open_window()
    assert window.shell.isVisible()


def test_a_remembered_account_on_a_server_that_is_away_can_be_tried_again(
    qtbot: QtBot, open_window: Open, desk: OwnDesk, student: Profile
) -> None:
    desk.account.remembered = student
    desk.server.problem = ServerUnreachable("http://study.example.org")
    window = open_window()
    assert "We can’t reach" in window.welcome.form.trouble.words.text()
    desk.server.problem = None
    window.welcome.form.trouble.repair.emit()
    qtbot.waitUntil(window.shell.isVisible)


def test_an_expired_account_is_told_why(qtbot: QtBot, open_window: Open, desk: OwnDesk, student: Profile) -> None:
    desk.account.remembered = student
    desk.server.problem = SignedOut(401, "unauthorised", "jwt expired")
    window = open_window()
    assert "signed out for safety" in window.welcome.form.trouble.words.text()


def test_signing_out_leads_back(qtbot: QtBot, open_window: Open, desk: OwnDesk, student: Profile) -> None:
    desk.account.remembered = student
    window = open_window()
    window.shell.rail.sign_out.emit()
    qtbot.waitUntil(window.welcome.isVisible)
    assert not window.welcome.form.trouble.isVisible()


def test_a_room_on_this_computer_asks_only_for_a_name(
    qtbot: QtBot, open_window: Open, desk: OwnDesk, qapp: QApplication
) -> None:
    window = open_window()
    page = window.welcome.start_room
    qtbot.mouseClick(window.welcome.local, Qt.MouseButton.LeftButton)
    assert page.isVisible() and page.name.edit.hasFocus()
    QTest.keyClick(page.name.edit, Qt.Key.Key_Return)
    assert page.name.problem == "Tell people what to call you."
    QTest.keyClicks(page.name.edit, "Lena")
    with qtbot.waitSignal(page.started) as started:
        QTest.keyClick(page.name.edit, Qt.Key.Key_Return)
    assert started.args == ["Lena"]
    assert window.entry.page is not None
    QTest.keyClick(window.entry.page, Qt.Key.Key_Escape)
    page.show_open("http://192.168.1.5:8765")
    page.copy.click()
    assert qapp.clipboard().text() == "http://192.168.1.5:8765"
    QTest.keyClick(page.name.edit, Qt.Key.Key_Escape)
    assert window.welcome.form.isVisible()


@pytest.mark.parametrize("face", Face)
def test_the_form_can_be_walked_by_tab_alone(qtbot: QtBot, open_window: Open, face: Face) -> None:
    window = open_window()
    form = window.welcome.form
    form.face.choose(face)
    form.face.segment(face).setFocus(Qt.FocusReason.TabFocusReason)
    names: list[str] = []
    for _ in range(12):
        focus = QApplication.focusWidget()
        assert focus is not None
        assert window.ring.target is focus
        names.append(focus.accessibleName())
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        if QApplication.focusWidget() is form.face.segment(face):
            break
    first = {Face.SIGN_IN: ["Sign in"], Face.CREATE: ["Create account", "Student", "Name"]}[face]
    submit = {Face.SIGN_IN: "Sign in", Face.CREATE: "Create account"}[face]
    rest = ["Email", "Password", "Show password", "Change the server", submit, "Start a room on this computer"]
    assert names == first + rest


@pytest.mark.parametrize("code", ["en", "de"])
def test_the_way_without_an_account_is_seen_in_the_smallest_window(
    qtbot: QtBot, code: str, request: pytest.FixtureRequest
) -> None:
    request.addfinalizer(lambda: language().choose(""))
    language().choose(code)
    page = WelcomePage("https://study.example.org")
    qtbot.addWidget(page)
    page.form.face.choose(Face.CREATE)
    page.show()
    sizes = ((1440, 900, False), (1280, 820, True), (1366, 768, True), (960, 640, True), (1440, 900, False))
    for width, height, are_beside in sizes:
        page.resize(width, height)
        qtbot.waitUntil(lambda are_beside=are_beside: (page.form.name.y() == page.form.email.y()) is are_beside)
        qtbot.waitUntil(lambda: page.local.visibleRegion().boundingRect() == page.local.rect())


def test_a_second_enter_while_signing_in_presses_nothing(qtbot: QtBot, light: None) -> None:
    page = WelcomePage("http://127.0.0.1:8765")
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    page.form.submit.setFocus()
    qtbot.waitUntil(page.form.submit.hasFocus)
    page.form.set_working(True)
    assert QApplication.focusWidget() is page.form, "the focus went on to another way in"
    page.form.set_working(False)
    assert page.form.submit.hasFocus()
