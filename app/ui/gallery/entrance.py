"""Before anybody is signed in: the first window, and the welcome page in its states."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.account import AccountPhase
from app.errors import ServerUnreachable
from app.ui.gallery.people import SERVER, TUTOR
from app.ui.gallery.screens import Studio, screen
from app.ui.gallery.still import StillDesk, ready
from app.ui.main_window import MainWindow
from app.ui.opening import OpeningWindow
from app.ui.theme import theme
from app.ui.welcome.account_form import Face
from app.ui.welcome.page import WelcomePage
from app.ui.words import explain, tr


class _Opening(QWidget):
    """The first window shows one look and is then covered: for another look it is another window."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._window = self._shown()
        theme().changed.connect(self._show_again)

    def _shown(self) -> OpeningWindow:
        window = OpeningWindow(theme().tokens)
        self._column.addWidget(window)
        return window

    def _show_again(self) -> None:
        self._window.hide()
        self._window.deleteLater()
        self._window = self._shown()


@screen("opening")
def opening(studio: Studio) -> QWidget:
    return _Opening()


@screen("signing-in", wait_ms=300)
def signing_in(studio: Studio) -> QWidget:
    desk = StillDesk(studio.engine, studio.folder, TUTOR, ready(()), account_phase=AccountPhase.WORKING)
    return MainWindow(desk.port)


@screen("welcome", in_all_ways=True)
def welcome(studio: Studio) -> QWidget:
    return welcome_page(Face.CREATE)


@screen("welcome-sign-in", in_all_ways=True)
def welcome_sign_in(studio: Studio) -> QWidget:
    page = welcome_page(Face.SIGN_IN)
    page.form.email.edit.setText("lena@example.org")
    return page


@screen("welcome-errors", in_all_ways=True)
def welcome_errors(studio: Studio) -> QWidget:
    page = welcome_page(Face.CREATE)
    page.form.submit.click()
    return page


@screen("welcome-wrong-password")
def welcome_wrong_password(studio: Studio) -> QWidget:
    page = welcome_page(Face.SIGN_IN)
    page.form.email.edit.setText("lena@example.org")
    page.form.password.edit.setText("not this one")
    page.form.fail(tr("Email or password is wrong."))
    return page


@screen("welcome-working")
def welcome_working(studio: Studio) -> QWidget:
    page = welcome_page(Face.SIGN_IN)
    page.form.email.edit.setText("lena@example.org")
    page.form.password.edit.setText("correct horse")
    page.form.set_working(True)
    return page


@screen("welcome-server-away", in_all_ways=True)
def welcome_server_away(studio: Studio) -> QWidget:
    page = welcome_page(Face.SIGN_IN)
    page.form.fail(explain(ServerUnreachable("https://study.example.org")), repair=tr("Try again"))
    return page


@screen("welcome-other-server")
def welcome_other_server(studio: Studio) -> QWidget:
    page = welcome_page(Face.SIGN_IN)
    page.form.server.open()
    page.form.server.field.edit.setText("not an address")
    page.form.server.settle()
    return page


@screen("welcome-room-here", in_all_ways=True)
def welcome_room_here(studio: Studio) -> QWidget:
    page = welcome_page(Face.CREATE)
    page.local.click()
    return page


@screen("welcome-room-here-starting")
def welcome_room_here_starting(studio: Studio) -> QWidget:
    page = welcome_page(Face.CREATE)
    page.remember("Lena Hoffmann", "")
    page.local.click()
    page.start_room.show_starting()
    return page


@screen("welcome-room-here-open", in_all_ways=True)
def welcome_room_here_open(studio: Studio) -> QWidget:
    page = welcome_page(Face.CREATE)
    page.remember("Lena Hoffmann", "")
    page.local.click()
    page.start_room.show_open("http://192.168.1.5:8765")
    return page


def welcome_page(face: Face) -> WelcomePage:
    page = WelcomePage(SERVER)
    page.form.face.choose(face)
    return page
