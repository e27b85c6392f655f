"""The main window: who is signed in decides what it shows, and rooms open from it in windows of their own."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.account import AccountPhase, AccountState
from app.errors import ServerRefused, SignedOut
from app.study.stays import Outcome
from app.ui.bridge import Intents, StoreBridge
from app.ui.components.focus_ring import FocusRing
from app.ui.components.skeletons import DELAY_MS
from app.ui.components.toasts import ToastStack
from app.ui.entry import Entry
from app.ui.icons import mark, window_icon
from app.ui.keyboard import last_focus
from app.ui.language import language
from app.ui.lazily import is_made
from app.ui.leaving.page import LeavingPage
from app.ui.leaving.visit import Visit
from app.ui.port import DeskPort
from app.ui.quitting import quitting
from app.ui.rail import WIDTH as RAIL_WIDTH
from app.ui.rail import Place
from app.ui.rooms import Rooms
from app.ui.sessions.news import SessionNews
from app.ui.shell import Shell, Whereabouts
from app.ui.theme import ThemeChoice, font, theme
from app.ui.welcome.account_form import NewAccount, SignIn
from app.ui.welcome.page import WelcomePage
from app.ui.welcome.start_room import StartRoom
from app.ui.words import explain, line, tr
from protocol.rest import Session

MIN_WIDTH, MIN_HEIGHT = 960, 640


class MainWindow(QWidget):
    """Shows nothing but its mark until it is known whether somebody is signed in.

    ``left_behind`` comes when what is shown after a room has been left, too, or a session's form.
    """

    left_behind = Signal()

    def __init__(self, desk: DeskPort, begin_at: Whereabouts | None = None) -> None:
        """Whoever is signed in begins at Home, or at ``begin_at``."""
        super().__init__()
        self.setObjectName("surface")
        self.setWindowTitle("Deskmates")
        self.setWindowIcon(window_icon())
        self.setMinimumSize(MIN_WIDTH, MIN_HEIGHT)
        self.resize(1280, 820)
        self._desk = desk
        self._begin_at = begin_at
        self._is_started = False
        self._is_quitting = False
        self._asked: SignIn | NewAccount | None = None
        self.intents = Intents(self._fail)
        self.rooms = Rooms(desk, self.intents, self)
        self._splash = _Splash()
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._splash)
        self.entry = Entry(desk, self.rooms, self._pages, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)
        self.toasts = ToastStack(self, left=RAIL_WIDTH)
        self.ring = FocusRing(self)
        self._account = StoreBridge(desk.account.store)
        self._study = StoreBridge(desk.study.store)
        self.entry.ended.connect(self._on_entry_ended)
        self.rooms.changed.connect(self._on_rooms)
        self.rooms.left.connect(self._on_left)
        theme().changed.connect(self.update)
        quitting().wanted.connect(self._on_quitting)

    @property
    def is_ready(self) -> bool:
        """It is known whether somebody is signed in, and shown."""
        return self._pages.currentWidget() is not self._splash

    @property
    def whereabouts(self) -> Whereabouts | None:
        """Where in the shell the person is; None outside of it."""
        is_there = is_made(self, "shell") and self._pages.currentWidget() is self.shell
        return self.shell.whereabouts if is_there else None

    @property
    def is_free(self) -> bool:
        """Nobody is on the way into a room, in one, looking at what came of it, or in the midst of writing."""
        is_elsewhere = self.rooms.is_busy or self.entry.page is not None or self._is_looking_back
        return not is_elsewhere and not (is_made(self, "shell") and self.shell.keeps_form)

    @property
    def _is_looking_back(self) -> bool:
        """What came of a stay is shown."""
        return is_made(self, "leaving") and self._pages.currentWidget() is self.leaving

    def say_again(self) -> None:
        """While a room is open: make the shell anew where it speaks another language than that of now.

        A session that is being written is not thrown away for that.
        """
        where, profile = self.whereabouts, self._desk.account.store.state.profile
        if where is None or profile is None or self.shell.spoken == language().code or self.shell.is_writing:
            return
        old = self.shell
        self._news.close()
        old.leave()
        old.close_bridges()
        vars(self).pop("shell")
        self.shell.enter(profile)
        self._pages.setCurrentWidget(self.shell)
        self.shell.go_back_to(where)
        self._pages.removeWidget(old)
        if not self.intents.is_busy:  # else an answer may still come for it, and it goes with the window
            old.deleteLater()

    # ---- the pages, each made when it is first wanted: all at once would take too long -----------------------------

    @cached_property
    def welcome(self) -> WelcomePage:
        page = WelcomePage(self._desk.settings.state.server)
        self._pages.addWidget(page)
        page.form.submitted.connect(self._send)
        page.form.retry.connect(self._restore_again)
        page.start_room.started.connect(self._host_room)
        page.start_room.wants_room.connect(self.rooms.raise_window)
        self._show_place(page.start_room)
        return page

    @cached_property
    def shell(self) -> Shell:
        shell = Shell(self._desk, self.intents)
        self.toasts.keep_beside(shell.rail.width())
        self._pages.addWidget(shell)
        shell.wants_room.connect(self._open_room)
        shell.created.connect(self._on_created)
        shell.form_left.connect(self.left_behind)
        shell.focus_wanted.connect(self._focus)
        shell.open_room_wanted.connect(self.rooms.raise_window)
        shell.rail.sign_out.connect(self._sign_out)
        shell.rail.theme_chosen.connect(self._choose_theme)
        shell.show_place(self.rooms.here, self.rooms.opening)
        settings, telling = self._desk.settings, shell.telling
        join, show, prepare = self._open_room, self._show_session, shell.show_session
        self._news = SessionNews(self, telling, self.toasts, settings, join=join, show=show, prepare=prepare)
        self.rooms.full.connect(telling.await_place)
        return shell

    @cached_property
    def leaving(self) -> LeavingPage:
        page = LeavingPage(self._desk.engine, self.intents)
        self._pages.addWidget(page)
        page.done.connect(self._go_back)
        page.done.connect(self.left_behind)
        page.rejoin.connect(self._rejoin)
        page.answered.connect(self._answer)
        page.noted.connect(self._remember_notes)
        self._study.listen(page.show_study)
        return page

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_started:
            self._is_started = True
            # After the first paint, and once Qt's loop is the one that coroutines run on.
            QTimer.singleShot(0, self, self._restore)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow() and is_made(self, "shell"):
            self.shell.come_back()

    def closeEvent(self, event: QCloseEvent) -> None:
        is_last = self._is_quitting or not self.rooms.is_busy  # else it comes back as it is
        if is_last and self.isVisible() and is_made(self, "shell") and self.shell.would_lose:
            event.ignore()
            self.shell.leave_form(self._close_all_the_same)
            return
        if not self.rooms.is_busy:
            self._let_go()
        super().closeEvent(event)

    def _close_all_the_same(self) -> None:
        self.window().close()  # the window may stand in a frame: ``app.ui.opening``

    def _let_go(self) -> None:
        """Hear nothing more: nobody will see this window again."""
        self.intents.cancel()
        self._account.close()
        self._study.close()
        self.entry.close_bridges()
        if is_made(self, "shell"):
            self.shell.close_bridges()

    def _on_quitting(self) -> None:
        self._is_quitting = True
        self.rooms.leave()

    # ---- who is signed in ------------------------------------------------------------------------------------------

    def _restore(self) -> None:
        """Ask for the remembered account. A window that comes after another, for a new language, finds somebody signed
        in: the server that is away just then would cost the sign-in.
        """
        self._asked = None
        if self._desk.account.store.state.phase is AccountPhase.SIGNED_IN:
            self._on_restored(None)
            return
        self.intents.start(self._desk.engine.call(self._desk.account.restore()), done=self._on_restored)

    def _on_restored(self, _: None) -> None:
        if self._pages.currentWidget() is self._splash:
            self._account.listen(self._on_account)
        else:
            self._on_account(self._desk.account.store.state)

    def _on_account(self, state: AccountState) -> None:
        is_in = state.phase is AccountPhase.SIGNED_IN
        if not is_made(self, "shell" if is_in else "welcome"):
            # What is shown next is made now, and shown in the next turn of Qt's loop.
            _ = self.shell.home if is_in else self.welcome
            QTimer.singleShot(0, self, lambda: self._on_account(self._account.state))
            return
        if is_in and state.profile is not None:
            self._asked = None
            self._desk.settings.change(name=state.profile.name)
            if is_made(self, "welcome"):
                self.welcome.form.set_working(False)
                self.welcome.form.forget_password()
            is_elsewhere = self.entry.page is not None or self._is_looking_back  # it is left as ever, and leads here
            if self._pages.currentWidget() is not self.shell and not is_elsewhere:
                self._pages.setCurrentWidget(self.shell)
                self.toasts.clear()
            self.shell.enter(state.profile)
            where, self._begin_at = self._begin_at, None
            if where is not None:
                self.shell.go_back_to(where)
            return
        if is_made(self, "shell"):
            self.shell.leave()
        self.entry.close()
        was_here = self._pages.currentWidget() is self.welcome
        if not self._is_looking_back:  # else it is left as ever, and leads here
            self._pages.setCurrentWidget(self.welcome)
        if not was_here:
            settings = self._desk.settings.state
            self.welcome.remember(settings.name, settings.email)  # as they are now: they may have changed meanwhile
        self.welcome.form.set_working(state.phase is AccountPhase.WORKING)
        if state.phase is AccountPhase.SIGNED_OUT:
            self._explain_account(state)
            if not was_here:
                self.toasts.clear()  # offers of sessions, say, to somebody who is not here any more
                self.welcome.form.server.use(state.server)
            if not was_here and not self._is_looking_back:
                self.welcome.form.focus_first()

    def _explain_account(self, state: AccountState) -> None:
        form = self.welcome.form
        match state.problem, self._asked:
            case None, _:
                form.fail("")
            case SignedOut() | ServerRefused(status=401), SignIn():
                form.fail(tr("Email or password is wrong."))
                form.password.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            case ServerRefused(status=400 | 409), NewAccount() if _says_taken(state.problem):
                form.fail(tr("There is already an account with this email. Sign in instead."))
            case SignedOut() as problem, _:
                form.fail(explain(problem))
            case problem, None:
                form.fail(explain(problem), repair=tr("Try again"))
            case problem, _:
                form.fail(explain(problem))

    def _send(self, wish: SignIn | NewAccount) -> None:
        if not self._may_be(wish):
            self.welcome.form.fail(tr("You are in a room. Leave it first."))
            return
        self._asked = wish
        account = self._desk.account
        self.welcome.form.set_working(True)
        if isinstance(wish, SignIn):
            intent = account.sign_in(wish.server, wish.email, wish.password)
        else:
            intent = account.register(wish.server, wish.name, wish.email, wish.password, wish.role)
        self.intents.start(self._desk.engine.call(intent), failed=self._on_not_sent)

    def _may_be(self, wish: SignIn | NewAccount) -> bool:
        """Whose sign-in has run out in a room may sign in again; for anybody else it would speak from then on."""
        visitor = self.rooms.visitor
        if visitor is None or visitor.profile is None:
            return True
        them = visitor.server, visitor.profile.email.lower()
        return isinstance(wish, SignIn) and (wish.server, wish.email.lower()) == them

    def _on_not_sent(self, error: Exception) -> None:
        self.welcome.form.set_working(False)
        self.welcome.form.fail(explain(error))

    def _sign_out(self) -> None:
        """Not out of a room: it speaks with the token of whoever went into it, and the stay is theirs."""
        if self.rooms.is_busy:
            words = tr("You are in a room. Leave it first.")
            self.toasts.fail(words, tr("Show room"), self.rooms.raise_window)
            return
        self._asked = None
        self.intents.start(self._desk.engine.call(self._desk.account.sign_out()))

    # ---- rooms -----------------------------------------------------------------------------------------------------

    def _open_room(self, session: Session) -> None:
        if self.rooms.is_busy and self.rooms.here != session.id:
            words = tr("You are in a room already. Leave it before you join another.")
            self.toasts.fail(words, tr("Show room"), self.rooms.raise_window)
            return
        if self.rooms.here == session.id:
            self.rooms.raise_window()
        else:
            self.entry.begin(session)

    def _show_session(self, session: Session) -> None:
        """Its card, also from the green room of another or from what came of a stay; a room that is being opened comes
        first.
        """
        if self.entry.page is not None and not self.rooms.opening:
            self.entry.end()
        elif self._is_looking_back:
            self.leaving.done.emit()
        self.shell.show_session(session)

    def _host_room(self, name: str) -> None:
        self._desk.settings.change(name=name)
        self.entry.host(name)

    def _focus(self, goal: str) -> None:
        """A room of one's own, from Home."""
        profile = self._desk.account.store.state.profile
        name = profile.name if profile is not None else self._desk.settings.state.name
        self.entry.host(name, goal)

    def _on_rooms(self) -> None:
        if is_made(self, "shell"):
            self.shell.show_place(self.rooms.here, self.rooms.opening)
        if is_made(self, "welcome"):
            self._show_place(self.welcome.start_room)

    def _show_place(self, page: StartRoom) -> None:
        if self.rooms.opening:
            page.show_starting()
        elif self.rooms.here:
            page.show_open(self._desk.hosted_address or self._desk.account.store.state.server)
        else:
            page.show_idle()

    def _on_left(self, visit: Visit | None) -> None:
        if visit is not None:
            self.intents.see_through(self._desk.engine.submit(self._desk.study.record(visit.stay, visit.said)))
        window = self.window()  # it may stand in a frame: ``app.ui.opening``
        if self._is_quitting and window.isHidden():
            self._let_go()
            return
        self.show()
        window.show()
        window.raise_()
        window.activateWindow()
        if visit is None:
            self._refresh()
            return
        self.toasts.clear()
        self._pages.setCurrentWidget(self.leaving)
        self.leaving.show_visit(visit)
        self.leaving.show_study(self._study.state)
        if is_made(self, "shell"):
            self.shell.clear_goal()

    def _rejoin(self, visit: Visit) -> None:
        """Back into the same room, with the same goal."""
        self._go_back()
        if visit.session is not None:
            self.entry.begin(visit.session, visit.stay.goal)
        else:
            self.entry.host(visit.name, visit.stay.goal, again=visit.stay.session_id)

    def _go_back(self) -> None:
        """From the leaving page to where one came from."""
        is_in = self._desk.account.store.state.phase is AccountPhase.SIGNED_IN
        self._pages.setCurrentWidget(self.shell if is_in else self.welcome)
        if is_in:
            self.shell.go(Place.HOME)
            self.shell.home.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_entry_ended(self) -> None:
        """The green room was left, for its room or not: the keyboard is where it was before."""
        is_in = self._desk.account.store.state.phase is AccountPhase.SIGNED_IN
        page = self.shell if is_in else self.welcome
        self._pages.setCurrentWidget(page)
        before = last_focus(page)
        if before is None or not (before.isVisible() and before.isEnabled()):
            before = self.shell.shown if is_in else self.welcome.start_room.start
        before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._refresh()

    def _refresh(self) -> None:
        if is_made(self, "shell"):
            self.shell.refresh()

    def _answer(self, key: str, outcome: Outcome) -> None:
        self.intents.see_through(self._desk.engine.submit(self._desk.study.answer(key, outcome)))

    def _remember_notes(self, key: str, path: str) -> None:
        self.intents.see_through(self._desk.engine.submit(self._desk.study.remember_notes(key, path)))

    # ---- the rest --------------------------------------------------------------------------------------------------

    def _restore_again(self) -> None:
        self.welcome.form.set_working(True)
        self._restore()

    def _on_created(self, session: Session) -> None:
        words = tr("“%1” is in the list now.").replace("%1", line(session.title))
        self.toasts.tell(words, "circle-check", "success")

    def _choose_theme(self, choice: ThemeChoice) -> None:
        theme().choose(choice)
        self._desk.settings.change(theme=choice.value)

    def _fail(self, error: Exception) -> None:
        self.toasts.fail(explain(error))


def _says_taken(problem: ServerRefused) -> bool:
    """Servers have no code for an e-mail that is taken; the seed's and ours say so in English words."""
    said = problem.message.casefold()
    return any(word in said for word in ("exist", "taken", "already", "in use"))


class _Splash(QWidget):
    """The mark, and after a moment words, while the remembered account is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._words = ""
        QTimer.singleShot(DELAY_MS, self, self._speak)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        middle = self.rect().center()
        painter.drawPixmap(middle.x() - 32, middle.y() - 56, mark(64, self.devicePixelRatioF()))
        painter.setFont(font(14))
        painter.setPen(theme().colour("muted"))
        painter.drawText(self.rect().adjusted(0, 72, 0, 0), Qt.AlignmentFlag.AlignCenter, self._words)

    def _speak(self) -> None:
        self._words = tr("Signing you in…")
        self.setAccessibleName(self._words)
        self.update()
