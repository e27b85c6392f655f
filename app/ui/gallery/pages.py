"""The main window and its pages in their states."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, Qt, QTime
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.errors import ServerUnreachable
from app.lobby import LobbyPhase, LobbyState
from app.study.study import StudyPhase, StudyState
from app.ui.about.licences import licences
from app.ui.about.window import LicencesWindow
from app.ui.bridge import Intents
from app.ui.components.pickers import DayPicker, TimePicker
from app.ui.components.skeletons import DELAY_MS
from app.ui.gallery.people import SERVER, STUDENT, TUTOR, long_sessions, many_sessions, studied
from app.ui.gallery.screens import Scene, Studio, screen
from app.ui.gallery.still import StillDesk, ready
from app.ui.home.page import HomePage
from app.ui.leaving.page import LeavingPage
from app.ui.leaving.visit import Visit
from app.ui.main_window import MainWindow
from app.ui.rail import Place
from app.ui.sessions.create_page import CreatePage
from app.ui.sessions.page import SessionsPage
from app.ui.statistics.page import StatisticsPage
from app.ui.words import explain, tr
from protocol.rest import Profile

_LATE = DELAY_MS + 100
_AWAY = ServerUnreachable(SERVER)


# ---- the main window -----------------------------------------------------------------------------------------------


@screen("main-window", in_all_ways=True)
def main_window_home(studio: Studio) -> Scene:
    return in_shell(studio, lambda window: None)


@screen("main-window-sessions", in_all_ways=True)
def main_window_sessions(studio: Studio) -> Scene:
    return in_shell(studio, lambda window: window.shell.go(Place.SESSIONS))


@screen("main-window-account", in_all_ways=True)
def main_window_account(studio: Studio) -> Scene:
    return in_shell(studio, lambda window: window.shell.rail.avatar.click())


@screen("main-window-toasts", in_all_ways=True)
def main_window_toasts(studio: Studio) -> Scene:
    def tell(window: MainWindow) -> None:
        window.toasts.tell(tr("“%1” is in the list now.").replace("%1", "Essay sprint"), "circle-check", "success")
        window.toasts.fail(explain(_AWAY))
        words = tr("You are in a room already. Leave it before you join another.")
        window.toasts.fail(words, tr("Show room"), _do_nothing)

    return in_shell(studio, tell)


@screen("session-host-menu", in_all_ways=True)
def session_host_menu(studio: Studio) -> Scene:
    def open_menu(window: MainWindow) -> None:
        page = window.shell.sessions
        window.shell.go(Place.SESSIONS)
        page.period.choose("all")
        own = many_sessions()[4]
        page.menu(own).popup(page.mapToGlobal(QPoint(page.width() // 2, page.height() // 2)))

    return in_shell(studio, open_menu)


@screen("session-cancel", in_all_ways=True)
def session_cancel(studio: Studio) -> Scene:
    return asking(studio, lambda page: page.wants_cancel.emit(many_sessions()[4]))


@screen("session-delete", in_all_ways=True)
def session_delete(studio: Studio) -> Scene:
    return asking(studio, lambda page: page.wants_delete.emit(many_sessions()[4]))


def asking(studio: Studio, ask: Callable[[SessionsPage], None]) -> Scene:
    def go(window: MainWindow) -> None:
        window.shell.go(Place.SESSIONS)
        ask(window.shell.sessions)

    return in_shell(studio, go)


def in_shell(studio: Studio, act: Callable[[MainWindow], None]) -> Scene:
    """It asks who is signed in before it shows anything; ``act`` comes then."""
    window = MainWindow(StillDesk(studio.engine, studio.folder, TUTOR, ready(many_sessions()), studied()).port)
    return Scene(window, lambda: act(window), lambda: window.whereabouts is not None)


def _do_nothing() -> None:
    """What a toast's button would do."""


# ---- home ----------------------------------------------------------------------------------------------------------


def home_page(study: StudyState, lobby: LobbyState) -> HomePage:
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


@screen("home-error", in_all_ways=True)
def home_error(studio: Studio) -> QWidget:
    study = replace(studied(), problem=_AWAY)
    return home_page(study, LobbyState(LobbyPhase.FAILED, problem=_AWAY))


@screen("home-starting")
def home_starting(studio: Studio) -> QWidget:
    page = home_page(studied(), ready(many_sessions()))
    page.focus.goal.setText("Chapter 4, problems 1 to 6")
    page.show_place("", "on-this-computer")
    return page


@screen("home-in-room")
def home_in_room(studio: Studio) -> QWidget:
    page = home_page(studied(), ready(many_sessions()))
    page.show_place("live", "")
    return page


# ---- statistics ----------------------------------------------------------------------------------------------------


def statistics_page(state: StudyState) -> StatisticsPage:
    page = StatisticsPage()
    page.show_study(state)
    return page


@screen("statistics", in_all_ways=True)
def statistics(studio: Studio) -> QWidget:
    return statistics_page(studied())


@screen("statistics-stays", in_all_ways=True)
def statistics_stays(studio: Studio) -> QWidget:
    page = statistics_page(studied())
    page.kind.choose("stays")
    return page


@screen("statistics-empty", in_all_ways=True)
def statistics_empty(studio: Studio) -> QWidget:
    return statistics_page(StudyState(StudyPhase.READY))


@screen("statistics-loading", wait_ms=_LATE)
def statistics_loading(studio: Studio) -> QWidget:
    return statistics_page(StudyState())


@screen("statistics-error")
def statistics_error(studio: Studio) -> QWidget:
    return statistics_page(StudyState(StudyPhase.READY, problem=_AWAY))


@screen("statistics-old")
def statistics_old(studio: Studio) -> QWidget:
    return statistics_page(replace(studied(), problem=_AWAY))


# ---- leaving -------------------------------------------------------------------------------------------------------


def leaving_page(studio: Studio, *, goal: str = "", minutes: bool = True) -> LeavingPage:
    page = LeavingPage(studio.engine, Intents(lambda error: None))
    stay = replace(studied().stays[-1], goal=goal)
    if not minutes:
        stay = replace(stay, ended=stay.began, mates=())
    page.show_visit(Visit(stay, (), many_sessions()[0], TUTOR.name))
    page.show_study(studied())
    return page


@screen("leaving", in_all_ways=True)
def leaving(studio: Studio) -> QWidget:
    return leaving_page(studio, goal="Chapter 4, problems 1 to 6")


@screen("leaving-without-goal")
def leaving_without_goal(studio: Studio) -> QWidget:
    return leaving_page(studio)


@screen("leaving-at-once")
def leaving_at_once(studio: Studio) -> QWidget:
    return leaving_page(studio, minutes=False)


@screen("leaving-not-saved")
def leaving_not_saved(studio: Studio) -> QWidget:
    page = leaving_page(studio, goal="Chapter 4, problems 1 to 6")
    page.show_not_saved(PermissionError())
    return page


# ---- sessions ------------------------------------------------------------------------------------------------------


def sessions_page(state: LobbyState, profile: Profile) -> SessionsPage:
    page = SessionsPage()
    page.period.choose("all")
    page.show_person(profile.id, profile.role == "tutor")
    page.show_awaited(frozenset({"soon", "later"}))
    page.show_minutes({"over": 45})
    page.show_state(state)
    return page


@screen("sessions", in_all_ways=True)
def sessions(studio: Studio) -> QWidget:
    return sessions_page(ready(many_sessions()), TUTOR)


@screen("sessions-student")
def sessions_student(studio: Studio) -> QWidget:
    page = sessions_page(ready(many_sessions()), STUDENT)
    page.show_place("", "live")
    return page


@screen("sessions-loading", wait_ms=_LATE)
def sessions_loading(studio: Studio) -> QWidget:
    return sessions_page(LobbyState(LobbyPhase.LOADING), STUDENT)


@screen("sessions-empty", in_all_ways=True)
def sessions_empty(studio: Studio) -> QWidget:
    return sessions_page(ready(()), TUTOR)


@screen("sessions-empty-student", in_all_ways=True)
def sessions_empty_student(studio: Studio) -> QWidget:
    return sessions_page(ready(()), STUDENT)


@screen("sessions-error", in_all_ways=True)
def sessions_error(studio: Studio) -> QWidget:
    return sessions_page(LobbyState(LobbyPhase.FAILED, problem=_AWAY), STUDENT)


@screen("sessions-old")
def sessions_old(studio: Studio) -> QWidget:
    return sessions_page(replace(ready(many_sessions()), phase=LobbyPhase.FAILED, problem=_AWAY), STUDENT)


@screen("sessions-no-hits", in_all_ways=True)
def sessions_no_hits(studio: Studio) -> QWidget:
    page = sessions_page(ready(many_sessions()), TUTOR)
    page.search.setText("astrophysics")
    return page


@screen("sessions-long-names", in_all_ways=True)
def sessions_long_names(studio: Studio) -> QWidget:
    return sessions_page(ready(long_sessions()), STUDENT)


# ---- create and edit -----------------------------------------------------------------------------------------------


def type_over(picker: DayPicker | TimePicker, text: str) -> None:
    """As a person does who selects all, types and leaves."""
    picker.lineEdit().selectAll()
    written = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, text)
    QApplication.sendEvent(picker, written)
    picker.take()


def create_page() -> CreatePage:
    page = CreatePage()
    page.begin(TUTOR, ["Maths", "Chemistry"])
    return page


@screen("create", in_all_ways=True)
def create(studio: Studio) -> QWidget:
    return create_page()


@screen("create-errors", in_all_ways=True)
def create_errors(studio: Studio) -> QWidget:
    page = create_page()
    page.create_button.click()
    return page


@screen("create-unread", in_all_ways=True)
def create_unread(studio: Studio) -> QWidget:
    page = create_page()
    type_over(page.form.date, "31.2.2027")
    type_over(page.form.end, "25:00")
    return page


def ends_before_it_starts(start: QTime, end: QTime) -> CreatePage:
    """All of it is written, for tomorrow; somebody wants it created, and the end is before the start."""
    page = create_page()
    form = page.form
    form.title.edit.setText("Linear algebra: eigenvalues")
    form.subject.edit.setText("Maths")
    form.date.setDate(form.date.minimumDate().addDays(1))
    form.start.setTime(start)
    form.end.setTime(end)
    page.create_button.click()
    return page


@screen("create-end-before-start", in_all_ways=True)
def create_end_before_start(studio: Studio) -> Scene:
    page = ends_before_it_starts(QTime(10, 0), QTime(9, 0))
    return Scene(page, page.form.end.lineEdit().deselect)


@screen("create-over-midnight", in_all_ways=True)
def create_over_midnight(studio: Studio) -> Scene:
    page = ends_before_it_starts(QTime(22, 0), QTime(0, 30))
    page.form.next_day.click()
    return Scene(page, page.form.end.lineEdit().deselect)


@screen("create-saving")
def create_saving(studio: Studio) -> QWidget:
    page = create_page()
    page.form.title.edit.setText("Linear algebra: eigenvalues")
    page.form.subject.edit.setText("Maths")
    page.create_button.click()
    return page


@screen("create-refused")
def create_refused(studio: Studio) -> QWidget:
    page = create_page()
    page.form.title.edit.setText("Linear algebra: eigenvalues")
    page.fail(explain(_AWAY))
    return page


@screen("edit", in_all_ways=True)
def edit(studio: Studio) -> QWidget:
    page = CreatePage()
    page.begin(TUTOR, ["Maths", "Chemistry"], many_sessions()[4])
    return page


# ---- about ---------------------------------------------------------------------------------------------------------


@screen("licences", in_all_ways=True)
def licences_window(studio: Studio) -> QWidget:
    return LicencesWindow(licences())
