"""The window of one room: puts the parts together, shows snapshots of the state and turns what people do into
intents.

Promises: it joins when it is first shown; closing it leaves; ``left`` comes exactly once, after the goodbye (or when
that takes too long), and then the window is closed for good.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from app.config import SettingsFile
from app.engine import Engine
from app.hardware import Hardware
from app.room.state import Link, MessageKind, RoomState
from app.study.attendance import Attendance
from app.ui.announce import announce
from app.ui.bridge import Intents, StoreBridge
from app.ui.components.focus_ring import FocusRing
from app.ui.components.margins import place
from app.ui.components.toasts import ToastStack
from app.ui.devices.in_room import RoomDevices
from app.ui.icons import window_icon
from app.ui.notify import RoomNotifier
from app.ui.placing import begin_at
from app.ui.room import grid
from app.ui.room.acts import mini_acts, room_acts
from app.ui.room.banner import LinkBanner
from app.ui.room.chat_panel import place_of
from app.ui.room.controls import HEIGHT as CONTROLS_HEIGHT
from app.ui.room.controls import ControlBar
from app.ui.room.help import help_sheet
from app.ui.room.keeping import Keeping
from app.ui.room.leaving import LONGEST_MS, SLOW_MS, LeavingCover
from app.ui.room.link_sheet import LinkSheet
from app.ui.room.memory import QUIET, RoomMemory
from app.ui.room.mini import HEIGHT as MINI_HEIGHT
from app.ui.room.mini import WIDTH as MINI_WIDTH
from app.ui.room.mini import MiniWindow
from app.ui.room.more_menu import open_more
from app.ui.room.news import News
from app.ui.room.notices import Teller
from app.ui.room.people_deeds import PeopleDeeds
from app.ui.room.port import Room
from app.ui.room.reactions import ReactionRow
from app.ui.room.refused import RefusedPage
from app.ui.room.shortcuts import RoomKeys
from app.ui.room.side_panel import CHAT, PEOPLE, TIMER, SidePanel
from app.ui.room.side_panel import WIDTH as PANEL_WIDTH
from app.ui.room.stage import Stage
from app.ui.room.switches import Switches
from app.ui.room.talk import PushToTalk
from app.ui.room.top_bar import HEIGHT as TOP_HEIGHT
from app.ui.room.top_bar import TopBar
from app.ui.shortcuts import Action
from app.ui.theme import theme
from app.ui.words import explain, line, tr

LEAST_WIDTH, LEAST_HEIGHT = 800, 560
OVERLAY_BELOW = 1100
"""In narrower windows the side panel lies over the stage."""
_NO_SELF = "no-self-view"
"""The wish not to see oneself."""
_PILL_CLEARANCE = 44
"""Toasts stand above the name pills."""


class RoomWindow(QWidget):
    left = Signal()

    def __init__(
        self,
        engine: Engine,
        room: Room,
        parent: QWidget | None = None,
        *,
        settings: SettingsFile | None = None,
        memory: RoomMemory | None = None,
        hardware: Hardware | None = None,
        attendance: Attendance | None = None,
        earlier: Callable[[], int] = lambda: 0,
    ) -> None:
        """``attendance`` knows this stay and its goal, ``earlier`` the minutes of today that counted before it.
        ``settings`` have the person's own keys; ``memory`` outlives the window; ``hardware`` knows the devices."""
        super().__init__(parent, Qt.WindowType.Window)
        self._engine = engine
        self._room = room
        self.settings = settings
        self._has_joined = False
        self._is_leaving = False
        self._has_left = False
        self._intents = Intents(self._on_failed)
        self.memory = memory or RoomMemory(parent=self)
        self.setMinimumSize(LEAST_WIDTH, LEAST_HEIGHT)
        begin_at(self, 1440, 900)
        self.setWindowIcon(window_icon())
        self.top_bar = TopBar()
        self.controls = ControlBar()
        self.stage = Stage(room.picture, room.screen, room.self_view, room.server, LinkBanner())
        stay = attendance or Attendance(room.store)
        self.top_bar.show_goal(stay.goal)
        self.panel = SidePanel(room.server, self.memory, stay, earlier)
        self.refused = RefusedPage()
        self._pages = QStackedWidget(self)
        self._content = QWidget()
        self._pages.addWidget(self._content)
        self._pages.addWidget(self.refused)
        for part in (self.top_bar, self.controls, self.stage, self.panel):
            part.setParent(self._content)
        self.toasts = ToastStack(self.stage, lift=_PILL_CLEARANCE, left=grid.GAP)
        self._teller = Teller(self.toasts, self)
        self._switches = Switches(
            self, room, controls=self.controls, sharing=self.stage.sharing_bar, toasts=self.toasts, do=self._do
        )
        self._cover = LeavingCover(self)
        self._ring = FocusRing(self)
        self.panel.hide()
        self.reactions = ReactionRow(self)
        self.mini = MiniWindow(room.picture, room.self_view)
        self.destroyed.connect(self.mini.deleteLater)  # a child of ours would hide with us
        self.notifier = RoomNotifier(self, self._is_in_front)
        self._news = News(self.notifier)
        self.deeds = PeopleDeeds(
            engine=engine,
            room=room,
            intents=self._intents,
            memory=self.memory,
            stage=self.stage,
            people=self.panel.people,
            said=lambda words: self.toasts.tell(words, "copy"),
        )
        self._connect()
        self.keys = RoomKeys(self, settings, room_acts(self), self.stage.pin_number)
        self.keys.changed.connect(self._on_keys)
        self.controls.set_keys(self.keys.keys)
        RoomKeys(self.mini, settings, mini_acts(self))
        self.talk = PushToTalk(self, lambda: self.keys.keys(Action.TALK), self._is_heard)
        self.talk.wanted.connect(self._switches.turn_microphone)
        self.mini.talk_by(self.talk)
        self._keep_draft(place_of(room.server, room.store.state))
        self.be_quiet(self.memory.wish(QUIET))
        self.stage.hide_self(self.memory.wish(_NO_SELF))
        self.devices = RoomDevices(
            self,
            room,
            controls=self.controls,
            toasts=self.toasts,
            settings=settings,
            hardware=hardware,
            is_quiet=lambda: self.notifier.is_quiet,
            do=self._do,
        )
        # Each of the catalogues that are taken away and put in says that the language is another one.
        self._speaking_anew = QTimer(self, singleShot=True, interval=0)
        self._speaking_anew.timeout.connect(self._say_again)
        self._keeping = Keeping(self, self.memory, self.stage, self.panel)
        self.bridge = StoreBridge(room.store)
        self.bridge.listen(self._show_state)
        theme().changed.connect(self._repaint)

    # -- what people do

    def _connect(self) -> None:
        room, controls, chat = self._room, self.controls, self.panel.chat
        controls.react_pressed.connect(lambda: self.reactions.pop_up(controls.react))
        controls.hand_wanted.connect(lambda up: self._do(room.raise_hand(up)))
        controls.more_pressed.connect(lambda: open_more(self))
        self.reactions.picked.connect(lambda emoji: self._do(room.react(emoji)))
        self.stage.rearranged.connect(lambda: self.toasts.lift_to(_PILL_CLEARANCE + self.stage.strip_height))
        self.stage.self_hidden.connect(lambda is_hidden: self.memory.set_wish(_NO_SELF, is_hidden))
        self.mini.restored.connect(self.leave_mini)
        self.mini.microphone_pressed.connect(controls.turn_microphone)
        self.mini.leave_pressed.connect(self.leave)
        self.mini.stop_pressed.connect(self._switches.stop_sharing)
        self.notifier.opened.connect(self.come_to_front)
        self.notifier.leave_wanted.connect(self.leave)
        self.notifier.quiet_wanted.connect(self.be_quiet)
        controls.chat_pressed.connect(lambda: self.press_panel(CHAT))
        controls.people_pressed.connect(lambda: self.press_panel(PEOPLE))
        controls.timer_pressed.connect(lambda: self.press_panel(TIMER))
        self.panel.goal.changed.connect(self.top_bar.show_goal)
        controls.leave_pressed.connect(self.leave)
        chat.said.connect(self._say)
        chat.link_wanted.connect(lambda link: LinkSheet(link, self).show())
        chat.retried.connect(lambda key: self._do(room.retry(key)))
        chat.discarded.connect(lambda key: self._do(room.discard(key)))
        chat.earlier_wanted.connect(lambda: self._do(room.load_earlier()))
        chat.unread_changed.connect(self._show_panel_buttons)
        self.panel.tab_chosen.connect(self._show_panel_buttons)
        self.panel.escaped.connect(self._on_panel_escape)
        self.stage.retried.connect(lambda who: self._do(room.reconnect_peer(who)))
        self.stage.everybody_wanted.connect(lambda: self.open_panel(PEOPLE))
        self.stage.banner.try_again_pressed.connect(lambda: self._do(room.try_again()))
        self.stage.banner.leave_pressed.connect(self.leave)
        self.refused.back_pressed.connect(self.leave)

    def _is_in_front(self) -> bool:
        return (self.isActiveWindow() and not self.isMinimized()) or self.mini.isActiveWindow()

    def _is_heard(self) -> bool:
        return self.bridge.state.microphone.desired

    def _on_keys(self) -> None:
        self.controls.set_keys(self.keys.keys)

    def open_help(self) -> None:
        help_sheet(self, self.keys.keys).show()

    def be_quiet(self, is_quiet: bool) -> None:
        self.notifier.set_quiet(is_quiet)
        self.memory.set_wish(QUIET, is_quiet)

    def come_to_front(self) -> None:
        """Show the room's window, in place of the mini window where that is."""
        if self.is_mini:
            self.leave_mini()
        self.show()
        self.raise_()
        self.activateWindow()

    # -- the mini window

    @property
    def is_mini(self) -> bool:
        return not self.mini.isHidden()

    def go_mini(self) -> None:
        """Hide behind the mini window, unless there is nothing for it to show any more."""
        if self._is_leaving or self.is_mini or self._is_refused:
            return
        self.talk.end()
        screen = self.screen().availableGeometry()
        self.mini.move(screen.right() - MINI_WIDTH - 24, screen.bottom() - MINI_HEIGHT - 24)
        self.mini.show()  # first: without any window the app would end
        self.hide()
        self.mini.show_state(self.bridge.state, self.stage.speaker, self.stage.own)

    def leave_mini(self) -> None:
        """Back to the room's window."""
        if self.is_mini:
            self.mini.put_away()
            self.show()
            self.stage.look_again()
            self.activateWindow()

    def _do(self, intent: Coroutine[Any, Any, None]) -> None:
        self._intents.start(self._engine.call(intent))

    def _keep_draft(self, key: str) -> None:
        """What was being written here last time is there again, and is kept from now on."""
        composer = self.panel.chat.composer
        composer.give_back(self.memory.draft(key))
        composer.input.textChanged.connect(lambda: self.memory.set_draft(key, composer.text))

    def _say(self, text: str, kind: MessageKind) -> None:
        def failed(error: Exception) -> None:
            self.panel.chat.composer.give_back(text)
            self._on_failed(error)

        self._intents.start(self._engine.call(self._room.say(text, kind)), failed=failed)

    def _on_failed(self, error: Exception) -> None:
        self.toasts.fail(explain(error))

    def turn_full_screen(self) -> None:
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    # -- the panel

    @property
    def open_tab(self) -> str:
        """What the side panel shows, or "" while it is closed."""
        return "" if self.panel.isHidden() else self.panel.tab

    def open_panel(self, tab: str) -> None:
        if self.open_tab not in ("", tab) and self.panel.isAncestorOf(QApplication.focusWidget() or self):
            self.stage.setFocus(Qt.FocusReason.MouseFocusReason)  # else Qt puts a ring around the page that comes
        self.panel.choose(tab)
        self.panel.show()
        self._place()
        self._show_panel_buttons()
        if tab == CHAT:
            self.panel.chat.composer.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_panel(self) -> None:
        had_focus = self.panel.isAncestorOf(QApplication.focusWidget() or self)
        button = self.controls.button_of(self.panel.tab)
        self.panel.hide()
        self._place()
        self._show_panel_buttons()
        if had_focus:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def press_panel(self, tab: str) -> None:
        if self.open_tab == tab:
            self.close_panel()
        else:
            self.open_panel(tab)

    def _on_panel_escape(self) -> None:
        if self._overlays:
            self.close_panel()
        else:
            self.controls.microphone.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_panel_buttons(self) -> None:
        self.controls.show_panel(self.open_tab, self.panel.chat.unread)

    # -- snapshots

    def _show_state(self, state: RoomState) -> None:
        self.setWindowTitle(f"{line(state.session.title) or tr('Study room')} – Deskmates")
        if state.link is Link.REFUSED and not self._is_refused:
            self._show_refused(state)
        if state.link is Link.LEFT:
            self._on_left_without_us()
            return
        self.top_bar.show_state(state)
        self.stage.show_state(state)
        self.panel.show_state(state)
        self.controls.show_switches(state.microphone, state.camera)
        self.controls.show_sharing(state.sharing)
        self.controls.show_hand(state.hand)
        self.deeds.show_state(state)
        self._news.show_state(state)
        if self.is_mini:
            self.mini.show_state(state, self.stage.speaker, self.stage.own)
        self._teller.show_notices(state.notices)
        self.devices.show_state(state)
        self._switches.show_state(state)

    @property
    def _is_refused(self) -> bool:
        return self._pages.currentWidget() is self.refused

    def _show_refused(self, state: RoomState) -> None:
        """The room will not have us: nothing else is shown from now on, and nothing stands before it."""
        self.refused.show_state(state)
        self._pages.setCurrentWidget(self.refused)
        self.notifier.tell(line(state.session.title) or tr("Study room"), self.refused.words)
        self.leave_mini()
        announce(self.refused, self.refused.words)
        if self.refused.back is not None:
            self.refused.back.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- coming and going

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._has_joined:
            self._has_joined = True
            if not self._overlays and self._keeping.begins_with_panel:
                self.panel.show()
                self._show_panel_buttons()
            self._place()
            self.stage.setFocus(Qt.FocusReason.MouseFocusReason)  # Space is for talking, until a button is chosen
            self.notifier.start()
            self._do(self._room.join())

    def leave(self) -> None:
        """Say goodbye, then close. Pressing it twice leaves once."""
        if self._is_leaving:
            return
        self._is_leaving = True
        self.controls.leave.setEnabled(False)
        QTimer.singleShot(SLOW_MS, self, self._show_leaving)
        QTimer.singleShot(LONGEST_MS, self, self._finish)
        self._intents.start(
            self._engine.call(self._room.leave()), done=lambda _: self._finish(), failed=lambda _: self._finish()
        )

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._has_left:
            event.accept()
            return
        event.ignore()
        self.leave()

    def _on_left_without_us(self) -> None:
        """The engine left by itself; while we are leaving, the end of our own goodbye counts."""
        if not self._is_leaving:
            self._is_leaving = True
            self._finish()

    def _show_leaving(self) -> None:
        if not self._has_left:
            self._cover.cover()

    def _finish(self) -> None:
        if self._has_left:
            return
        self._has_left = True
        self.notifier.stop()
        self.mini.finish()
        self.bridge.close()
        self.devices.close()
        self.stage.let_go()
        if not self._overlays:
            self._keeping.remember_panel(bool(self.open_tab))
        self.close()
        self._keeping.remember()
        self.left.emit()

    # -- places

    @property
    def _overlays(self) -> bool:
        return self.width() < OVERLAY_BELOW

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        became_narrow = event.oldSize().width() >= OVERLAY_BELOW > event.size().width()
        if became_narrow and not self.panel.isAncestorOf(QApplication.focusWidget() or self):
            self.close_panel()
        self._pages.setGeometry(self.rect())
        self._cover.setGeometry(self.rect())
        self._place()

    def _place(self) -> None:
        width, height = self.width(), self.height()
        middle = height - TOP_HEIGHT - CONTROLS_HEIGHT
        self.top_bar.setGeometry(0, 0, width, TOP_HEIGHT)
        self.controls.setGeometry(0, height - CONTROLS_HEIGHT, width, CONTROLS_HEIGHT)
        is_open = not self.panel.isHidden()
        beside = PANEL_WIDTH if is_open and not self._overlays else 0
        place(self.stage, self, QRect(0, TOP_HEIGHT, width - beside, middle))
        self.stage.set_covered(PANEL_WIDTH if is_open and self._overlays else 0)
        place(self.panel, self, QRect(width - PANEL_WIDTH, TOP_HEIGHT, PANEL_WIDTH, middle))
        self.panel.raise_()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.talk.press(event):
            event.accept()
        elif event.key() == Qt.Key.Key_Escape and self._overlays and self.open_tab:
            self.close_panel()
        elif event.key() == Qt.Key.Key_Escape and self.isFullScreen():
            self.showNormal()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self.talk.release(event):
            super().keyReleaseEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self.stage.look_again()
            self.panel.chat.look_again()
        elif event.type() == QEvent.Type.ActivationChange:
            self.panel.chat.look_again()
        elif event.type() == QEvent.Type.LanguageChange:
            self._speaking_anew.start()
        elif event.type() == QEvent.Type.LayoutDirectionChange:
            self._place()

    def _say_again(self) -> None:
        """Everything in the language of now."""
        self.controls.say_again()
        self.stage.say_again()
        self.panel.say_again()
        self._show_state(self.bridge.state)

    def _repaint(self) -> None:
        for part in self.findChildren(QWidget):
            part.update()
        if self.is_mini:
            self.mini.show_state(self.bridge.state, self.stage.speaker, self.stage.own)
