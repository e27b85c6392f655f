"""The main window in its states."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.errors import ServerUnreachable
from app.lobby import LobbyPhase, LobbyState
from app.study.study import StudyPhase, StudyState
from app.ui.bridge import Intents
from app.ui.components.skeletons import DELAY_MS
from app.ui.gallery.people import SERVER, STUDENT, TUTOR, long_sessions, many_sessions, studied, talk
from app.ui.gallery.screens import Studio, screen
from app.ui.gallery.still import StillDesk, ready
from app.ui.green_room.page import GreenRoom
from app.ui.home.page import HomePage
from app.ui.leaving.page import LeavingPage
from app.ui.leaving.visit import Visit
from app.ui.main_window import MainWindow
from app.ui.opening import OpeningWindow
from app.ui.sessions.create_page import CreatePage
from app.ui.sessions.page import SessionsPage
from app.ui.settings.page import SettingsPage
from app.ui.statistics.page import StatisticsPage
from app.ui.theme import theme
from app.ui.welcome.page import WelcomePage
from protocol.rest import Profile

_LATE = DELAY_MS + 100


def sessions_page(state: LobbyState, profile: Profile) -> QWidget:
    page = SessionsPage()
    page.period.choose("all")
    page.show_person(profile.id, profile.role == "tutor")
    page.show_state(state)
    return page


@screen("opening")
def opening(studio: Studio) -> QWidget:
    return OpeningWindow(theme().tokens)


@screen("welcome", in_all_ways=True)
def welcome(studio: Studio) -> QWidget:
    return WelcomePage(SERVER)


@screen("welcome-errors", in_all_ways=True)
def welcome_errors(studio: Studio) -> QWidget:
    page = WelcomePage(SERVER)
    page.form.submit.click()
    return page


@screen("welcome-room-here", in_all_ways=True)
def welcome_room_here(studio: Studio) -> QWidget:
    page = WelcomePage(SERVER)
    page.local.click()
    page.start_room.show_open("http://192.168.1.5:8765")
    return page


@screen("main-window", wait_ms=50, in_all_ways=True)
def main_window(studio: Studio) -> QWidget:
    return MainWindow(StillDesk(studio.engine, studio.folder, TUTOR, ready(many_sessions())).port)


def home_page(study: StudyState, lobby: LobbyState) -> QWidget:
    page = HomePage()
    page.show_person(STUDENT.id, STUDENT.name, 120)
    page.show_study(study)
    page.show_lobby(lobby)
    return page


@screen("home", in_all_ways=True)
def home(studio: Studio) -> QWidget:
    return home_page(studied(), ready(many_sessions()))


@screen("home-empty", in_all_ways=True)
def home_empty(studio: Studio) -> QWidget:
    return home_page(StudyState(StudyPhase.READY), ready(()))


@screen("home-loading", wait_ms=_LATE)
def home_loading(studio: Studio) -> QWidget:
    return home_page(StudyState(), LobbyState(LobbyPhase.LOADING))


@screen("statistics", in_all_ways=True)
def statistics(studio: Studio) -> QWidget:
    page = StatisticsPage()
    page.show_study(studied())
    return page


@screen("statistics-empty", in_all_ways=True)
def statistics_empty(studio: Studio) -> QWidget:
    page = StatisticsPage()
    page.show_study(StudyState(StudyPhase.READY))
    return page


@screen("leaving", in_all_ways=True)
def leaving(studio: Studio) -> QWidget:
    page = LeavingPage(studio.engine, Intents(lambda error: None))
    stay = studied().stays[-1]
    page.show_visit(Visit(stay, talk(), many_sessions()[0], TUTOR.name))
    page.show_study(studied())
    return page


@screen("settings", in_all_ways=True)
def settings(studio: Studio) -> QWidget:
    return SettingsPage(StillDesk(studio.engine, studio.folder, TUTOR, ready(())).port)


@screen("green-room", in_all_ways=True)
def green_room(studio: Studio) -> QWidget:
    return GreenRoom(StillDesk(studio.engine, studio.folder, TUTOR, ready(())).port, many_sessions()[0])


@screen("sessions-loading", wait_ms=_LATE)
def sessions_loading(studio: Studio) -> QWidget:
    return sessions_page(LobbyState(LobbyPhase.LOADING), STUDENT)


@screen("sessions", in_all_ways=True)
def sessions(studio: Studio) -> QWidget:
    return sessions_page(ready(many_sessions()), TUTOR)


@screen("sessions-empty", in_all_ways=True)
def sessions_empty(studio: Studio) -> QWidget:
    return sessions_page(ready(()), TUTOR)


@screen("sessions-empty-student")
def sessions_empty_student(studio: Studio) -> QWidget:
    return sessions_page(ready(()), STUDENT)


@screen("sessions-error", in_all_ways=True)
def sessions_error(studio: Studio) -> QWidget:
    return sessions_page(LobbyState(LobbyPhase.FAILED, problem=ServerUnreachable("study.example.org")), STUDENT)


@screen("sessions-long-names")
def sessions_long_names(studio: Studio) -> QWidget:
    return sessions_page(ready(long_sessions()), STUDENT)


@screen("create", in_all_ways=True)
def create(studio: Studio) -> QWidget:
    page = CreatePage()
    page.begin(TUTOR, ["Maths", "Chemistry"])
    return page


@screen("create-errors", in_all_ways=True)
def create_errors(studio: Studio) -> QWidget:
    page = CreatePage()
    page.begin(TUTOR, ["Maths"])
    page.create_button.click()
    return page
